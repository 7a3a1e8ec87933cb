"""The language knowledge of the German chain: TOML files, read once. In: a file's name. Out: its words.

A word list is one string of words apart by white space; a table of rows has one row a line.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=16)
def table(name: str) -> Mapping[str, Any]:
    """What `<name>.toml` holds."""
    return tomllib.loads(files("index.german.tables").joinpath(f"{name}.toml").read_text("utf-8"))


def words(name: str, key: str) -> tuple[str, ...]:
    """The words of one list, in its order."""
    return tuple(dict.fromkeys(table(name)[key].split()))


def rows(name: str, key: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one table, each split into its words."""
    return tuple(tuple(line.split()) for line in table(name)[key].splitlines() if line.strip())
