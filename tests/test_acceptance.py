"""What the real articles must give, through the real command line; skipped where `../shared`, their folder, is not."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FUNDSTELLE = Path(sys.executable).with_name("fundstelle")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared, the real articles, is not here"),
]

Hit = dict[str, Any]


def fundstelle(*arguments: str | Path) -> str:
    done = subprocess.run([FUNDSTELLE, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def reindex(articles: Path, index: Path) -> dict[str, int]:
    """Run `fundstelle index` and read its table of counts."""
    out = fundstelle("index", articles, "--index", index)
    return {name: int(count) for name, count in re.findall(r"(\w+)\W+(\d+)\b(?![.,]\d)", out)}


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((SHARED / "seeds-gold.json").read_text("utf-8"))
    return entries


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acceptance") / "index"
    assert reindex(SHARED / "seeds", folder)["new"] == 5
    return folder


def search(index: Path, query: str, *options: str) -> dict[str, Hit]:
    """The hits of a search, by the name of their file."""
    found = json.loads(fundstelle("search", query, "--json", "--index", index, *options))
    assert found["total"] == len(found["hits"])
    return {Path(hit["path"]).name: hit for hit in found["hits"]}


def test_only_what_changed_is_indexed_again(tmp_path: Path) -> None:
    articles, index = tmp_path / "articles", tmp_path / "index"
    shutil.copytree(SHARED / "seeds", articles)
    first, *_, last = sorted(articles.iterdir())
    assert reindex(articles, index)["new"] == 5
    assert reindex(articles, index)["unchanged"] == 5
    first.write_text(first.read_text("utf-8") + "\n\nEin Nachtrag: Das Treffen wurde verschoben.\n", "utf-8")
    counts = reindex(articles, index)
    assert (counts["changed"], counts["unchanged"]) == (1, 4)
    assert search(index, "Nachtrag").keys() == {first.name}
    last.unlink()
    counts = reindex(articles, index)
    assert (counts["removed"], counts["unchanged"]) == (1, 4)
    assert last.name not in search(index, "*")


def test_metadata_is_the_gold_s(index: Path, gold: dict[str, Any]) -> None:
    keys = ("title", "date", "outlet", "agencies")
    found = {name: {key: hit[key] for key in keys} for name, hit in search(index, "*").items()}
    assert found == {name: {key: gold[name][key] for key in keys} for name in gold if name.endswith(".txt")}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("Soldat", "01234"),
        ("Soldaten", "01234"),
        ("Geheimdienst", "01234"),
        ("Geheimdienste", "01234"),
        ('"legitime militärische Ziele"', "04"),
        ("Sacharowa", "0"),
        ("Marsmission", ""),
    ],
)
def test_a_search_finds_what_it_should(index: Path, query: str, numbers: str) -> None:
    assert {name[:3] for name in search(index, query)} == {f"00{number}" for number in numbers}


def test_umlauts_may_be_spelled_out(index: Path) -> None:
    assert (
        search(index, "Militaer").keys()
        == search(index, "Militär").keys()
        >= {path.name for path in (SHARED / "seeds").iterdir() if re.search(r"\bMilitärs?\b", path.read_text("utf-8"))}
    )


def test_hits_are_marked_where_they_match(index: Path) -> None:
    marked = {
        passage["text"][start:end]
        for hit in search(index, "Soldat").values()
        for passage in hit["passages"]
        for start, end in passage["marks"]
    }
    assert marked
    assert all("soldat" in word.casefold() for word in marked)


def test_boilerplate_is_not_found(index: Path, gold: dict[str, Any]) -> None:
    assert not search(index, " ODER ".join(f'"{line}"' for line in gold["boilerplate"]))


@pytest.mark.parametrize("name", ["Antony Blinken", "Mark Rutte"])
def test_a_speaker_selects_the_articles_that_quote_them(index: Path, gold: dict[str, Any], name: str) -> None:
    quoted = {file for file, entry in gold.items() if file.endswith(".txt") and name in entry["speakers"]}
    assert search(index, "Soldaten", "--speaker", name).keys() == quoted
