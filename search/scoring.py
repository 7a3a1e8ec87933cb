"""A query tree in, which records match and how well out, by Whoosh's own matchers: the slow twin of `search.evaluate`.

Whoosh gives the postings of each leaf, one by one; what holds the leaves together is evaluated here, as in
`search.matches`, which names the source of the formula.
"""

import math
from collections.abc import Callable, Iterable
from functools import cached_property, partial, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from index.schema import TEXT_NAMES
from search.matches import K1, B
from search.quotes import Quoted
from search.sets import Found, Ints, Mask
from search.words import Clue, Ways

Scores = NDArray[np.float64]
Dense = tuple[Mask, Scores]


class Scorer:
    """Evaluates trees over one opened Whoosh index. Not safe for several threads: a reader keeps its place.

    `said` finds the records in whose articles a statement meets a tree; without it, the records are the statements.
    """

    def __init__(self, searcher: Any, said: Callable[[query.Query], Found] | None = None) -> None:
        self._said = said or self.find
        reader = searcher.reader()
        self._reader, self._searchers = reader, searcher.leaf_searchers()
        self._size: int = reader.doc_count_all()
        self._norms: dict[str, Scores] = {}

    @cached_property
    def _live(self) -> Mask:
        """Which records are not deleted; all are asked one by one, so it is not done before it is needed."""
        live = np.zeros(self._size, bool)
        live[np.fromiter(self._reader.all_doc_ids(), np.int64)] = True
        return live

    @cached_property
    def _number(self) -> int:
        return int(np.count_nonzero(self._live))

    def find(self, tree: query.Query) -> Found:
        """The records that match, and the score of each."""
        mask, scores = self.evaluate(tree)
        numbers = np.flatnonzero(mask)
        return Found(numbers, scores[numbers].astype(np.float32))

    def evaluate(self, tree: query.Query) -> Dense:
        """The records that match and the score of each, 0 where nothing matched.

        Words rank; a condition on a field of exact values only narrows, and scores nothing.
        """
        match tree:
            case Ways():
                return self._word(tree, tree.boost)
            case query.And():
                masks, scores = zip(*map(self.evaluate, tree), strict=True)
                mask = np.logical_and.reduce(masks)
                return mask, np.where(mask, reduce(np.add, scores), 0) * tree.boost
            case query.DisjunctionMax():
                return self._any(tree, np.maximum)
            case query.Or():
                return self._any(tree, np.add)
            case Clue():
                return np.zeros(self._size, bool), self.evaluate(tree.tree)[1]
            case Quoted():
                return self._dense(self._said(tree.tree))
            case query.Not():
                return self._live & ~self.evaluate(tree.query)[0], np.zeros(self._size)
            case _ if tree.field() in TEXT_NAMES:
                return self._word([tree], 1.0)
            case _:
                mask = np.zeros(self._size, bool)
                mask[self._numbers(tree)] = True
                return mask, np.zeros(self._size)

    def _dense(self, found: Found) -> Dense:
        mask, scores = np.zeros(self._size, bool), np.zeros(self._size)
        mask[found.numbers], scores[found.numbers] = True, found.scores
        return mask, scores

    def _any(self, tree: query.Query, combine: np.ufunc) -> Dense:
        mask, scores = np.zeros(self._size, bool), np.zeros(self._size)
        for child in tree:
            if child.is_leaf() and child.field() not in TEXT_NAMES:  # a range may be of thousands
                mask[self._numbers(child)] = True
                continue
            matched, score = self.evaluate(child)
            mask |= matched
            combine(scores, score, out=scores)
        return mask, scores * tree.boost

    def _word(self, ways: Iterable[query.Query], boost: float) -> Dense:
        """Records that have a word in any of the ways."""
        frequency = np.zeros(self._size)
        for leaf in ways:
            numbers, counts = self._postings(leaf)
            frequency[numbers] += leaf.boost * counts / self._norm(TEXT_NAMES[leaf.field()])[numbers]
        mask = frequency > 0
        having = int(np.count_nonzero(mask))
        rarity = math.log(1 + (self._number - having + 0.5) / (having + 0.5))
        return mask, boost * rarity * frequency / (K1 + frequency)

    def _norm(self, base: str) -> Scores:
        """How long each record's title or text is, against the mean; read once."""
        if base not in self._norms:
            length = partial(self._reader.doc_field_length, fieldname=base)
            lengths = np.fromiter(map(length, range(self._size)), np.float64, self._size)
            self._norms[base] = 1 - B + B * lengths / (lengths[self._live].sum() / max(1, self._number) or 1)
        return self._norms[base]

    def _numbers(self, leaf: query.Query) -> Ints:
        return np.fromiter(
            (number + first for searcher, first in self._searchers for number in _matcher(leaf, searcher).all_ids()),
            np.int64,
        )

    def _postings(self, leaf: query.Query) -> tuple[Ints, Scores]:
        """The records that have what a leaf stands for, and how often."""
        numbers, counts = [], []
        is_phrase, is_term = isinstance(leaf, query.Phrase), isinstance(leaf, query.Term)
        for searcher, first in self._searchers:
            matcher = _matcher(leaf, searcher)
            while matcher.is_active():
                numbers.append(first + matcher.id())
                counts.append(len(matcher.spans()) if is_phrase else matcher.weight() if is_term else 1)
                matcher.next()
        return np.array(numbers, np.int64), np.array(counts, np.float64)


def _matcher(leaf: query.Query, searcher: Any) -> Any:
    bare = leaf.with_boost(1.0) if getattr(leaf, "boost", 1.0) != 1.0 else leaf  # boosts are applied here
    return bare.matcher(searcher, searcher.boolean_context())
