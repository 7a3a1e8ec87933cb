"""Help of a whole archive: suggestions, what was meant, synonyms; with a real index of its own words."""

import json
from pathlib import Path

import pytest

from index import load_tables, reindex
from search import Archive, Request, SynonymSettings, open_archive

TEXTS = {
    "handy": "Das Handy lag auf dem Tisch.",
    "mobil": "Zwei Mobiltelefone fehlten.",
    "haus": "Das Weiße Haus schwieg dazu.",
    "us": "Die US-Regierung schwieg ebenfalls.",
    "funk": "Viele sahen ARD und ZDF.",
    "ard": "Die ARD sendete, das ZDF nicht.",
    "rund": "Der öffentlich-rechtliche Rundfunk berichtete.",
    **{f"soldat-{n}": f"Meldung {n}: Die Soldaten rückten aus." for n in range(5)},
}

SYNONYMS = SynonymSettings(
    groups=(
        ("Handy", "Mobiltelefon"),
        ("Weißes Haus", "US-Regierung"),
        ("öffentlich-rechtlicher Rundfunk", "ARD und ZDF"),
    ),
    one_way={"Truppe": ("Soldat",)},
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("help")
    lines = [json.dumps({"id": key, "title": "Ohne", "text": text}) for key, text in TEXTS.items()]
    (folder / "texte.jsonl").write_text("\n".join(lines), "utf-8")
    assert reindex([folder], folder / "index", load_tables()).left_out == []
    return folder / "index"


@pytest.fixture(scope="module")
def archive(index: Path) -> Archive:
    return open_archive(index, SYNONYMS)


def ids(archive: Archive, query: str) -> set[str]:
    return {hit.id for hit in archive.search(Request(query)).hits}


FINDS = [
    ("Handy", {"handy", "mobil"}),
    ("Handys", {"handy", "mobil"}),
    ("Mobiltelefon", {"handy", "mobil"}),
    ("=Handy", {"handy"}),
    ('"Handy"', {"handy"}),
    ("titel:Handy", set()),
    ("Handy NICHT Tisch", {"mobil"}),
    ("Handy ODER Rundfunk", {"handy", "mobil", "rund"}),
    ("Weißes Haus", {"haus", "us"}),
    ("weißen Haus schwieg", {"haus", "us"}),
    ("Weißes Haus -ebenfalls", {"haus"}),
    ("US-Regierung", {"haus", "us"}),
    ("öffentlich-rechtlicher Rundfunk", {"funk", "rund"}),
    ("ARD und ZDF", {"funk", "ard", "rund"}),
    ("Haus", {"haus"}),
    ("Truppe Meldung", {f"soldat-{n}" for n in range(5)}),
    ("Soldat", {f"soldat-{n}" for n in range(5)}),
]


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_synonyms_find(archive: Archive, query: str, found: set[str]) -> None:
    response = archive.search(Request(query))
    assert {hit.id for hit in response.hits} == found
    assert response.notices == ()


def test_a_synonym_comes_behind_the_word_and_is_named(archive: Archive) -> None:
    first, second = archive.search(Request("Handy")).hits
    assert [first.id, second.id] == ["handy", "mobil"]
    assert [(why.word, why.found, why.reason) for why in second.why] == [("Handy", "Mobiltelefone", "synonym")]
    assert [passage.text[a:b] for passage in second.passages for a, b in passage.marks] == ["Mobiltelefone"]


def test_without_synonyms_there_are_none(index: Path) -> None:
    assert ids(open_archive(index), "Handy") == {"handy"}


def test_a_query_that_finds_nothing_may_have_been_meant_otherwise(archive: Archive) -> None:
    assert archive.search(Request("Sodlaten")).meant == "Soldaten"
    assert archive.search(Request("Sodlaten NICHT Tisch")).meant == "Soldaten NICHT Tisch"


@pytest.mark.parametrize("query", ["Soldaten", "Handy", "Quastenflosser", "*", "Sodlaten Handy", "=Sodlaten"])
def test_nothing_else_was_meant(archive: Archive, query: str) -> None:
    assert archive.search(Request(query)).meant is None


def test_what_was_meant_has_to_be_found_behind_the_same_filters(archive: Archive) -> None:
    assert archive.search(Request("Sodlaten", selections={"outlet": ("Kurier",)})).meant is None


def test_words_are_suggested_with_their_articles(archive: Archive) -> None:
    assert [(s.text, s.kind, s.count) for s in archive.suggest("Tisch und Sold")] == [("Soldaten", "word", 5)]
    assert archive.suggest("") == ()


def test_suggestions_follow_a_reindexing(tmp_path: Path) -> None:
    (tmp_path / "eins.txt").write_text("Die Brücke\n\nDie Brücke bleibt heute gesperrt.", "utf-8")
    reindex([tmp_path / "eins.txt"], tmp_path / "index", load_tables())
    archive = open_archive(tmp_path / "index")
    assert [s.text for s in archive.suggest("Brü")] == ["Brücke"]
    (tmp_path / "zwei.txt").write_text("Der Brückentag\n\nAm Brückentag ruht die Arbeit.", "utf-8")
    reindex([tmp_path / "zwei.txt"], tmp_path / "index", load_tables())
    assert {s.text for s in archive.suggest("Brü")} == {"Brücke", "Brückentag"}
