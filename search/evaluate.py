"""A query tree in, the records that match and their scores out, over all records of one kind at once.

Whole arrays of postings are read, never posting by posting; `search.scoring` does the same with Whoosh's own matchers,
for comparison and for the nodes that are not known here.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
from whoosh import query

from index.codec import IndexView, loops
from index.schema import TEXT_NAMES
from search.matches import AllBut, AllOf, AnyOf, Clue, Lengths, Match, Only, Scored, Way, Word
from search.quotes import Quoted
from search.ranges import Within
from search.sets import Found, Numbers, union, union_of
from search.spans import phrase_counts
from search.words import Clue as ClueNode
from search.words import Ways

Evaluate = Callable[[query.Query], Found]

_REMEMBERED, _FEW = 64, 256
"""Of so many patterns it is remembered what they stand for, if that are no more terms: hits are marked by these."""


class Evaluator:
    """Evaluates trees over one collection. Safe to use from several threads.

    `within` finds the records with a value within bounds, `said` those in whose articles a statement meets a tree;
    without it the records are the statements. `by_whoosh` evaluates what is not known here; `left_to_whoosh` counts
    how often it had to.
    """

    def __init__(
        self,
        view: IndexView,
        within: Callable[[Within], Numbers],
        by_whoosh: Evaluate,
        said: Evaluate | None = None,
    ) -> None:
        self._view = view
        self._within, self._by_whoosh, self._said = within, by_whoosh, said or self.evaluate
        self._lengths: dict[str, Lengths] = {}
        self._few_terms: dict[query.MultiTerm, tuple[str, ...]] = {}
        self.left_to_whoosh = 0

    def evaluate(self, tree: query.Query) -> Found:
        """The records that match and how well. Words rank; a condition on a field of exact values only narrows."""
        match = self._match(tree)
        numbers = match.numbers
        return Found(numbers, match.scores(numbers))

    def _match(self, tree: query.Query) -> Match:
        match tree:
            case Ways() if all(map(_is_known, tree)):
                return self._word(tree, tree.boost)
            case query.And() if tree.subqueries:
                return self._all(tree)
            case query.DisjunctionMax():
                return self._any(tree, np.maximum)
            case query.Or():
                return self._any(tree, np.add)
            case query.Not():
                return AllBut(self._match(tree.query), lambda: self._every)
            case ClueNode():
                return Clue(self._match(tree.tree))
            case Quoted():
                return Scored(self._said(tree.tree))
            case query.Every() if tree.fieldname is None:
                return Only(self._every)
            case Within():
                return Only(self._within(tree))
            case _ if tree == query.NullQuery:
                return Only(np.zeros(0, np.intp))
            case _ if _is_known(tree):
                return self._word([tree], 1.0) if tree.field() in TEXT_NAMES else Only(self._having(tree))
        self.left_to_whoosh += 1
        return Scored(self._by_whoosh(tree))

    def _all(self, tree: query.And) -> Match:
        children = [self._match(child) for child in tree]
        having = [child for child in children if not isinstance(child, AllBut)]
        if not having:
            having = [Only(self._every)]
        without = [child.child for child in children if isinstance(child, AllBut)]
        return AllOf(having, without, tree.boost)

    def _any(self, tree: query.CompoundQuery, combine: np.ufunc) -> Match:
        values: list[query.Query] = []
        others: list[query.Query] = []
        for child in tree:
            (values if _is_known(child) and child.field() not in TEXT_NAMES else others).append(child)
        children = [self._match(child) for child in others]
        narrowing = union([self._having(child) for child in values])  # a range may be of thousands
        return AnyOf([*children, Only(narrowing)], tree.boost, combine)

    def _word(self, leaves: Iterable[query.Query], boost: float) -> Match:
        ways = [Way(self._lists(leaf), self._lengths_of(TEXT_NAMES[leaf.field()]), leaf.boost) for leaf in leaves]
        return Word(ways, boost, self._number, self._view.live)

    def _lists(self, leaf: query.Query) -> loops.Lists:
        """The postings of what a leaf stands for in a text."""
        if isinstance(leaf, query.Term):
            return self._view.lists(leaf.fieldname, _text(leaf.text))
        if isinstance(leaf, query.Phrase):
            words = {word: self._view.position_lists(leaf.fieldname, word) for word in leaf.words}
            return [(0, *phrase_counts([words[word] for word in leaf.words], leaf.slop))]
        numbers = self._having(leaf)
        return [(0, numbers, np.ones(len(numbers), np.uint8))]

    def _having(self, leaf: query.Query) -> Numbers:
        """The records that have any of the terms that a leaf stands for."""
        terms = (_text(leaf.text),) if isinstance(leaf, query.Term) else self._terms(leaf)
        numbers = union_of([some for term in terms for some in self._view.lists(leaf.fieldname, term)], self._view.size)
        return numbers if self._view.live is None else numbers[self._view.live[numbers]]

    def few_terms(self, pattern: query.MultiTerm) -> tuple[str, ...]:
        """The terms that a pattern stands for where they are few; none where they are many."""
        known = self._few_terms.get(pattern)
        return _if_few(self._terms(pattern)) if known is None else known

    def _terms(self, pattern: query.MultiTerm) -> tuple[str, ...]:
        """The terms that a pattern stands for; of the last ones it is remembered which they are, if they are few."""
        terms = self._expanded(pattern)
        if len(self._few_terms) >= _REMEMBERED:
            self._few_terms = {}
        self._few_terms[pattern] = _if_few(terms)
        return terms

    def _expanded(self, leaf: query.MultiTerm) -> tuple[str, ...]:
        if isinstance(leaf, query.Prefix):
            return tuple(self._view.starting_with(leaf.fieldname, leaf.text))
        if isinstance(leaf, query.Wildcard):
            return tuple(self._view.like(leaf.fieldname, leaf.text))
        return tuple(self._view.near(leaf.fieldname, leaf.text, leaf.maxdist, leaf.prefixlength))

    @cached_property
    def _every(self) -> Numbers:
        live = self._view.live
        return np.arange(self._view.size) if live is None else np.flatnonzero(live)

    @cached_property
    def _number(self) -> int:
        """How many records there are."""
        return self._view.size if self._view.live is None else int(np.count_nonzero(self._view.live))

    def _lengths_of(self, base: str) -> Lengths:
        if base not in self._lengths:
            by_record, live = self._view.lengths(base), self._view.live
            whole = int(by_record.sum(dtype=np.int64) if live is None else by_record[live].sum(dtype=np.int64))
            self._lengths[base] = Lengths(by_record, whole / max(1, self._number) or 1.0)
        return self._lengths[base]


def _if_few(terms: tuple[str, ...]) -> tuple[str, ...]:
    return terms if len(terms) <= _FEW else ()


_OF_TERMS = (query.Term, query.Prefix, query.Wildcard, query.FuzzyTerm)


def _is_known(node: query.Query) -> bool:
    if isinstance(node, query.Phrase):
        return len(node.words) > 0 and node.fieldname in TEXT_NAMES
    return isinstance(node, _OF_TERMS)


def _text(term: str | bytes) -> str:
    return term if isinstance(term, str) else term.decode("utf-8", "replace")
