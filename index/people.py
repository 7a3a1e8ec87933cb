"""Who is who in a generation: read from its articles, written beside them, read again by who searches.

In: the collection of articles, with persons and roles as each article gives them, and the user's `persons.toml`. Out:
`persons.json`, the outcome of `index.identity`. Records keep the names that their articles give; the join is looked up
when they are searched, so that a new article never makes others be written anew.
"""

import tomllib
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from index.annotate.tables import Tables
from index.collections import open_view
from index.errors import SettingsError
from index.identity import Identities, Join, NameUse, PersonSettings, identify
from index.schema import ROLE_SEPARATOR
from index.values import read_values, write_values

SETTINGS = "persons.toml"

_FILE = "persons.json"


def load_person_settings(folder: Path = Path()) -> PersonSettings:
    """Read `persons.toml` in `folder`; nothing where there is none. Raises SettingsError.

    same = [["Selenskyj", "Wolodymyr Selenskyj"]]
    different = [["Hans Berg", "Hans Berg (Kiel)"]]
    preferred = ["Wolodymyr Selenskyj"]
    """
    file = folder / SETTINGS
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return PersonSettings()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}") from None
    unknown = sorted(set(values) - {"same", "different", "preferred"})
    if unknown:
        raise SettingsError(f"{file}: there is no setting {unknown[0]!r}; there are same, different and preferred.")
    return PersonSettings(
        same=_groups(file, "same", values.get("same", [])),
        different=_groups(file, "different", values.get("different", [])),
        preferred=tuple(_names(file, "preferred", values.get("preferred", []))),
    )


def _groups(file: Path, key: str, groups: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(groups, list):
        raise SettingsError(f'{file}: `{key}` is a list of lists of names, such as {key} = [["A", "B"]].')
    return tuple(tuple(_names(file, key, group)) for group in groups)


def _names(file: Path, key: str, names: Any) -> list[str]:
    if not (isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names)):
        raise SettingsError(f"{file}: `{key}`: a list of names is expected, not {names!r}.")
    return [" ".join(name.split()) for name in names]


def write_identities(generation: Path, tables: Tables, settings: PersonSettings) -> Identities:
    """Find out who is who among the articles of `generation`, write it beside them, and return it."""
    identities = identify(_name_uses(generation), tables, settings)
    write_values(generation, _FILE, asdict(identities))
    return identities


def read_identities(generation: Path) -> Identities:
    """What `write_identities` wrote; nothing joined where it wrote nothing."""
    values = read_values(generation, _FILE)
    if values is None:
        return Identities()
    return Identities(values["person_of"], tuple(Join(**join) for join in values["joins"]))


def _name_uses(generation: Path) -> list[NameUse]:
    view = open_view(generation, "article")
    names, codes, _ = view.pairs("person")
    articles = np.bincount(codes, minlength=len(names)).tolist()
    terms, codes, _ = view.pairs("role")
    roles: dict[str, set[str]] = defaultdict(set)
    for code in np.unique(codes).tolist():
        name, _, role = terms[code].partition(ROLE_SEPARATOR)
        roles[name].add(role)
    return [NameUse(name, count, frozenset(roles[name])) for name, count in zip(names, articles, strict=True) if count]
