"""Terms within some typing errors of a word: all terms of a dictionary that may be are compared with it at once.

The restricted Damerau-Levenshtein distance, also called optimal string alignment (F. J. Damerau, "A technique for
computer detection and correction of spelling errors", CACM 7(3), 1964), of which only the diagonals are reckoned that a
distance of so few errors can lie on (E. Ukkonen, "Algorithms for approximate string matching", Information and Control
64, 1985).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array

_NO_LETTER = 0xFFFFFFFF
"""What stands behind a term's end."""

_AT_ONCE = 1 << 15
"""So many terms are compared at once: what is reckoned of them stays in the processor's caches."""


def near(word: str, edits: int, letters: Array, lengths: NDArray[np.int64]) -> list[int]:
    """Which of some terms, in order, are at most `edits` letters wrong, missing, too many, or swapped with the next.

    `letters` are the UTF-8 bytes of the terms, one behind another (u1), `lengths` how many each has. Raises ValueError
    for bytes that are no text.
    """
    codes, starts, sizes = _characters(letters, lengths)
    likely = np.flatnonzero(np.abs(sizes - len(word)) <= edits)
    wanted = _codes(word.encode("utf-32-le", "surrogatepass")).tolist()
    found: list[int] = []
    for first in range(0, len(likely), _AT_ONCE):
        some = likely[first : first + _AT_ONCE]
        apart = _apart(wanted, edits, codes, starts[some], sizes[some])
        found += some[apart <= edits].tolist()
    return found


def _characters(letters: Array, lengths: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64], NDArray[np.int64]]:
    """The characters of all terms as numbers (u4), where each term begins among them, and how many it has."""
    ends, codes = np.cumsum(lengths), letters
    if (letters >= 0x80).any():
        begins = (letters & 0xC0) != 0x80  # not in the middle of a character
        ends = np.concatenate(([0], np.cumsum(begins)))[ends]
        codes = _codes(letters.tobytes().decode().encode("utf-32-le"))
    sizes = np.diff(ends, prepend=0)
    return codes, ends - sizes, sizes


def _codes(text: bytes) -> Array:
    return np.frombuffer(text, "<u4")


def _apart(
    word: Sequence[int], edits: int, codes: Array, starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.int8]:
    """By term how far it is from a word that is at most `edits` letters shorter or longer; `edits` + 1 is too far.

    Row by row, a letter of the word more in each: how far so much of the word is from so much of each term, on the
    diagonals from `edits` letters fewer to `edits` more.
    """
    far, diagonals = edits + 1, range(-edits, edits + 1)
    letters = [_letter(at, codes, starts, sizes) for at in range(len(word) + edits)]

    def everywhere(apart: int) -> NDArray[np.int8]:
        return np.full(len(starts), min(apart, far), np.int8)

    last = {more: everywhere(more if more >= 0 else far) for more in diagonals}
    before_last = last
    for row, letter in enumerate(word, 1):
        now: dict[int, NDArray[np.int8]] = {}
        for more in diagonals:
            at = row + more
            if at < 1:
                now[more] = everywhere(far if at else row)
                continue
            best = last[more] + (letters[at - 1] != letter)
            for other in (last.get(more + 1), now.get(more - 1)):
                if other is not None:
                    np.minimum(best, other + 1, out=best)
            if row > 1 and at > 1:
                is_swapped = (letters[at - 2] == letter) & (letters[at - 1] == word[row - 2])
                np.minimum(best, before_last[more] + 1, out=best, where=is_swapped)
            now[more] = np.minimum(best, far, out=best)
        before_last, last = last, now
    found: NDArray[np.int8] = np.choose(sizes - len(word) + edits, [last[more] for more in diagonals])
    return found


def _letter(at: int, codes: Array, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> Array:
    """The letter of each term at a place."""
    found, longer = np.full(len(sizes), _NO_LETTER, np.uint32), sizes > at
    found[longer] = codes[starts[longer] + at]
    return found
