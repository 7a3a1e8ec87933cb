"""What a reindexing has to do, decided from values alone. In: what the index knows, what there is. Out: a `Plan`.

A file's hash says whether it is the one that was read; an article's hash, whether an article in a file that is not is
still the same. Both hashes hold the recipe (format and tables of rules) too, so that a new rule changes everything.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from index.model import RawArticle
from index.stored import plain
from index.values import read_values, write_values

_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class Known:
    """An article in the index: the file it came from and its hash."""

    path: str
    hash: str


@dataclass(slots=True)
class State:
    """What a generation was made from: by which recipe and settings, each file's hash, each article by its id."""

    recipe: str = ""
    persons: str = ""
    files: dict[str, str] = field(default_factory=dict)
    articles: dict[str, Known] = field(default_factory=dict)

    @classmethod
    def load(cls, generation: Path) -> "State":
        """Read the state beside the collections."""
        values = read_values(generation, _FILE)
        return cls(
            values["recipe"],
            values["persons"],
            values["files"],
            {key: Known(*pair) for key, pair in values["articles"].items()},
        )

    def save(self, generation: Path) -> None:
        """Write the state beside the collections."""
        articles = {key: [known.path, known.hash] for key, known in self.articles.items()}
        values = {"recipe": self.recipe, "persons": self.persons, "files": self.files, "articles": articles}
        write_values(generation, _FILE, values)


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to read (new ones or changed), files that stayed the same, files that are gone."""

    read: tuple[str, ...]
    same: tuple[str, ...]
    gone: frozenset[str]


def make_plan(known: Mapping[str, str], found: Mapping[str, str | None], scope: Iterable[str]) -> Plan:
    """Compare the files known to the index with those found now; both map a path to a hash.

    A file that was found and could not be read has no hash: it is to be read, so that it is reported. `scope` holds
    the files and folders that were asked for: what is known and lies in none of them is left alone.
    """
    places = frozenset(scope)
    return Plan(
        read=tuple(path for path, digest in found.items() if digest is None or known.get(path) != digest),
        same=tuple(path for path, digest in found.items() if digest is not None and known.get(path) == digest),
        gone=frozenset(path for path in known if path not in found and lies_in(path, places)),
    )


def lies_in(path: str, places: Set[str]) -> bool:
    """Whether `path` is one of some places or lies in one."""
    return path in places or any(str(folder) in places for folder in PurePosixPath(path).parents)


def file_hash(path: Path, recipe: str) -> str | None:
    """The hash of a file's bytes; None where they cannot be read."""
    digest = hashlib.blake2b(recipe.encode(), digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def article_hash(raw: RawArticle, recipe: str) -> str:
    """The hash of all that a reader found of an article, its line in the file apart."""
    values = {key: value for key, value in plain(raw).items() if key != "line"}
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(f"{recipe}\n{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
