"""Every address leads to the request that it stands for."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.model import KINDS, Kind, PartialDate
from search.model import SORTS, FacetValue, Request, Sort
from search.request import request_from_params
from web.links import Links, article_path, sorts_of
from web.markup import attribute
from web.messages import load_messages
from web.repeated import facet_values
from web.view import Facet

letters = st.characters(exclude_categories=["Cs"])
words = st.text(letters, min_size=1, max_size=20).filter(lambda text: text.strip() == text)
chosen = st.lists(words, min_size=1, unique=True).map(tuple)
requests = st.builds(
    Request,
    query=words,
    kind=st.sampled_from(KINDS),
    first=st.sampled_from([None, PartialDate(2023)]),
    last=st.sampled_from([None, PartialDate(2024, 10)]),
    selections=st.dictionaries(st.sampled_from(["outlet", "person"]), chosen),
    sort=st.sampled_from(sorts_of("article")),
    page=st.integers(1, 9),
    size=st.integers(1, 100),
)


def read(url: str) -> Request:
    parts = urlsplit(url)
    assert parts.path == "/" and not parts.netloc
    return request_from_params(MultiDict(parse_qsl(parts.query)))


@given(requests)
def test_an_address_is_its_request(request: Request) -> None:
    assert read(Links(request).search(request)) == request


@given(requests, words)
def test_a_value_chosen_twice_is_not_chosen(request: Request, value: str) -> None:
    once = read(Links(request).toggle("speaker", value))
    assert once.selections["speaker"] == (value,) and once.page == 1
    assert read(Links(once).toggle("speaker", value)).selections == request.selections


@given(requests, st.sampled_from(["outlet", "person", "figure"]), words, st.sampled_from(["de", "en"]))
def test_a_value_s_address_is_that_of_the_request_with_it(
    request: Request, facet: str, value: str, language: str
) -> None:
    links = Links(request, language)
    others = {name: values for name, values in request.selections.items() if name != facet}
    before = request.selections.get(facet, ())
    after = tuple(one for one in before if one != value) if value in before else (*before, value)
    expected = replace(request, selections=others | ({facet: after} if after else {}), page=1)
    assert links.toggle(facet, value) == links.search(expected)


@pytest.mark.parametrize(
    ("chosen", "value", "after"),
    [
        (("Euro",), "Euro:5..10", ("Euro:5..10",)),
        (("Meter", "Euro"), "Euro:..10", ("Meter", "Euro:..10")),
        (("Euro:..5",), "Euro:5..10", ("Euro:..5", "Euro:5..10")),
        (("Meter",), "Euro:..10", ("Meter", "Euro:..10")),
        (("Euro:..5",), "Euro:..5", ()),
        (("Euro:..5",), "Euro", ("Euro:..5", "Euro")),
    ],
)
def test_a_range_is_chosen_in_place_of_its_noun(chosen: tuple[str, ...], value: str, after: tuple[str, ...]) -> None:
    """With both, OR within a facet would find what the noun finds."""
    links = Links(Request(selections={"figure": chosen}))
    assert read(links.toggle("figure", value)).selections == ({"figure": after} if after else {})
    values = tuple(FacetValue(one, one, 1, one in chosen) for one in dict.fromkeys((*chosen, value)))
    html = facet_values(Facet("figure", "", 1, values, len(values), 0, False), links, load_messages()["de"])
    assert attribute(links.toggle("figure", value)) in html


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_view_is_in_an_order_that_it_has(kind: Kind, sort: Sort) -> None:
    request = Request(kind="figure", sort=sort)
    assert read(Links(request).kind(kind)).sort == (sort if sort in sorts_of(kind) else "relevance")


@given(requests)
def test_without_filters_the_words_kind_and_order_stay(request: Request) -> None:
    bare = read(Links(request).unfiltered())
    assert (bare.query, bare.kind, bare.sort, bare.size) == (request.query, request.kind, request.sort, request.size)
    assert (bare.selections, bare.first, bare.last, bare.page) == ({}, None, None, 1)


@given(requests)
def test_a_form_hands_on_all_that_it_does_not_ask(request: Request) -> None:
    pairs = [*Links(request).hidden("q"), ("q", "anders")]
    handed = request_from_params(MultiDict(pairs))
    assert handed.query == "anders" and handed.page == 1
    assert (handed.kind, handed.selections, handed.sort) == (request.kind, request.selections, request.sort)


@pytest.mark.parametrize(
    ("article_id", "path"),
    [
        ("a1", "/artikel/a1"),
        ("x/y z", "/artikel/x%2Fy%20z"),
        ("ä?#%", "/artikel/%C3%A4%3F%23%25"),
        ("https://a.example/b", "/artikel/https%3A%2F%2Fa.example%2Fb"),
        ("\ud800", "/artikel/%3F"),
    ],
)
def test_any_id_can_be_a_path(article_id: str, path: str) -> None:
    assert article_path(article_id) == path


def test_the_language_goes_with_every_address() -> None:
    links = Links(Request(query="Soldat"), "en")
    assert links.home() == "/?lang=en"
    assert links.kind("figure") == "/?q=Soldat&kind=figure&lang=en"
    assert links.article("a", "zahl-1") == "/artikel/a?q=Soldat&lang=en#zahl-1"
    assert links.in_language("de") == "/?q=Soldat"
    assert ("lang", "en") in links.hidden("q")
