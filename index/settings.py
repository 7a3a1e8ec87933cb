"""`fundstelle.toml` in, settings out; without the file, the defaults.

paths = ["seeds"]          # what `fundstelle index` reads
index = ".fundstelle"      # where the index lies
[rules.TABLE]              # additions to a table of language knowledge
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import SettingsError

FILE = "fundstelle.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set. Paths are taken from the folder of the settings file."""

    paths: tuple[Path, ...] = (Path("seeds"),)
    index: Path = Path(".fundstelle")
    rules: Mapping[str, Any] = field(default_factory=dict)


def load_settings(folder: Path = Path()) -> Settings:
    """Read `fundstelle.toml` in `folder`. Raises SettingsError where it cannot be read or sets what does not exist."""
    file = folder / FILE
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}") from None
    unknown = sorted(set(values) - {"paths", "index", "rules"})
    if unknown:
        raise SettingsError(f"{file}: there is no setting {unknown[0]!r}; there are paths, index and [rules.TABLE].")
    defaults = Settings()
    paths, index, rules = values.get("paths"), values.get("index"), values.get("rules", {})
    if paths is not None and not (isinstance(paths, list) and paths and all(isinstance(p, str) for p in paths)):
        raise SettingsError(f'{file}: `paths` is a list of files and folders, such as paths = ["seeds"].')
    if index is not None and not isinstance(index, str):
        raise SettingsError(f'{file}: `index` is a folder, such as index = ".fundstelle".')
    if not (isinstance(rules, dict) and all(isinstance(table, dict) for table in rules.values())):
        raise SettingsError(f"{file}: `rules` holds tables, such as [rules.outlets].")
    return Settings(
        paths=tuple(folder / p for p in paths) if paths else defaults.paths,
        index=folder / index if index else defaults.index,
        rules=rules,
    )
