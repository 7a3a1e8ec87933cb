"""An index is written and searched with its archive's own words, as long as it is added to."""

from pathlib import Path

import pytest

from index import load_tables, reindex
from search import Archive, Request, open_archive

TEXTS = {
    "a.txt": "Die Quaxel liegt am Fluss. Eine Quaxel aus Holz steht in München.",
    "b.txt": "Die Schwemme war leer, als die Quaxel kam. Daneben lag ein Boot.",
    "b2.txt": "Niemand kannte die Schwemme.",
    "c.txt": "Die Quaxelschwemme überraschte alle.",
}
LATER = {
    "d.txt": "Eine Drommel ist da.",
    "d2.txt": "Wem gehört die Drommel?",
    "e.txt": "Der Drommelhof liegt still. Die Quaxelschwemmen auch.",
}


def write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def found(archive: Archive, query: str) -> set[str]:
    return {Path(hit.path).name for hit in archive.search(Request(query)).hits}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write(folder / "texts", TEXTS)
    reindex([folder / "texts"], folder / "index", load_tables())
    return folder


def test_a_compound_of_the_archives_words_is_found_by_its_parts_and_marked(folder: Path) -> None:
    archive = open_archive(folder / "index")
    assert found(archive, "Schwemme") == {"b.txt", "b2.txt", "c.txt"}
    assert found(archive, "Quaxel-Schwemme") == {"c.txt"}
    hit = next(hit for hit in archive.search(Request("Schwemme")).hits if hit.path.endswith("c.txt"))
    assert [hit.passages[0].text[start:end] for start, end in hit.passages[0].marks] == ["schwemme"]


def test_a_word_typed_without_its_umlaut_finds_it(folder: Path) -> None:
    archive = open_archive(folder / "index")
    assert found(archive, "Munchen") == {"a.txt"}
    assert archive.search(Request("Munchen")).hits[0].why[0].reason == "spelling"
    assert found(archive, "uberraschte") == {"c.txt"}
    assert found(archive, "Bott") == set()


def test_what_is_added_is_read_with_the_same_words_until_all_is_read_anew(folder: Path) -> None:
    write(folder / "texts", LATER)
    reindex([folder / "texts"], folder / "index", load_tables())
    archive = open_archive(folder / "index")
    assert found(archive, "Schwemme") == {"b.txt", "b2.txt", "c.txt", "e.txt"}
    assert found(archive, "Drommel") == {"d.txt", "d2.txt"}
    reindex([folder / "texts"], folder / "index", load_tables(), full=True)
    assert found(archive, "Drommel") == {"d.txt", "d2.txt", "e.txt"}
    assert found(archive, "Schwemme") == {"b.txt", "b2.txt", "c.txt", "e.txt"}
