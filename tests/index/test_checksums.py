"""Damage to any file of a generation is noticed: a small file when it is opened, every byte by `check`."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fundstelle import main
from index import load_tables, reindex
from index.checksums import damaged, require_whole, write_checksums
from index.codec import open_arrays, write_arrays
from index.errors import IndexFolderError
from index.folder import IndexFolder
from search import Request, open_archive

TEXT = "Der Minister sprach am Montag mit 300 Soldaten. „Wir bleiben hier“, sagte Käthe Sund.\n"


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    source = tmp_path / "a.txt"
    source.write_text("Ein Titel\n\n" + TEXT, "utf-8")
    reindex([source], tmp_path / "index", load_tables())
    return IndexFolder(tmp_path / "index").require_current()


def test_what_was_written_is_whole(generation: Path) -> None:
    assert damaged(generation, whole=True) == []
    require_whole(generation)


def test_a_changed_bit_in_any_file_is_found_and_named(generation: Path) -> None:
    files = [file for file in generation.rglob("*") if file.is_file() and file.name != "checksums.json"]
    assert len(files) > 20
    for file in files:
        whole = file.read_bytes()
        file.write_bytes(bytes([whole[0] ^ 1]) + whole[1:] if whole else b"x")
        assert damaged(generation, whole=True) == [file.relative_to(generation).as_posix()]
        file.write_bytes(whole)


@pytest.mark.parametrize("name", ["fundstelle.json", "checksums.json"])
def test_a_changed_bit_in_what_names_the_rest_is_found_or_changes_nothing(generation: Path, name: str) -> None:
    index = generation.parent.parent
    file = index / name if name == "fundstelle.json" else generation / name
    whole, paths = file.read_bytes(), IndexFolder(index).paths()
    for at in range(0, len(whole), 1 if len(whole) < 200 else 37):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        try:
            folder = IndexFolder(index)
            assert damaged(folder.require_current(), whole=True) or (name, folder.paths()) == ("fundstelle.json", paths)
        except IndexFolderError as error:
            assert "fundstelle.json" in str(error) or "--full" in str(error)
    file.write_bytes(whole)
    assert damaged(generation, whole=True) == []


def test_what_is_damaged_is_not_merged_into_what_is_whole(tmp_path: Path) -> None:
    source, index = tmp_path / "a.jsonl", tmp_path / "index"
    source.write_text("\n".join(json.dumps({"id": str(n), "text": f"{TEXT} {n}"}) for n in range(8)), "utf-8")
    reindex([source], index, load_tables())
    (stored,) = (IndexFolder(index).require_current() / "article").glob("*.stored")
    file = stored.with_name(f"{stored.stem}.text.postings")
    arrays = open_arrays(file)
    large = {name: np.array(array) for name, array in arrays.items()} | {"positions": np.zeros(1 << 19, np.uint8)}
    write_arrays(file, large)  # too large to be read whole when it is opened
    write_checksums(file.parents[1], None)
    whole = file.read_bytes()
    at = whole.index(arrays["documents"].tobytes())
    file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    require_whole(file.parents[1])
    more = tmp_path / "b.jsonl"
    more.write_text("\n".join(json.dumps({"id": f"b{n}", "text": TEXT}) for n in range(8)), "utf-8")
    with pytest.raises(IndexFolderError, match=rf"{file.name}.*--full"):
        reindex([more], index, load_tables())


@pytest.mark.parametrize("change", ["swap", "cut", "remove"])
def test_damage_is_named_with_what_to_do(generation: Path, change: str) -> None:
    text, exact = (next((generation / "article").glob(f"*.{name}.postings")) for name in ("text", "text_exact"))
    if change == "swap":
        one, other = text.read_bytes(), exact.read_bytes()
        text.write_bytes(other)
        exact.write_bytes(one)
    elif change == "cut":
        os.truncate(text, 100)
    else:
        text.unlink()
    index = generation.parent.parent
    run = CliRunner().invoke(main, ["check", "--index", str(index)])
    assert run.exit_code == 1
    assert f"article/{text.name}" in run.stderr
    assert "--full" in run.stdout
    for command in (["search", "Minister"], ["index", str(index.parent / "a.txt")]):
        run = CliRunner().invoke(main, [*command, "--index", str(index)])
        assert run.exit_code == 2
        assert text.name in "".join(run.stderr.split())
        assert "--full" in run.stderr
    run = CliRunner().invoke(main, ["index", "--full", "--index", str(index)])
    assert run.exit_code == 0, run.output
    assert open_archive(index).search(Request("Minister")).total == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"files": {}, "checksum": 1}', '{"files": {}}', None])
def test_what_names_the_files_is_one_of_them(generation: Path, content: str | None) -> None:
    file = generation / "checksums.json"
    file.unlink()
    if content is None:
        file.mkdir()
    else:
        file.write_text(content)
    assert damaged(generation, whole=True) == ["checksums.json"]


def test_links_of_an_unchanged_file_are_not_read_again(generation: Path) -> None:
    index = generation.parent.parent
    (index.parent / "b.txt").write_text("Noch einer\n\n" + TEXT, "utf-8")
    reindex([index.parent / "b.txt"], index, load_tables())
    assert damaged(IndexFolder(index).require_current(), whole=True) == []
