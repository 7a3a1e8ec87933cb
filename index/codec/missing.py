"""Pages that mapped files no longer have: a file may be cut off by others while it is read.

To read such a page ends a process. Where `_missing.c` was compiled when this was installed, zeros are read instead, and
counted, so that a reader can tell that what was read is not valid.
"""

from importlib import import_module
from types import ModuleType


def _compiled() -> ModuleType | None:
    try:
        return import_module("index.codec._missing")
    except ImportError:
        return None


COMPILED = _compiled()


def watch() -> None:
    """From now on read zeros where a mapped file was cut off, in the whole process, and count it."""
    if COMPILED:
        COMPILED.watch()


def missing() -> int:
    """How many pages were read since that their files no longer had; always 0 without the compiled part."""
    return int(COMPILED.count()) if COMPILED else 0
