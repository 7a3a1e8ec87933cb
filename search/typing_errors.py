"""Two words in, what it costs to type the one for the other out: an edit distance that knows the German keyboard.

The restricted Damerau-Levenshtein distance, also called optimal string alignment (F. J. Damerau, "A technique for
computer detection and correction of spelling errors", CACM 7(3), 1964), with costs from `keyboard.toml`.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import permutations, product
from typing import Any

_NEXT_KEY = 1.3
"""How far apart two neighbouring keys lie at most, in key widths."""

_REACH = 3
"""How many letters more or fewer a word may have at any place."""


class Keyboard:
    """The costs of typing errors; see `keyboard.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        costs: Mapping[str, float] = table["costs"]
        self._replaced: dict[tuple[str, str], float] = {}
        for name, pairs in (
            ("neighbour", _neighbours(table["rows"])),
            ("alike", (pair for letters in table["alike"] for pair in permutations(letters, 2))),
            ("umlaut", (pair for letters in table["umlauts"] for pair in permutations(letters, 2))),
        ):
            for one, other in pairs:
                self._replaced[one, other] = min(costs[name], self._replaced.get((one, other), 1.0))
        self._silent = frozenset(table["silent"])
        self._silent_cost, self._doubled, self._swapped = costs["silent"], costs["doubled"], costs["swapped"]
        self._first = costs["first"]

    def distance(self, typed: str, word: str, limit: float) -> float:
        """What it costs to type `typed` for `word`, 0 for equal words; infinite where it is more than `limit`."""
        added, missed = self._extra(typed), self._extra(word)
        replaced = self._replaced
        before: list[float] = []
        row = [0.0]
        for cost in missed:
            row.append(row[-1] + cost)
        for i, letter in enumerate(typed, 1):
            low, high = max(1, i - _REACH), min(len(word), i + _REACH)
            current = [math.inf] * (len(word) + 1)
            if low == 1:
                current[0] = row[0] + added[i - 1]
            for j in range(low, high + 1):
                other = word[j - 1]
                if letter == other:
                    cost = row[j - 1]
                else:
                    cost = row[j - 1] + replaced.get((letter, other), 1.0)
                    if i == 1 and j == 1:
                        cost += self._first
                cost = min(cost, row[j] + added[i - 1], current[j - 1] + missed[j - 1])
                if before and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                    cost = min(cost, before[j - 2] + self._swapped)
                current[j] = cost
            if min(current) > limit and min(row) > limit:  # letters that changed places skip a row
                return math.inf
            before, row = row, current
        return row[-1] if row[-1] <= limit else math.inf

    def _extra(self, word: str) -> list[float]:
        """What each letter of a word costs where the other word has it not."""
        return [
            self._doubled
            if i and letter == word[i - 1]
            else 1.0 + self._first
            if not i
            else self._silent_cost
            if letter in self._silent
            else 1.0
            for i, letter in enumerate(word)
        ]


@lru_cache(maxsize=1)
def german_keyboard() -> Keyboard:
    """The keyboard of the shipped table."""
    return Keyboard(tomllib.loads(files("search").joinpath("keyboard.toml").read_text("utf-8")))


def _neighbours(rows: list[tuple[float, str]]) -> Iterator[tuple[str, str]]:
    """Letters whose keys lie side by side, in both orders."""
    places = {
        letter: (left + column, number)
        for number, (left, keys) in enumerate(rows)
        for column, letter in enumerate(keys)
    }
    for (one, at), (other, beside) in product(places.items(), repeat=2):
        if one != other and one.isalpha() and other.isalpha() and math.dist(at, beside) < _NEXT_KEY:
            yield one, other
