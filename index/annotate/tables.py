"""The language knowledge: tables in `rules/*.toml`, each extendable by a user's `[rules.<table>]` settings.

In: the shipped files and a user's additions. Out: `Tables`, one mapping a file, by the file's name without `.toml`.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from index.errors import SettingsError


@dataclass(frozen=True)
class Tables:
    """All tables; `tables["months"]` is what `rules/months.toml` holds. `fingerprint` changes with any of them."""

    tables: Mapping[str, Mapping[str, Any]]
    fingerprint: str

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self.tables[name]


def load_tables(extra: Mapping[str, Any] | None = None) -> Tables:
    """Read every shipped table and merge `extra` (table name -> additions) into them.

    A list is appended to, a table is merged key by key, anything else is replaced.
    Raises SettingsError where `extra` names a table that does not exist or puts a value of another shape.
    """
    shipped = {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text("utf-8"))
        for entry in sorted(files("index.annotate").joinpath("rules").iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml")
    }
    for name, additions in (extra or {}).items():
        if name not in shipped:
            raise SettingsError(f"[rules.{name}]: there is no such table; there are {', '.join(sorted(shipped))}.")
        shipped[name] = _merge(shipped[name], additions, f"rules.{name}")
    text = json.dumps(shipped, sort_keys=True, ensure_ascii=False, default=str)
    return Tables(shipped, hashlib.blake2b(text.encode(), digest_size=8).hexdigest())


def _merge(old: Any, new: Any, where: str) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {
            key: _merge(old[key], value, f"{where}.{key}") if key in old else value for key, value in new.items()
        }
    if isinstance(old, list) and isinstance(new, list):
        return old + new
    if isinstance(old, dict | list) or isinstance(new, dict | list):
        raise SettingsError(f"[{where}]: a {type(old).__name__} is expected there, not a {type(new).__name__}.")
    return new
