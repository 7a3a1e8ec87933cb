"""The job `serve`: the project's own server on the loopback, asked by many at once, beside the engine alone."""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

from bench.comparison.clients import Load, ask, by_threads
from bench.comparison.engines.ours import Ours, request
from bench.comparison.processes import memory
from bench.comparison.queries import Query
from search import params_of
from web.view import MOST

LOADS = (Load(1, 0.0), Load(16, 0.25), Load(16, 0.0))
"""One reader; sixteen who take a moment between their pages; sixteen who do not, which is as much as the server can."""

REMEMBERED = (0, 32)
"""Megabytes of answers given before that a process may remember: every page is made anew; all are given again."""

_HOST = "127.0.0.1"
_WORKERS = 2
_ROOT = Path(__file__).resolve().parents[2]


def serve(index: Path, queries: Sequence[Query], rounds: int, seconds: float) -> list[dict[str, Any]]:
    """One row a load, first with every page made anew, then with pages given before: the waiting times by percentile,
    the engine's own median, both in seconds; the server's memory.

    Each load lasts `seconds`; the engine answers every query `rounds` times. All is warm.
    """
    paths = ["/?" + urlencode(params_of(request(query))) for query in queries]
    opening, alone = engine_alone(index, queries, rounds)
    rows = []
    for room in REMEMBERED:
        with _server(index, room) as (port, pid):
            by_threads(_HOST, port, paths, Load(16, 0.0), seconds / 2)  # as many as reach every process
            for load in LOADS:
                waited = {**asdict(load), "remembered": room > 0, **asdict(ask(_HOST, port, paths, load, seconds))}
                rows.append({**waited, "seconds": seconds, "memory": memory(pid)})
    return [{**row, "engine": alone, "opening": opening} for row in rows]


def engine_alone(index: Path, queries: Sequence[Query], rounds: int) -> tuple[float, float]:
    """Seconds to open the index, and to answer (the median over all queries), in this process."""
    began = time.perf_counter()
    archive = Ours(index).archive
    opening = time.perf_counter() - began
    times = []
    for number in range(rounds + 1):
        for query in queries:
            began = time.perf_counter()
            archive.search(request(query), listed=MOST)
            times += [time.perf_counter() - began] if number else []
    return opening, statistics.median(times)


@contextmanager
def _server(index: Path, room: int) -> Iterator[tuple[int, int]]:
    """The server's port and process number; it ends with the block. Raises RuntimeError where it does not start."""
    command = [sys.executable, "-m", "fundstelle", "serve", "--host", _HOST, "--port", "0", "--workers", str(_WORKERS)]
    command += ["--remember", str(room), "--index", str(index / "index")]
    with (
        TemporaryFile("w+") as messages,
        subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=messages, text=True) as process,
    ):
        try:
            found = re.search(r":(\d+) ", process.stdout.readline() if process.stdout else "")
            if not found:
                messages.seek(0)
                raise RuntimeError(f"the server did not start: {messages.read()}")
            yield int(found[1]), process.pid
        finally:
            process.terminate()
