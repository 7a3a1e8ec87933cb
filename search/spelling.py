"""Meinten Sie: a query that finds little in, the same query in words of the archive out.

Of the archive's words those few that may be meant are found by their letters and pairs of letters, on arrays; what it
costs to mistype each (`search.typing_errors`) is weighed against how frequent it is (a noisy channel: M. D. Kernighan,
K. W. Church, W. A. Gale, "A spelling correction program based on a noisy channel model", COLING 1990).
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.german import QueryChain
from index.german.fold import folded
from index.word_counts import key_of
from search.lexicon import Lexicon, Strings
from search.plain_words import OPERATORS, plain_words
from search.typing_errors import german_keyboard

_LONGEST_QUERY = 500
_MOST_WORDS = 6
_SHORTEST = 4
_MOST_COST = ((9, 2.0), (6, 1.3), (0, 1.0))
"""From how many letters on what may be wrong with a word."""

_FREQUENT = 20
_TIMES_AS_FREQUENT = 30
_SURE = 1.0
_FREQUENCY = 0.2
"""What ten times as many articles are worth against the cost of a typing error."""

_UNITS = np.uint64(59)  # letters fall on different bits: it is prime, and a to z are fewer
_KNUTH = np.uint64(0x9E3779B1)  # multiplicative hashing: D. E. Knuth, The Art of Computer Programming 3, 6.4
_AT_ONCE = 1 << 16
_MOST_CANDIDATES = 400


class Speller:
    """Corrects queries by the words of one generation. `chain` is what its queries are read with."""

    def __init__(self, lexicon: Lexicon, chain: QueryChain) -> None:
        self._lexicon = lexicon
        self._similar = SimilarWords(lexicon.keys)
        self._keyboard = german_keyboard()
        self._chain = chain
        self._stop_words = folded("queries", "stop_words")

    def correct(self, query: str) -> str | None:
        """The query with the words that seem mistyped put right, all else as it is; None where none does.

        For a query that found nothing or little. It takes some 10 ms a word. Never raises.
        """
        if len(query) > _LONGEST_QUERY:
            return None
        corrected, end = [], 0
        for token in list(plain_words(query))[:_MOST_WORDS]:
            word = self.word(token.text)
            if word:
                corrected += [query[end : token.start], word]
                end = token.end
        return "".join([*corrected, query[end:]]) if corrected else None

    def word(self, word: str) -> str | None:
        """What was probably meant by a word, as the archive writes it most often; None where the word will do."""
        key = key_of(word)
        if len(key) < _SHORTEST or key in self._stop_words:
            return None
        entry = self._lexicon.find(key)
        own = 0 if entry is None else int(self._lexicon.counts[entry])
        if own >= _FREQUENT:
            return None
        stems, is_compound = self._stems(word), any(found.members for found in self._chain.words(word))
        best, best_score = None, math.inf
        for entry, cost in self._candidates(key, _SURE if own or is_compound else math.inf):
            shown, count = self._lexicon.shown[entry], int(self._lexicon.counts[entry])
            if stems & self._stems(shown):
                if not own:
                    return None  # a form of a word of the archive, which finds it
                continue
            score = cost - _FREQUENCY * math.log10(count)
            if score < best_score and count >= own * _TIMES_AS_FREQUENT:
                best, best_score = shown, score
        if best is None:
            return None
        # What was meant may itself be a rare error for something better: Selenski, Selenskij, Selenskyj.
        return self.word(best) or (best.lower() if best in OPERATORS else best)

    def _candidates(self, key: str, limit: float) -> Iterator[tuple[int, float]]:
        """Words that may be meant, each with the cost of mistyping it."""
        limit = min(limit, next(cost for letters, cost in _MOST_COST if len(key) >= letters))
        for entry in self._similar.to(key, 1 if limit <= _SURE else 2):
            word = self._lexicon.keys[entry]
            if word != key and word not in self._stop_words:
                cost = self._keyboard.distance(key, word, limit)
                if cost <= limit:
                    yield entry, cost

    def _stems(self, word: str) -> set[str]:
        return {
            term
            for found in self._chain.words(word)
            for way in found.alternatives
            if way.reason in ("stem", "gender") and len(way.terms) == 1
            for term in way.terms
        }


class SimilarWords:
    """Finds words a few edits from another: a filter that lets through others, too, the likeliest first.

    For each word one bit array of its letters and one of its pairs of letters: an edit changes at most two bits of the
    one and four of the other (six if it swaps two letters).
    """

    def __init__(self, words: Strings) -> None:
        self._letters, self._pairs = _signatures(words)
        self._lengths = np.diff(words.bounds).astype(np.uint8)

    def to(self, word: str, edits: int) -> list[int]:
        """The numbers of words that may be so many edits from `word`, the likeliest first, at most some hundred."""
        letters, pairs = _signatures(Strings([word]))
        at = np.flatnonzero(np.bitwise_count(self._letters ^ letters[0]) <= 2 * edits)
        at = at[np.abs(self._lengths[at].astype(np.int16) - len(word)) <= edits]
        apart = np.bitwise_count(self._pairs[at] ^ pairs[0])
        kept = apart <= 2 + 4 * edits
        found: list[int] = at[kept][np.argsort(apart[kept], kind="stable")][:_MOST_CANDIDATES].tolist()
        return found


def _signatures(words: Strings) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The bits of each word's letters, and of its pairs of letters with its beginning."""
    letters, pairs = np.zeros(len(words), np.uint64), np.zeros(len(words), np.uint64)
    for first in range(0, len(words), _AT_ONCE):
        bounds = words.bounds[first : first + _AT_ONCE + 1].astype(np.int64)
        text = words.joined[bounds[0] : bounds[-1]].encode("utf-32-le", "surrogatepass")
        codes, starts = np.frombuffer(text, np.uint32).astype(np.uint64), bounds[:-1] - bounds[0]
        before = np.roll(codes, 1)
        before[starts] = 0
        mixed = (before * np.uint64(31) + codes) * _KNUTH >> np.uint64(16)
        chunk = slice(first, first + _AT_ONCE)
        letters[chunk] = np.bitwise_or.reduceat(np.uint64(1) << codes % _UNITS, starts)
        pairs[chunk] = np.bitwise_or.reduceat(np.uint64(1) << mixed % np.uint64(64), starts)
    return letters, pairs
