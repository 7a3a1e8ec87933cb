"""The archive's words, packed: a vocabulary (word as written -> articles) in, its distinct words by their keys out.

A key is what all ways to write a word have in common: folded, with its umlauts. A million words take some 30 MB.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.word_counts import key_of

Counts = NDArray[np.int64]


class Strings(Sequence[str]):
    """Many strings in one; an item is cut out when it is asked for."""

    def __init__(self, strings: Sequence[str]) -> None:
        self.joined = "".join(strings)
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        self.bounds: NDArray[np.uint32] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def __iter__(self) -> Iterator[str]:
        for first, last in pairwise(self.bounds.tolist()):
            yield self.joined[first:last]

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        return self.joined[self.bounds[at] : self.bounds[at + 1]]

    def starting_with(self, prefix: str) -> tuple[int, int]:
        """Where the strings that begin so lie, from and to; the strings must be sorted."""
        first = bisect_left(self, prefix)
        return first, bisect_left(self, prefix + "\U0010ffff", lo=first)


class Lexicon:
    """Distinct words, sorted by key: `keys`, how each is written most often (`shown`), in how many articles (`counts`).

    `vocabulary` is what `index.vocabulary` reads.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        totals: dict[str, int] = {}
        best: dict[str, str] = {}
        for word, count in vocabulary.items():
            key = key_of(word)
            totals[key] = totals.get(key, 0) + count
            if key not in best or (vocabulary[best[key]], best[key]) < (count, word):
                best[key] = word
        keys = sorted(key for key in best if key)
        self.keys = Strings(keys)
        self.shown = Strings([best[key] for key in keys])
        self.counts: Counts = np.fromiter(map(totals.__getitem__, keys), np.int64, len(keys))

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, key: str) -> int | None:
        """The number of the word with a key; None where there is none."""
        at = bisect_left(self.keys, key)
        return at if at < len(self.keys) and self.keys[at] == key else None
