"""An article and its annotations in, its records out: itself, its statements, its figures."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from index.amounts import amount_term, figure_group
from index.fingerprint import ARTICLE, STATEMENT, fingerprints
from index.model import Annotations, Article, Figure, Mention, Record, Span, Statement
from index.stored import plain

_REACH = 300
"""How much of an endless sentence is kept with a figure, in characters on either side."""

Spanned = TypeVar("Spanned", Mention, Figure)


def records_of(article: Article, found: Annotations) -> Iterator[Record]:
    """Yield the article's own record, then one a statement and one a figure, in the order of their places.

    A record's id is the article's id, for a statement with "/aussage-N" and for a figure with "/zahl-N" behind it,
    counted from 1.
    """
    base = Record(
        id=article.id,
        kind="article",
        article_id=article.id,
        title=article.title,
        text=article.text,
        date=article.date,
        outlet=article.outlet,
        agencies=article.agencies,
        persons=_distinct([*found.persons, *(s.speaker for s in found.statements if s.speaker_kind == "person")]),
        speakers=_distinct(s.speaker for s in found.statements),
        figures=_distinct(figure_group(f) for f in found.figures),
        amounts=_distinct(amount_term(f) for f in found.figures),
        path=article.path,
        roles=found.roles,
        fingerprints=fingerprints(article.text, ARTICLE),
        url=article.url,
        stored={"sentences": plain(found.sentences)},
        details=plain(found),
    )
    yield base
    for number, statement in enumerate(found.statements, 1):
        yield _statement_record(base, number, statement, found)
    for number, figure in enumerate(found.figures, 1):
        yield _figure_record(base, number, figure, found)


def _statement_record(base: Record, number: int, statement: Statement, found: Annotations) -> Record:
    speaker = statement.speaker if statement.speaker_kind == "person" else None
    persons = [speaker, *(m.name for m in _inside(found.mentions, statement))]
    figures = _inside(found.figures, statement)
    return replace(
        base,
        id=f"{base.article_id}/aussage-{number}",
        kind="statement",
        text=statement.text,
        persons=_distinct(persons),
        speakers=_distinct([statement.speaker]),
        figures=_distinct(map(figure_group, figures)),
        amounts=_distinct(map(amount_term, figures)),
        roles=(),
        fingerprints=fingerprints(statement.text, STATEMENT),
        stored={**_but_text(plain(statement)), "number": number},
        details={},
    )


def _figure_record(base: Record, number: int, figure: Figure, found: Annotations) -> Record:
    sentence = _sentence_around(found.sentences, figure, base.text)
    said_by_person = any(s.speaker == figure.said_by and s.speaker_kind == "person" for s in found.statements)
    persons = [figure.said_by if said_by_person else None, *(m.name for m in _inside(found.mentions, sentence))]
    values = plain(figure)
    return replace(
        base,
        id=f"{base.article_id}/zahl-{number}",
        kind="figure",
        text=base.text[sentence.start : sentence.end],
        persons=_distinct(persons),
        speakers=_distinct([figure.said_by]),
        figures=_distinct([figure_group(figure)]),
        amounts=(amount_term(figure),),
        roles=(),
        fingerprints=(),
        stored={**values, "figure_kind": values["kind"], "number": number, "sentence": plain(sentence)},
        details={},
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
    return tuple(dict.fromkeys(value for value in values if value))


def _but_text(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "text"}
