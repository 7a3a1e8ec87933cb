"""One answer at a time: a WSGI application in, the same application out, whose answers are made one after another.

Python runs one thread at a time. Pages that are made side by side take turns at that, so all of them are done as late
as the last; and readers whose pages came together ask for the next together again. One after another, each but the last
is done sooner, and readers spread. An answer's turn lasts until the server has sent it: one that begins while it sends
the headers would keep the body for a switch of threads, which is 5 ms.
"""

from collections.abc import Generator, Iterable
from threading import Lock
from time import monotonic
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_PATIENCE = 0.25
"""So many seconds an answer keeps others waiting, lest everybody waits for a slow one."""


class OneByOne:
    """The application; safe to use from several threads. Paths that begin like one in `apart` wait for nobody."""

    def __init__(self, application: WSGIApplication, apart: tuple[str, ...]) -> None:
        self._application, self._apart = application, apart
        self._turn, self._began = Lock(), 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, when it is one's turn."""
        if environ["PATH_INFO"].startswith(self._apart):
            return self._application(environ, start_response)
        return self._in_turn(environ, start_response)

    def _in_turn(self, environ: WSGIEnvironment, start_response: StartResponse) -> Generator[bytes, None, None]:
        taken = self._turn.acquire(blocking=False) or self._turn.acquire(timeout=self._patience())
        if taken:
            self._began = monotonic()
        try:
            answer = self._application(environ, start_response)
            try:
                yield from answer
            finally:
                getattr(answer, "close", bool)()  # as PEP 3333 asks of whoever takes an answer
        finally:
            if taken:
                self._turn.release()

    def _patience(self) -> float:
        """How long the answer that is being made is still waited for, in seconds."""
        return max(0.0, self._began + _PATIENCE - monotonic())
