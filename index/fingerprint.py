"""A text's fingerprints: texts that share one say nearly the same in nearly the same words.

In: a text. Out: a few short strings. MinHash over runs of words (Broder 1997, "On the resemblance and containment of
documents"), the minima taken in bands, so that two texts whose runs agree by a share s have a fingerprint in common
with the probability 1 - (1 - s^rows)^bands (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4). The
hash functions are multiply-shift (Dietzfelbinger et al. 1997, "A reliable randomized algorithm for the closest-pair
problem").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import ranges
from index.german.spans import Ints, hashes, plain_spans

Runs = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Shape:
    """How many words a run has, and how many bands of how many minima a text."""

    run: int
    bands: int
    rows: int


STATEMENT = Shape(run=2, bands=8, rows=2)
"""Texts that agree by a half share a fingerprint in 9 of 10 cases, by a fifth in 3 of 10."""

ARTICLE = Shape(run=3, bands=8, rows=3)
"""Texts that agree by seven tenths share a fingerprint in 96 of 100 cases, by a quarter in 12."""

FIRST_LETTERS = "01234567="
"""What fingerprints begin with: the number of a band, or what says that it is of all words."""

_STEP = np.uint64(6364136223846793005)  # Knuth, The Art of Computer Programming 2, 3.3.4: odd, as its powers are
_OTHER_STEP = np.uint64(3202034522624059733)  # L'Ecuyer, "Tables of linear congruential generators", 1999
_HIGH = np.uint64(32)
_MOST_VALUES = 1 << 19
"""How many values of hash functions are held at once, so that a long text costs no more memory than its words."""


def fingerprints(text: str, shape: Shape) -> tuple[str, ...]:
    """The fingerprints of `text`: one of all its words where they are few; none where it has no words."""
    (found,) = fingerprints_of([text], shape)
    return found


def fingerprints_of(texts: Iterable[str], shape: Shape) -> list[tuple[str, ...]]:
    """The fingerprints of each text; many take a fraction of the time that they take one by one."""
    words, counts = _numbers(texts)
    ends = np.cumsum(counts)
    starts = ends - counts
    is_long = counts >= 2 * shape.run
    lengths = counts[is_long] - (shape.run - 1)
    minima = iter(_minima(_runs_of(words, shape.run)[ranges(starts[is_long], lengths)], lengths, shape))
    return [
        _banded(next(minima), shape) if banded else _whole(words[start:end]) if start < end else ()
        for start, end, banded in zip(starts.tolist(), ends.tolist(), is_long.tolist(), strict=True)
    ]


def runs(text: str, shape: Shape) -> Runs:
    """The different runs of words of a text, each as a number; a text with fewer words has one."""
    words, _ = _numbers([text])
    return np.unique(_runs_of(words, min(shape.run, len(words)))) if len(words) else words


def agreement(one: Runs, other: Runs) -> float:
    """The share of runs that two texts have in common (Jaccard), from 0 to 1."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / max(1, len(one) + len(other) - common)


def _numbers(texts: Iterable[str]) -> tuple[Runs, Ints]:
    """A number for each word of the texts, one after another, and how many words each text has."""
    folded = list(map(str.casefold, texts))
    text = "\n".join(["", *folded, ""])
    found = plain_spans(text)
    _, at, which = np.unique(hashes(found), return_index=True, return_inverse=True)
    places = zip(found.starts[at].tolist(), found.ends[at].tolist(), strict=True)
    numbers = np.fromiter((crc32(text[start:end].encode()) for start, end in places), np.uint64, len(at))
    behind = np.searchsorted(found.starts, np.cumsum(np.fromiter(map(len, folded), np.int64, len(folded)) + 1))
    return numbers[which], np.diff(behind, prepend=0)


def _runs_of(words: Runs, length: int) -> Runs:
    """A number for each run of so many words."""
    number = max(0, len(words) - length + 1)
    mixed = words[:number]
    for at in range(1, length):
        mixed = mixed * _STEP + words[at : at + number]
    return mixed


def _whole(words: Runs) -> tuple[str, ...]:
    """The one fingerprint of a text of few words."""
    return (f"={crc32(words.tobytes()):08x}",)


def _banded(minima: Runs, shape: Shape) -> tuple[str, ...]:
    """The fingerprints of a text with these minima, one a band."""
    whole, size = minima.tobytes(), minima.itemsize * shape.rows
    return tuple([f"{band}{crc32(whole[band * size : (band + 1) * size]):08x}" for band in range(shape.bands)])


def _minima(of: Runs, lengths: Ints, shape: Shape) -> Runs:
    """The least value of the runs of each text, under each hash function: (text, function). `of` are the runs of all
    texts, `lengths` how many each has.
    """
    if not len(of):
        return np.zeros((0, shape.bands * shape.rows), np.uint64)
    starts = np.cumsum(lengths) - lengths
    factors, offsets = _functions(shape.bands * shape.rows)
    at_once = max(1, _MOST_VALUES // len(of))
    least = [
        np.minimum.reduceat(of * factors[at : at + at_once] + offsets[at : at + at_once], starts, axis=1)
        for at in range(0, len(factors), at_once)
    ]
    minima: Runs = (np.concatenate(least) >> _HIGH).T.copy()
    return minima


@lru_cache
def _functions(number: int) -> tuple[Runs, Runs]:
    """The factors and the offsets of so many hash functions, each a column."""
    steps = np.full((number, 1), _STEP), np.full((number, 1), _OTHER_STEP)
    return np.cumprod(steps[0], axis=0), np.cumprod(steps[1], axis=0)
