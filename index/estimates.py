"""When an undated article may be from: estimated from a dated one that quotes the same words.

In: a generation's collections. Out: `estimates.json` beside them. An estimate is never a date: it is shown as what it
is, with its reason, and no facet counts it.

It needs two things to agree: a statement of one speaker that both articles have in nearly the same words, and a weekday
that the undated article names with it ("sagte Blinken am Donnerstag"). The estimate is the day with that name that is
nearest to the other article's date.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.annotate.tables import Tables
from index.codec import AT_ONCE
from index.collections import open_view
from index.german import fold, tokenize
from index.model import Annotations, Record, Span
from index.stored import annotations_of, record_of
from index.values import read_values, write_values

REACH = 3
"""How many days the two articles may be apart: within a week each weekday comes once."""

WORDS = 5
"""The fewest words a statement must have to be known again."""

MOST = 20
"""How many dated articles in the same words are asked."""

_QUOTING = 64
"""Of so many undated articles it is kept what was found in them: they are compared with several in a row."""

_FILE = "estimates.json"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The day an undated article may be from, and the dated article and words that speak for it."""

    day: date
    weekday: str
    words: str
    article_id: str
    title: str
    outlet: str | None
    dated: str


def write_estimates(generation: Path, tables: Tables, groups: Iterable[Sequence[int]]) -> None:
    """Estimate what the groups of statements in the same words, by their numbers, allow; write it beside them."""
    found = {article_id: asdict(estimate) for article_id, estimate in _estimates(generation, tables, groups)}
    write_values(generation, _FILE, found)


def read_estimates(generation: Path) -> dict[str, Estimate]:
    """What `write_estimates` wrote, by the id of the undated article; nothing where it wrote nothing."""
    values = read_values(generation, _FILE) or {}
    return {key: Estimate(**{**value, "day": date.fromisoformat(value["day"])}) for key, value in values.items()}


def estimate_day(
    undated: Annotations, statement: Span, near: date, weekdays: Mapping[str, int]
) -> tuple[date, str] | None:
    """The day nearest to `near` whose weekday is named with `statement`, and the weekday's name; None if none is.

    Named with it means: in its sentence or the one before. Two different weekdays there say nothing.
    """
    around = _sentences_with(undated.sentences, statement)
    named = {
        fold(token.text)
        for mention in undated.dates
        if mention.first is None and around.start <= mention.start < around.end
        for token in tokenize(mention.text)
        if fold(token.text) in weekdays
    }
    if len(named) != 1:
        return None
    (name,) = named
    days = (near + timedelta(days=step) for step in range(-REACH, REACH + 1))
    return next(day for day in days if day.weekday() == weekdays[name]), name.capitalize()


def _sentences_with(sentences: Sequence[Span], statement: Span) -> Span:
    at = max((n for n, sentence in enumerate(sentences) if sentence.start <= statement.start), default=None)
    if at is None:
        return Span(0, 0)
    return Span(sentences[max(at - 1, 0)].start, max(sentences[at].end, statement.end))


def _estimates(generation: Path, tables: Tables, groups: Iterable[Sequence[int]]) -> Iterator[tuple[str, Estimate]]:
    weekdays = tables["date_words"]["weekdays"]
    evidence: dict[str, list[Estimate]] = defaultdict(list)
    articles = open_view(generation, "article")

    @lru_cache(_QUOTING)
    def found_in(article_id: str) -> Annotations:
        number = articles.find("id", article_id)
        assert number is not None
        return annotations_of(articles.details(number))

    for done, (undated, dated) in enumerate(_pairs(_read(generation, groups)), start=1):
        if done % AT_ONCE == 0:
            articles.let_go()
        assert dated.date
        day = estimate_day(
            found_in(undated.article_id),
            Span(undated.stored["start"], undated.stored["end"]),
            dated.date.first,
            weekdays,
        )
        if day:
            evidence[undated.article_id].append(
                Estimate(*day, undated.text, dated.article_id, dated.title, dated.outlet, str(dated.date))
            )
    for article_id, found_days in sorted(evidence.items()):
        if len({estimate.day for estimate in found_days}) == 1:
            yield article_id, max(found_days, key=lambda estimate: (len(estimate.words), estimate.article_id))


def _read(generation: Path, groups: Iterable[Sequence[int]]) -> Iterator[Sequence[Record]]:
    """The statements of the groups in which one has a date and one has none; the others are not read."""
    view = open_view(generation, "statement")
    has_date = np.zeros(view.size, bool)
    has_date[view.codes("date")[1]] = True
    read = 0
    for group in groups:
        if has_date[group].any() and not has_date[group].all():
            if read // AT_ONCE < (read := read + len(group)) // AT_ONCE:
                view.let_go()
            yield [record_of(view.stored(number)["record"]) for number in group]


def _pairs(groups: Iterable[Sequence[Record]]) -> Iterator[tuple[Record, Record]]:
    """Statements in the same words: one of an undated article, one dated to the day."""
    for group in groups:
        dated = [record for record in group if record.date and record.date.precision == "day"]
        for undated in (record for record in group if record.date is None):
            if len(list(tokenize(undated.text))) >= WORDS:
                yield from ((undated, other) for other in dated[:MOST])
