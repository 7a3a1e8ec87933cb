"""The Whoosh schema: which fields a record has in the index.

In: a `Record`. Out: the fields of a Whoosh document. One schema serves all kinds of record.
"""

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, Schema

from index.german import analyze
from index.model import Record
from index.stored import stored_record

FACET_FIELDS = ("date", "outlet", "agency", "person", "speaker", "figure")
"""The fields whose values are terms as they stand, several a record."""


ROLE_SEPARATOR = "\t"
"""What stands between a person and a role in the field `role`."""


class GermanAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's view of the German chain."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield one token (the same object each time, as Whoosh does) a term."""
        offset, first = options.pop("start_char", 0), options.pop("start_pos", 0)
        token = Token(**options)
        for term in analyze(value):
            token.text, token.boost, token.stopped = term.text, 1.0, False
            token.pos, token.startchar, token.endchar = first + term.position, offset + term.start, offset + term.end
            yield token


def _text() -> TEXT:
    # A word that gives several terms (US-Regierung) is looked for as a phrase.
    return TEXT(analyzer=GermanAnalyzer(), phrase=True, multitoken_query="phrase")


def schema() -> Schema:
    """The schema of every kind of record."""
    return Schema(
        id=ID(unique=True),
        article=ID(),
        title=_text(),
        text=_text(),
        record=STORED(),
        role=ID(),
        fingerprint=ID(),
        amount=ID(),
        **{name: ID() for name in FACET_FIELDS},
    )


def document(record: Record) -> dict[str, Any]:
    """The Whoosh document of one record; a facet's values go in as a list, which Whoosh takes as terms as they are."""
    facets = {
        "date": [str(record.date)] if record.date else [],
        "outlet": [record.outlet] if record.outlet else [],
        "agency": list(record.agencies),
        "person": list(record.persons),
        "speaker": list(record.speakers),
        "figure": list(record.figures),
        "amount": list(record.amounts),
        "fingerprint": list(record.fingerprints),
        "role": [ROLE_SEPARATOR.join(pair) for pair in record.roles],
    }
    return {
        "id": record.id,
        "article": record.article_id,
        "title": record.title,
        "text": record.text,
        "record": stored_record(record),
        **{name: values for name, values in facets.items() if values},
    }
