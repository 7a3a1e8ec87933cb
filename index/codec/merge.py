"""Several segments in, one segment out: field by field, in blocks of terms, without the documents that are deleted.

Postings of a term stand in each segment in a row, so a block of terms is one slice of each segment's arrays; where it
goes in the merged arrays is counted, not sorted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, created_arrays, document_dtype, ends_of, ranges, release
from index.codec.codec import STORED, field_file, fields_of, open_field
from index.codec.dictionary import dictionary_arrays
from index.codec.documents import StoredDocuments, merge_documents
from index.codec.invert import Ints
from index.codec.postings import FieldPostings
from index.codec.sharing import NOT_SHARED
from index.schema import SHARED_WITH

_BLOCK = 1 << 21
"""How many postings are merged at once: what a merge needs of memory is some 100 bytes times this."""


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to merge: its name, how many documents it has, and the numbers of those that are deleted."""

    name: str
    size: int
    deleted: tuple[int, ...] = ()

    @property
    def kept(self) -> int:
        return self.size - len(self.deleted)


@dataclass(frozen=True, slots=True)
class Merge:
    """One step of a merge, a value that another process can be given: one field, or (None) what is stored."""

    folder: Path
    sources: tuple[Source, ...]
    target: str
    field: str | None


def merge_steps(folder: Path, sources: Sequence[Source], target: str) -> Iterator[Merge]:
    """The steps that make the segment `target`; they can be done in any order, and beside one another."""
    fields = fields_of(folder, {source.name for source in sources})
    for field in [None, *sorted(fields)]:
        yield Merge(folder, tuple(sources), target, field)


def do(step: Merge) -> None:
    """Do one step of a merge. Raises ValueError where a source is damaged."""
    if step.field is None:
        _merge_stored(step)
    else:
        _merge_field(step, step.field)


@dataclass(frozen=True, slots=True)
class _Input:
    """Some terms of one source: their numbers among its postings, their ranks (ascending) in the merged dictionary."""

    postings: FieldPostings
    numbers: Ints
    ranks: Ints
    first: int
    new_number: NDArray[np.int32] | None
    """By a document's old number its new one, -1 where it is deleted; None where nothing is, then `first` is added."""

    @property
    def counts(self) -> Ints:
        """How many postings each term has."""
        return _counts_at(self.postings.ends, self.numbers)

    def with_ranks(self, rank_of: Ints) -> "_Input":
        """The same with new ranks. A term that no document has any more may share the rank of the one before."""
        return replace(self, ranks=rank_of[self.ranks])

    def block(self, low: int, high: int) -> "_Block":
        """The postings of the terms with ranks from `low` to before `high`."""
        start, end = np.searchsorted(self.ranks, (low, high))
        numbers = self.numbers[start:end]
        ranks = np.repeat(self.ranks[start:end] - low, _counts_at(self.postings.ends, numbers))
        chosen = _places(self.postings.ends, numbers)
        documents = self.postings.documents[chosen]
        many = self.postings.frequencies
        frequencies = None if many is None else many[chosen]
        positions = None
        if self.postings.position_ends is not None and self.postings.positions is not None:
            positions = self.postings.positions[_places(self.postings.position_ends, numbers)]
        if self.new_number is None:
            return _Block(ranks, documents.astype(np.int32) + np.int32(self.first), frequencies, positions)
        new = self.new_number[documents]
        kept = new >= 0
        if positions is not None and frequencies is not None:
            positions = positions[np.repeat(kept, frequencies)]
        return _Block(ranks[kept], new[kept], None if frequencies is None else frequencies[kept], positions)


def _counts_at(ends: Array, numbers: Ints) -> Ints:
    return ends[numbers + 1].astype(np.int64) - ends[numbers]


def _places(ends: Array, numbers: Ints) -> slice | Ints:
    """Where the lists of some terms stand: a slice, which needs no copy, where the terms follow each other."""
    if len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers) and (np.diff(numbers) == 1).all():
        return slice(int(ends[numbers[0]]), int(ends[numbers[-1] + 1]))
    return ranges(ends[numbers].astype(np.int64), _counts_at(ends, numbers))


class _Block(NamedTuple):
    """Postings of some terms: the rank of each one's term within the block, ascending, and the arrays beside it."""

    ranks: Ints
    documents: Array
    frequencies: Array | None
    positions: Array | None

    def counts(self, terms: int) -> Ints:
        """How many postings each of the block's terms has."""
        return np.bincount(self.ranks, minlength=terms)

    def occurrences(self, terms: int) -> Ints:
        """How often each of the block's terms stands anywhere."""
        weights = None if self.frequencies is None else self.frequencies
        return np.bincount(self.ranks, weights, minlength=terms).astype(np.int64)


def _merge_field(step: Merge, field: str) -> None:
    opened = _opened(step, field)
    terms, ranks = _merged_terms(opened)
    shared = _merged_sharing(step, opened, ranks, len(terms), SHARED_WITH.get(field))
    inputs = list(_inputs(step.sources, opened, ranks, shared))
    counts, occurrences = _counts(inputs, len(terms))
    alive = (counts > 0) | (shared != NOT_SHARED)
    if not alive.any():
        return
    if not alive.all():
        inputs = [one.with_ranks(np.cumsum(alive) - 1) for one in inputs]
        terms = [terms[number] for number in np.flatnonzero(alive).tolist()]
        counts, occurrences, shared = counts[alive], occurrences[alive], shared[alive]
    letters, letter_ends = dictionary_arrays(terms)
    whole: dict[str, Array] = {"letters": letters, "letter_ends": letter_ends, "posting_ends": ends_of(counts)}
    size = sum(source.kept for source in step.sources)
    layout: dict[str, tuple[np.dtype[Any], int]] = {"documents": (document_dtype(size), int(counts.sum()))}
    if inputs[0].postings.frequencies is not None:
        layout["frequencies"] = (_widest(one.postings.frequencies for one in inputs), int(counts.sum()))
    if inputs[0].postings.positions is not None:
        whole["position_ends"] = ends_of(occurrences)
        layout["positions"] = (_widest(one.postings.positions for one in inputs), int(occurrences.sum()))
    if inputs[0].postings.lengths is not None:
        whole["lengths"] = _merged_lengths(step.sources, opened)
    if field in SHARED_WITH:
        whole["shared"] = shared
    for name, array in whole.items():
        layout[name] = (array.dtype, len(array))
    with created_arrays(field_file(step.folder, step.target, field), layout) as arrays:
        for name, array in whole.items():
            arrays[name][:] = array
        _fill(arrays, inputs)


def _opened(step: Merge, field: str) -> list[FieldPostings | None]:
    return [open_field(step.folder, source.name, field) for source in step.sources]


def _merged_terms(opened: Sequence[FieldPostings | None]) -> tuple[list[bytes], list[Ints]]:
    """The terms of all sources in order, and for each source the ranks of its own among them."""
    by_source = [() if postings is None else postings.terms for postings in opened]
    terms = sorted(set().union(*by_source))
    rank_of = {term: rank for rank, term in enumerate(terms)}
    return terms, [np.fromiter(map(rank_of.__getitem__, own), np.int32, len(own)) for own in by_source]


def _merged_sharing(
    step: Merge, opened: Sequence[FieldPostings | None], ranks: Sequence[Ints], size: int, other: str | None
) -> NDArray[np.uint32]:
    """For each of `size` merged terms the number of the other field's merged term with its list, or NOT_SHARED.

    Two terms have the same list in the merged segment where they have it in each source, or neither stands there.
    """
    merged = np.full(size, NOT_SHARED, np.uint32)
    others = [] if other is None else _opened(step, other)
    terms, other_ranks = _merged_terms(others)
    if not terms:
        return merged
    wanted = np.full(size, -1, np.int32)
    for postings, own, theirs in zip(opened, ranks, other_ranks, strict=True):
        np.maximum(wanted, _partners(postings, own, theirs, size), out=wanted)
    same = wanted >= 0
    for postings, own, theirs in zip(opened, ranks, other_ranks, strict=True):
        here, there = np.zeros(size, bool), np.zeros(len(terms), bool)
        here[own] = there[theirs] = True
        same &= np.where(here, _partners(postings, own, theirs, size) == wanted, ~there[wanted])
    numbers = np.arange(len(terms))
    if any(source.deleted for source in step.sources):
        left = _counts(list(_inputs(step.sources, others, other_ranks)), len(terms))[0] > 0
        numbers = np.where(left, np.cumsum(left) - 1, NOT_SHARED)
    merged[same] = numbers[wanted[same]]
    return merged


def _partners(postings: FieldPostings | None, own: Ints, theirs: Ints, size: int) -> NDArray[np.int32]:
    """For each merged term the other field's merged term whose list it has in one source; -1 for none."""
    partner = np.full(size, -1, np.int32)
    if postings is not None and postings.shared is not None:
        has = postings.shared != NOT_SHARED
        partner[own[has]] = theirs[postings.shared[has]]
    return partner


def _inputs(
    sources: Sequence[Source],
    opened: Sequence[FieldPostings | None],
    ranks: Sequence[Ints],
    shared: NDArray[np.uint32] | None = None,
) -> Iterator[_Input]:
    """The lists to merge: each source's own, and those that it shares and that are not `shared` any more."""
    first = 0
    for source, postings, own in zip(sources, opened, ranks, strict=True):
        new = _new_numbers(source, first)
        if postings is not None:
            yield _Input(postings, np.arange(len(own), dtype=np.int32), own, first, new)
            if shared is not None and postings.shared is not None and postings.other is not None:
                back = np.flatnonzero((postings.shared != NOT_SHARED) & (shared[own] == NOT_SHARED))
                yield _Input(postings.other, postings.shared[back].astype(np.int64), own[back], first, new)
        first += source.kept


def _new_numbers(source: Source, first: int) -> NDArray[np.int32] | None:
    if not source.deleted:
        return None
    kept = np.ones(source.size, bool)
    kept[list(source.deleted)] = False
    return np.where(kept, np.cumsum(kept) - 1 + first, -1).astype(np.int32)


def _counts(inputs: Sequence[_Input], terms: int) -> tuple[Ints, Ints]:
    """How many postings and occurrences each term keeps."""
    counts, occurrences = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
    for one in inputs:
        if one.new_number is None:
            counts[one.ranks] += one.counts
            if one.postings.position_ends is not None:
                occurrences[one.ranks] += _counts_at(one.postings.position_ends, one.numbers)
        else:
            for low, high in _blocks([one], terms):
                block = one.block(low, high)
                counts[low:high] += block.counts(high - low)
                occurrences[low:high] += block.occurrences(high - low)
    return counts, occurrences


def _blocks(inputs: Sequence[_Input], terms: int) -> Iterator[tuple[int, int]]:
    """Ranges of ranks with some `_BLOCK` postings each; one term with more is a block of its own."""
    postings = np.zeros(terms + 1)
    for one in inputs:
        postings += np.bincount(one.ranks + 1, one.counts, minlength=terms + 1)
    ends = np.cumsum(postings)
    low = 0
    while low < terms:
        high = max(low + 1, int(np.searchsorted(ends, ends[low] + _BLOCK, side="right")) - 1)
        yield low, high
        low = high


def _fill(arrays: Mapping[str, Array], inputs: Sequence[_Input]) -> None:
    """Put the postings of all inputs where they go: for each term those of the first input, then of the second."""
    next_posting = arrays["posting_ends"][:-1].astype(np.int64)
    next_position = arrays["position_ends"][:-1].astype(np.int64) if "position_ends" in arrays else None
    for low, high in _blocks(inputs, len(next_posting)):
        for one in inputs:
            block = one.block(low, high)
            counts = block.counts(high - low)
            places = ranges(next_posting[low:high], counts)
            next_posting[low:high] += counts
            arrays["documents"][places] = block.documents
            if block.frequencies is not None:
                arrays["frequencies"][places] = block.frequencies
            if block.positions is not None and next_position is not None:
                counts = block.occurrences(high - low)
                places = ranges(next_position[low:high], counts)
                next_position[low:high] += counts
                arrays["positions"][places] = block.positions
            release(one.postings.documents)  # what is done with must not add up to the size of the index
        release(arrays["documents"])


def _merged_lengths(sources: Sequence[Source], opened: Sequence[FieldPostings | None]) -> Array:
    lengths = []
    for source, postings in zip(sources, opened, strict=True):
        there = None if postings is None else postings.lengths
        known = np.zeros(source.size, np.uint8) if there is None else there
        lengths.append(np.delete(known, list(source.deleted)) if source.deleted else known)
    return np.concatenate(lengths)


def _merge_stored(step: Merge) -> None:
    opened = [StoredDocuments(step.folder / f"{source.name}{STORED}") for source in step.sources]
    merge_documents(step.folder / f"{step.target}{STORED}", opened, [source.deleted for source in step.sources])


def _widest(arrays: Iterable[Array | None]) -> np.dtype[Any]:
    return max((array.dtype for array in arrays if array is not None), key=lambda dtype: dtype.itemsize)
