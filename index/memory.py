"""What becomes of memory that is free again: it is given back to the system, or kept for what comes next.

Both where the C library can (glibc's `malloc_trim` and `mallopt`), and nothing elsewhere.
"""

import ctypes
from contextlib import suppress
from functools import lru_cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Names of glibc's for what is set (malloc.h)."""

_KEPT = 64 << 20
"""So many bytes are kept: the arrays of a page over a million records."""


def give_back() -> None:
    """Give memory that is free back to the system."""
    with suppress(AttributeError, OSError, TypeError):
        _library().malloc_trim(0)


def keep() -> None:
    """Keep memory that becomes free from now on, in the whole process: 64 MB at the end of its heap, which all threads
    share, and what lies below anything newer. Asked for anew, each 4 KB take the system microseconds, longer than it
    takes to fill them.
    """
    with suppress(AttributeError, OSError, TypeError):
        _library().mallopt(_ARENA_MAX, 1)
        _library().mallopt(_MMAP_THRESHOLD, _KEPT // 2)
        _library().mallopt(_TRIM_THRESHOLD, _KEPT)


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)
