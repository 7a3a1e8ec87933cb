"""What a job measured, as it is written to a file and read for the report; and the machine it was measured on."""

import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

Job = Literal["search", "index", "serve"]

PACKAGES = ("fundstelle", "whoosh3", "tantivy", "numpy")


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a job, each a table from column to value: seconds, bytes, counts.

    `source` says what the corpus was made of, `rounds` how often each value was measured, `annotated` whether our
    index was that of the whole pipeline (where a job measures only one of the two).
    """

    job: Job
    articles: int
    source: str
    seed: int
    rounds: int
    machine: str
    rows: Sequence[dict[str, Any]]
    annotated: bool = False


def write_result(result: Result, file: Path) -> None:
    file.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_result(file: Path) -> Result:
    return Result(**json.loads(file.read_text("utf-8")))


def this_machine() -> str:
    """The processor, how many cores and how much memory, the system and what is installed, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(filter(None, map(_installed, PACKAGES)))
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def _installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""
