"""The index on disk: records in, flat arrays in mapped files out; and what Whoosh and `search` read of them.

The way of the data: `german_fields` finds the terms of texts, `invert` turns where they stand into postings, `segments`
writes a batch of records as one segment (`unions` takes out what stems and their forms have in common), `merge` makes
one segment of several. `arrays` is the file format, `dictionary`, `postings` and `documents` (packed by `packing`) are
what lies in it.
`codec` and `matcher` show it to Whoosh, `view` to `search`; `loops` are the innermost loops, in C or in numpy.
"""

from index.codec.arrays import MOST_DOCUMENTS, ends_of, open_arrays, ranges, smallest, write_arrays
from index.codec.codec import ArrayCodec, ArraySegment
from index.codec.dictionary import TermDictionary, dictionary_arrays
from index.codec.merge import Merge, Source, do, merge_steps
from index.codec.postings import Postings
from index.codec.segments import SegmentBuilder
from index.codec.view import AT_ONCE, IndexView

__all__ = [
    "AT_ONCE",
    "MOST_DOCUMENTS",
    "ArrayCodec",
    "ArraySegment",
    "IndexView",
    "Merge",
    "Postings",
    "SegmentBuilder",
    "Source",
    "TermDictionary",
    "dictionary_arrays",
    "do",
    "ends_of",
    "merge_steps",
    "open_arrays",
    "ranges",
    "smallest",
    "write_arrays",
]
