"""Records of one kind in, the files of a segment out.

A field of text is inverted from what the German chain reads; every other field from its values, which are terms as they
stand.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.codec.arrays import MOST_DOCUMENTS, Array, write_arrays
from index.codec.codec import STORED, field_file
from index.codec.documents import DocumentWriter, Stored
from index.codec.german_fields import GermanFields
from index.codec.invert import Occurrences, invert, joined, places_of
from index.codec.lexicon import Lexicon
from index.codec.unions import invert_stems
from index.german import Chain, Exchange, Field
from index.model import Record
from index.schema import PHRASE_FIELDS, UNITED, field_of, stored_values, value_terms


class SegmentBuilder:
    """Writes segments by one chain. With an exchange, what other processes learn of words is known here, too."""

    def __init__(self, chain: Chain, exchange: Exchange | None = None) -> None:
        self._german = GermanFields(chain, exchange)
        self._documents = defaultdict[Path, DocumentWriter](DocumentWriter)  # by folder, as each has one kind of record

    def write(self, records: Sequence[Record], folder: Path, name: str) -> None:
        """Write the files of the segment `name` into `folder`. Raises ValueError for too many records."""
        if len(records) > MOST_DOCUMENTS:
            raise ValueError(f"a batch of {len(records)} records is too large, {MOST_DOCUMENTS} are the most")
        with no_collection():
            self._write(records, folder, name)

    def _write(self, records: Sequence[Record], folder: Path, name: str) -> None:
        for base, texts in (("title", (r.title for r in records)), ("text", (r.text for r in records))):
            for field, arrays in self._inverted(texts, len(records)):
                write_arrays(field_file(folder, name, field_of(base, field)), arrays)
        for field_name, values in _by_field(records).items():
            terms, found = _occurrences_of_values(values)
            arrays = invert(found, terms, len(records), is_text=False, has_phrases=False)
            write_arrays(field_file(folder, name, field_name), arrays)
        documents = self._documents[folder].arrays([Stored(*stored_values(record)) for record in records])
        write_arrays(folder / f"{name}{STORED}", documents)

    def _inverted(self, texts: Iterable[str], size: int) -> Iterator[tuple[Field, Mapping[str, Array]]]:
        """The fields of German text that have a term in some of the texts, inverted."""
        tokens, together = self._german.read(texts)
        for field, known in self._german.fields.items():
            if field in UNITED:
                arrays = invert_stems(known, self._german.fields[UNITED[field]], tokens, together[field], size)
            else:
                found = joined(known.occurrences(tokens), together[field])
                arrays = invert(found, known.terms, size, is_text=True, has_phrases=field in PHRASE_FIELDS)
            if arrays:
                yield field, arrays


@contextmanager
def no_collection() -> Iterator[None]:
    """Put off the search for cycles: what a batch teaches stays and has none, and is never gone through afterwards."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()


def _by_field(records: Iterable[Record]) -> Mapping[str, list[tuple[int, Sequence[str]]]]:
    """The fields with values, each with the documents that have some."""
    by_field: dict[str, list[tuple[int, Sequence[str]]]] = {}
    for document, record in enumerate(records):
        for field, values in value_terms(record).items():
            if values:
                by_field.setdefault(field, []).append((document, values))
    return by_field


def _occurrences_of_values(by_document: Sequence[tuple[int, Sequence[str]]]) -> tuple[Lexicon, Occurrences]:
    lexicon = Lexicon()
    terms = np.array([lexicon[value] for _, values in by_document for value in values], np.int64)
    documents = np.repeat(*np.array([(document, len(values)) for document, values in by_document], np.int64).T)
    return lexicon, Occurrences(terms, places_of(documents, np.zeros_like(documents)))
