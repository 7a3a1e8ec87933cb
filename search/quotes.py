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

from search.facets import Mask, Scores, ValueColumn
from search.mistakes import MistakeError

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
    """From statements to the records of their articles. `statements` and `records` are columns of article ids."""

    def __init__(self, statements: ValueColumn, records: ValueColumn) -> None:
        number_of = {value: code for code, value in enumerate(statements.values)}
        self._statements, self._records = statements, records
        self._other = np.array([number_of.get(value, -1) for value in records.values], np.int64)

    def find(self, matched: Mask, scores: Scores) -> tuple[Mask, Scores]:
        """The records of articles that have one of the statements."""
        best = np.full(len(self._statements.values) + 1, -1.0)  # the last is of articles without a statement
        chosen = matched[self._statements.records]
        of_chosen = self._statements.records[chosen]
        np.maximum.at(best, self._statements.codes[chosen], scores[of_chosen])
        found = np.full(self._records.size, -1.0)
        found[self._records.records] = best[self._other[self._records.codes]]
        return found >= 0, np.maximum(found, 0)
