"""Answers given before: a WSGI application in, the same application out, which makes an answer once for a generation.

An answer is remembered under its whole address and the state of the index when it was asked for; the first request
after a reindexing forgets all of them. So what is remembered is never older than the index, and it is bounded in bytes.
The language is part of the address, and nothing else of a request changes an answer.

Such an answer has an ETag, made of the same and of the start of the server (which may be of another version, or have
other synonyms), so that a reader who comes back is told that nothing has changed. It is a weak one: the time that a
search took stands on the page, and two processes take different times.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_etags

LARGEST = 8
"""An answer that takes more than an eighth of the room is not remembered, lest one table drives out all pages."""

_OK, _NOT_MODIFIED = "200 OK", "304 NOT MODIFIED"

EACH = 1_000
"""About so many bytes an answer takes besides its own: its objects, and its place among the others."""

Address = tuple[str, str]
"""A path and a query string."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whole."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def size(self) -> int:
        """About the bytes that it takes."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


class Remembered:
    """The application; safe to use from several threads.

    `state` tells the state of the index, None where there is none; `room` is how many bytes are remembered at most, 0
    for nothing; `start` names the start of the server, in all of its processes; paths below `apart` are handed on.
    """

    def __init__(
        self, application: WSGIApplication, state: Callable[[], str | None], room: int, start: str, apart: str
    ) -> None:
        self._application, self._state, self._start, self._apart = application, state, start, apart
        self._answers = Answers(room)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or as the application does."""
        method, address = environ["REQUEST_METHOD"], (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        state = self._state() if method in ("GET", "HEAD") and not address[0].startswith(self._apart) else None
        if state is None:
            return self._application(environ, start_response)
        tag = blake2b(repr((self._start, state, address)).encode(), digest_size=12).hexdigest()
        if (asked := environ.get("HTTP_IF_NONE_MATCH")) and parse_etags(asked).is_weak(tag):
            start_response(_NOT_MODIFIED, _validators(tag))
            return []
        answer = self._answers.get(state, address)
        if answer is None:
            answer = self._made(environ, tag)
            if method == "GET" and answer.status == _OK:
                self._answers.put(state, address, answer)
        start_response(answer.status, answer.headers)
        return [answer.body] if method == "GET" else []

    def _made(self, environ: WSGIEnvironment, tag: str) -> Answer:
        """What the application answers, with what tells a browser to ask whether it has changed."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None, /) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return parts.append

        parts: list[bytes] = []
        made = self._application(environ, start)
        try:
            parts.extend(made)
        finally:
            getattr(made, "close", bool)()
        status, headers = begun[-1]
        return Answer(status, [*headers, *(_validators(tag) if status == _OK else ())], b"".join(parts))


class Answers:
    """The answers of one state of the index, those last asked for, in so many bytes."""

    def __init__(self, room: int) -> None:
        self._room, self._taken = room, 0
        self._lock = Lock()
        self._state = ""
        self._answers: OrderedDict[Address, Answer] = OrderedDict()

    def get(self, state: str, address: Address) -> Answer | None:
        """The answer that is remembered for an address, if there is one; of another state all are forgotten."""
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self._state, self._taken = state, 0
            found = self._answers.get(address)
            if found:
                self._answers.move_to_end(address)
            return found

    def put(self, state: str, address: Address, answer: Answer) -> None:
        """Remember an answer that was asked for in a state, unless the index is in another by now."""
        size = _size(address, answer)
        with self._lock:
            if state != self._state or size * LARGEST > self._room or address in self._answers:
                return
            self._answers[address] = answer
            self._taken += size
            while self._taken > self._room:
                self._taken -= _size(*self._answers.popitem(last=False))


def _size(address: Address, answer: Answer) -> int:
    return answer.size + len(address[0]) + len(address[1]) + EACH


def _validators(tag: str) -> list[tuple[str, str]]:
    return [("ETag", f'W/"{tag}"'), ("Cache-Control", "no-cache")]
