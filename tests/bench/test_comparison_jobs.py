"""All jobs run, with all engines, on 2,000 articles; they answer and agree. No time is judged."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.comparison.cache import Cache
from bench.comparison.engines import CHAIN, FTS5, MODULES, TANTIVY, WHOLE, WHOOSH
from bench.comparison.queries import Query
from search import Request, open_archive

ARTICLES = 2_000
FEW = 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


def run(folder: Path, job: str, *options: str, articles: int = ARTICLES) -> list[dict[str, Any]]:
    """The rows of a job over articles of our own, and its table is printed."""
    output = folder / f"{job}.json"
    command = ["--shared", str(folder), job, "--articles", str(articles), "--cache", str(folder), *options]
    done = CliRunner().invoke(main, [*command, "--output", str(output)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert f"{job}: {articles:,} articles" in done.output
    rows: list[dict[str, Any]] = json.loads(output.read_text("utf-8"))["rows"]
    return rows


def test_index(folder: Path) -> None:
    """The whole pipeline is left out here, as it takes minutes."""
    names = [CHAIN, TANTIVY, FTS5, WHOOSH]
    rows = run(folder, "index", *(part for name in names for part in ("--engine", name)))
    assert [row["engine"] for row in rows] == names
    assert all(row["articles"] == ARTICLES and row["seconds"] > 0 and row["size"] > ARTICLES for row in rows)


def test_search(folder: Path) -> None:
    rows = run(folder, "search", "--rounds", "1")
    assert len(rows) == 12
    for row in rows:
        assert set(row["seconds"]) == {CHAIN, TANTIVY, FTS5, WHOOSH}
        assert all(seconds > 0 for seconds in row["seconds"].values())
        assert all(count > 0 for count in row["found"].values()) or row["query"] == "filtered"
        if row["query"] not in ("not the other", "prefix"):
            # Who stems finds all that is found by the words as they stand.
            assert all(row["found"][FTS5] <= row["found"][name] for name in (CHAIN, TANTIVY, WHOOSH)), row


def test_an_exact_word_is_found_alike(folder: Path) -> None:
    cache = Cache(folder, ARTICLES, 1, folder)
    archive = open_archive(cache.index_of(CHAIN) / "index")
    unstemmed = cache.open(FTS5)
    for query in cache.queries[:4]:
        exact = archive.search(Request(f"={query.words[0]}")).total
        assert unstemmed.page(Query("", "all", query.words)).total == exact, query


def test_serve(folder: Path) -> None:
    rows = run(folder, "serve", "--rounds", "1", "--seconds", "2")
    loads = [(1, False), (16, True), (16, False)]
    kinds = [(row["clients"], row["pause"] > 0, row["remembered"]) for row in rows]
    assert kinds == [(*load, remembered) for remembered in (False, True) for load in loads]
    assert all(row["answered"] > 0 and row["failed"] == 0 and row["waited"]["50"] > 0 for row in rows)


def test_few_articles_go_through_the_whole_pipeline(folder: Path) -> None:
    rows = run(folder, "index", "--whoosh-articles", "20", articles=FEW)
    assert [row["engine"] for row in rows] == list(MODULES)
    assert {row["engine"]: row["articles"] for row in rows} == dict.fromkeys(MODULES, FEW) | {WHOOSH: 20}
    found = run(folder, "search", "--annotated", "--rounds", "1", "--whoosh-articles", "20", articles=FEW)
    assert all(f"{WHOOSH}, 20 articles" in row["seconds"] for row in found)
    without = run(folder, "search", "--rounds", "1", "--whoosh-articles", "0", articles=FEW)
    assert {name for row in without for name in row["seconds"]} == {CHAIN, TANTIVY, FTS5}
    assert WHOLE not in without[0]["seconds"]
