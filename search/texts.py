"""What is read and shown of a text, in C where this was compiled when it was installed, otherwise in Python.

`_texts.c` does what `search.nearby` and `search.passages` say, and gives the same: the ten hits of a page are a good
part of what it costs.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from search import nearby, passages

PLAIN: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (nearby.pieces_near, nearby.matches_near, passages.marks_apart, passages.passages_of)
}
"""The functions in Python, by their names."""

VERSION = 1
"""Goes up with every change of what a function takes or gives: one that was compiled before is then not used."""


def _compiled() -> ModuleType | None:
    """The functions in C, if they are there and are these."""
    try:
        found = import_module("search._texts")
    except ImportError:
        return None
    return found if getattr(found, "VERSION", 0) == VERSION else None


COMPILED = _compiled()

pieces_near, matches_near, marks_apart, passages_of = (
    getattr(COMPILED, name) if COMPILED else plain for name, plain in PLAIN.items()
)
