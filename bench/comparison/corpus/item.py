"""One article of a corpus, with its facets' values, and the line of JSON that it is in the corpus file."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """An article: `figures` are pairs (counted noun, value), `ends` the places where its sentences end.

    `date` is ISO 8601; `date` and `outlet` are None where they are unknown.
    """

    id: str
    title: str
    text: str
    date: str | None
    outlet: str | None
    agencies: tuple[str, ...]
    persons: tuple[str, ...]
    speakers: tuple[str, ...]
    figures: tuple[tuple[str, float], ...]
    ends: tuple[int, ...]

    @property
    def year(self) -> str | None:
        return self.date[:4] if self.date else None

    @property
    def nouns(self) -> tuple[str, ...]:
        """What its figures count, each once."""
        return tuple(dict.fromkeys(noun for noun, _ in self.figures))

    def line(self) -> str:
        """The line of JSON; it has what the reader of JSON Lines wants, which passes over the rest."""
        return json.dumps({key: value for key, value in asdict(self).items() if value is not None}, ensure_ascii=False)


def items(corpus: Path, limit: int | None = None) -> Iterator[Item]:
    """Read the first `limit` articles of a corpus file, one at a time."""
    with corpus.open(encoding="utf-8") as lines:
        for line in islice(lines, limit):
            yield item_of(line)


def item_of(line: str | bytes) -> Item:
    """Read the article of a line."""
    values: dict[str, Any] = {"date": None, "outlet": None, **json.loads(line)}
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    figures = tuple((noun, value) for noun, value in values["figures"])
    return Item(**{**values, **lists, "figures": figures})
