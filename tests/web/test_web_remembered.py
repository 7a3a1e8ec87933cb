"""Answers given before are given again, until the index changes: never stale, bounded, and only what is whole."""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from index import load_tables, reindex
from search import Archive, Request, Response
from web import create_app
from web.remembered import EACH, LARGEST, Answer, Answers, Remembered
from web.security import HEADERS

ROOM = 1_000_000


TABLES = load_tables()
DAYS = ["Am Abend fuhr ein {} ein.", "Morgens lagen hier nur noch {} vertäut.", "Wer {} mag, kam mittags zum Kai."]


def article(number: int, word: str) -> dict[str, str]:
    text = DAYS[number].format(word) + " „Das war ein ruhiger Tag“, sagte Tessa Wolters."
    return {"id": f"tag-{number}", "title": f"Tag {number} mit {word}", "text": text, "date": "2024-03-14"}


def write(folder: Path, words: Iterable[str], *, full: bool = False) -> None:
    source = folder / "tage.jsonl"
    source.write_text("\n".join(json.dumps(article(n, word)) for n, word in enumerate(words)), "utf-8")
    reindex([source], folder / "index", TABLES, full=full)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """The searches that were really made."""
    made: list[Request] = []
    search = Archive.search

    def counted(archive: Archive, request: Request, **listed: int) -> Response:
        made.append(request)
        return search(archive, request, **listed)

    monkeypatch.setattr(Archive, "search", counted)
    return made


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    write(tmp_path, ["Segelboote", "Kutter"])
    return create_app(tmp_path / "index", remembered=ROOM).test_client()


URLS = ["/", "/?q=Kutter", "/?q=Kutter&lang=en", "/?kind=statement", "/artikel/tag-1?q=Kutter", "/api/search?q=Kutter",
        "/api/search.csv?q=Kutter", "/api/suggest?q=Kut"]  # fmt: skip


def test_an_answer_is_made_once_and_is_the_same_again(client: FlaskClient, searches: list[Request]) -> None:
    first = [client.get(url) for url in URLS]
    made = len(searches)
    again = [client.get(url) for url in URLS]
    assert len(searches) == made
    assert [answer.data for answer in again] == [answer.data for answer in first]
    assert [answer.headers for answer in again] == [answer.headers for answer in first]
    assert len({answer.data for answer in first}) == len(URLS)
    assert all(answer.status_code == 200 and answer.headers["Cache-Control"] == "no-cache" for answer in first)


@pytest.mark.parametrize("url", URLS)
def test_a_reader_who_comes_back_is_told_that_nothing_has_changed(
    client: FlaskClient, searches: list[Request], url: str
) -> None:
    tag = client.get(url).headers["ETag"]
    made = len(searches)
    answer = client.get(url, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.data, len(searches)) == (304, b"", made)
    assert answer.headers["ETag"] == tag and HEADERS.items() <= dict(answer.headers).items()
    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(url + ("&" if "?" in url else "?") + "x=1").headers["ETag"] != tag


@pytest.mark.parametrize("room", [ROOM, 0])
def test_a_head_has_the_headers_of_the_page_and_no_body(tmp_path: Path, room: int) -> None:
    write(tmp_path, ["Kutter"])
    client = create_app(tmp_path / "index", remembered=room).test_client()
    for _ in range(2):
        head, page = client.head("/artikel/tag-0"), client.get("/artikel/tag-0")
        assert head.data == b"" and page.data and head.headers == page.headers


def test_without_room_every_answer_is_made_anew(tmp_path: Path, searches: list[Request]) -> None:
    write(tmp_path, ["Kutter"])
    client = create_app(tmp_path / "index").test_client()
    for _ in range(3):
        assert client.get("/?q=Kutter").status_code == 200
    assert len(searches) == 3


@pytest.mark.parametrize("full", [False, True])
def test_a_reindexing_is_seen_at_once(client: FlaskClient, tmp_path: Path, full: bool) -> None:
    before = {url: client.get(url) for url in URLS}
    for url in URLS:
        client.get(url)
    write(tmp_path, ["Segelboote", "Kutter", "Kutter"], full=full)
    for url in URLS:
        after = client.get(url, headers={"If-None-Match": before[url].headers["ETag"]})
        assert after.status_code == 200 and after.headers["ETag"] != before[url].headers["ETag"]
    assert json.loads(client.get("/api/search?q=Kutter").text)["total"] == 2
    assert client.get("/api/search.csv?q=Kutter").text.count("Tag ") == 2


def test_an_index_made_in_the_place_of_another_has_other_tags(client: FlaskClient, tmp_path: Path) -> None:
    """Both are the first generation of their folder."""
    before = client.get("/?q=Kutter").headers["ETag"]
    shutil.rmtree(tmp_path / "index")
    assert client.get("/?q=Kutter", headers={"If-None-Match": before}).status_code == 503
    write(tmp_path, ["Kutter"])
    assert client.get("/?q=Kutter", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "/?page=0", 400), ("GET", "/nirgends", 404), ("GET", "/artikel/nirgends", 404), ("POST", "/", 405)],
)
def test_errors_and_other_methods_are_neither_remembered_nor_tagged(
    client: FlaskClient, method: str, url: str, status: int
) -> None:
    for _ in range(2):
        answer = client.open(url, method=method)
        assert answer.status_code == status and "ETag" not in answer.headers
        assert "Cache-Control" not in answer.headers


def test_another_start_has_other_tags(tmp_path: Path) -> None:
    """It may be of another version, or have other synonyms."""
    write(tmp_path, ["Kutter"])
    tags = [create_app(tmp_path / "index", start=s).test_client().get("/").headers["ETag"] for s in ("a", "a", "b")]
    assert tags[0] == tags[1] != tags[2]


def test_files_have_validators_of_their_own(client: FlaskClient) -> None:
    answer = client.get("/static/style.css")
    assert not answer.headers["ETag"].startswith("W/")
    assert client.get("/static/style.css", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_an_answer_that_a_reindexing_overtakes_is_not_kept() -> None:
    states = iter(["1", "2", "2", "2"])
    bodies = iter([b"of 1 or 2", b"of 2"])
    inner: list[bytes] = []
    under_way = iter([True])

    def application(environ: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("200 OK", [])
        body = next(bodies)
        if next(under_way, False):
            inner.append(Client(remembered).get("/").data)  # another request, which sees the new state
        return [body]

    remembered = Remembered(application, lambda: next(states), ROOM, "start", "/static/")
    assert Client(remembered).get("/").data == b"of 1 or 2"
    assert inner == [b"of 2"]
    assert [Client(remembered).get("/").data for _ in range(2)] == [b"of 2", b"of 2"]


addresses = st.tuples(st.sampled_from(["/", "/a", "/a?b"]), st.sampled_from(["", "b", "b?"]))


@given(st.lists(st.tuples(addresses, st.sampled_from("12"), st.integers(0, 200)), max_size=40), st.integers(0, 900))
def test_what_is_remembered_is_what_was_put_and_bounded(
    asked: list[tuple[tuple[str, str], str, int]], room: int
) -> None:
    answers = Answers(room)
    given_before: dict[tuple[str, tuple[str, str]], Answer] = {}
    for address, state, size in asked:
        found = answers.get(state, address)
        if found:
            assert found is given_before[state, address]
        else:
            given_before[state, address] = Answer("200 OK", [], b"x" * size)
            answers.put(state, address, given_before[state, address])
        kept = answers._answers
        assert answers._taken == sum(answer.size + len(a) + len(b) + EACH for (a, b), answer in kept.items()) <= room
        assert all(answer.size * LARGEST <= room for answer in kept.values())


def test_those_last_asked_for_stay() -> None:
    answers = Answers((100 + EACH) * LARGEST)
    for number in range(LARGEST):
        answers.put("", (f"/{number}", ""), Answer("200 OK", [], b"x" * 98))
        assert answers.get("", ("/0", ""))
    answers.put("", ("/neu", ""), Answer("200 OK", [], b"x" * 96))
    assert [address[0] for address in answers._answers] == [*(f"/{n}" for n in range(2, LARGEST)), "/0", "/neu"]
