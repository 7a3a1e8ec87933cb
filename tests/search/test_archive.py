"""Requests answered by a real index whose counts are known."""

import gc
import json
import os
import shutil
import subprocess
import sys
import weakref
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from index import load_tables, reindex
from index.codec import missing, open_arrays
from index.collections import CollectionWriter, open_collections, open_view
from index.errors import IndexFolderError
from index.folder import IndexFolder
from index.model import PartialDate
from index.rows import write_facets
from search import Archive, Request, open_archive
from search.model import Notice
from search.parser import ParsedQuery
from search.words import Misspelled
from tests.search.conftest import RECORDS, record


def ids(archive: Archive, request: Request) -> list[str]:
    return [hit.id for hit in archive.search(request).hits]


FINDS = [
    ("*", "r1 r2 r3 r4 r5"),
    ("Soldat", "r1 r2 r4 r5"),
    ("soldaten", "r1 r2 r4 r5"),
    ("Militär", "r2"),
    ("Militaer", "r2"),
    ("militärisch", "r3 r4"),
    ('"legitimen militärischen Zielen"', "r3"),
    ('"Ziele militärisch"', ""),
    ("Soldaten Grenze", "r1"),
    ("Soldaten UND Grenze", "r1"),
    ("Grenze ODER Truppen", "r1 r3"),
    ("Grenze OR Truppen", "r1 r3"),
    ("Soldaten NICHT Grenze", "r2 r4 r5"),
    ("Soldaten -Grenze", "r2 r4 r5"),
    ("NICHT Soldaten", "r3"),
    ("titel:Soldaten", "r5"),
    ("text:Soldaten", "r1 r2 r4"),
    ("sprecher:Berg", "r1 r2"),
    ('speaker:"Anna Berg" Militär', "r2"),
    ("quelle:anzeiger", "r3 r4"),
    ("agentur:dpa", "r1 r3 r5"),
    ("sprecher:Niemand", ""),
    ("Panzer", ""),
    ("...", ""),
]


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_a_query_finds(archive: Archive, query: str, found: str) -> None:
    response = archive.search(Request(query))
    assert sorted(hit.id for hit in response.hits) == found.split()
    assert response.total == len(found.split())


def test_a_title_counts_more(archive: Archive) -> None:
    assert ids(archive, Request("Soldaten"))[0] == "r5"


def test_order_by_date_with_the_undated_last(archive: Archive) -> None:
    assert ids(archive, Request("*", sort="newest")) == ["r5", "r2", "r3", "r1", "r4"]  # October lasts until the 31st
    assert ids(archive, Request("*", sort="oldest")) == ["r1", "r2", "r3", "r5", "r4"]


SOME = (Notice("some_words"),)
SOME_WORDS = [
    ("Grenze Truppen", "r1 r3", SOME),
    ("Grenze Truppen Wüste", "r1 r3", SOME),
    ("Grenze Truppen -Ziele", "r1", SOME),
    ("Grenze Truppen sprecher:NIS", "r3", SOME),
    ("Grenze UND Truppen", "", ()),
    ("Wüste Meer", "", ()),
    ("Wüste", "", ()),
    ("Soldaten Grenze", "r1", ()),
]


@pytest.mark.parametrize(("query", "found", "notices"), SOME_WORDS)
def test_where_nothing_has_every_word_some_will_do(
    archive: Archive, query: str, found: str, notices: tuple[Notice, ...]
) -> None:
    response = archive.search(Request(query))
    assert (sorted(hit.id for hit in response.hits), response.notices) == (found.split(), notices)


def test_the_rarer_of_some_words_leads(archive: Archive) -> None:
    assert ids(archive, Request("Soldat Wetter Wüste"))[0] == "r5"
    assert ids(archive, Request("Soldat Grenze Wüste"))[0] == "r1"


def test_what_is_new_comes_sooner_in_the_fresh_order(archive: Archive) -> None:
    assert ids(archive, Request("text:Soldat")) == ["r2", "r4", "r1"]
    assert ids(archive, Request("text:Soldat", sort="fresh")) == ["r2", "r1", "r4"]  # r4 has no date


def test_pages_are_apart_and_whole(archive: Archive) -> None:
    pages = [ids(archive, Request("*", page=page, size=2)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sorted(chain.from_iterable(pages)) == ["r1", "r2", "r3", "r4", "r5"]


def counts(archive: Archive, name: str, request: Request) -> dict[str, int]:
    return {value.value: value.count for value in archive.search(request).facets[name]}


def test_facet_counts_are_true(archive: Archive) -> None:
    assert counts(archive, "speaker", Request("Soldat")) == {"Anna Berg": 2, "NIS": 1}
    assert counts(archive, "outlet", Request("*")) == {"Anzeiger": 2, "Kurier": 2, "ohne": 1}
    assert counts(archive, "date", Request("*")) == {
        "2024-11-02": 1, "2024-10-31": 1, "2024-10-18": 1, "2024-10": 3, "ohne": 1
    }  # fmt: skip


@pytest.mark.parametrize("name", ["date", "outlet", "person", "speaker", "figure"])
def test_selecting_a_value_finds_as_many_as_it_counts(archive: Archive, name: str) -> None:
    for value in archive.search(Request("*")).facets[name]:
        assert archive.search(Request("*", selections={name: (value.value,)})).total == value.count


def test_a_facet_does_not_narrow_itself_but_the_others(archive: Archive) -> None:
    request = Request("*", selections={"outlet": ("Kurier",)})
    assert sorted(ids(archive, request)) == ["r1", "r2"]
    assert counts(archive, "outlet", request) == {"Anzeiger": 2, "Kurier": 2, "ohne": 1}
    assert counts(archive, "speaker", request) == {"Anna Berg": 2, "NIS": 1}


def test_selections_are_or_within_and_and_across(archive: Archive) -> None:
    either = Request("*", selections={"speaker": ("Anna Berg", "NIS")})
    assert sorted(ids(archive, either)) == ["r1", "r2", "r3"]
    both = Request("*", selections={"speaker": ("Anna Berg", "NIS"), "outlet": ("Anzeiger",)})
    assert ids(archive, both) == ["r3"]


def test_dates_narrow(archive: Archive) -> None:
    assert sorted(ids(archive, Request("*", first=PartialDate(2024, 10, 20)))) == ["r2", "r5"]
    assert sorted(ids(archive, Request("*", last=PartialDate(2024, 10)))) == ["r1", "r2", "r3"]
    assert sorted(ids(archive, Request("*", selections={"date": ("2024-10-18", "ohne")}))) == ["r1", "r4"]
    assert sorted(ids(archive, Request("*", selections={"date": ("2024-10",)}))) == ["r1", "r2", "r3"]
    assert ids(archive, Request("*", selections={"outlet": ("ohne",)})) == ["r5"]


@pytest.mark.parametrize(
    ("bounds", "dates"),
    [
        ({}, {"2024-11-02": 1, "2024-10-31": 1, "2024-10-18": 1, "2024-10": 3, "ohne": 1}),
        ({"first": PartialDate(2024, 10, 20)}, {"2024-11-02": 1, "2024-10-31": 1}),
        ({"last": PartialDate(2024, 10)}, {"2024-10-31": 1, "2024-10-18": 1, "2024-10": 3}),
        ({"first": PartialDate(2024, 10, 20), "selections": {"date": ("2024-11",)}}, None),
    ],
)
def test_a_date_is_chosen_inside_the_bounds_and_finds_as_much_as_was_counted(
    archive: Archive, bounds: dict[str, Any], dates: dict[str, int] | None
) -> None:
    request = Request("*", **bounds)
    counted = {value.value: value.count for value in archive.search(request).facets["date"]}
    assert dates is None or counted == dates
    for value, count in counted.items():
        assert archive.search(replace(request, selections={"date": (value,)})).total == count


def test_what_is_selected_stays_visible_where_it_counts_nothing(archive: Archive) -> None:
    response = archive.search(Request("Panzer", selections={"speaker": ("NIS",), "date": ("2024-10",)}))
    assert [(v.value, v.count, v.selected) for v in response.facets["speaker"]] == [("NIS", 0, True)]
    assert [(v.label, v.selected) for v in response.facets["date"]] == [("Oktober 2024", True)]


def test_kinds_are_searched_apart(archive: Archive) -> None:
    (hit,) = archive.search(Request("Soldat", kind="statement")).hits
    assert hit.id == "r6" and hit.speakers == ("Anna Berg",)


def test_highlights_are_the_words_that_matched(archive: Archive) -> None:
    (hit,) = archive.search(Request('"legitime militärische Ziele"')).hits
    passage = hit.passages[0]
    assert [passage.text[start:end] for start, end in passage.marks] == ["legitime", "militärische", "Ziele"]
    hits = {hit.id: hit for hit in archive.search(Request("Soldaten -Grenze")).hits}
    assert [hits["r5"].title[start:end] for start, end in hits["r5"].title_marks] == ["Soldaten"]
    assert hits["r2"].passages[0].marks == ((4, 10),)


def test_an_article_is_marked_whole(archive: Archive) -> None:
    page = archive.article("r4", "Soldat Ziele")
    assert page and [page.text[start:end] for start, end in page.marks] == ["Soldat", "Ziele"]
    assert archive.article("none") is None


def test_a_reindexing_is_seen_by_the_next_request(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    with folder.locked(), folder.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(RECORDS[:2])
        write_facets(generation, {})
    archive = open_archive(folder.path)
    assert archive.search(Request("*")).total == 2
    for turn in range(3):
        with folder.locked(), folder.next_generation(full=False) as generation:
            with CollectionWriter(generation) as writer:
                writer.remove("r1")
                writer.add([record(10 + turn, "Neue Soldaten")])
            write_facets(generation, {})
        assert archive.search(Request("*")).total == 2 + turn
    assert archive.search(Request("Neue")).total == 3


def test_an_engine_that_is_done_with_goes_though_it_is_frozen(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    archive, old = None, None
    for _ in range(2):
        with folder.locked(), folder.next_generation(full=True) as generation:
            with CollectionWriter(generation) as writer:
                writer.add(RECORDS[:2])
            write_facets(generation, {})
        if archive is None:
            archive = open_archive(folder.path)
            old = weakref.ref(archive._current())
            gc.freeze()  # as a server does
    try:
        assert archive and archive.search(Request("*")).total == 2
        assert old and old() is None and gc.get_freeze_count()
    finally:
        gc.unfreeze()


SAME_WORDS = [
    ("kurier", "2024-10-18", "„Wir gehen davon aus, dass die Truppen bald eingreifen werden“, sagte Anna Berg."),
    ("anzeiger", "2024-10-18", "„Wir gehen fest davon aus, dass die Truppen bald eingreifen werden“, sagte Anna Berg."),
    ("bote", "2024-10-18", "„Wir gehen davon aus, dass die Truppen bald eingreifen werden“, sagte Otto Merkur."),
    ("kurier", "2024-10-18", "„Die Truppen bleiben, wo sie sind, bis der Winter kommt“, sagte Anna Berg."),
]


@pytest.fixture(scope="module")
def sayings(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("sayings")
    lines = [{"id": str(n), "outlet": outlet, "date": date, "text": text}
             for n, (outlet, date, text) in enumerate(SAME_WORDS)]  # fmt: skip
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    reindex([folder / "a.jsonl"], folder / "index", load_tables())
    return open_archive(folder / "index")


def test_the_same_words_of_one_speaker_stand_together(sayings: Archive) -> None:
    response = sayings.search(Request("Truppen", kind="statement"))
    assert response.total == 3
    (together,) = [hit for hit in response.hits if hit.also]
    (twin,) = together.also
    assert {together.outlet, twin.outlet} == {"kurier", "anzeiger"}
    assert [twin.text[start:end] for start, end in twin.differences] == (["fest"] if twin.outlet == "anzeiger" else [])


def test_words_that_stand_together_count_once(sayings: Archive) -> None:
    request = Request("Truppen", kind="statement")
    assert counts(sayings, "speaker", request) == {"Anna Berg": 2, "Otto Merkur": 1}
    assert counts(sayings, "outlet", request) == {"kurier": 2, "anzeiger": 1, "bote": 1}
    assert counts(sayings, "date", request) == {"2024-10-18": 3}
    narrowed = sayings.search(Request("Truppen", kind="statement", selections={"outlet": ("anzeiger",)}))
    assert narrowed.total == 1 and not narrowed.hits[0].also


@pytest.mark.parametrize(
    "name", ["article/*.toc", "article/*.text.postings", "statement/*.stored", "persons.json", "wordings.json"]
)
@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xff\xfe\x00"])
def test_a_damaged_index_is_named(tmp_path: Path, name: str, damage: bytes) -> None:
    (tmp_path / "a.txt").write_text("Titel\n\nDie Soldaten warten, sagte Anna Berg.")
    reindex([tmp_path / "a.txt"], tmp_path / "index", load_tables())
    (file,) = IndexFolder(tmp_path / "index").require_current().glob(name)
    file.unlink()
    file.write_bytes(damage)
    with pytest.raises(IndexFolderError, match=r"damaged.*--full"):
        open_archive(tmp_path / "index")


def test_a_file_that_is_cut_off_while_it_is_searched_is_named_and_may_be_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.archive._LOOK", 0.0)
    (tmp_path / "a.txt").write_text("Titel\n\nDie Soldaten warten, sagte Anna Berg.")
    reindex([tmp_path / "a.txt"], tmp_path / "index", load_tables())
    archive = open_archive(tmp_path / "index")
    (file,) = IndexFolder(tmp_path / "index").require_current().glob("article/*.text.postings")
    whole = file.read_bytes()
    os.truncate(file, 0)
    for _ in range(2):
        with pytest.raises(IndexFolderError, match=rf"{file.name}.*--full"):
            archive.search(Request("Soldaten"))
    file.write_bytes(whole)
    assert archive.search(Request("Soldaten")).total == 1


@pytest.mark.skipif(not missing.COMPILED, reason="there was no compiler")
@pytest.mark.parametrize("name", ["*.text_exact.postings", "*.stored", "facets.rows"])
def test_a_file_that_is_cut_off_between_two_looks_ends_no_process(tmp_path: Path, name: str) -> None:
    lines = [json.dumps({"id": str(n), "text": f"Der {n}. Soldat, sagte Anna Berg{n}."}) for n in range(1200)]
    lines.append(json.dumps({"id": "none", "text": "Niemand kam."}))  # what all records have is known without a look
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reindex([tmp_path / "a.jsonl"], tmp_path / "index", load_tables())
    (file,) = IndexFolder(tmp_path / "index").require_current().glob(f"article/{name}")
    run = subprocess.run([sys.executable, "-c", CUT_OFF, tmp_path / "index", file], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["1200", "Error", "Error", "1200"]
    assert file.name in run.stderr and "--full" in run.stderr


CUT_OFF = """
import os, sys
from pathlib import Path
import search.archive
from index.errors import IndexFolderError
from search import Request, open_archive

search.archive._LOOK = 1e9
archive, file = open_archive(Path(sys.argv[1])), Path(sys.argv[2])
whole = file.read_bytes()

def total(size):
    try:
        print(archive.search(Request("=Soldat", size=size)).total, flush=True)
    except IndexFolderError as error:
        print("Error")
        print(error, file=sys.stderr)

total(1)
os.truncate(file, 0)
total(100)
total(100)
file.write_bytes(whole)
total(100)
"""


def test_damage_that_a_search_stumbles_over_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.checksums._SMALL", 0)  # as large files are: their bytes are not looked at
    lines = [json.dumps({"id": str(n), "text": f"Der {n}. Soldat wartet."}) for n in range(300)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reindex([tmp_path / "a.jsonl"], tmp_path / "index", load_tables())
    (file,) = IndexFolder(tmp_path / "index").require_current().glob("article/*.stored")
    stored = open_arrays(file)["stored"].tobytes()
    file.write_bytes(file.read_bytes().replace(stored, bytes(len(stored))))
    archive = open_archive(tmp_path / "index")
    with pytest.raises(IndexFolderError, match=rf"article/{file.name}.*--full"):
        archive.search(Request("Soldat", size=100))


def test_an_index_made_anew_in_the_place_of_one_that_was_deleted_is_another(tmp_path: Path) -> None:
    index = tmp_path / "index"
    lines = [json.dumps({"text": text}) for text in ("Soldaten.", "Ein Haus am See.")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_text("Titel\n\nDie Ministerin wartet.")
    reindex([tmp_path / "a.jsonl"], index, load_tables())
    archive = open_archive(index)
    assert archive.search(Request("*")).total == 2
    shutil.rmtree(index)
    reindex([tmp_path / "b.txt"], index, load_tables())
    assert [archive.search(Request(query)).total for query in ("*", "Soldaten", "Ministerin")] == [1, 0, 1]


def test_a_statement_is_found_by_its_own_words_not_by_the_title(tmp_path: Path) -> None:
    line = {"title": "Soldaten im Regen", "text": "„Das Wetter wird heute schön“, sagte Anna Berg."}
    (tmp_path / "a.jsonl").write_text(json.dumps(line))
    reindex([tmp_path / "a.jsonl"], tmp_path / "index", load_tables())
    archive = open_archive(tmp_path / "index")
    totals = [
        archive.search(Request(query, kind="statement")).total for query in ("Soldaten", "titel:Soldaten", "Wetter")
    ]
    assert totals == [0, 1, 1] and archive.search(Request("Soldaten")).total == 1


def test_a_request_is_answered_though_its_generation_is_taken_away(tmp_path: Path) -> None:
    source, index, tables = tmp_path / "a.jsonl", tmp_path / "index", load_tables()

    def run(word: str) -> None:
        source.write_text(json.dumps({"id": "a", "text": f"Soldaten an der {word}."}), "utf-8")
        reindex([source], index, tables)

    class Overtaken(Archive):
        """Two reindexings pass while its first request is read."""

        waiting = ["Front", "Küste"]  # noqa: RUF012

        def _parse(self, *read: Any) -> ParsedQuery:
            while self.waiting:
                run(self.waiting.pop(0))
            return super()._parse(*read)

    run("Grenze")
    assert ids(Overtaken(IndexFolder(index)), Request('"Soldaten an der Küste"')) == ["a"]


@pytest.mark.parametrize("runs", [1, 2])
def test_two_swapped_letters_are_one_error_however_many_segments_there_are(tmp_path: Path, runs: int) -> None:
    records = [record(number, "Soldaten an der Grenze") for number in range(9)]
    parts = [records] if runs == 1 else [records[:8], records[8:]]
    for part in parts:
        with CollectionWriter(tmp_path) as writer:
            writer.add(part)
    view = open_view(tmp_path, "article")
    with open_collections(tmp_path)["article"].searcher() as searcher:
        assert len(searcher.leaf_searchers()) == runs
        for word, edits, terms in [
            ("grezne", 1, ["grenze"]),
            ("grezen", 1, []),
            ("gernez", 2, ["grenze"]),
            ("rgenze", 1, []),
            ("grenze", 1, ["grenze"]),
        ]:
            leaf = Misspelled("text_exact", word, maxdist=edits, prefixlength=1)
            assert view.near("text_exact", word, edits, 1) == terms, word
            assert len(searcher.search(leaf, limit=None)) == (9 if terms else 0)
