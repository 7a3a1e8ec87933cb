"""Figures as a facet and as a condition in a query: true counts, any spelling."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.amounts import amount_of, amount_term
from index.collections import CollectionWriter
from index.folder import IndexFolder
from index.model import Figure, PartialDate, Record
from index.rows import write_facets
from search import Archive, Request, open_archive
from search.figure_facet import figure_label, is_range, noun_of


def figure(value: float, noun: str = "Soldat", upper: float | None = None) -> Figure:
    return Figure(0, 1, "x", value, "count", "made", upper=upper, noun=noun)


ARTICLES = {
    "a": [figure(1500), figure(12000)],
    "b": [figure(3000)],
    "c": [figure(8000, upper=10000), figure(165.41, "Grad")],
    "d": [figure(10000)],
    "e": [figure(165, "Euro")],
    "f": [],
}


def record(name: str, figures: list[Figure]) -> Record:
    groups = tuple(dict.fromkeys(f.noun or "" for f in figures))
    return Record(name, "article", name, name, "Soldaten", PartialDate(2024, 10, 18), None, (), (), (), groups, name,
                  amounts=tuple(map(amount_term, figures)), stored={"annotations": {}})  # fmt: skip


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = IndexFolder(tmp_path_factory.mktemp("figures") / "index")
    with folder.locked(), folder.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(record(name, found) for name, found in ARTICLES.items())
        write_facets(generation, {})
    yield open_archive(folder.path)


NOUNS = [f"Ding{number:02}" for number in range(30)]
"""Each is counted in one article fewer than the one before it."""


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = IndexFolder(tmp_path_factory.mktemp("things") / "index")
    with folder.locked(), folder.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(record(f"r{at}", [figure(2**at, noun) for noun in NOUNS[: 30 - at]]) for at in range(30))
        write_facets(generation, {})
    yield open_archive(folder.path)


@pytest.mark.parametrize("listed", [5, 20, 50])
@pytest.mark.parametrize(
    ("selected", "more"),
    [
        ((), 0), (("Ding25",), 0), (("Ding25", "Ding23"), 0), (("Ding01", "Nichts"), 1), (("Ding25:..2",), 0),
        (("Ding02:5..", "Nichts:..3"), 1), (("Ding01",), 0),
    ],
)  # fmt: skip
def test_so_many_values_are_listed_as_asked_for_and_what_is_chosen(
    things: Archive, selected: tuple[str, ...], more: int, listed: int
) -> None:
    response = things.search(Request(selections={"figure": selected}), listed=listed)
    values = {value.value: value for value in response.facets["figure"]}
    ranges = [value for value in values if is_range(value) and noun_of(value) in NOUNS]
    wanted = {*NOUNS[:listed], *(noun_of(value) for value in selected if noun_of(value) in NOUNS)}
    assert {value for value in values if not is_range(value)} - {"Nichts"} == wanted
    assert response.values["figure"] == len(NOUNS) + len(ranges) + more
    assert {value for value in values if values[value].selected} == set(selected)
    assert {noun_of(value) for value in selected} & set(NOUNS) <= {noun_of(value) for value in ranges}
    for value in values.values():
        if value.count:
            assert things.search(Request(selections={"figure": (value.value,)})).total == value.count


def found(archive: Archive, request: Request) -> str:
    return "".join(sorted(hit.id for hit in archive.search(request).hits))


QUERIES = [
    ("zahl:12000", "a"), ("zahl:12.000", "a"), ("zahl:zwölftausend", "a"), ('zahl:"12 000"', "a"), ("zahl:12Tsd", "a"),
    ("zahl:12 Tsd.", "a"), ("zahl:12 Tausend soldaten", "a"), ("zahl:>5 tausend", "acd"),
    ("zahl:9000", "c"), ("zahl:165", "e"), ("zahl:165,41", "c"), ("zahl:165,4", ""), ("zahl:>5000", "acd"),
    ("zahl:>=12000", "a"), ("zahl:<1500", "ce"), ("zahl:<=1500", "ace"), ("zahl:[8000 BIS 12000]", "acd"),
    ("zahl:[8000 TO 12000] soldaten", "acd"), ("soldaten NICHT zahl:>5000", "bef"), ("Zahl:3000", "b"),
    ("figure:3000", "b"), ("zahl:3000 ODER zahl:165", "be"), ("zahl:7", ""),
]  # fmt: skip


@pytest.mark.parametrize(("query", "ids"), QUERIES)
def test_a_figure_is_found_in_any_spelling(figures: Archive, query: str, ids: str) -> None:
    response = figures.search(Request(query))
    assert "".join(sorted(hit.id for hit in response.hits)) == ids and not response.notices


@pytest.mark.parametrize("query", ["zahl:viele", "zahl:[3 BIS 1]", "zahl:[a BIS b]", "zahl:1..2"])
def test_no_number_is_said(figures: Archive, query: str) -> None:
    assert figures.search(Request(query)).notices[0].code in ("number", "order")


DATES = [("datum:2024", 6), ("datum:2024-10", 6), ("datum:18.10.2024", 6), ("datum:10.2024", 6), ("datum:2024-11", 0),
         ("datum:>2024-10-18", 0), ("datum:>=2024-10-18", 6), ("datum:[2024-10-01 BIS 2024-10-18]", 6),
         ("date:<2024", 0)]  # fmt: skip


@pytest.mark.parametrize(("query", "total"), DATES)
def test_a_date_in_a_query(figures: Archive, query: str, total: int) -> None:
    response = figures.search(Request(query))
    assert response.total == total and not response.notices


def test_ranges_fit_what_was_found(figures: Archive) -> None:
    facet = [(v.value, v.label, v.count) for v in figures.search(Request("*")).facets["figure"]]
    assert facet[:3] == [("Soldat", "Soldat", 4), ("Euro", "Euro", 1), ("Grad", "Grad", 1)]
    assert [value for value, *_ in facet[3:]] == [
        "Soldat:..2000", "Soldat:2000..5000", "Soldat:5000..10000", "Soldat:10000..",
    ]  # fmt: skip
    assert facet[-1] == ("Soldat:10000..", "Soldat: ab 10.000", 2)


def test_selecting_a_value_finds_what_was_counted(figures: Archive) -> None:
    for value in figures.search(Request("*")).facets["figure"]:
        assert len(found(figures, Request("*", selections={"figure": (value.value,)}))) == value.count
    assert found(figures, Request("*", selections={"figure": ("Soldat:..2000", "Euro")})) == "ae"


def test_what_is_no_range_finds_nothing(figures: Archive) -> None:
    for value in ("Soldat:e..5", "Soldat:..", ":..5", "Panzer:1..2", "Soldat:5..1"):
        assert len(found(figures, Request("*", selections={"figure": (value,)}))) in (0, 4)


LABELS = [("Soldat", "Soldat"), ("EUR:..0.5", "EUR: unter 0,5"), ("EUR:1000..2000", "EUR: 1.000 bis unter 2.000"),
          ("Geschoss:5000000..", "Geschoss: ab 5.000.000"), ("a:b", "a:b"),
          ("EUR:2e+36..", "EUR: ab 2e+36")]  # fmt: skip


@pytest.mark.parametrize(("value", "label"), LABELS)
def test_labels_are_german(value: str, label: str) -> None:
    assert figure_label(value) == label


@given(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False), st.none() | st.floats(0, 1e12))
def test_a_term_is_its_amount(noun: str, value: float, upper: float | None) -> None:
    amount = amount_of(amount_term(figure(value, noun, upper)))
    assert amount == (noun, value, value if upper is None else upper)


@settings(max_examples=30, deadline=None)
@given(values=st.lists(st.floats(0.001, 1e9) | st.floats(1e-12, 1e40), min_size=1, max_size=30))
def test_every_amount_is_in_one_range(values: list[float], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = IndexFolder(tmp_path_factory.mktemp("ranges") / "index")
    with folder.locked(), folder.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(record(str(n), [figure(value)]) for n, value in enumerate(values))
        write_facets(generation, {})
    archive = open_archive(folder.path)
    ranges = [value for value in archive.search(Request("*")).facets["figure"] if value.value != "Soldat"]
    assert len(ranges) <= 4 and (not ranges or sum(value.count for value in ranges) == len(values))
    for value in ranges:
        assert archive.search(Request("*", selections={"figure": (value.value,)})).total == value.count


def test_figures_in_the_order_of_their_value(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = IndexFolder(tmp_path_factory.mktemp("order") / "index")
    amounts = {"m": 3000.0, "h": 8e6, "l": 0.5}
    with folder.locked(), folder.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(replace(record(name, [figure(value)]), kind="figure") for name, value in amounts.items())
        write_facets(generation, {})
    archive = open_archive(folder.path)
    orders = {sort: "".join(hit.id for hit in archive.search(Request("*", kind="figure", sort=sort)).hits)
              for sort in ("highest", "lowest")}  # fmt: skip
    assert orders == {"highest": "hml", "lowest": "lmh"}
