"""The Whoosh schema: which fields a record has in the index.

In: a `Record`. Out: the fields of a Whoosh document. One schema serves all kinds of record.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, STORED, TEXT, Schema

from index.german import FIELDS, Field, analyze
from index.model import Record
from index.stored import stored_record

FACET_FIELDS = ("date", "outlet", "agency", "person", "speaker", "figure")
"""The fields whose values are terms as they stand, several a record."""


ROLE_SEPARATOR = "\t"
"""What stands between a person and a role in the field `role`."""


TEXT_FIELDS: tuple[Field, ...] = get_args(Field)
"""What a German text is in the index: stems, exact forms, parts of compounds."""

PHRASE_FIELDS: tuple[Field, ...] = ("text", "text_exact")
"""The fields that know the positions of their terms."""

TEXTS = ("title", "text")
"""What is German text in a record; each has all of TEXT_FIELDS in the index."""


class GermanAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's view of the German chain: the terms that one field holds."""

    def __init__(self, field: Field) -> None:
        self._field = field

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yield one token (the same object each time, as Whoosh does) a term."""
        offset, first = options.pop("start_char", 0), options.pop("start_pos", 0)
        token = Token(**options)
        for term in analyze(value):
            if self._field in FIELDS[term.kind]:
                token.text, token.boost, token.stopped = term.text, 1.0, False
                token.pos = first + term.position
                token.startchar, token.endchar = offset + term.start, offset + term.end
                yield token


def field_of(base: str, field: Field) -> str:
    """The name in the index of a text's field: `field_of("title", "text_exact")` is "title_exact"."""
    return base + field.removeprefix("text")


TEXT_NAMES: Mapping[str, str] = {field_of(base, field): base for base in TEXTS for field in TEXT_FIELDS}
"""The names in the index of all that a text is there, each with the text it is of."""


UNITED: Mapping[Field, Field] = {"text": "text_exact"}
"""The fields of a text whose lists of postings are those of another's terms together."""

UNION_OF: Mapping[str, str] = {
    field_of(base, own): field_of(base, other) for base in TEXTS for own, other in UNITED.items()
}
"""The fields whose terms stand where some terms of another field stand: stems, and their exact forms."""


def schema() -> Schema:
    """The schema of every kind of record."""
    return Schema(
        id=ID(unique=True),
        article=ID(),
        record=STORED(),
        role=ID(),
        fingerprint=ID(),
        amount=ID(),
        **{name: ID() for name in FACET_FIELDS},
        **{field_of(base, field): TEXT(analyzer=GermanAnalyzer(field)) for base in TEXTS for field in TEXT_FIELDS},
    )


def value_terms(record: Record) -> Mapping[str, Sequence[str]]:
    """The fields of a record that hold values, which are terms as they stand."""
    return {
        "id": (record.id,),
        "article": (record.article_id,),
        "date": (str(record.date),) if record.date else (),
        "outlet": (record.outlet,) if record.outlet else (),
        "agency": record.agencies,
        "person": record.persons,
        "speaker": record.speakers,
        "figure": record.figures,
        "amount": record.amounts,
        "fingerprint": record.fingerprints,
        "role": [ROLE_SEPARATOR.join(pair) for pair in record.roles],
    }


def stored_values(record: Record) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What the index stores of a record: what every hit shows of it, and what only its own page needs."""
    return {"record": stored_record(record)}, record.details
