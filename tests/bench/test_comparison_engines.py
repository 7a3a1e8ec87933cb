"""Every engine that is compared finds the same in articles of which it is known, and gives whole pages."""

from pathlib import Path

import pytest

from bench.comparison.answers import FACETS, SIZE, Searcher
from bench.comparison.cache import Cache
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


@pytest.fixture(scope="module", params=[*ALIKE, WHOLE])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return built(request.param, tmp_path_factory.mktemp("engine"))


def built(name: str, folder: Path, limit: int | None = None) -> Searcher:
    corpus, index = folder / "corpus.jsonl", folder / "index"
    corpus.write_text("".join(item.line() + "\n" for item in ITEMS), "utf-8")
    index.mkdir()
    engine_named(name).build(corpus, index, limit)
    return engine_named(name).open(index)


@pytest.mark.parametrize(("query", "wanted"), [pair for pair in QUERIES if "person" not in pair[0].selections], ids=str)
def test_all_engines_find_the_same(searcher: Searcher, query: Query, wanted: set[int]) -> None:
    page = searcher.page(query)
    assert {int(hit.id) for hit in page.hits} == wanted
    assert page.total == len(wanted)
    assert all(hit.marks and hit.passage for hit in page.hits)
    assert set(page.facets) == set(FACETS)


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Searcher]:
    return {name: built(name, tmp_path_factory.mktemp("alike")) for name in ALIKE}


@pytest.mark.parametrize(("query", "wanted"), QUERIES, ids=str)
def test_all_engines_count_the_same(alike: dict[str, Searcher], query: Query, wanted: set[int]) -> None:
    pages = {name: searcher.page(query) for name, searcher in alike.items()}
    assert {page.total for page in pages.values()} == {len(wanted)}
    for facet in set(FACETS) - {"date"}:
        counts = {
            name: {v: n for v, n in page.facets[facet].items() if n and v != "ohne"} for name, page in pages.items()
        }
        assert all(count == counts[CHAIN] for count in counts.values()), (facet, counts)


def test_a_page_has_ten_hits_and_values_at_most(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 60, 1, tmp_path)
    for name in ALIKE:
        page = cache.open(name).page(Query("", "any", ("noch", "nicht", "gezählt", "entscheidet")))
        assert (len(page.hits), page.total > SIZE) == (SIZE, True), name
        assert all(len(page.facets[facet]) == SIZE for facet in FACETS if facet != "date"), name


def test_a_facet_is_counted_without_its_own_selection(alike: dict[str, Searcher]) -> None:
    query = Query("", "all", ("hafen",), {"outlet": ("Stern",), "date": ("2019",)})
    for searcher in alike.values():
        facets = searcher.page(query).facets
        assert facets["outlet"] == {"Kurier": 1, "Stern": 1}
        assert facets["person"] == {"Anna Klein": 1}
        assert {value[:4] for value in facets["date"] if value != "ohne"} == {"2019", "2020"}


@pytest.mark.parametrize("name", [*ALIKE, WHOLE])
def test_an_index_can_have_fewer_articles(name: str, tmp_path: Path) -> None:
    assert built(name, tmp_path, limit=2).page(Query("", "all", ("hafen",))).total == 2
