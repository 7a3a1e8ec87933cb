"""The codec: what Whoosh asks of an index on disk, answered from flat arrays.

A segment's files are called after it: `NAME.FIELD.postings` for each field with terms and `NAME.stored`. They are made
by `index.codec.segments`; Whoosh's own matchers and searchers read them through the classes here.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from index.codec.arrays import Array
from index.codec.documents import StoredDocuments
from index.codec.matcher import ArrayMatcher
from index.codec.postings import FieldPostings
from index.schema import UNION_OF

POSTINGS, STORED = ".postings", ".stored"
"""How a segment's files end."""


class ArraySegment(base.Segment):  # type: ignore[misc]
    """A segment: its name, how many documents it has, and which of them are deleted."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.compound = name, False
        self.size = size
        self._deleted: set[int] = set()

    def codec(self) -> "ArrayCodec":
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self.size

    def set_doc_count(self, doccount: int) -> None:
        self.size = doccount

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def should_assemble(self) -> bool:
        return False


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of flat arrays; they are written whole, by `index.codec.segments`, and not term by term."""

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(f"{indexname}_{ArraySegment._random_id()}", 0)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> "ArrayTermsReader":
        return ArrayTermsReader(Path(storage.folder), segment)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> "ArrayDocumentReader":
        return ArrayDocumentReader(Path(storage.folder), segment)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> Any:
        raise NotImplementedError("segments of arrays are written by index.codec.segments")

    field_writer = per_document_writer
    postings_writer = per_document_writer
    postings_reader = per_document_writer


class SegmentFields:
    """The fields of a segment, each mapped when it is first asked for; `names` are those that have terms."""

    def __init__(self, folder: Path, segment: str) -> None:
        self._folder, self._segment = folder, segment
        # Looked up now: a field whose file is gone later is an error, not a field without terms.
        self.names = sorted(fields_of(folder, {segment}))
        self._opened: dict[str, FieldPostings] = {}

    def __getitem__(self, field: str) -> FieldPostings:
        """The postings of a field. Raises KeyError where the segment has none."""
        opened = self._opened.get(field)
        if opened is None:
            if field not in self.names:
                raise KeyError(field)
            other = self.get(UNION_OF[field]) if field in UNION_OF else None
            opened = self._opened[field] = FieldPostings(field_file(self._folder, self._segment, field), other)
        return opened

    def get(self, field: str) -> FieldPostings | None:
        """The postings of a field; None where the segment has none."""
        return self[field] if field in self.names else None


def open_field(folder: Path, segment: str, field: str) -> FieldPostings | None:
    """The postings of one field of a segment; None where it has none."""
    file = field_file(folder, segment, field)
    if not file.is_file():
        return None
    return FieldPostings(file, open_field(folder, segment, UNION_OF[field]) if field in UNION_OF else None)


def field_file(folder: Path, segment: str, field: str) -> Path:
    """The file with the postings of a field."""
    return folder / f"{segment}.{field}{POSTINGS}"


def fields_of(folder: Path, segments: Collection[str]) -> set[str]:
    """The fields in which any of some segments has terms; one look at the folder, however many there are."""
    parts = (file.name.split(".") for file in folder.iterdir() if file.suffix == POSTINGS)
    return {field for segment, field, _ in parts if segment in segments}


class ArrayTermInfo(TermInfo):  # type: ignore[misc]
    """What Whoosh's scorers ask about a term."""

    def __init__(self, field: FieldPostings, number: int) -> None:
        documents, frequencies = field.postings(number)
        lengths = None if field.lengths is None else field.lengths[documents]
        super().__init__(
            weight=int(frequencies.sum()),
            df=len(documents),
            minlength=None if lengths is None else int(lengths.min()),
            maxlength=0 if lengths is None else int(lengths.max()),
            maxweight=int(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment and their postings."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._fields = SegmentFields(folder, segment.segment_id())

    def indexed_field_names(self) -> list[str]:
        return self._fields.names

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._fields.get(term[0])
        return field is not None and field.terms.find(term[1]) >= 0

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArrayFieldCursor | base.EmptyCursor":
        field = self._fields.get(fieldname)
        return base.EmptyCursor() if field is None else ArrayFieldCursor(field, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name in self._fields.names for term in self._fields[name].terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term, _ in self._numbers_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for (name, term), number in self._numbers_from(fieldname, prefix):
            yield (name, term), ArrayTermInfo(self._fields[name], number)

    def _numbers_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], int]]:
        for name in self._fields.names:
            if name >= fieldname:
                terms = self._fields[name].terms
                for number in range(terms.first_from(prefix) if name == fieldname else 0, len(terms)):
                    yield (name, terms[number]), number

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        field = self._fields.get(fieldname)
        number = -1 if field is None else field.terms.find(text)
        if field is None or number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, number

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return ArrayTermInfo(*self._find(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> int:
        return int(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        try:
            field, number = self._find(fieldname, text)
        except TermNotFound:
            return 0
        return field.document_frequency(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        field, number = self._find(fieldname, text)
        positions = field.positions_of(number) if field.has_positions else None
        info = ArrayTermInfo(field, number)
        return ArrayMatcher(field.postings(number), positions, info, format_, (fieldname, text), scorer)


class ArrayFieldCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks along the terms of a field, as Whoosh's search for similar words does."""

    def __init__(self, field: FieldPostings, fieldobj: Any) -> None:
        self._field, self._fieldobj, self._at = field, fieldobj, 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        self._at = self._field.terms.first_from(term if isinstance(term, bytes) else self._fieldobj.to_bytes(term))
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return str(self._fieldobj.from_bytes(self._field.terms[self._at])) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        return ArrayTermInfo(self._field, self._at) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._field.terms)


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment: what is stored of them, how long their fields are, which are deleted."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._segment = segment
        self._fields = SegmentFields(folder, segment.segment_id())
        self._stored = StoredDocuments(folder / segment.make_filename(STORED))
        if len(self._stored) != segment.doc_count_all():
            raise ValueError(f"{segment.make_filename(STORED)}: holds another number of documents than the segment")

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> set[int]:
        return self._segment.deleted_docs()

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._stored[docnum]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        field = self._fields.get(fieldname)
        if field is None or field.lengths is None:
            return default
        return int(field.lengths[docnum]) or default

    def _lengths(self, fieldname: str) -> Array:
        field = self._fields.get(fieldname)
        return np.zeros(0, np.uint8) if field is None or field.lengths is None else field.lengths

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))
