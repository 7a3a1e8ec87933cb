"""The chart of the view Zahlen: which of the figures found it shows, and in which words.

In: an archive and the response of a search for figures. Out: frozen values that the template only has to write down.
Figures can be compared only if they count or measure the same: the chart shows those of one noun or unit, or those of
several that were selected together if they have one unit.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from index.model import PartialDate
from search import Archive
from search.figure_facet import figure_label, is_range, noun_of
from search.model import Hit, Response
from web.chart import Chart, Mark, Point, can_show, lay_out
from web.formats import date_text, day_of, number_text, quantity_text
from web.links import Links
from web.markup import Element, render
from web.messages import Messages

MOST = 200
"""How many figures a chart shows at most: the first in the order of the search."""

CHOICES = 7
"""How many nouns and units are offered to choose from."""


@dataclass(frozen=True)
class Choice:
    """A noun or unit to show instead, and how many figures it has."""

    label: str
    count: int
    current: bool
    url: str


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its mark; `by` names giver, date and outlet; `place` is the address of its place in the article."""

    mark: Mark
    hit: Hit
    quantity: str
    noun: str
    by: str
    sentence: Markup
    place: str
    approximate: bool
    bound: str | None
    estimated: bool


@dataclass(frozen=True)
class FigureChart:
    """A chart in words: its title, a summary that says what it shows, its figures from left to right, and choices."""

    title: str
    summary: str
    chart: Chart
    figures: tuple[ShownFigure, ...]
    choices: tuple[Choice, ...]
    signs: tuple[str, ...]


def figure_chart(archive: Archive, response: Response, links: Links, messages: Messages) -> FigureChart | None:
    """The chart for a search; None where nothing that was found can be compared."""
    counted = [value for value in response.facets["figure"] if value.value and not is_range(value.value)]
    selected = response.request.selections.get("figure") or tuple(value.value for value in counted[:1])
    if not selected:
        return None
    selections = {**response.request.selections, "figure": selected}
    found = archive.search(replace(response.request, selections=selections, page=1, size=MOST))
    hits = _comparable(found.hits)
    if not hits:
        return None
    chart = lay_out([_point(hit) for hit in hits])
    groups = set(map(noun_of, selected))
    choices = tuple(
        Choice(value.label, value.count, {value.value} == groups, links.choose("figure", value.value))
        for value in counted[:CHOICES]
    )
    figures = tuple(_shown(mark, hits[mark.number], links, messages) for mark in chart.marks)
    title = ", ".join(figure_label(value) for value in selected)
    return FigureChart(
        title=title,
        summary=" ".join(_summary(title, hits, found.total, messages)),
        chart=chart,
        figures=figures,
        choices=choices if len(choices) > 1 else (),
        signs=tuple(_signs(figures)),
    )


def _comparable(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that a chart can show, of the most frequent unit; oldest first, undated last."""
    fit = [hit for hit in hits if can_show(hit.stored["value"]) and can_show(hit.stored.get("upper") or 0)]
    units = Counter(hit.stored.get("unit") for hit in fit)
    unit = units.most_common(1)[0][0] if units else None
    same = [hit for hit in fit if hit.stored.get("unit") == unit]
    return sorted(same, key=lambda hit: (hit.date is None, hit.date or PartialDate(1), hit.estimate is None, hit.id))


def _point(hit: Hit) -> Point:
    figure, estimate = hit.stored, None if hit.date else hit.estimate
    return Point(
        value=figure["value"],
        upper=figure.get("upper"),
        bound=figure.get("bound"),
        approximate=bool(figure.get("approximate")),
        giver=figure.get("said_by"),
        first=hit.date.first if hit.date else estimate.day if estimate else None,
        last=hit.date.last if hit.date else estimate.day if estimate else None,
        estimated=estimate is not None,
    )


def _shown(mark: Mark, hit: Hit, links: Links, messages: Messages) -> ShownFigure:
    figure = hit.stored
    giver = figure.get("said_by") or messages("none_speaker")
    outlet = hit.outlet or messages("none_outlet")
    return ShownFigure(
        mark=mark,
        hit=hit,
        quantity=_quantity(hit, messages),
        noun=figure.get("noun") or "",
        by=", ".join([giver, _date(hit, messages), outlet]),
        sentence=_sentence(hit),
        place=links.article(hit.article_id, f"zahl-{figure['number']}"),
        approximate=bool(figure.get("approximate")),
        bound=figure.get("bound"),
        estimated=hit.date is None and hit.estimate is not None,
    )


def _sentence(hit: Hit) -> Markup:
    """The whole sentence with the figure underlined."""
    start = hit.stored["start"] - hit.stored["sentence"][0]
    return render(hit.text, [Element(start, start + len(hit.stored["text"]), "span", "figure")])


def _quantity(hit: Hit, messages: Messages) -> str:
    figure = hit.stored
    unit = figure.get("unit") if figure.get("unit") != figure.get("noun") else None
    return quantity_text(
        figure["value"], figure.get("upper"), bool(figure.get("approximate")), figure.get("bound"), unit, messages
    )


def _date(hit: Hit, messages: Messages) -> str:
    if hit.date:
        return date_text(hit.date, messages)
    if hit.estimate:
        return messages("chart_estimated_day", date=date_text(day_of(hit.estimate.day), messages))
    return messages("none_date")


def _summary(title: str, hits: Sequence[Hit], total: int, messages: Messages) -> Iterator[str]:
    """What the chart shows, in sentences."""

    def named(hit: Hit) -> str:
        given = [_date(hit, messages), hit.stored.get("said_by")]
        return f"{_quantity(hit, messages)} ({', '.join(part for part in given if part)})"

    lowest = min(hits, key=lambda hit: hit.stored["value"])
    highest = max(hits, key=lambda hit: hit.stored.get("upper") or hit.stored["value"])
    speakers = len({hit.stored.get("said_by") for hit in hits} - {None})
    undated = sum(hit.date is None and hit.estimate is None for hit in hits)
    estimated = sum(hit.date is None and hit.estimate is not None for hit in hits)
    if len(hits) == 1:
        yield messages("chart_summary_single", noun=title, only=named(lowest))
    else:
        yield messages("chart_summary", count=len(hits), noun=title, lowest=named(lowest), highest=named(highest))
    if speakers:
        yield messages("chart_speakers", count=speakers)
    if undated:
        yield messages("chart_undated", count=undated)
    if estimated:
        yield messages("chart_estimated", count=estimated)
    if total > len(hits):
        yield messages(
            "chart_left_out", shown=number_text(len(hits), messages), count=number_text(total - len(hits), messages)
        )


def _signs(figures: Sequence[ShownFigure]) -> Iterator[str]:
    """The signs that the legend has to explain."""
    if any(figure.approximate for figure in figures):
        yield "about"
    if any(figure.hit.stored.get("upper") is not None for figure in figures):
        yield "range"
    for bound in ("lower", "upper"):
        if any(figure.bound == bound for figure in figures):
            yield bound
    if any(figure.mark.left is not None for figure in figures):
        yield "span"
    if any(figure.estimated for figure in figures):
        yield "estimated"
