"""The index folder: one generation is current, whatever becomes of a run."""

import json
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from index.errors import IndexBusyError, IndexFolderError
from index.folder import FORMAT, IndexFolder


def build(folder: IndexFolder, name: str, text: str, *, full: bool = False) -> None:
    with folder.locked(), folder.next_generation(full=full) as generation:
        (generation / name).write_text(text)


def contents(folder: IndexFolder) -> dict[str, str]:
    files = (path for path in folder.require_current().iterdir() if path.name != "checksums.json")
    return {path.name: path.read_text() for path in files}


def test_generations_follow_each_other(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    assert folder.current() is None
    build(folder, "a", "1")
    build(folder, "b", "2")
    assert contents(folder) == {"a": "1", "b": "2"}
    build(folder, "c", "3", full=True)
    assert contents(folder) == {"c": "3"}


def test_a_run_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    build(folder, "a", "1")
    with pytest.raises(KeyboardInterrupt), folder.locked(), folder.next_generation(full=False) as generation:
        (generation / "b").write_text("2")
        raise KeyboardInterrupt
    assert contents(folder) == {"a": "1"}


def _die_while_building(path: Path) -> None:
    import os

    folder = IndexFolder(path)
    with folder.locked(), folder.next_generation(full=False) as generation:
        (generation / "half").write_text("2")
        os._exit(9)


def test_a_run_that_is_killed_changes_nothing_and_the_next_carries_on(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    build(folder, "a", "1")
    process = multiprocessing.get_context("fork").Process(target=_die_while_building, args=(folder.path,))
    process.start()
    process.join()
    assert process.exitcode == 9
    assert contents(folder) == {"a": "1"}
    build(folder, "b", "3")
    assert contents(folder) == {"a": "1", "b": "3"}


def test_the_generation_before_stays_for_who_is_opening_it(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    build(folder, "a", "1")
    before = folder.require_current()
    build(folder, "a2", "2")
    assert (before / "a").read_text() == "1"
    build(folder, "a3", "3")
    assert not before.exists()


def test_a_second_run_is_told_to_wait(tmp_path: Path) -> None:
    first, second = IndexFolder(tmp_path / "index"), IndexFolder(tmp_path / "index")
    with first.locked(), pytest.raises(IndexBusyError, match="another run"), second.locked():
        pass


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Liebe Oma")
    with pytest.raises(IndexFolderError, match="holds other things"), IndexFolder(tmp_path).locked():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("no folder")
    with pytest.raises(IndexFolderError, match="no index can be made here"), IndexFolder(tmp_path / "index").locked():
        pass


def test_an_index_of_another_version_is_refused_until_full(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    build(folder, "a", "1")
    pointer = tmp_path / "index" / "fundstelle.json"
    pointer.write_text(json.dumps({**json.loads(pointer.read_text()), "format": FORMAT + 1}))
    with pytest.raises(IndexFolderError, match=r"another version.*--full"):
        folder.current()
    build(folder, "b", "2", full=True)
    assert contents(folder) == {"b": "2"}


NAMELESS = json.dumps({"format": FORMAT, "generation": "../x"})
POINTERS = ["", "{", "[]", json.dumps({"format": FORMAT}), NAMELESS, NAMELESS.replace('"../x"', "1e400")]


@pytest.mark.parametrize("damage", POINTERS)
def test_a_damaged_pointer_is_named(tmp_path: Path, damage: str) -> None:
    folder = IndexFolder(tmp_path / "index")
    build(folder, "a", "1")
    (tmp_path / "index" / "fundstelle.json").write_text(damage)
    with pytest.raises(IndexFolderError, match="cannot be read"):
        folder.current()


def test_a_name_is_not_given_again_where_the_folder_was_deleted(tmp_path: Path) -> None:
    folder, names = IndexFolder(tmp_path / "index"), set()
    for _ in range(3):
        build(folder, "a", "1")
        names.add(folder.require_current().name)
        shutil.rmtree(tmp_path / "index")
    assert len(names) == 3


def test_what_is_of_an_earlier_format_stays_until_it_is_made_anew(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    earlier = tmp_path / "index" / "generations" / "000007"
    earlier.mkdir(parents=True)
    (tmp_path / "index" / "fundstelle.json").write_text(json.dumps({"format": 5, "generation": 7, "paths": []}))
    with pytest.raises(KeyboardInterrupt), folder.locked(), folder.next_generation(full=True):
        raise KeyboardInterrupt
    assert earlier.is_dir()
    build(folder, "b", "2", full=True)
    assert contents(folder) == {"b": "2"}


def test_no_index_yet_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="fundstelle index"):
        IndexFolder(tmp_path / "index").require_current()


def test_a_pointer_that_was_not_replaced_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = IndexFolder(tmp_path / "index")
    build(folder, "a", "1")
    pointer = tmp_path / "index" / "fundstelle.json"
    os.utime(pointer, (1, 1))
    first = folder.current()
    with monkeypatch.context() as patch:
        patch.setattr(IndexFolder, "_read_pointer", lambda self: pytest.fail("it was read"))
        assert folder.current() == first
    build(folder, "b", "2")
    assert folder.current() != first
