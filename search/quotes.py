"""`zitat:` in a query: what follows it is looked for in single statements.

In: a word, phrase or group behind `zitat:`. Out: a node of the query tree; and, from the statements that it finds, the
records of their articles, each with the score of its best statement. Fields inside are those of the statement:
`zitat:(Truppen sprecher:Blinken)` is what Blinken says of troops.
"""

from collections.abc import Callable, Iterator

import numpy as np
from whoosh import matching, query
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from index.codec import IndexView
from search.mistakes import MistakeError
from search.sets import Found

FIELD = "quote"
"""The field's name, which the index does not have."""

_BEFORE_FIELDS, _AFTER_FIELDS = 95, 104  # Whoosh gives fields to nodes at 100


class Quoted(query.Query):  # type: ignore[misc]
    """What a single statement must meet."""

    fieldname, boost = None, 1.0

    def __init__(self, tree: query.Query) -> None:
        self.tree = tree

    def __str__(self) -> str:
        return f"QUOTE({self.tree})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quoted) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash((FIELD, self.tree))

    def is_leaf(self) -> bool:
        return False

    def children(self) -> Iterator[query.Query]:
        return iter((self.tree,))

    def normalize(self) -> query.Query:
        tree = self.tree.normalize()
        return tree if tree == query.NullQuery else Quoted(tree)

    def estimate_size(self, reader: object) -> int:
        return 0

    def matcher(self, searcher: object, context: object = None) -> object:
        """Nothing: the index of one kind of record does not know the statements."""
        return matching.NullMatcher()


class _QuoteNode(syntax.GroupNode):  # type: ignore[misc]
    """What stands behind `zitat:`."""

    qclass = query.And
    merging = False

    def query(self, parser: QueryParser) -> query.Query:
        return Quoted(super().query(parser))


class QuotePlugin(plugins.Plugin):  # type: ignore[misc]
    """Puts what stands behind `zitat:` into a node of its own."""

    def filters(self, parser: QueryParser) -> list[tuple[Callable[..., syntax.GroupNode], int]]:
        return [(self._wrap, _BEFORE_FIELDS), (self._look_in_texts, _AFTER_FIELDS)]

    def _wrap(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        wrapped, waiting = group.empty_copy(), False
        for node in group:
            if waiting and isinstance(node, syntax.FieldnameNode):
                raise MistakeError("field_of_field", node.original)
            if isinstance(node, syntax.FieldnameNode) and node.fieldname == FIELD:
                waiting = True
                continue
            inner = self._wrap(parser, node) if isinstance(node, syntax.GroupNode) else node
            wrapped.append(_QuoteNode([inner]) if waiting else inner)
            waiting = False
        return wrapped

    def _look_in_texts(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for node in group:
            if isinstance(node, _QuoteNode):
                node.set_fieldname("text")
            elif isinstance(node, syntax.GroupNode):
                self._look_in_texts(parser, node)
        return group


class ArticlesOf:
    """From statements to the records of their articles; both collections know the article of each."""

    def __init__(self, statements: IndexView, records: IndexView) -> None:
        ids, codes, numbers = statements.pairs("article")
        number_of = {article: code for code, article in enumerate(ids)}
        self._articles, self._article_of = len(ids), np.zeros(statements.size, np.int64)
        self._article_of[numbers] = codes
        ids, codes, self._records = records.pairs("article")
        self._of_record = np.fromiter((number_of.get(article, -1) for article in ids), np.int64, len(ids))[codes]

    def find(self, found: Found) -> Found:
        """The records of articles that have one of the statements, each with the score of its best."""
        best = np.full(self._articles + 1, -1.0, np.float32)  # the last is of articles without a statement
        np.maximum.at(best, self._article_of[found.numbers], found.scores)
        scores = best[self._of_record]
        has = scores >= 0
        numbers = self._records[has].astype(np.intp)
        order = np.argsort(numbers, kind="stable")
        return Found(numbers[order], scores[has][order])
