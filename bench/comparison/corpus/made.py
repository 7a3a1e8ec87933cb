"""Sentences of our own templates, for where there are no articles.

Words of the shipped tables stand in them, by Zipf's law.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from random import Random

from bench.comparison.corpus.values import Skewed, Values, amount, shuffled
from bench.comparison.corpus.words import compound, inflected, past
from index.german.tables import words

_SLOT = re.compile(r"\{(\w+)\}")


class Made:
    """Draws sentences and titles."""

    def __init__(self, values: Values, seed: int) -> None:
        templates = tomllib.loads(files("bench.comparison.corpus").joinpath("templates.toml").read_text("utf-8"))
        self._sentences, self._titles = templates["sentences"], templates["titles"]
        self._slots = _slots(values, seed)

    def sentence(self, draw: Random) -> str:
        return self._filled(draw.choice(self._sentences), draw)

    def title(self, draw: Random) -> str:
        return self._filled(draw.choice(self._titles), draw)

    def _filled(self, template: str, draw: Random) -> str:
        return _SLOT.sub(lambda slot: self._slots[slot[1]](draw), template)


def _slots(values: Values, seed: int) -> Mapping[str, Callable[[Random], str]]:
    """How the words for each slot of a template are drawn."""
    endings = tomllib.loads(files("bench.retrieval").joinpath("inflections.toml").read_text("utf-8"))["endings"]
    nouns = Skewed([noun.capitalize() for noun in shuffled(words("parts", "nouns"), seed)])
    return {
        "noun": nouns,
        "nouns": lambda draw: inflected(nouns(draw), endings, draw),
        "compound": lambda draw: compound(nouns(draw), nouns(draw)),
        "adjective": Skewed(shuffled(words("parts", "adjectives"), seed)),
        "verb": Skewed([past(stem) for stem in shuffled(words("verbs", "weak"), seed)]),
        "person": values.people,
        "place": values.places,
        "number": lambda draw: f"{amount(draw):,.0f}".replace(",", "."),
    }
