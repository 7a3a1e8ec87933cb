"""Who asks a server gets its times and failures; what a process takes is seen from outside."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.comparison.clients import Load, Waited, by_threads, by_wrk
from bench.comparison.processes import measured, memory, size_of

needs_proc = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told by Linux only")


class _Slow(BaseHTTPRequestHandler):
    """Answers after 20 ms, and only what it knows."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(0.02)
        self.send_response(200 if self.path.startswith("/good") else 404)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *values: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def asked(port: int, paths: list[str], load: Load, seconds: float = 1) -> Waited:
    wrk = shutil.which("wrk")
    return by_wrk(wrk, "127.0.0.1", port, paths, load, seconds) if wrk else pytest.skip("wrk is not installed")


@pytest.mark.parametrize("client", ["threads", "wrk"])
def test_clients_tell_how_long_they_waited(client: str, port: int) -> None:
    paths, load = ["/good?q=a%20b", "/good?q=%22c%22"], Load(4, 0.0)
    found = by_threads("127.0.0.1", port, paths, load, 0.5) if client == "threads" else asked(port, paths, load)
    assert found.client == client
    assert found.failed == 0
    assert found.answered > 20
    assert 0.02 <= found.waited["50"] <= found.waited["99"] < 1


@pytest.mark.parametrize("client", ["threads", "wrk"])
def test_failures_are_counted(client: str, port: int) -> None:
    paths, load = ["/good", "/bad"], Load(2, 0.0)
    found = by_threads("127.0.0.1", port, paths, load, 0.5) if client == "threads" else asked(port, paths, load)
    assert found.failed > 3


def test_clients_pause(port: int) -> None:
    assert by_threads("127.0.0.1", port, ["/good"], Load(2, 0.3), 0.5).answered <= 4


def test_nobody_there_is_a_failure_too() -> None:
    assert by_threads("127.0.0.1", 9, ["/"], Load(1, 0.1), 0.2) == Waited(0, 2, {}, "threads")


def test_work_in_another_process_is_timed() -> None:
    cost = measured(time.sleep, 0.3)
    assert 0.3 <= cost.seconds < 1
    with pytest.raises(RuntimeError, match="ended with"):
        measured(int, "no number")


@needs_proc
def test_memory_of_children_counts() -> None:
    before = memory(os.getpid())
    code = "held = bytearray(b'x') * 60_000_000; print('ready', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout and child.stdout.readline() == "ready\n"
        held = memory(os.getpid())
        child.communicate("\n")
    assert before and held and held - before > 50_000_000


def test_a_folder_is_as_large_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a").write_bytes(b"12345")
    (tmp_path / "b").write_bytes(b"123")
    assert size_of(tmp_path) == 8
