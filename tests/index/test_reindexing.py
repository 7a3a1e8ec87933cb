"""Real files, real index: new, changed, unchanged, removed, left out; nothing is ever lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import IndexFolder, Report, load_tables, reindex
from index.errors import IndexFolderError, NothingToReadError
from index.identity import PersonSettings
from index.plan import State
from index.vocabulary import read_vocabulary
from search import Request, open_archive

ROOT = Path(__file__).parents[2]
TABLES = load_tables()

GRENZE = """Soldaten an der Grenze

Die Soldaten stehen seit Montag an der Grenze. „Wir warten auf Befehle“, sagte Oberst Karl Brandt am Dienstag.
Nach Angaben der Regierung sind es rund 3.000 Soldaten.
"""
WETTER = """Das Wetter wird schön

Am Wochenende scheint die Sonne. Es werde bis zu 25 Grad warm, teilte der Wetterdienst mit.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archiv"
    folder.mkdir()
    (folder / "grenze.txt").write_text(GRENZE, "utf-8")
    (folder / "wetter.txt").write_text(WETTER, "utf-8")
    lines = [{"id": f"a-{n}", "title": f"Meldung {n}", "text": f"Meldung Nummer {n} über Panzer.", "date": "2024-10-18"}
             for n in range(3)]  # fmt: skip
    write_lines(folder / "meldungen.jsonl", lines)
    return folder


def write_lines(path: Path, lines: list[dict[str, str]]) -> None:
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")


def run(*paths: Path, index: Path | None = None, full: bool = False, persons: PersonSettings | None = None) -> Report:
    return reindex(paths, index or paths[0].parent / "index", TABLES, full=full, persons=persons)


def tally(report: Report) -> tuple[int, int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.removed, len(report.left_out)


def found(archive: Path, query: str = "*") -> list[str]:
    hits = open_archive(archive.parent / "index").search(Request(query, size=100)).hits
    return sorted([hit.id for hit in hits] + [twin.id for hit in hits for twin in hit.also])


def test_only_what_changed_is_read(archive: Path) -> None:
    assert tally(run(archive)) == (5, 0, 0, 0, 0)
    assert tally(run(archive)) == (0, 0, 5, 0, 0)
    (archive / "grenze.txt").write_text(GRENZE.replace("Grenze", "Front"), "utf-8")
    assert tally(run(archive)) == (0, 1, 4, 0, 0)
    assert found(archive, "Front") == ["grenze"] and found(archive, "Grenze") == []
    (archive / "wetter.txt").unlink()
    assert tally(run(archive)) == (0, 0, 4, 1, 0)
    assert found(archive) == ["a-0", "a-1", "a-2", "grenze"]


def words(index: Path) -> dict[str, int]:
    return read_vocabulary(IndexFolder(index).require_current())


def test_the_words_are_those_of_an_index_made_anew(archive: Path, tmp_path: Path) -> None:
    def changed(name: str, old: str, new: str) -> None:
        (archive / name).write_text((archive / name).read_text("utf-8").replace(old, new), "utf-8")

    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: changed("grenze.txt", "Grenze", "Front"),
        lambda: changed("meldungen.jsonl", "Panzer", "Zelte"),
        lambda: (archive / "wetter.txt").unlink(),
        lambda: (archive / "neu.txt").write_text(WETTER.replace("Sonne", "SONNE"), "utf-8"),
        lambda: write_lines(archive / "meldungen.jsonl", [{"id": "a-1", "title": "Nur noch", "text": "eine Meldung."}]),
    ]
    seen = []
    for number, change in enumerate(changes):
        change()
        run(archive)
        run(archive, index=tmp_path / f"anew-{number}")
        assert words(archive.parent / "index") == words(tmp_path / f"anew-{number}")
        seen.append(words(archive.parent / "index"))
    assert seen[0]["Panzer"] == 3 and "Front" not in seen[0]
    assert seen[1]["Front"] == 1 and "Grenze" not in seen[1]
    assert "Panzer" not in seen[2]


def test_a_touched_file_with_the_same_text_is_unchanged(archive: Path) -> None:
    run(archive)
    os.utime(archive / "grenze.txt", (1, 1))
    assert tally(run(archive)) == (0, 0, 5, 0, 0)


def test_one_line_of_a_file_of_many_changes_one_article(archive: Path) -> None:
    run(archive)
    lines = [json.loads(line) for line in (archive / "meldungen.jsonl").read_text().splitlines()]
    lines[1]["text"] = "Etwas ganz anderes."
    write_lines(archive / "meldungen.jsonl", [*lines[1:], {"id": "a-9", "title": "Neu", "text": "Neue Meldung."}])
    assert tally(run(archive)) == (1, 1, 3, 1, 0)
    assert found(archive) == ["a-1", "a-2", "a-9", "grenze", "wetter"]


def test_records_of_every_kind_go_with_their_article(archive: Path) -> None:
    run(archive)
    kinds = {"article": 5, "statement": 2, "figure": 2}
    for kind, least in kinds.items():
        response = open_archive(archive.parent / "index").search(Request("*", kind=kind))  # type: ignore[arg-type]
        assert response.total >= least
    (archive / "grenze.txt").unlink()
    (archive / "wetter.txt").unlink()
    run(archive)
    for kind in ("statement", "figure"):
        assert open_archive(archive.parent / "index").search(Request("Soldaten", kind=kind)).total == 0  # type: ignore[arg-type]


def test_articles_from_elsewhere_stay(archive: Path, tmp_path: Path) -> None:
    run(archive)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "neu.txt").write_text(WETTER)
    assert tally(run(tmp_path / "more")) == (1, 0, 0, 0, 0)
    assert len(found(archive)) == 6
    assert tally(run(tmp_path / "more", full=True)) == (1, 0, 0, 0, 0)
    assert found(archive) == ["neu"]


def test_two_articles_with_one_id_are_told_apart(archive: Path) -> None:
    (archive / "sub").mkdir()
    shutil.copy(archive / "wetter.txt", archive / "sub" / "wetter.txt")
    write_lines(
        archive / "more.jsonl",
        [{"id": "a-0", "text": "Eins."}, {"id": "b", "text": "Zwei."}, {"id": "b", "text": "Drei."}],
    )
    report = run(archive)
    assert tally(report) == (8, 0, 0, 0, 1)
    assert report.left_out[0].where.endswith("more.jsonl:3") and "'b'" in report.left_out[0].reason
    assert len(set(found(archive))) == 8
    assert tally(run(archive)) == (0, 0, 8, 0, 1)


def test_a_moved_file_keeps_its_article(archive: Path) -> None:
    run(archive)
    (archive / "sub").mkdir()
    (archive / "wetter.txt").rename(archive / "sub" / "wetter.txt")
    report = run(archive)
    assert (report.changed, report.removed, report.new) == (1, 0, 0)
    assert "wetter" in found(archive) and len(found(archive)) == 5


def test_what_cannot_be_read_is_named_and_what_was_read_of_it_stays(archive: Path) -> None:
    run(archive)
    (archive / "wetter.txt").write_bytes(b"\x89PNG\x00\x01\x02")
    (archive / "meldungen.jsonl").write_text('{"id": "a-0", "text": "Neu."}\n{"id": \n', "utf-8")
    report = run(archive)
    assert sorted(item.where.rsplit("/", 1)[1] for item in report.left_out) == ["meldungen.jsonl:2", "wetter.txt"]
    assert all(item.reason.endswith(".") for item in report.left_out)
    assert (report.new, report.changed, report.removed) == (0, 1, 0)
    assert len(found(archive)) == 5
    write_lines(archive / "meldungen.jsonl", [{"id": "a-0", "text": "Neu."}])
    assert (run(archive).removed, len(found(archive))) == (2, 3)


@pytest.mark.parametrize("full", [False, True])
def test_nothing_to_read_costs_nothing(archive: Path, full: bool) -> None:
    run(archive)
    for path in archive.iterdir():
        path.unlink()
    with pytest.raises(NothingToReadError, match="no articles"):
        run(archive, full=full)
    archive.rmdir()
    with pytest.raises(NothingToReadError):
        run(archive, full=full)
    assert len(found(archive)) == 5


def test_a_new_rule_reads_everything_again(archive: Path, tmp_path: Path) -> None:
    run(archive)
    tables = load_tables({"months": {"of_this_test": {"x": 1}}})
    report = reindex([archive / "grenze.txt"], tmp_path / "index", tables)
    assert tally(report) == (0, 5, 0, 0, 0)  # those that were not asked for, too


def test_a_setting_of_who_is_who_is_seen_without_reading_anything(archive: Path) -> None:
    run(archive)
    same = PersonSettings(same=(("Karl Brandt", "Oberst Brandt"),), preferred=("Oberst Brandt",))
    assert tally(run(archive, persons=same)) == (0, 0, 5, 0, 0)
    facet = open_archive(archive.parent / "index").search(Request("*")).facets["person"]
    assert [value.value for value in facet] == ["Oberst Brandt"]


def test_several_processes_make_the_same_index(archive: Path, tmp_path: Path) -> None:
    write_lines(
        archive / "many.jsonl",
        [{"id": f"m{n}", "text": f"Am Montag sagte Anna Berg, es gebe {n} Panzer."} for n in range(99)],
    )
    answers = []
    for jobs in (1, 2):
        reindex([archive], tmp_path / f"index{jobs}", TABLES, jobs=jobs)
        response = open_archive(tmp_path / f"index{jobs}").search(Request("Panzer", size=100))
        answers.append(([(hit.id, hit.passages, round(hit.score, 9)) for hit in response.hits], response.facets))
    assert answers[0] == answers[1]


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.3, 0.8, 1.2, 1.6])
def test_a_killed_run_leaves_the_old_index_whole(archive: Path, tmp_path: Path, after: float) -> None:
    run(archive)
    write_lines(archive / "many.jsonl", [{"id": f"m{n}", "text": GRENZE} for n in range(2_000)])
    command = [
        sys.executable,
        "fundstelle.py",
        "index",
        str(archive),
        "--index",
        str(tmp_path / "index"),
        "--jobs",
        "1",
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if process.returncode == -signal.SIGKILL:
        assert len(found(archive)) == 5
    (archive / "many.jsonl").unlink()
    assert tally(run(archive))[2] == 5
    generations = list((tmp_path / "index" / "generations").iterdir())
    assert len(generations) <= 2 and State.load(max(generations)).articles.keys() == set(found(archive))


def test_a_file_whose_name_is_no_text(archive: Path) -> None:
    name = os.fsdecode(b"kaputt-\xff.txt")
    (archive / name).write_text(WETTER, "utf-8")
    assert tally(run(archive)) == (6, 0, 0, 0, 0)
    assert tally(run(archive)) == (0, 0, 6, 0, 0)
    (archive / name).unlink()
    assert tally(run(archive)) == (0, 0, 5, 1, 0)


def test_an_index_without_its_state_is_named(archive: Path, tmp_path: Path) -> None:
    run(archive)
    (state,) = (tmp_path / "index").glob("generations/*/state.json")
    state.unlink()
    with pytest.raises(IndexFolderError, match=r"damaged.*--full"):
        run(archive)
    assert tally(run(archive, full=True)) == (5, 0, 0, 0, 0)


def test_an_articles_own_id_goes_before_the_name_of_a_file(archive: Path) -> None:
    write_lines(archive / "z.jsonl", [{"id": "wetter", "title": "Eigen", "text": "Eigener Name."}])
    run(archive)
    hits = {hit.id: hit.title for hit in open_archive(archive.parent / "index").search(Request("*", size=100)).hits}
    assert hits["wetter"] == "Eigen" and len(hits) == 6


def test_an_index_remembers_what_it_was_made_from(archive: Path, tmp_path: Path) -> None:
    run(archive)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "neu.txt").write_text(WETTER)
    run(tmp_path / "more", index=tmp_path / "index")
    folder = IndexFolder(tmp_path / "index")
    assert folder.paths() == (str(archive), str(tmp_path / "more"))
    pointer = tmp_path / "index" / "fundstelle.json"
    pointer.write_text(json.dumps({**json.loads(pointer.read_text()), "format": 0}))
    assert folder.paths() == (str(archive), str(tmp_path / "more"))
    command = [sys.executable, "fundstelle.py", "index", "--full", "--index", str(tmp_path / "index")]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert len(found(archive)) == 6


def test_files_of_one_name_keep_ids_of_their_own(tmp_path: Path) -> None:
    """The short marks of these three paths are the same."""
    files = [tmp_path / "archiv" / place / "artikel.txt" for place in ("2000/000000", "2000/000095", "2000/001557")]
    for number, file in enumerate(files):
        file.parent.mkdir(parents=True)
        file.write_text(f"Bericht {number}\n\nDie Soldaten warten an der Grenze {number}.", "utf-8")
    assert tally(run(tmp_path / "archiv")) == (3, 0, 0, 0, 0)
    archive = open_archive(tmp_path / "index")
    ids = [hit.id for hit in archive.search(Request("Soldaten")).hits]
    pages = [archive.article(one) for one in ids]
    assert len(set(ids)) == 3 and {page and page.title for page in pages} == {f"Bericht {n}" for n in range(3)}
    files[2].unlink()
    assert tally(run(tmp_path / "archiv")) == (0, 0, 2, 1, 0)
    assert {hit.title for hit in archive.search(Request("Soldaten")).hits} == {"Bericht 0", "Bericht 1"}
    assert tally(run(tmp_path / "archiv")) == (0, 0, 2, 0, 0)


def test_a_folder_that_is_moved_leaves_each_file_its_own_article(tmp_path: Path) -> None:
    for number in range(3):
        file = tmp_path / "a" / str(number) / "bericht.txt"
        file.parent.mkdir(parents=True)
        file.write_text(f"Bericht {number}\n\nDie Soldaten warten an der Grenze {number}.", "utf-8")

    def titles() -> list[str]:
        return sorted(hit.title for hit in open_archive(tmp_path / "index").search(Request("Soldaten")).hits)

    run(tmp_path, index=tmp_path / "index")
    (tmp_path / "a").rename(tmp_path / "b")
    run(tmp_path, index=tmp_path / "index")
    assert titles() == ["Bericht 0", "Bericht 1", "Bericht 2"] and len(set(found(tmp_path / "b"))) == 3
    (tmp_path / "b" / "2" / "bericht.txt").unlink()
    assert tally(run(tmp_path, index=tmp_path / "index")) == (0, 0, 2, 1, 0) and titles() == ["Bericht 0", "Bericht 1"]
    (tmp_path / "b").rename(tmp_path / "c")
    (tmp_path / "c" / "0" / "bericht.txt").write_bytes(b"\x00\xff" * 40)
    run(tmp_path, index=tmp_path / "index")
    assert titles() == ["Bericht 1"] and tally(run(tmp_path, index=tmp_path / "index"))[2] == 1


def test_a_file_is_gone_where_a_folder_above_the_index_is_read(tmp_path: Path) -> None:
    archive = tmp_path / "i" / "archiv"
    archive.mkdir(parents=True)
    (archive / "a.txt").write_text(GRENZE, "utf-8")
    (archive / "b.txt").write_text(WETTER, "utf-8")
    index = tmp_path / "i" / "index"
    assert tally(run(archive, index=index)) == (2, 0, 0, 0, 0)
    (archive / "b.txt").unlink()
    assert tally(run(tmp_path, index=index)) == (0, 0, 1, 1, 0)
