"""Pages are made one after another; what takes long keeps nobody waiting."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from web import turns
from web.turns import OneByOne


class Application:
    """Says who came when; the path /slow takes until it is told to go on."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.slow, self.go_on = Event(), Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.came.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] == "/fails":
            raise ValueError("failed")
        if environ["PATH_INFO"] == "/slow":
            self.slow.set()
            assert self.go_on.wait(10)
        return [b"done"]


def ask(application: OneByOne, path: str) -> list[bytes]:
    return list(application({"PATH_INFO": path}, lambda *_: list.append))  # type: ignore[arg-type]


@contextmanager
def one_slow() -> Iterator[OneByOne]:
    """The application while it makes a page that takes long."""
    made = Application()
    application = OneByOne(made, ())
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(ask, application, "/slow")
        assert made.slow.wait(10)
        yield application
        made.go_on.set()
        assert first.result() == [b"done"]


def test_the_second_page_is_made_after_the_first() -> None:
    made = Application()
    application = OneByOne(made, ("/table",))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(ask, application, "/slow")
        assert made.slow.wait(10)
        second = threads.submit(ask, application, "/")
        assert ask(application, "/table") == [b"done"]
        assert made.came == ["/slow", "/table"]
        made.go_on.set()
        assert (first.result(), second.result()) == ([b"done"], [b"done"])
    assert made.came[-1] == "/"


def test_nobody_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.01)
    with one_slow() as application:
        assert ask(application, "/") == [b"done"]


def test_what_fails_is_over() -> None:
    application = OneByOne(Application(), ())
    for _ in range(2):
        with pytest.raises(ValueError, match="failed"):
            ask(application, "/fails")
    assert not application._turn.locked()


def test_a_turn_lasts_until_the_answer_is_sent() -> None:
    application = OneByOne(Application(), ())
    answer = iter(application({"PATH_INFO": "/"}, lambda *_: list.append))  # type: ignore[arg-type]
    assert next(answer) == b"done" and application._turn.locked()
    assert list(answer) == [] and not application._turn.locked()


class Answer:
    """An answer that is to be closed, as PEP 3333 says."""

    closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"done"

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("read", [list, next], ids=["to its end", "until the reader goes away"])
def test_an_answer_is_closed(read: Callable[[Iterator[bytes]], object]) -> None:
    answer = Answer()
    given = OneByOne(lambda *_: answer, ())._in_turn({"PATH_INFO": "/"}, lambda *_: list.append)  # type: ignore
    read(given)
    given.close()
    assert answer.closed


def test_who_has_kept_others_waiting_is_waited_for_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.2)
    with one_slow() as application:
        ask(application, "/")
        began = monotonic()
        for _ in range(20):
            ask(application, "/")
        assert monotonic() - began < 2
