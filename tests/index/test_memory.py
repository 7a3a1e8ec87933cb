"""Memory is kept for what comes next, and given back where that is asked for."""

import subprocess
import sys
from platform import libc_ver

import pytest

pytestmark = pytest.mark.skipif(libc_ver()[0] != "glibc", reason="only glibc can be told what to keep")

FAULTS = """
import resource, sys
import numpy as np
from index import memory

if sys.argv[1] == "keep":
    memory.keep()

def pages():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def page():
    before = pages()
    arrays = [np.ones(100_000) for _ in range(20)]
    return pages() - before

page(), page()
kept = min(page() for _ in range(5)) if sys.argv[1] == "leave" else max(page() for _ in range(5))
memory.give_back()
print(kept, page())
"""


def faults(how: str) -> tuple[int, int]:
    """How many pages the same arrays ask the system for again and again, and once more after memory was given back."""
    done = subprocess.run([sys.executable, "-c", FAULTS, how], capture_output=True, text=True, check=True)
    kept, anew = map(int, done.stdout.split())
    return kept, anew


def test_what_is_kept_is_not_asked_for_again() -> None:
    kept, anew = faults("keep")
    assert kept < 100 < 1_000 < anew  # the arrays have 3,900 pages


def test_otherwise_the_system_is_asked_each_time() -> None:
    assert faults("leave")[0] > 1_000
