"""Readers on real files: what they read, what they refuse and what they say about it."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NothingToReadError, UnreadableError
from index.model import PartialDate, RawArticle
from index.readers import Unreadable, find_files, read_file
from index.readers.dates import read_date
from index.readers.encoding import DecodingError, decode


def read(path: Path, data: bytes | str) -> list[RawArticle | Unreadable]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_file(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_one_article_in_any_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    assert read(path, "Grüße aus Köln".encode(encoding)) == [RawArticle(str(path), "Grüße aus Köln")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "Das wird schön".encode("cp1252"),
            "is not UTF-8 (byte 0xf6 at position 12; it looks like windows-1252); save it as UTF-8.",
        ),
        (b"Zeichen \xff", "is not UTF-8 (byte 0xff at position 8); save it as UTF-8."),
        ("Grüße".encode("utf-16")[:-1], "is not UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text but binary data"),
        (b"", "is empty"),
        (b" \n\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_reason_and_remedy(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(UnreadableError) as error:
        read(path, data)
    assert str(error.value).startswith(f"{path}: {message}")


def test_json_lines_give_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = {
        "id": 7, "title": " Ein\nTitel ", "text": "  Ein Text.\n", "date": "2024-10-31T21:27:00+01:00",
        "outlet": "Talbote", "agencies": ["dpa", "AFP", "dpa", 3], "url": "https://talbote.example/7", "more": {},
    }  # fmt: skip
    assert read(path, "\n" + json.dumps(line) + "\r\n\n") == [
        RawArticle(
            path=str(path), text="  Ein Text.\n", scraped=False, line=2, own_id="7", title="Ein Titel",
            date=PartialDate(2024, 10, 31), outlet="Talbote", agencies=("AFP", "dpa"), url="https://talbote.example/7",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("date", ["2024-02-31", "", None, True, 3.5, [], "gestern"])
def test_a_date_that_cannot_be_read_is_unknown_and_the_article_stays(tmp_path: Path, date: object) -> None:
    [article] = read(tmp_path / "a.jsonl", json.dumps({"text": "x", "date": date}))
    assert isinstance(article, RawArticle)
    assert article.date is None


@pytest.mark.parametrize(("date", "expected"), [("2024-10", PartialDate(2024, 10)), (2024, PartialDate(2024))])
def test_a_date_keeps_its_precision(tmp_path: Path, date: object, expected: PartialDate) -> None:
    [article] = read(tmp_path / "a.jsonl", json.dumps({"text": "x", "date": date}))
    assert isinstance(article, RawArticle)
    assert article.date == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON (Expecting property name"),
        ("kein JSON", "is not JSON (Expecting value at character 1); mend the line."),
        ("[]", "is not a JSON object"),
        ("null", "is not a JSON object"),
        ('{"title": "x"}', 'has no text; give the article a "text" that is not empty.'),
        ('{"text": " "}', "has no text"),
        ('{"text": 5}', "has no text"),
        ("[" * 100_000, "is not JSON that can be read (nested too deeply)"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "is not JSON that can be read (a number has too many digits)"),
        ('{"text": "schön"}'.encode("cp1252"), "is not UTF-8 (byte 0xf6 at position 13; it looks like windows-1252)"),
        (b'{"text": "a\0b"}', "is not text but binary data"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: str | bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    bad = line if isinstance(line, bytes) else line.encode()
    before, found, after = read(path, b'{"text": "davor"}\n' + b" " * 5000 + bad + b'\n{"text": "danach"}')
    assert isinstance(before, RawArticle) and isinstance(after, RawArticle)
    assert (before.text, after.text, after.line) == ("davor", "danach", 3)
    assert isinstance(found, Unreadable)
    assert (found.path, found.line) == (str(path), 2)
    if "position" not in reason and "character 1" not in reason:
        assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b'[\n{"text": "x"}\n]', "is one JSON document, not JSON Lines"),
        (b"PK\x03\x04\0\0\0", "is not text but binary data"),
    ],
)
def test_a_jsonl_file_that_holds_no_lines_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(tmp_path / "a.jsonl", data)


def test_half_a_character_in_json_keeps_all_offsets(tmp_path: Path) -> None:
    [article] = read(tmp_path / "a.jsonl", r'{"text": "vor \ud83d nach \ud83d\ude00", "title": "\udc00"}')
    assert isinstance(article, RawArticle)
    assert article.text == "vor \ufffd nach 😀"
    assert article.title == "\ufffd"


def test_json_lines_in_utf16(tmp_path: Path) -> None:
    articles = read(tmp_path / "a.ndjson", '{"text": "Grüße"}\n{"text": "Küsse"}'.encode("utf-16"))
    assert [article.text for article in articles if isinstance(article, RawArticle)] == ["Grüße", "Küsse"]


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"a\.docx: is of an unknown format; \.jsonl, \.ndjson, \.txt are read\."):
        read(tmp_path / "a.docx", b"x")


def test_a_file_that_is_gone_and_one_that_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        list(read_file(tmp_path / "gone.txt"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(UnreadableError, match="is no ordinary file"):
            list(read_file(tmp_path / "pipe.txt"))


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may read everything is refused nothing"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="check its permissions"):
        list(read_file(path))


def test_files_are_found_in_folders_sorted_and_once(tmp_path: Path) -> None:
    for name in [
        "b.txt",
        "a.JSONL",
        "sub/c.ndjson",
        "README.txt",
        "readme.md",
        ".hidden.txt",
        ".git/d.txt",
        "e.pdf",
        "f",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path, tmp_path / "b.txt", tmp_path / "sub"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.JSONL", "b.txt", "sub/c.ndjson"]


def test_folders_may_lie_as_deep_in_one_another_as_the_system_lets_them(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(1_500):
        folder /= "d"
        folder.mkdir()
    (folder / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    try:
        assert find_files([tmp_path]) == [folder / "a.txt"]
    finally:
        (folder / "a.txt").unlink()
        for deep in [folder, *folder.parents][:1_500]:  # nothing else here can take them away
            deep.rmdir()


def test_a_link_to_itself_is_reported_where_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert find_files([tmp_path]) == [tmp_path / "a.txt", tmp_path / "loop.txt"]


def test_a_file_that_is_named_is_found_whatever_it_is(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("x")
    assert find_files([tmp_path / "README.txt"]) == [tmp_path / "README.txt"]


def test_an_empty_folder_holds_no_files_and_a_wrong_path_is_said(tmp_path: Path) -> None:
    assert find_files([tmp_path]) == []
    with pytest.raises(NothingToReadError, match="there is no such file or folder"):
        find_files([tmp_path / "gone"])


@given(st.binary(max_size=60))
def test_bytes_are_text_or_refused_with_a_remedy(data: bytes) -> None:
    try:
        text = decode(data)
    except DecodingError as error:
        assert "UTF-8." in str(error)
    else:
        assert isinstance(text, str)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_comes_back_from_its_bytes(text: str) -> None:
    expected = text.removeprefix("\ufeff")
    assert decode(text.encode()) == expected


DATES = [
    ("2024-10-31", "2024-10-31"),
    ("2024-10-31T21:27:00+01:00", "2024-10-31"),
    ("2024-10", "2024-10"),
    (2024, "2024"),
    (20241031, "2024-10-31"),
    ("20241031", "2024-10-31"),
    ("31.10.2024", "2024-10-31"),
    ("1.2.2024, 14:05 Uhr", "2024-02-01"),
    ("10.2024", "2024-10"),
    ("Thu, 31 Oct 2024 21:27:00 +0100", "2024-10-31"),
    ("31.02.2024", None),
    ("1 Jan 3000000000 12:30:00 +0000", None),
    ("Mon, 99999999999999999999 Jan 2024 12:30:00", None),
    ("gestern", None),
    ("", None),
    (1730406420, None),
    (None, None),
    (True, None),
    ([2024], None),
]


@pytest.mark.parametrize(("given", "date"), DATES)
def test_dates_of_a_file_are_read_as_they_are_written(given: object, date: str | None) -> None:
    found = read_date(given)
    assert (str(found) if found else None) == date
