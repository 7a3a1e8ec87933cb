"""Facets, chips and paging as the templates get them."""

import re

import pytest

from index.model import PartialDate
from search.figure_facet import noun_of
from search.model import FacetValue, Request, Response
from web.links import Links
from web.messages import load_messages
from web.repeated import facet_values
from web.view import MOST, SHOWN, chips, facets, paging, value_label

CATALOGUE = load_messages()


def response(total: int = 0, page: int = 1, values: tuple[FacetValue, ...] = ()) -> Response:
    return Response(Request(page=page), total, 0.1, (), {"person": values})


def people(count: int, *selected: int) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(f"P{n}", f"P{n}", count - n, n in selected) for n in range(count))


@pytest.mark.parametrize(
    ("count", "values", "shown", "left_out"),
    [
        (0, 0, 0, 0),
        (SHOWN, SHOWN, SHOWN, 0),
        (SHOWN + 1, SHOWN + 1, SHOWN + 1, 0),
        (SHOWN + 2, SHOWN + 2, SHOWN, 0),
        (MOST + 50, MOST, SHOWN, 50),
    ],
)
def test_long_facets_are_folded(count: int, values: int, shown: int, left_out: int) -> None:
    person = facets(response(values=people(count)), CATALOGUE["de"])[2]
    assert (person.name, len(person.values), person.shown, person.left_out) == ("person", values, shown, left_out)
    assert not person.unfold


def test_what_is_selected_is_always_in_reach() -> None:
    person = facets(response(values=people(MOST + 50, MOST + 20)), CATALOGUE["de"])[2]
    assert person.unfold and [value.label for value in person.values[SHOWN:] if value.selected] == [f"P{MOST + 20}"]


def test_what_is_unknown_is_in_reach_however_many_values_there_are() -> None:
    values = (*people(MOST + 50), FacetValue("ohne", "ohne Quelle", 7, False))
    found = facets(Response(Request(), 0, 0.1, (), {"outlet": values}), CATALOGUE["de"])
    outlet = next(facet for facet in found if facet.name == "outlet")
    assert [value.value for value in outlet.values[MOST:]] == ["ohne"] and outlet.left_out == 50


def test_all_dates_are_listed() -> None:
    """They come by time: the first are the newest, not the most frequent."""
    values = tuple(FacetValue(f"20{year:02}", "", year, False) for year in range(MOST + 30, 0, -1))
    date, *_ = facets(Response(Request(), 0, 0.1, (), {"date": values}), CATALOGUE["de"])
    assert len(date.values) == MOST + 30 and date.shown == SHOWN and not date.left_out


def figure_values(selected: str) -> tuple[FacetValue, ...]:
    """More nouns than the page shows, then the ranges of the first two and of what is chosen, as the archive gives
    them.
    """
    nouns = [f"Noun{number:02}" for number in range(MOST + 5)]
    ranged = dict.fromkeys([*nouns[:2], noun_of(selected) or nouns[0]])
    ranges = [f"{noun}:{bounds}" for noun in ranged for bounds in ("..50", "50..500", "500..")]
    return tuple(FacetValue(value, value, 100 - n, value == selected) for n, value in enumerate([*nouns, *ranges]))


def ranges_of(noun: str) -> list[str]:
    return [noun, f"{noun}:..50", f"{noun}:50..500", f"{noun}:500.."]


@pytest.mark.parametrize(
    ("selected", "in_sight", "at", "unfold"),
    [
        ("", SHOWN, None, False),
        ("Noun01", SHOWN + 3, 1, False),
        ("Noun00:50..500", SHOWN + 3, 0, False),
        ("Noun10", SHOWN, 10, True),
        (f"Noun{MOST + 2}:..50", SHOWN, MOST, True),
    ],
)
def test_ranges_of_figures_are_in_reach_and_stand_under_what_is_chosen(
    selected: str, in_sight: int, at: int | None, unfold: bool
) -> None:
    values = figure_values(selected)
    found = Response(Request(), 0, 0.1, (), {"figure": values}, values={"figure": len(values)})
    figure = next(facet for facet in facets(found, CATALOGUE["de"]) if facet.name == "figure")
    shown = [value.value for value in figure.values]
    nouns = {value.value for value in values[:MOST]} | ({noun_of(selected)} if selected else set())
    assert set(shown) == nouns | {value.value for value in values[MOST + 5 :]} and len(set(shown)) == len(shown)
    assert (figure.shown, figure.unfold, figure.left_out) == (in_sight, unfold, MOST + 5 - len(nouns))
    if at is not None:
        assert shown[at : at + 4] == ranges_of(noun_of(selected))


def test_the_longest_bar_is_the_greatest_count() -> None:
    person = facets(response(values=people(4)), CATALOGUE["de"])[2]
    html = facet_values(person, Links(Request()), CATALOGUE["de"])
    assert re.findall(r'<rect width="(.*?)"', html) == ["100.0", "75.0", "50.0", "25.0"]


def test_names_and_addresses_are_escaped() -> None:
    values = (FacetValue('<A> & "B"', "<A> & 'B'", 1, False), FacetValue("C&D", "C&D", 1, True))
    person = facets(response(values=values), CATALOGUE["de"])[2]
    request = Request('"x" & <y>', selections={"person": ("C&D",)})
    html = facet_values(person, Links(request), CATALOGUE["de"])
    asked = "/?q=%22x%22+%26+%3Cy%3E"
    assert re.findall(r'href="(.*?)"', html) == [f"{asked}&amp;person=C%26D&amp;person=%3CA%3E+%26+%22B%22", asked]
    assert re.findall(r'class="label">(.*?)<', html) == ["&lt;A&gt; &amp; &#39;B&#39;", "C&amp;D"]


@pytest.mark.parametrize(
    ("facet", "value", "german", "english"),
    [
        ("date", "ohne", "ohne Datum", "undated"),
        ("outlet", "ohne", "ohne Quelle", "unknown outlet"),
        ("person", "ohne", "ohne", "ohne"),
        ("date", "2024-10", "Oktober 2024", "October 2024"),
        ("outlet", "tagesschau.de", "tagesschau.de", "tagesschau.de"),
        ("date", "irgendwann", "irgendwann", "irgendwann"),
    ],
)
def test_values_are_named_in_the_readers_language(facet: str, value: str, german: str, english: str) -> None:
    assert value_label(facet, value, value, CATALOGUE["de"]) == german
    assert value_label(facet, value, value, CATALOGUE["en"]) == english


def test_every_filter_has_a_chip() -> None:
    request = Request("Soldat", first=PartialDate(2024), last=PartialDate(2024, 10), selections={"speaker": ("A", "B")})
    found = [(chip.title, chip.label) for chip in chips(Links(request), CATALOGUE["de"])]
    assert found == [("Von", "2024"), ("Bis", "Oktober 2024"), ("Sprecher", "A"), ("Sprecher", "B")]
    assert chips(Links(request), CATALOGUE["de"])[2].url == "/?q=Soldat&from=2024&to=2024-10&speaker=B"


@pytest.mark.parametrize(
    ("total", "page", "shown", "previous", "following"),
    [
        (0, 1, "[1]", None, None),
        (10, 1, "[1]", None, None),
        (11, 1, "[1] 2", None, "/?page=2"),
        (500, 1, "[1] 2 3 … 50", None, "/?page=2"),
        (500, 25, "1 … 23 24 [25] 26 27 … 50", "/?page=24", "/?page=26"),
        (500, 50, "1 … 48 49 [50]", "/?page=49", None),
        (30, 99, "1 … 3", "/?page=3", None),
    ],
)
def test_paging_shows_both_ends_and_the_neighbours(
    total: int, page: int, shown: str, previous: str | None, following: str | None
) -> None:
    pages = paging(response(total, page), Links(Request()))
    words = " ".join(f"[{link.number}]" if link.current else str(link.number or "…") for link in pages.links)
    assert (words, pages.previous, pages.next) == (shown, previous, following)
