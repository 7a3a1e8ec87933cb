"""What an article has beside its text: date, outlet, agencies, persons, speakers, figures, as skewed as in an archive.

In: a generator of random numbers. Out: values by Zipf's law (a few outlets and people are in very many articles, most
in few). Names are made of the shipped tables.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

from index.annotate import Tables

T = TypeVar("T")

FIRST_DAY, DAYS = date(2014, 1, 1), 4017
"""Dates lie in the eleven years from 2014 to 2024."""

_PEOPLE = 20_000
_UNKNOWN = 0.02
"""The share of articles without a date, and of those without an outlet."""


class Skewed(Generic[T]):
    """Values of which the n-th is drawn in proportion to 1 / (n + shift) (Zipf's law as Mandelbrot has it)."""

    def __init__(self, values: Sequence[T], shift: float = 2.7) -> None:
        self._values = values
        self._sums = list(accumulate(1 / (rank + shift) for rank in range(len(values))))

    def __call__(self, draw: Random) -> T:
        return draw.choices(self._values, cum_weights=self._sums)[0]

    def some(self, draw: Random, mean: float) -> tuple[T, ...]:
        """Different values, `mean` in the mean before doubles go, mostly few and at times many (geometric)."""
        found: dict[T, None] = {}
        while draw.random() < mean / (1 + mean):
            found[self(draw)] = None
        return tuple(found)


def shuffled(values: Sequence[T], seed: int) -> list[T]:
    """The values in an order of their own, for those that a table has by the alphabet."""
    return Random(seed).sample(values, len(values))


class Values:
    """Draws the values of one article after another."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self.people = Skewed(_names(tables, seed))
        self.places = Skewed(shuffled(tables["places"]["places"], seed))
        self.nouns = Skewed(shuffled(list(tables["noun_lemmas"]["nouns"]), seed))
        self._outlets = Skewed(list(tables["outlets"]))
        self._agencies = Skewed(list(tables["agencies"]["wire"]))
        self._institutions = Skewed(shuffled(tables["institutions"]["nouns"], seed), shift=1)

    def __call__(self, draw: Random) -> dict[str, Any]:
        """The values by the names of an Item's fields."""
        persons = self.people.some(draw, 3)
        said = persons[: draw.randrange(len(persons) + 1)]
        return {
            "date": None if draw.random() < _UNKNOWN else str(FIRST_DAY + timedelta(draw.randrange(DAYS))),
            "outlet": None if draw.random() < _UNKNOWN else self._outlets(draw),
            "agencies": self._agencies.some(draw, 0.7),
            "persons": persons,
            "speakers": said + self._institutions.some(draw, 0.7),
            "figures": tuple((noun, amount(draw)) for noun in self.nouns.some(draw, 3)),
        }


def amount(draw: Random) -> float:
    """A number as news have them: from ones to millions, two digits that count."""
    return float(f"{draw.lognormvariate(6, 3):.1e}") // 1 + 1


def _names(tables: Tables, seed: int) -> list[str]:
    given = [*tables["given_names"]["male"], *tables["given_names"]["female"]]
    family, draw = tables["family_names"]["common"], Random(seed)
    return list(dict.fromkeys(f"{draw.choice(given)} {draw.choice(family)}" for _ in range(_PEOPLE)))
