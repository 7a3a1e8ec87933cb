"""Many who ask a server at once: addresses in, how long each waited out.

`wrk` does it where it is installed; else threads of this process do, which take more of the machine from the server.
"""

import http.client
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path

import numpy as np

PERCENTILES = (50, 75, 90, 99)

_TIMEOUT = 60

_SCRIPT = """\
local paths = {{ {paths} }}
local at = 0
local failed = 0
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
delay = function() return {pause} end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{{"answered": %d, "failed": %d, "waited": {{', summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout))
  for n, p in ipairs({{ {percentiles} }}) do
    io.write(string.format('%s"%d": %f', n > 1 and ", " or "", p, latency:percentile(p) / 1e6))
  end
  io.write("}}}}\\n")
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """So many clients, of whom each waits `pause` seconds after an answer before asking again."""

    clients: int
    pause: float


@dataclass(frozen=True, slots=True)
class Waited:
    """How many requests were answered and how many failed; seconds by percentile; which client measured it."""

    answered: int
    failed: int
    waited: Mapping[str, float]
    client: str


def ask(host: str, port: int, paths: Sequence[str], load: Load, seconds: float) -> Waited:
    """Ask for the paths in turns, for so many seconds."""
    wrk = shutil.which("wrk")
    return by_wrk(wrk, host, port, paths, load, seconds) if wrk else by_threads(host, port, paths, load, seconds)


def by_wrk(wrk: str, host: str, port: int, paths: Sequence[str], load: Load, seconds: float) -> Waited:
    """With the program `wrk`, whose path is given. Raises CalledProcessError where it fails."""
    script = _SCRIPT.format(
        paths=", ".join(map(json.dumps, paths)),
        pause=round(1000 * load.pause),
        percentiles=", ".join(map(str, PERCENTILES)),
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "asking.lua"
        file.write_text(script, "utf-8")
        options = ["-t1", f"-c{load.clients}", f"-d{round(seconds)}s", f"--timeout={_TIMEOUT}s", "-s", str(file)]
        done = subprocess.run([wrk, *options, f"http://{host}:{port}"], capture_output=True, text=True, check=True)
    return Waited(**json.loads(done.stdout.strip().splitlines()[-1]), client="wrk")


def by_threads(host: str, port: int, paths: Sequence[str], load: Load, seconds: float) -> Waited:
    """With a thread for each client."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(load.clients) as pool:
        clients = [
            pool.submit(_client, host, port, paths, number * len(paths) // load.clients, load.pause, until)
            for number in range(load.clients)
        ]
        times = list(chain.from_iterable(client.result() for client in clients))
    good = [waited for waited in times if waited is not None]
    waited = {str(p): float(np.percentile(good, p)) for p in PERCENTILES} if good else {}
    return Waited(len(good), len(times) - len(good), waited, "threads")


def _client(host: str, port: int, paths: Sequence[str], first: int, pause: float, until: float) -> list[float | None]:
    """The seconds of each answer, None for one that was not 200."""
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    found: list[float | None] = []
    for path in islice(cycle(paths), first, None):
        began = time.perf_counter()
        if began >= until:
            break
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            found.append(time.perf_counter() - began if answer.status == http.HTTPStatus.OK else None)
        except (OSError, http.client.HTTPException):
            connection.close()
            found.append(None)
        time.sleep(pause)
    connection.close()
    return found
