"""Facets, chips and paging as the templates get them."""

import pytest

from index.model import PartialDate
from search.model import FacetValue, Request, Response
from web.links import Links
from web.messages import load_messages
from web.view import MOST, SHOWN, chips, facets, paging, value_label

CATALOGUE = load_messages()


def response(total: int = 0, page: int = 1, values: tuple[FacetValue, ...] = ()) -> Response:
    return Response(Request(page=page), total, 0.1, (), {"person": values})


def people(count: int, *selected: int) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(f"P{n}", f"P{n}", count - n, n in selected) for n in range(count))


@pytest.mark.parametrize(
    ("count", "shown", "more", "left_out"),
    [
        (0, 0, 0, 0),
        (SHOWN, SHOWN, 0, 0),
        (SHOWN + 1, SHOWN + 1, 0, 0),
        (SHOWN + 2, SHOWN, 2, 0),
        (MOST + 50, SHOWN, MOST - SHOWN, 50),
    ],
)
def test_long_facets_are_folded(count: int, shown: int, more: int, left_out: int) -> None:
    person = facets(response(values=people(count)), Links(Request()), CATALOGUE["de"])[2]
    assert (person.name, len(person.shown), len(person.more), person.left_out) == ("person", shown, more, left_out)
    assert not person.unfold


def test_what_is_selected_is_always_in_reach() -> None:
    person = facets(response(values=people(MOST + 50, MOST + 20)), Links(Request()), CATALOGUE["de"])[2]
    assert person.unfold and [value.label for value in person.more if value.selected] == [f"P{MOST + 20}"]


def test_the_longest_bar_is_the_greatest_count() -> None:
    person = facets(response(values=people(4)), Links(Request()), CATALOGUE["de"])[2]
    assert [value.share for value in person.shown] == [100, 75, 50, 25]


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
