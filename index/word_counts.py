"""Texts in, how many of them each word stands in out, as it is written there.

A word that is written in several ways (Soldaten, SOLDATEN) counts once in a text, under the way that the text writes it
most often. So the counts of all ways of a word add up to the number of texts that it stands in.

Many texts are counted together, as arrays, in the way of the German chain: a word is looked at once in all of them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from index.german import fold, spell
from index.german.spans import Ints, blocks, hashes, laid

_BLOCK = 1 << 20
"""About so many characters are counted together: the more, the fewer words are met anew."""

_LONGEST = 64
_MOST_KEYS = 1 << 18  # with fewer those of an archive of 20,000 articles drive each other out
_GERMAN = re.compile("[A-Za-zÄÖÜäöüß]*").fullmatch  # of these letters folding leaves little to do


class _Rows(NamedTuple):
    """In which texts which words stand: parallel arrays of a text and the key of a word in one number, of the number of
    the way it is written, of how often that stands in the text, and at which token first.
    """

    places: Ints
    ways: Ints
    times: Ints
    firsts: Ints


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts each word as written stands in. Counters of parts of an archive can be added up."""
    counts: Counter[str] = Counter()
    for some in blocks((unicodedata.normalize("NFC", text) for text in texts), _BLOCK):
        ways, rows = _rows(some)
        chosen = _chosen(ways, rows)
        firsts = np.full(len(ways), np.iinfo(np.int64).max)
        np.minimum.at(firsts, chosen.ways, chosen.firsts)
        numbers = np.bincount(chosen.ways, minlength=len(ways))
        in_order = np.argsort(firsts)[: np.count_nonzero(numbers)]
        words = [ways[way] for way in in_order.tolist()]
        _add(counts, words, numbers[in_order].tolist())
    return counts


def _add(counts: Counter[str], words: Sequence[str], numbers: Sequence[int]) -> None:
    """Add numbers to the counts of words, without soft hyphens and other characters that nobody sees."""
    if "".join(words).isprintable():
        counts.update(dict(zip(words, numbers, strict=True)))
        return
    for word, number in zip(words, numbers, strict=True):
        counts["".join(filter(str.isprintable, word))] += number


def _rows(texts: Sequence[str]) -> tuple[list[str], _Rows]:
    """The different words of texts, as written, and where they stand; but for what is no word."""
    text, found, firsts = laid(texts)
    _, at, which = np.unique(hashes(found), return_index=True, return_inverse=True)
    ways = [text[start:end] for start, end in zip(found.starts[at].tolist(), found.ends[at].tolist(), strict=True)]
    number_of = {"": 0}
    keys = np.array([number_of.setdefault(key, len(number_of)) for key in map(_key, ways)], np.int64)
    texts_of = np.repeat(np.arange(len(texts)), np.diff(firsts, append=len(which)))
    pairs, firsts, times = np.unique(texts_of * len(ways) + which, return_index=True, return_counts=True)
    in_text, of_way = np.divmod(pairs, max(1, len(ways)))
    rows = _Rows(in_text * len(number_of) + keys[of_way], of_way, times, firsts)
    return ways, _some(rows, np.flatnonzero(keys[of_way]))


def _chosen(ways: Sequence[str], rows: _Rows) -> _Rows:
    """Of each word in each text the way that it is written most often, where it stands first in any way; in a tie small
    letters win, as a capital may be a sentence's first.
    """
    order = np.argsort(rows.places, kind="stable")
    sizes = np.diff(_starts(rows.places[order]), append=len(order))
    in_several = np.repeat(sizes > 1, sizes)
    alone, several = _some(rows, order[~in_several]), _some(rows, order[in_several])
    ranks = np.zeros(len(ways), np.int64)
    ranked = sorted(set(several.ways.tolist()), key=lambda way: (ways[way].islower(), ways[way]))
    ranks[ranked] = np.arange(len(ranked))
    several = _some(several, np.lexsort((ranks[several.ways], several.times, several.places)))
    starts = _starts(several.places)
    if not len(starts):
        return alone
    best = _some(several, np.append(starts[1:], len(several.places)) - 1)
    best = best._replace(firsts=np.minimum.reduceat(several.firsts, starts))
    return _Rows(*(np.concatenate(columns) for columns in zip(alone, best, strict=True)))


def _starts(places: Ints) -> Ints:
    """Where another number begins in ascending ones."""
    return np.flatnonzero(np.diff(places, prepend=-1))


def _some(rows: _Rows, chosen: Ints) -> _Rows:
    return _Rows(*(column[chosen] for column in rows))


@lru_cache(_MOST_KEYS)
def _key(word: str) -> str:
    """The key of a word that counts; "" of a number, and of what is too long to be a word."""
    return key_of(word) if word[0].isalpha() and len(word) <= _LONGEST else ""


def key_of(word: str) -> str:
    """What all ways to write a word have in common: folded, with its umlauts."""
    return spell(word.lower().replace("ß", "ss") if _GERMAN(word) else fold(word))
