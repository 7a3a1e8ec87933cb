"""Agency copy in several outlets is one hit; different articles on one event are two. Texts written for this test."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import load_tables, reindex
from index.collections import open_view
from index.copies import read_copies
from index.fingerprint import ARTICLE, STATEMENT, Shape, agreement, fingerprints, runs
from index.folder import IndexFolder
from search import Archive, Request, answer_as_json, open_archive
from web import create_app

AGENCY = (
    "An der Schleuse von Altenkamp ist am Montag ein Lastkahn auf Grund gelaufen. Das Schiff war mit 900 Tonnen Kies "
    "beladen und auf dem Weg nach Bremen. Verletzt wurde nach Angaben der Wasserschutzpolizei niemand. Der Kahn liegt "
    "quer im Kanal und versperrt die Durchfahrt in beide Richtungen. Hinter ihm stauten sich abends elf Schiffe. "
    "„Wir müssen erst leichtern, dann schleppen“, sagte Einsatzleiter Henning Voß. Das werde mindestens zwei Tage "
    "dauern. Warum der Schiffsführer vom Kurs abkam, ist noch unklar. Die Behörde prüft, ob das Ruder versagt hat. "
    "Schon im vergangenen Jahr war an derselben Stelle ein Tanker hängen geblieben."
)
NOTE = " Anmerkung: In einer früheren Fassung hieß es, das Schiff sei nach Hamburg unterwegs gewesen."
OTHER = (
    "Nichts geht mehr auf dem Kanal: Seit Montag liegt bei Altenkamp ein Kahn mit 900 Tonnen Kies fest. Elf Schiffe "
    "warten. Voß, der den Einsatz leitet, rechnet mit zwei Tagen, bis die Ladung umgeschlagen und der Weg wieder frei "
    "ist. Die Wasserschutzpolizei sucht die Ursache am Ruder. Anwohner erinnern sich an den Tanker, der hier voriges "
    "Jahr stecken blieb, und fordern eine breitere Einfahrt. Verletzte gab es keine."
)
ARTICLES = {
    "kurier": ("Lastkahn blockiert Kanal", AGENCY),
    "bote": ("Elf Schiffe stecken fest", AGENCY.replace("An der Schleuse", "ALTENKAMP (dpa) - An der Schleuse") + NOTE),
    "anzeiger": ("Kanal gesperrt", AGENCY.replace("Das werde mindestens zwei Tage dauern. ", "").replace("elf", "11")),
    "rundschau": ("Festgefahren", OTHER),
    "tageblatt": ("Lastkahn steckt fest", AGENCY.replace("900 Tonnen", "700 Tonnen")),
    "blatt": ("Kurz gemeldet", " ".join(AGENCY.split()[:34])),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    lines = [{"id": outlet, "outlet": outlet, "date": "2024-10-21", "title": title, "text": text}
             for outlet, (title, text) in ARTICLES.items()]  # fmt: skip
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    reindex([folder / "a.jsonl"], folder / "index", load_tables())
    return folder / "index"


@pytest.fixture(scope="module")
def archive(index: Path) -> Archive:
    return open_archive(index)


def copies(index: Path) -> list[set[str]]:
    """The ids of the articles in each group."""
    generation = IndexFolder(index).require_current()
    view = open_view(generation, "article")
    return [{view.stored(number)["record"]["id"] for number in group} for group in read_copies(generation)]


def test_copies_are_grouped_and_others_are_not(index: Path) -> None:
    assert copies(index) == [{"kurier", "bote", "anzeiger"}]


def test_copies_are_one_hit_that_names_the_others(archive: Archive) -> None:
    response = archive.search(Request("Altenkamp"))
    assert response.total == 4
    (together,) = [hit for hit in response.hits if hit.also]
    assert {together.outlet, *(twin.outlet for twin in together.also)} == {"kurier", "bote", "anzeiger"}
    assert {twin.text for twin in together.also} == {""}
    answer = answer_as_json(response)
    assert sum(len(hit.get("also", ())) for hit in answer["hits"]) == 2


def test_copies_count_once_a_value(archive: Archive) -> None:
    facets = archive.search(Request("Altenkamp")).facets
    assert {value.value: value.count for value in facets["outlet"]} == dict.fromkeys(ARTICLES, 1)
    assert {value.value: value.count for value in facets["date"]} == {"2024-10-21": 4}


def test_a_copy_is_found_by_its_own_outlet_and_words(archive: Archive) -> None:
    (hit,) = archive.search(Request("Altenkamp", selections={"outlet": ("bote",)})).hits
    assert (hit.id, hit.also) == ("bote", ())
    (hit,) = archive.search(Request("früheren Fassung")).hits
    assert (hit.id, hit.also) == ("bote", ())


def test_the_page_links_the_other_outlets(index: Path) -> None:
    page = create_app(index).test_client().get("/?q=Lastkahn+Henning").text
    assert "Auch bei" in page and page.count('href="/artikel/') >= 3


def test_a_copy_that_goes_leaves_the_group(tmp_path: Path) -> None:
    for outlet in ("kurier", "bote", "anzeiger"):
        title, text = ARTICLES[outlet]
        (tmp_path / f"{outlet}.jsonl").write_text(json.dumps({"id": outlet, "title": title, "text": text}), "utf-8")
    reindex([tmp_path], tmp_path / "index", load_tables())
    (tmp_path / "bote.jsonl").unlink()
    reindex([tmp_path], tmp_path / "index", load_tables())
    assert copies(tmp_path / "index") == [{"kurier", "anzeiger"}]


SOME = ["Kahn", "Kanal", "Kies", "Schleuse", "Schiff", "Straße", "900", "ü", "🙂"]
words = st.lists(st.sampled_from(SOME), max_size=60).map(" ".join)


@given(words | st.text(max_size=80), st.sampled_from([ARTICLE, STATEMENT]))
def test_a_text_has_the_same_fingerprints_each_time(text: str, shape: Shape) -> None:
    found = fingerprints(text, shape)
    assert found == fingerprints(f"„{text}“", shape)
    assert len(found) in (0, 1, shape.bands)


@given(words, words)
def test_texts_agree_by_a_share(one: str, other: str) -> None:
    share = agreement(runs(one, ARTICLE), runs(other, ARTICLE))
    assert 0 <= share <= 1
    assert share == agreement(runs(other, ARTICLE), runs(one, ARTICLE))
    assert agreement(runs(one, ARTICLE), runs(one, ARTICLE)) == bool(fingerprints(one, ARTICLE))


def test_a_long_text_is_read_in_pieces() -> None:
    long = " ".join(f"wort{number}" for number in range(40_000))
    assert fingerprints(long, ARTICLE) == fingerprints(f" {long}.", ARTICLE)
