"""Processes that work beside others end with the one that started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

STARTS = """
import sys, time
from pathlib import Path
from index.processes import pool
from tests.index.test_processes import write_on

if __name__ == "__main__":
    with pool(2, "tests.index.test_processes", forked="forked" in sys.argv) as workers:
        for name in "ab":
            workers.submit(write_on, Path(sys.argv[1]) / name)
        time.sleep(60)
"""


def write_on(file: Path) -> None:
    """Write for a minute."""
    for _ in range(600):
        with file.open("a") as opened:
            opened.write("x")
        time.sleep(0.1)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed like that here")
@pytest.mark.parametrize("how", ["of a server", "forked"])
def test_who_works_for_a_process_that_was_killed_ends(how: str, tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(STARTS)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, script, tmp_path, how], env=environment) as started:
        files = [tmp_path / name for name in "ab"]
        until = time.monotonic() + 20
        while not all(file.exists() for file in files):
            assert time.monotonic() < until
            time.sleep(0.05)
        started.kill()
    time.sleep(0.5)
    written = [file.stat().st_size for file in files]
    time.sleep(0.5)
    assert [file.stat().st_size for file in files] == written
