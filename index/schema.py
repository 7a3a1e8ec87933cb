"""The Whoosh schema: which fields a record has in the index and how their values become terms.

In: a `Record`. Out: the fields of a Whoosh document. One schema serves all kinds of record.
"""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, FieldType, Schema
from whoosh.formats import Existence

from index.german import analyze
from index.model import Record

FACET_FIELDS = ("date", "outlet", "agency", "person", "speaker", "figure")
"""The fields whose values are terms as they stand."""


class GermanAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's view of the German chain."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        offset, first = options.get("start_char", 0), options.get("start_pos", 0)
        token = Token(**{key: value for key, value in options.items() if key not in ("start_char", "start_pos")})
        for term in analyze(value):
            token.text, token.boost, token.stopped = term.text, 1.0, False
            token.pos, token.startchar, token.endchar = first + term.position, offset + term.start, offset + term.end
            yield token


class ValuesAnalyzer(Analyzer):  # type: ignore[misc]
    """Each value of a list is one term, as it stands."""

    def __call__(self, value: tuple[str, ...] | list[str] | str, **options: Any) -> Iterator[Token]:
        token = Token(**{key: value for key, value in options.items() if key not in ("start_char", "start_pos")})
        for position, text in enumerate([value] if isinstance(value, str) else value):
            token.text, token.boost, token.stopped, token.pos = text, 1.0, False, position
            yield token


class Values(FieldType):  # type: ignore[misc]
    """A field of exact values, several a record: what a facet counts."""

    def __init__(self) -> None:
        self.analyzer = ValuesAnalyzer()
        self.format = Existence()
        self.scorable = False
        self.stored = False
        self.unique = False
        self.indexed = True
        self.vector = None
        self.column_type = None
        self.spelling = False
        self.multitoken_query = "default"

    def index(self, value: Any, **options: Any) -> Any:
        """Whoosh's own `index` takes a tuple or list for words that are analysed already; ours are."""
        return self.format.word_values(_index_form(value), self.analyzer, mode="index", **options)


def _index_form(values: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def schema() -> Schema:
    """The schema of every kind of record."""
    return Schema(
        id=ID(stored=True, unique=True),
        article=ID(stored=False),
        title=TEXT(analyzer=GermanAnalyzer(), phrase=True, stored=False),
        text=TEXT(analyzer=GermanAnalyzer(), phrase=True, stored=False),
        record=STORED(),
        **{name: Values() for name in FACET_FIELDS},
    )
