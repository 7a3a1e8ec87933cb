"""Every engine that is compared finds the same in articles of which it is known, and gives whole pages."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bench.comparison.answers import FACETS, SIZE, Searcher
from bench.comparison.corpus.item import Item
from bench.comparison.corpus.writing import drawn
from bench.comparison.engines import CHAIN, FTS5, TANTIVY, WHOLE, WHOOSH, engine_named
from bench.comparison.queries import Query
from tests.bench.comparison_items import ITEMS

ALIKE = (CHAIN, TANTIVY, FTS5, WHOOSH)
"""Those that are given the facets' values; where a pipeline finds them itself, it finds others."""

QUERIES: list[tuple[Query, set[int]]] = [
    (Query("one word", "all", ("hafen",)), {1, 2, 5, 7}),
    (Query("a word of none", "all", ("leuchtturm",)), set()),
    (Query("two words", "all", ("hafen", "kran")), {1}),
    (Query("three words", "all", ("hafen", "museum", "bleibt")), {5}),
    (Query("either", "any", ("kran", "museum")), {1, 3, 4, 5}),
    (Query("not", "not", ("hafen", "kran")), {2, 5, 7}),
    (Query("phrase", "phrase", ("kran", "fiel")), {3}),
    (Query("prefix", "prefix", ("leuch",)), {4, 7}),
    (Query("outlet", "all", ("hafen",), {"outlet": ("Stern",)}), {2, 5, 7}),
    (Query("outlet and year", "all", ("hafen",), {"outlet": ("Stern",), "date": ("2019",)}), {2}),
    (Query("person", "any", ("kran", "museum"), {"person": ("Otto Groß",)}), {1, 3, 5}),
    (Query("either outlet", "all", ("kran",), {"outlet": ("Kurier", "Stern")}), {1, 3}),
]


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Searcher]:
    return {name: built(name, ITEMS, tmp_path_factory.mktemp("engine")) for name in (*ALIKE, WHOLE)}


def built(name: str, of: Iterable[Item], folder: Path, limit: int | None = None) -> Searcher:
    corpus, index = folder / "corpus.jsonl", folder / "index"
    corpus.write_text("".join(item.line() + "\n" for item in of), "utf-8")
    index.mkdir()
    engine_named(name).build(corpus, index, limit)
    return engine_named(name).open(index)


@pytest.mark.parametrize("name", [*ALIKE, WHOLE])
@pytest.mark.parametrize(("query", "wanted"), QUERIES, ids=str)
def test_all_engines_find_the_same(searchers: dict[str, Searcher], name: str, query: Query, wanted: set[int]) -> None:
    if name == WHOLE and "person" in query.selections:
        pytest.skip("the persons are those that the pipeline finds in the texts")
    page = searchers[name].page(query)
    assert {int(hit.id) for hit in page.hits} == wanted
    assert page.total == len(wanted)
    assert all(hit.marks and hit.passage for hit in page.hits)
    assert set(page.facets) == set(FACETS)


@pytest.mark.parametrize(("query", "wanted"), QUERIES, ids=str)
def test_all_engines_count_the_same(searchers: dict[str, Searcher], query: Query, wanted: set[int]) -> None:
    for facet in set(FACETS) - {"date"}:
        counts = {name: searchers[name].page(query).facets[facet] for name in ALIKE}
        shown = {name: {v: n for v, n in count.items() if n and v != "ohne"} for name, count in counts.items()}
        assert all(count == shown[CHAIN] for count in shown.values()), (facet, shown)


@pytest.mark.parametrize("name", ALIKE)
def test_a_page_has_ten_hits_and_values_at_most(name: str, tmp_path: Path) -> None:
    page = built(name, drawn(60, 1, None), tmp_path).page(Query("", "any", ("gezählt", "entscheidet", "kaum")))
    assert len(page.hits) == SIZE < page.total
    assert all(len(page.facets[facet]) == SIZE for facet in FACETS if facet != "date")


def test_a_facet_is_counted_without_its_own_selection(searchers: dict[str, Searcher]) -> None:
    query = Query("", "all", ("hafen",), {"outlet": ("Stern",), "date": ("2019",)})
    for name in ALIKE:
        facets = searchers[name].page(query).facets
        assert facets["outlet"] == {"Kurier": 1, "Stern": 1}
        assert facets["person"] == {"Anna Klein": 1}
        assert {value[:4] for value in facets["date"] if value != "ohne"} == {"2019", "2020"}


@pytest.mark.parametrize("name", [*ALIKE, WHOLE])
def test_an_index_can_have_fewer_articles(name: str, tmp_path: Path) -> None:
    assert built(name, ITEMS, tmp_path, limit=2).page(Query("", "all", ("hafen",))).total == 2
