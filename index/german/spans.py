"""The letters of many texts in, their tokens out, as arrays: what `tokens.cut` gives, without a string for each token.

A token is a run of letters and digits. Only where a number or a gender-marked form may go on behind such a run is the
pattern of `tokens` asked. A hash of each token, the polynomial of its letters modulo 2^64 (R. M. Karp & M. O. Rabin,
"Efficient randomized pattern-matching algorithms", 1987), tells it from others: sums over the text from its beginning
give all of them at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.german.neighbours import BEFORE_SENTENCE
from index.german.tokens import DIGIT_JOINTS, GENDER_JOINTS, GENDER_NEXT, HYPHENS, MARKS, token_at

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

LETTER, MARK, DIGIT, DIGIT_JOINT, GENDER_JOINT, NEXT, HYPHEN, BREAK = (1 << bit for bit in range(8))
_IN_TOKEN = LETTER | MARK
_CHARACTERS = 0x40000  # no letter lies behind these
_POWERS = 1 << 19  # serve all but very long texts
_BASE = 0x9E3779B97F4A7C15

_BLOCK = 1 << 19
"""About so many characters are looked at together. With fewer numpy's calls cost more than their work, with more their
arrays leave the processor's caches."""

_BETWEEN = "\n.\n"
"""Stands before, between and behind texts: as the end of a text, it ends words, clauses and sentences."""


class Spans(NamedTuple):
    """Where the tokens of a text begin and end; `classes` says by bits what each of its characters is."""

    codes: Ints
    classes: NDArray[np.uint8]
    starts: Ints
    ends: Ints


class Laid(NamedTuple):
    """Texts laid end to end: their letters, their tokens, and the number of the first token of each."""

    text: str
    spans: Spans
    firsts: Ints


def blocks(texts: Iterable[str], characters: int = _BLOCK) -> Iterator[list[str]]:
    """Texts, some at a time: so many characters, or little more."""
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size >= characters:
            yield some
            some, size = [], 0
    if some:
        yield some


def laid(texts: Sequence[str]) -> Laid:
    """The tokens of some texts."""
    text = _BETWEEN.join(["", *texts, ""])
    found = spans(text)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + len(_BETWEEN)
    return Laid(text, found, np.searchsorted(found.starts, np.cumsum(lengths) - lengths))


def spans(text: str) -> Spans:
    """The tokens of a text that begins and ends with something else than a token."""
    codes, classes = _read(text)
    starts, ends = _runs((classes & _IN_TOKEN) != 0)
    while (begins_with_mark := classes.take(starts) & MARK).any():
        starts = starts + (begins_with_mark != 0)
        kept = starts < ends
        starts, ends = starts[kept], ends[kept]
    return Spans(codes, classes, *_joined(text, classes, starts, ends))


def plain_spans(text: str) -> Spans:
    """The runs of letters, digits and underscores of such a text: what the pattern `\\w+` finds."""
    codes, classes = _read(text)
    return Spans(codes, classes, *_runs((classes & LETTER != 0) | (codes == ord("_"))))


def _read(text: str) -> tuple[Ints, NDArray[np.uint8]]:
    """The codes of a text's characters, and their classes."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    return codes, _classes().take(codes, mode="clip")


def _runs(inside: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where the runs of characters that are inside begin and end."""
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _joined(text: str, classes: NDArray[np.uint8], starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The runs, those joined that are one token: 12.000, Bürger:innen."""
    gaps = starts[1:] - ends[:-1]
    behind, following = classes.take(ends[:-1]), classes.take(starts[1:])
    is_near = (gaps == 1) | ((gaps == 2) & (classes.take(ends[:-1] + 1) & HYPHEN != 0))
    in_number = (behind & DIGIT_JOINT != 0) & (gaps == 1) & (classes.take(ends[:-1] - 1) & following & DIGIT != 0)
    in_form = (behind & GENDER_JOINT != 0) & is_near & (following & NEXT != 0)
    ends, kept, done = ends.copy(), np.ones(len(starts), bool), 0
    for at in np.flatnonzero(in_number | in_form).tolist():
        if at >= done:
            ends[at] = end = token_at(text, int(starts[at]))
            done = at + 1
            while done < len(starts) and starts[done] < end:
                kept[done] = False
                done += 1
    return starts[kept], ends[kept]


def hashes(found: Spans) -> Hashes:
    """A number for each token, the same for the same letters; for others another, but once in 2^64 times."""
    powers, inverses = _powers(max(_POWERS, 1 << (len(found.codes) - 1).bit_length()))
    sums = np.cumsum(_keys().take(found.codes, mode="clip") * powers[: len(found.codes)])
    of_tokens: Hashes = (sums.take(found.ends - 1) - sums.take(found.starts - 1)) * inverses.take(found.starts)
    return of_tokens


@lru_cache(maxsize=1)
def _keys() -> Hashes:
    """A random number for each character."""
    return np.random.default_rng(1).integers(1 << 64, size=_CHARACTERS, dtype=np.uint64)


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The first powers of the base, and of its inverse, modulo 2^64."""
    bases = (_BASE, pow(_BASE, -1, 1 << 64))
    first, second = (np.cumprod(np.full(count, base, np.uint64), dtype=np.uint64) for base in bases)
    return first, second


@lru_cache(maxsize=1)
def _classes() -> NDArray[np.uint8]:
    characters = np.arange(_CHARACTERS, dtype=np.uint32).view("U1")  # as numpy keeps strings of one character
    classes = np.strings.isalnum(characters) * np.uint8(LETTER) | np.strings.isdecimal(characters) * np.uint8(DIGIT)
    listed = {
        MARK: MARKS,
        DIGIT_JOINT: DIGIT_JOINTS,
        GENDER_JOINT: GENDER_JOINTS,
        NEXT: GENDER_NEXT,
        HYPHEN: HYPHENS,
        BREAK: BEFORE_SENTENCE,
    }
    for bit, some in listed.items():
        classes[list(map(ord, some))] |= np.uint8(bit)
    return classes
