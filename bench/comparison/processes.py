"""Work in a process of its own: how long it took, how much memory it and its children held, what a folder takes.

Memory is the proportional set size: what several processes share counts once. It is None where the system is not Linux.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_EVERY = 0.25
"""Seconds between two looks at the memory, at least."""

_REST = 50
"""So many times as long as a look took nobody looks: it keeps the processor from what is measured."""

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the wall clock, without the start of the process; the highest memory seen, in bytes."""

    seconds: float
    peak: int | None


def measured(work: Callable[..., object], *arguments: Any) -> Cost:
    """Do work in a new process and wait for it. Raises RuntimeError where it fails; its trace goes to stderr."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    peak = 0
    while process.is_alive():
        began = time.process_time()
        peak = max(peak, memory(process.pid or 0) or 0)
        process.join(max(_EVERY, _REST * (time.process_time() - began)))
    if process.exitcode:
        raise RuntimeError(f"{getattr(work, '__qualname__', work)}: the process ended with {process.exitcode}")
    return Cost(ours.recv(), peak or None)


def _timed(out: Connection, work: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    began = time.perf_counter()
    work(*arguments)
    out.send(time.perf_counter() - began)


def memory(pid: int) -> int | None:
    """The bytes that a process and all below it hold now; None where nobody tells."""
    sizes = [size for each in _tree(pid) if (size := _held(each)) is not None]
    return sum(sizes) if sizes else None


def _tree(pid: int) -> Iterator[int]:
    children = defaultdict(list)
    for entry in _PROC.glob("[0-9]*/stat"):
        try:
            parent = entry.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        except OSError:  # it has ended
            continue
        children[int(parent)].append(int(entry.parent.name))
    waiting = [pid]
    while waiting:
        waiting += children[waiting[0]]
        yield waiting.pop(0)


def _held(pid: int) -> int | None:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), None)


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
