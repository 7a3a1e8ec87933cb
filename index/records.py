"""An article and its annotations in, its records out: itself, its statements, its figures."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from index.amounts import amount_term, figure_group
from index.fingerprint import ARTICLE, STATEMENT, fingerprints_of
from index.model import Annotations, Article, Figure, Kind, Mention, Record, Span, Statement
from index.stored import plain

_REACH = 300
"""How much of an endless sentence is kept with a figure, in characters on either side."""

Spanned = TypeVar("Spanned", Mention, Figure)


def records_of(article: Article, found: Annotations) -> list[Record]:
    """The article's own record, then one a statement and one a figure, in the order of their places.

    A record's id is the article's id, for a statement with "/aussage-N" and for a figure with "/zahl-N" behind it,
    counted from 1.
    """
    (records,) = records_of_all([article], [found])
    return records


def records_of_all(articles: Sequence[Article], found: Sequence[Annotations]) -> list[list[Record]]:
    """What `records_of` makes of each article, in less time, as their fingerprints are made together."""
    own = fingerprints_of([article.text for article in articles], ARTICLE)
    of_statements = iter(fingerprints_of([said.text for one in found for said in one.statements], STATEMENT))
    return [
        list(_records(article, one, prints, islice(of_statements, len(one.statements))))
        for article, one, prints in zip(articles, found, own, strict=True)
    ]


def _records(
    article: Article, found: Annotations, own: tuple[str, ...], of_statements: Iterable[tuple[str, ...]]
) -> Iterator[Record]:
    """An article's records, given its fingerprints and those of its statements."""
    shared = _Shared(article, found, plain(found))
    yield shared.record(
        id=article.id,
        kind="article",
        text=article.text,
        persons=[*found.persons, *(s.speaker for s in found.statements if s.speaker_kind == "person")],
        speakers=[s.speaker for s in found.statements],
        figures=found.figures,
        roles=found.roles,
        fingerprints=own,
        stored={"sentences": shared.plain.get("sentences", [])},
        details=shared.plain,
    )
    for number, (statement, prints) in enumerate(zip(found.statements, of_statements, strict=True), 1):
        yield _statement_record(shared, number, statement, prints)
    given_by_persons = frozenset(s.speaker for s in found.statements if s.speaker_kind == "person")
    for number, figure in enumerate(found.figures, 1):
        yield _figure_record(shared, number, figure, figure.said_by in given_by_persons)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all records of an article are made of: the article, what was found in it, and the same as plain values."""

    article: Article
    found: Annotations
    plain: Mapping[str, Any]

    def record(
        self,
        *,
        id: str,
        kind: Kind,
        text: str,
        persons: Iterable[str | None],
        speakers: Iterable[str | None],
        figures: Sequence[Figure],
        stored: Mapping[str, Any],
        roles: tuple[tuple[str, str], ...] = (),
        fingerprints: tuple[str, ...] = (),
        details: Mapping[str, Any] | None = None,
    ) -> Record:
        """A record of the article; of persons, speakers and figures each different one once."""
        article = self.article
        return Record(
            id=id,
            kind=kind,
            article_id=article.id,
            title=article.title,
            text=text,
            date=article.date,
            outlet=article.outlet,
            agencies=article.agencies,
            persons=_distinct(persons),
            speakers=_distinct(speakers),
            figures=_distinct(map(figure_group, figures)),
            amounts=_distinct(map(amount_term, figures)),
            path=article.path,
            roles=roles,
            fingerprints=fingerprints,
            url=article.url,
            stored=stored,
            details=details or {},
        )


def _statement_record(shared: _Shared, number: int, statement: Statement, prints: tuple[str, ...]) -> Record:
    found, speaker = shared.found, statement.speaker if statement.speaker_kind == "person" else None
    return shared.record(
        id=f"{shared.article.id}/aussage-{number}",
        kind="statement",
        text=statement.text,
        persons=[speaker, *(m.name for m in _inside(found.mentions, statement))],
        speakers=[statement.speaker],
        figures=_inside(found.figures, statement),
        fingerprints=prints,
        stored={**_but_text(shared.plain["statements"][number - 1]), "number": number},
    )


def _figure_record(shared: _Shared, number: int, figure: Figure, said_by_person: bool) -> Record:
    found, text = shared.found, shared.article.text
    sentence = _sentence_around(found.sentences, figure, text)
    values = shared.plain["figures"][number - 1]
    return shared.record(
        id=f"{shared.article.id}/zahl-{number}",
        kind="figure",
        text=text[sentence.start : sentence.end],
        persons=[figure.said_by if said_by_person else None, *(m.name for m in _inside(found.mentions, sentence))],
        speakers=[figure.said_by],
        figures=[figure],
        stored={**values, "figure_kind": values["kind"], "number": number, "sentence": plain(sentence)},
    )


def _inside(items: Iterable[Spanned], span: Span | Statement) -> list[Spanned]:
    return [item for item in items if span.start <= item.start and item.end <= span.end]


def _sentence_around(sentences: tuple[Span, ...], figure: Figure, text: str) -> Span:
    at = bisect_right(sentences, figure.start, key=lambda s: s.start) - 1
    around = Span(max(0, figure.start - _REACH), min(len(text), figure.end + _REACH))
    if at < 0 or sentences[at].end < figure.end:
        return around
    return Span(max(sentences[at].start, around.start), min(sentences[at].end, around.end))


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def _but_text(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "text"}
