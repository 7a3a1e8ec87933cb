"""BM25 in memory over any terms: what no stemming and Snowball alone are measured with.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); k1 = 1.2, b = 0.75.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from index.german import fold, tokenize

K1, B = 1.2, 0.75


class Bm25:
    """One field's postings: term -> article -> how often."""

    def __init__(self, bodies: Iterable[str], terms_of: Callable[[str], Iterable[str]]) -> None:
        self._terms_of = terms_of
        self._postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._lengths: list[int] = []
        for number, body in enumerate(bodies):
            counts = Counter(terms_of(body))
            self._lengths.append(sum(counts.values()))
            for term, count in counts.items():
                self._postings[term][number] = count
        self._mean = sum(self._lengths) / len(self._lengths)

    def rank(self, words: Iterable[str], every: bool, depth: int) -> list[int]:
        """The best articles by the sum over the words; with `every`, of those alone that have each word."""
        found = [self._scores(term) for word in words for term in self._terms_of(word)]
        total: defaultdict[int, float] = defaultdict(float)
        for scores in found:
            for number, score in scores.items():
                total[number] += score
        kept = set(total).intersection(*found) if every else set(total)
        return sorted(kept, key=lambda number: (-total[number], number))[:depth]

    def _scores(self, term: str) -> dict[int, float]:
        found = self._postings.get(term, {})
        idf = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
        return {
            number: idf * count * (K1 + 1) / (count + K1 * (1 - B + B * self._lengths[number] / self._mean))
            for number, count in found.items()
        }


def plain_terms(text: str) -> list[str]:
    """The tokens of a text, folded as the chain folds them (case, ß), not stemmed."""
    return [fold(token.text) for token in tokenize(text)]
