"""Units of measure and money behind (or, for money, before) a number. In: a text and a place. Out: a `UnitMatch`."""

import re
from dataclasses import dataclass
from typing import Any

from index.annotate.tables import Tables
from index.model import FigureKind

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GAP = re.compile(r"(?:[\x20\u00a0\u2009\u202f\t]|\n(?!\n)|-(?=[^\W\d_]))?")
_FIRST_WORD = re.compile(r"[^\W\d_]{4,}")
_MAX_WORDS = 4
_NAMES_BEFORE = ("Euro", "Franken")
_SYMBOL_END = re.compile(r"(?![\w²³])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its canonical sign, its singular name, and what a value in it is multiplied by.

    A value of at least `large_from` is meant in `large` instead: 2 Pfund are weighed, 2000 Pfund are paid.
    """

    kind: FigureKind
    unit: str
    noun: str
    factor: float = 1.0
    large_from: float = float("inf")
    large: "Unit | None" = None

    def of(self, value: float) -> "Unit":
        """The unit that is meant with that value."""
        return self.large if self.large and value >= self.large_from else self


@dataclass(slots=True)
class UnitMatch:
    """A unit found in a text, from `start` (behind the gap) to `end`."""

    start: int
    end: int
    unit: Unit


class UnitFinder:
    """Knows the units of the table `units`."""

    def __init__(self, tables: Tables) -> None:
        self._words: dict[str, Unit] = {}
        self._symbols: dict[str, Unit] = {}
        self.adjectives: dict[str, Unit] = {}
        for row in tables["units"]["unit"]:
            self._add(row)
        self._symbol = re.compile("|".join(re.escape(s) for s in sorted(self._symbols, key=lambda s: -len(s))))
        money = [symbol for symbol, unit in self._symbols.items() if unit.kind == "money"]
        signs = "|".join(re.escape(s) for s in sorted(money, key=lambda s: -len(s)))
        names = "|".join(re.escape(w) for w in _NAMES_BEFORE)
        self._first_words = self.first_words()
        self._last_letters = {sign[-1] for sign in (*money, *_NAMES_BEFORE)}
        self._before = re.compile(rf"(?<!\w)(?P<sign>{signs}|(?<![0-9n]\s)(?:{names}))[\x20\u00a0\u202f]?$")

    def _add(self, row: dict[str, Any]) -> None:
        large = row.get("large", {})
        other = Unit(large["kind"], large["unit"], row["noun"]) if large else None
        unit = Unit(
            row["kind"], row["unit"], row["noun"], float(row.get("factor", 1)), float(large.get("from", "inf")), other
        )
        for word in row.get("words", ()):
            self._words[word] = unit
            if not row.get("exact"):
                self._words.setdefault(word.lower(), unit)
        for symbol in row.get("symbols", ()):
            self._symbols[symbol] = unit
        if "adjective" in row:
            self.adjectives[row["adjective"]] = unit

    def first_words(self) -> frozenset[str]:
        """The first words of all units' names, and the signs that are letters."""
        names = (*self._words, *self._symbols)
        return frozenset(re.split(r"[ -]", name, maxsplit=1)[0] for name in names if name[0].isalpha())

    def at(self, text: str, pos: int) -> UnitMatch | None:
        """The unit that stands at `pos`, behind at most one blank or hyphen; the longest name wins."""
        gap = _GAP.match(text, pos)
        start = gap.end() if gap else pos
        first = _FIRST_WORD.match(text, start)
        if first and first[0] not in self._first_words:
            return None
        found = self._symbol.match(text, start)
        if found and (not found[0][-1].isalnum() or _SYMBOL_END.match(text, found.end())):
            return UnitMatch(start, found.end(), self._symbols[found[0]])
        return self._word_at(text, start)

    def _word_at(self, text: str, start: int) -> UnitMatch | None:
        best: UnitMatch | None = None
        end = start
        for count in range(_MAX_WORDS):
            word = _WORDS.match(text, end + bool(count))
            if not word or (count and text[end] not in " \u00a0\u202f\n"):
                break
            end = word.end()
            name = text[start:end].replace("\n", " ").replace("\u00a0", " ").replace("\u202f", " ")
            unit = self._words.get(name)
            if unit is None and count == 0 and "-" in name:
                head = name.split("-", 1)[0]
                if (unit := self._words.get(head)) is not None:
                    return UnitMatch(start, start + len(head), unit)
            if unit is not None:
                best = UnitMatch(start, end, unit)
        return best

    def before(self, text: str, pos: int) -> UnitMatch | None:
        """The sign of money that stands right before `pos`: "€ 5,50", "CHF 500"."""
        if not self._last_letters.issuperset(text[max(0, pos - 8) : pos].rstrip()[-1:]):
            return None
        found = self._before.search(text, max(0, pos - 8), pos)
        if not found:
            return None
        unit = self._symbols.get(found["sign"]) or self._words[found["sign"]]
        return UnitMatch(found.start("sign"), pos, unit)
