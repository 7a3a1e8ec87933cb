"""A response made ready for the page: facets with bars, chips of what narrows the search, paging.

In: a response, its links and the messages. Out: frozen values that the templates only have to write down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup

from index.model import PartialDate
from search.figure_facet import figure_label, is_range, noun_of
from search.model import CUT, FACETS, UNKNOWN, FacetValue, Hit, Passage, Response, Twin
from web.formats import date_text
from web.links import Links
from web.markup import Element, mark_elements, render
from web.messages import Messages

SHOWN = 7
"""How many values of a facet are shown before "weitere anzeigen"."""

MOST = 20
"""How many values of a facet are shown at all; dates, what is selected and what is unknown are shown beyond it."""

_COUNT = itemgetter(2)

_TRANSLATED = ("date", "outlet")
"""The facets with values that are not said in the same way in every language."""

NEIGHBOURS = 2
"""How many pages are linked to on either side of the current one."""


@dataclass(frozen=True)
class Facet:
    """One facet: its values, how many are in sight (the others in a fold) and how many are left out.

    The values are labelled in the reader's language; `greatest` is the greatest of their counts. The fold is open
    (`unfold`) where a value in it is selected.
    """

    name: str
    title: str
    greatest: int
    values: tuple[FacetValue, ...]
    shown: int
    left_out: int
    unfold: bool


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the search, and the address without it."""

    title: str
    label: str
    url: str


class PageLink(NamedTuple):
    """A page to turn to; without a number, a gap."""

    number: int | None = None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Paging:
    """The pages around the current one; an address is None where there is no such page."""

    page: int
    last: int
    previous: str | None
    next: str | None
    links: tuple[PageLink, ...]


def facets(response: Response, messages: Messages) -> list[Facet]:
    """The facets in their order, page-ready."""
    return [_facet(name, response.facets.get(name, ()), response.values.get(name, 0), messages) for name in FACETS]


def chips(links: Links, messages: Messages) -> list[Chip]:
    """A chip for every selection and for either end of the period."""
    request = links.request
    found = []
    if request.first:
        found.append(Chip(messages("from"), date_text(request.first, messages), links.without_first()))
    if request.last:
        found.append(Chip(messages("to"), date_text(request.last, messages), links.without_last()))
    for name, values in request.selections.items():
        for value in values:
            label = value_label(name, value, figure_label(value) if name == "figure" else value, messages)
            found.append(Chip(messages(f"facet_{name}"), label, links.toggle(name, value)))
    return found


def paging(response: Response, links: Links) -> Paging:
    """The pages of the response: first, last and those next to the current one."""
    page = response.request.page
    last = max(1, -(-response.total // response.request.size))
    wanted = sorted({1, last} | {n for n in range(page - NEIGHBOURS, page + NEIGHBOURS + 1) if 1 <= n <= last})
    return Paging(
        page=page,
        last=last,
        previous=links.page(min(page - 1, last)) if page > 1 else None,
        next=links.page(page + 1) if page < last else None,
        links=tuple(_page_links(wanted, page, links)),
    )


def value_label(facet: str, value: str, label: str, messages: Messages) -> str:
    """A facet value in the reader's language: dates written out, unknown values by their name, others as labelled."""
    if value == UNKNOWN and facet in _TRANSLATED:
        return messages(f"none_{facet}")
    return _date_label(value, label, messages) if facet == "date" else label


@lru_cache(1 << 12)
def _date_label(value: str, label: str, messages: Messages) -> str:
    try:
        return date_text(PartialDate.parse(value), messages)
    except ValueError:
        return label


def figure_passage(hit: Hit, passage: Passage) -> Markup:
    """A figure's sentence with the figure underlined, where the passage shows it, and the query's marks."""
    elements = mark_elements(passage.marks, passage.words)
    cut = len(CUT) if passage.start and passage.text.startswith(CUT) else 0
    sentence, _ = hit.stored["sentence"]
    start = hit.stored["start"] - sentence - passage.start + cut
    end = start + len(hit.stored["text"])
    if start >= 0 and passage.text[start:end] == hit.stored["text"]:
        elements.append(Element(start, end, "span", "figure"))
    return render(passage.text, elements)


def with_differences(twin: Twin) -> Markup:
    """What a twin says, with the places marked where it words it otherwise."""
    return render(twin.text, [Element(start, end, "em", "difference") for start, end in twin.differences])


def _facet(name: str, values: tuple[FacetValue, ...], number: int, messages: Messages) -> Facet:
    """`number` is how many values there are, of which the most frequent are here."""
    wanted, in_sight = _figures(values) if name == "figure" else (_most(name, values), SHOWN)
    if name in _TRANSLATED:
        wanted = [_labelled(name, value, messages) for value in wanted]
    shown = len(wanted) if len(wanted) <= in_sight + 1 else in_sight  # a fold that hides one value alone saves nothing
    return Facet(
        name=name,
        title=messages(f"facet_{name}"),
        greatest=max(map(_COUNT, values), default=0) or 1,
        values=tuple(wanted),
        shown=shown,
        left_out=max(number, len(values)) - len(wanted),
        unfold=any([value.selected for value in wanted[shown:]]),
    )


def _most(name: str, values: Sequence[FacetValue]) -> list[FacetValue]:
    """The values that are shown at all: of dates, which come by time and not by count, all."""
    if name == "date":
        return list(values)
    return [*values[:MOST], *[value for value in values[MOST:] if value.selected or value.value == UNKNOWN]]


def _figures(values: Sequence[FacetValue]) -> tuple[list[FacetValue], int]:
    """What is counted, of what the reader asked for with its ranges, then the other ranges; and how many are in sight.

    Ranges of everything between the values would hide what else is counted.
    """
    asked = {noun_of(value.value) for value in values if value.selected}
    nouns: list[FacetValue] = []
    ranges: dict[str, list[FacetValue]] = {}
    for value in values:
        if is_range(value.value):
            ranges.setdefault(noun_of(value.value), []).append(value)
        else:
            nouns.append(value)
    wanted, in_sight = list[FacetValue](), SHOWN
    for at, noun in enumerate(nouns):
        if at < MOST or noun.value in asked:
            wanted.append(noun)
        if noun.value in asked:
            wanted += ranges.pop(noun.value, ())
        if at < SHOWN:
            in_sight = max(SHOWN, len(wanted))
    return [*wanted, *chain.from_iterable(ranges.values())], in_sight


def _labelled(facet: str, found: FacetValue, messages: Messages) -> FacetValue:
    value, label, count, selected = found
    said = value_label(facet, value, label, messages)
    return found if said is label else FacetValue(value, said, count, selected)


def _page_links(numbers: list[int], page: int, links: Links) -> Iterator[PageLink]:
    before = 0
    for number in numbers:
        if number > before + 1:
            yield PageLink()
        yield PageLink(number, links.page(number), number == page)
        before = number
