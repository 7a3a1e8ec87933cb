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

from index.codec.arrays import MOST_DOCUMENTS, Array, created_arrays, ends_of, ranges, release
from index.codec.codec import STORED, field_file, fields_of, open_field
from index.codec.documents import StoredDocuments, merge_documents
from index.codec.invert import Ints, keys_of, lists_of, places_of
from index.codec.merged_terms import Terms, merged_terms
from index.codec.postings import FieldPostings, Lists
from index.codec.unions import Pairs, first, is_in, pairs_of, second
from index.schema import UNION_OF

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
    """The steps that make the segment `target`; they can be done in any order, and beside one another.

    Raises ValueError for more documents than a segment can hold.
    """
    if sum(source.kept for source in sources) > MOST_DOCUMENTS:
        raise ValueError(f"{MOST_DOCUMENTS} documents are the most that a segment can hold")
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
    """Some terms of one source: their numbers among its lists, their ranks (ascending) in the merged dictionary."""

    lists: Lists
    numbers: Ints
    ranks: Ints
    before: int
    new_number: NDArray[np.int32] | None
    """By a document's old number its new one, -1 where it is deleted; None where nothing is, then `before` is added."""

    def with_ranks(self, rank_of: Ints) -> "_Input":
        """The same with new ranks. A term that no document has any more may share the rank of the one before."""
        return replace(self, ranks=rank_of[self.ranks])

    def counts(self, chosen: slice = slice(None)) -> tuple[Ints, Ints]:
        """How many postings and occurrences each term has, deleted documents among them."""
        counts = _counts_at(self.lists.ends, self.numbers[chosen])
        ends = self.lists.position_ends
        return counts, counts if ends is None else _counts_at(ends, self.numbers[chosen])

    def block(self, low: int, high: int) -> "_Block":
        """The postings of the terms with ranks from `low` to before `high`."""
        start, end = np.searchsorted(self.ranks, (low, high))
        numbers, ranks = self.numbers[start:end], self.ranks[start:end]
        chosen = _places(self.lists.ends, numbers)
        documents = self.lists.documents[chosen]
        many = self.lists.frequencies
        frequencies = None if many is None else many[chosen]
        positions = None
        if self.lists.position_ends is not None and self.lists.positions is not None:
            positions = self.lists.positions[_places(self.lists.position_ends, numbers)]
        counts, occurrences = self.counts(slice(start, end))
        if self.new_number is None:
            documents = documents + np.uint16(self.before)
            return _Block(ranks, counts, occurrences, documents, frequencies, positions)
        new = self.new_number[documents]
        kept = new >= 0
        of_terms = np.repeat(np.arange(len(numbers)), counts)[kept]
        counts = occurrences = np.bincount(of_terms, minlength=len(numbers))
        if positions is not None and frequencies is not None:
            positions = positions[np.repeat(kept, frequencies)]
            occurrences = np.bincount(of_terms, frequencies[kept], minlength=len(numbers)).astype(np.int64)
        frequencies = None if frequencies is None else frequencies[kept]
        return _Block(ranks, counts, occurrences, new[kept].astype(np.uint16), frequencies, positions)


def _counts_at(ends: Array, numbers: Ints) -> Ints:
    return ends[numbers + 1].astype(np.int64) - ends[numbers]


def _places(ends: Array, numbers: Ints) -> slice | Ints:
    """Where the lists of terms, in any order, stand: a slice, which needs no copy, where they follow each other."""
    if len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers) and (np.diff(numbers) == 1).all():
        return slice(int(ends[numbers[0]]), int(ends[numbers[-1] + 1]))
    return ranges(ends[numbers].astype(np.int64), _counts_at(ends, numbers))


class _Block(NamedTuple):
    """Postings of some terms: of each its rank and how many postings and occurrences it has; and all their arrays."""

    ranks: Ints
    counts: Ints
    occurrences: Ints
    documents: Array
    frequencies: Array | None
    positions: Array | None


def _merge_field(step: Merge, field: str) -> None:
    opened = _opened(step, field)
    terms, ranks = _merged_terms(opened)
    members = _Members(step, opened, ranks, UNION_OF[field]) if field in UNION_OF else None
    inputs = list(_inputs(step.sources, opened, ranks, members))
    counts, occurrences = _counts(inputs, len(terms.lengths))
    alive = counts > 0
    if members is not None:
        alive[first(members.kept)] = True
    if not alive.any():
        return
    rank_of = np.cumsum(alive) - 1
    if not alive.all():
        inputs = [one.with_ranks(rank_of) for one in inputs]
        terms = terms.some(np.flatnonzero(alive))
        counts, occurrences = counts[alive], occurrences[alive]
    whole: dict[str, Array] = {**terms.arrays(), "posting_ends": ends_of(counts)}
    layout: dict[str, tuple[np.dtype[Any], int]] = {"documents": (np.dtype(np.uint16), int(counts.sum()))}
    lists = inputs[0].lists
    if lists.frequencies is not None:
        layout["frequencies"] = (_widest(one.lists.frequencies for one in inputs), int(counts.sum()))
    if lists.positions is not None:
        whole["position_ends"] = ends_of(occurrences)
        layout["positions"] = (_widest(one.lists.positions for one in inputs), int(occurrences.sum()))
    if any(postings is not None and postings.lengths is not None for postings in opened):
        whole["lengths"] = _merged_lengths(step.sources, opened)
    if members is not None:
        whole["members"] = members.numbers()
        whole["member_ends"] = ends_of(np.bincount(rank_of[first(members.kept)], minlength=len(terms.lengths)))
    for name, array in whole.items():
        layout[name] = (array.dtype, len(array))
    with created_arrays(field_file(step.folder, step.target, field), layout) as arrays:
        for name, array in whole.items():
            arrays[name][:] = array
        _fill(arrays, inputs)


def _opened(step: Merge, field: str) -> list[FieldPostings | None]:
    return [open_field(step.folder, source.name, field) for source in step.sources]


def _merged_terms(opened: Sequence[FieldPostings | None]) -> tuple[Terms, list[Ints]]:
    """The terms of all sources in order, and for each source the ranks of its own among them."""
    return merged_terms([None if postings is None else postings.terms for postings in opened])


class _Members:
    """The members of merged terms: those that a term has in every source where they stand.

    `kept` are pairs of a term's rank and the member's, `dropped` by source those that cannot stay, as numbers there.
    """

    def __init__(self, step: Merge, opened: Sequence[FieldPostings | None], ranks: Sequence[Ints], other: str) -> None:
        others = [
            open_field(step.folder, source.name, other) if postings is None else postings.other
            for source, postings in zip(step.sources, opened, strict=True)
        ]
        terms, other_ranks = _merged_terms(others)
        by_source = [_pairs(postings) for postings in opened]
        merged = [
            pairs_of(own[first(pairs)], theirs[second(pairs)])
            for pairs, own, theirs in zip(by_source, ranks, other_ranks, strict=True)
        ]
        found, times = np.unique(np.concatenate(merged), return_counts=True)
        sources = np.bincount(np.concatenate(other_ranks), minlength=len(terms.lengths))
        kept = found[times == sources[second(found)]]
        self.dropped = [own[~is_in(kept, pairs)] for own, pairs in zip(by_source, merged, strict=True)]
        left = np.ones(len(terms.lengths), bool)
        if any(source.deleted for source in step.sources):
            left = _counts(list(_inputs(step.sources, others, other_ranks)), len(terms.lengths))[0] > 0
        self.kept: Pairs = kept[left[second(kept)]]
        self._number_of = np.cumsum(left) - 1

    def numbers(self) -> Array:
        """The numbers of the members in the merged segment, term after term."""
        return self._number_of[second(self.kept)].astype(np.uint32)


def _pairs(postings: FieldPostings | None) -> Pairs:
    if postings is None or postings.members is None or postings.member_ends is None:
        return np.zeros(0, np.int64)
    return pairs_of(np.repeat(np.arange(len(postings.terms)), np.diff(postings.member_ends)), postings.members)


def _inputs(
    sources: Sequence[Source],
    opened: Sequence[FieldPostings | None],
    ranks: Sequence[Ints],
    members: _Members | None = None,
) -> Iterator[_Input]:
    """The lists to merge: each source's own, with those of members that cannot stay."""
    before = 0
    for at, (source, postings, own) in enumerate(zip(sources, opened, ranks, strict=True)):
        new = _new_numbers(source, before)
        if postings is not None:
            is_changed = np.zeros(len(own), bool)
            if members is not None and postings.other is not None and len(dropped := members.dropped[at]):
                is_changed[first(dropped)] = True
                changed = np.flatnonzero(is_changed)
                lists = _with_members(postings.own, changed, postings.other.own, dropped, source.size)
                yield _Input(lists, np.arange(len(changed)), own[changed], before, new)
            same = np.flatnonzero(~is_changed)
            yield _Input(postings.own, same, own[same], before, new)
        before += source.kept


def _with_members(own: Lists, numbers: Ints, others: Lists, pairs: Pairs, size: int) -> Lists:
    """The lists of some terms together with those of members that they have, by pairs of these numbers."""
    ranks = np.searchsorted(numbers, first(pairs))
    keys = np.concatenate((_keys(own, numbers, np.arange(len(numbers))), _keys(others, second(pairs), ranks)))
    keys.sort()
    made = lists_of(keys, len(numbers), size, is_text=True, has_phrases=True)
    return Lists(*(made[name] for name in ("posting_ends", "documents", "frequencies", "position_ends", "positions")))


def _keys(lists: Lists, numbers: Ints, ranks: Ints) -> Array:
    """The occurrences of some terms with their ranks (see `index.codec.invert`), not in order."""
    assert lists.frequencies is not None
    assert lists.position_ends is not None
    assert lists.positions is not None
    chosen = _places(lists.ends, numbers)
    frequencies = lists.frequencies[chosen]
    of_terms = np.repeat(ranks, _counts_at(lists.position_ends, numbers))
    positions = lists.positions[_places(lists.position_ends, numbers)].astype(np.int64)
    return keys_of(of_terms, places_of(np.repeat(lists.documents[chosen], frequencies), positions))


def _new_numbers(source: Source, before: int) -> NDArray[np.int32] | None:
    if not source.deleted:
        return None
    kept = np.ones(source.size, bool)
    kept[list(source.deleted)] = False
    return np.where(kept, np.cumsum(kept) - 1 + before, -1).astype(np.int32)


def _counts(inputs: Sequence[_Input], terms: int) -> tuple[Ints, Ints]:
    """How many postings and occurrences each term keeps."""
    counts, occurrences = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
    for one in inputs:
        if one.new_number is None:
            of_one = one.counts()
            counts[one.ranks] += of_one[0]
            occurrences[one.ranks] += of_one[1]
        else:
            for low, high in _blocks([one], terms):
                block = one.block(low, high)
                counts[block.ranks] += block.counts
                occurrences[block.ranks] += block.occurrences
    return counts, occurrences


def _blocks(inputs: Sequence[_Input], terms: int) -> Iterator[tuple[int, int]]:
    """Ranges of ranks with some `_BLOCK` postings each; one term with more is a block of its own."""
    postings = np.zeros(terms + 1, np.int64)
    for one in inputs:
        np.add.at(postings, one.ranks + 1, one.counts()[0])
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
            places = ranges(next_posting[block.ranks], block.counts)
            np.add.at(next_posting, block.ranks, block.counts)
            arrays["documents"][places] = block.documents
            if block.frequencies is not None:
                arrays["frequencies"][places] = block.frequencies
            if block.positions is not None and next_position is not None:
                places = ranges(next_position[block.ranks], block.occurrences)
                np.add.at(next_position, block.ranks, block.occurrences)
                arrays["positions"][places] = block.positions
            release(one.lists.documents)  # what is done with must not add up to the size of the index
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
