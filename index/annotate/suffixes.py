"""Numbers inside a word: "86-minütig", "zwölfjährige", "12-Jähriger", "fünfköpfig".

In: a text and the place where the word starts. Out: a figure.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.annotate.numbers import NumberWords
from index.annotate.tables import Tables
from index.model import Figure, FigureKind

_WORD = re.compile(r"[^\W\d_]{1,80}(?:-[^\W\d_]{1,40})?(?![^\W\d_])")
_MAY_BE_JOINED = re.compile(r"[0-9]{1,4}(?:[-–,.]|[^\W\d_]|\x20[-–b])")
_DIGITS = re.compile(r"(?<![\w.,:/-])[0-9]{1,4}(?:,[0-9]{1,2}|\.[0-9]{3})?(?=-?[^\W\d_])")
_RANGE = re.compile(r"(?<![\w.,:/])([0-9]{1,3})-?[\x20]?(?:bis|[-–])[\x20]?(?=[0-9]{1,3}-?[^\W\d_])")
_NEXT_NOUN = re.compile(r"(?:\s[a-zäöüß]+)?\s([A-ZÄÖÜ][^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Suffix:
    """What a suffix says of the number before it."""

    kind: FigureKind
    unit: str | None
    noun: str | None
    digits_only: bool


class SuffixFinder:
    """Knows the suffixes of the tables `number_suffixes` and `units`."""

    def __init__(self, tables: Tables, words: NumberWords) -> None:
        self._suffixes = {
            row["ending"]: Suffix(row["kind"], row.get("unit"), row.get("noun"), row.get("digits_only", False))
            for row in tables["number_suffixes"]["suffix"]
        }
        for unit in tables["units"]["unit"]:
            if "adjective" in unit:
                noun = None if unit["kind"] == "percent" else unit["noun"]
                self._suffixes[unit["adjective"]] = Suffix(unit["kind"], unit["unit"], noun, False)
        self.endings = tuple(self._suffixes)
        endings = "|".join(sorted(self._suffixes, key=lambda s: -len(s)))
        self._after_digits = re.compile(rf"-?({endings})(?:e[nrsm]?)?(?!\w)", re.IGNORECASE)
        self._in_word = re.compile(rf"(.{{3,60}}?)-?({endings})(?:e[nrsm]?)?", re.IGNORECASE)
        self._not_aged = frozenset(tables["number_suffixes"]["not_aged"]["words"])
        self._words = words
        self._split = lru_cache(maxsize=20_000)(self._split_word)

    def at(self, text: str, pos: int) -> Figure | None:
        """The figure in the word that starts at `pos`."""
        if "0" <= text[pos] <= "9":
            return self._digits(text, pos)
        word = _WORD.match(text, pos)
        found = self._split(word[0]) if word and len(word[0]) < 80 else None
        if not word or not found:
            return None
        return self._figure(text, pos, word.end(), found[0], None, found[1])

    def holds_number(self, word: str) -> bool:
        """Whether a word ends in a suffix behind a number word."""
        return self._split(word) is not None

    def _split_word(self, word: str) -> tuple[float, str] | None:
        match = self._in_word.fullmatch(word)
        if not match or self._suffixes[match[2].lower()].digits_only:
            return None
        value = self._words.cardinal(match[1])
        least = 2 if match[2].lower() in ("mal", "malig") else 1
        return None if value is None or value < least else (value, match[2])

    def _digits(self, text: str, pos: int) -> Figure | None:
        if not _MAY_BE_JOINED.match(text, pos):
            return None
        several = _RANGE.match(text, pos)
        digits = _DIGITS.match(text, several.end()) if several else _DIGITS.match(text, pos)
        if several and not digits:
            digits = re.compile(r"[0-9]{1,3}").match(text, several.end())
        match = self._after_digits.match(text, digits.end()) if digits else None
        if not digits or not match:
            return None
        last = float(digits[0].replace(".", "").replace(",", "."))
        if several and float(several[1]) < last:
            return self._figure(text, pos, match.end(), float(several[1]), last, match[1])
        return None if several else self._figure(text, pos, match.end(), last, None, match[1])

    def _figure(self, text: str, start: int, end: int, value: float, upper: float | None, ending: str) -> Figure:
        suffix = self._suffixes[ending.lower()]
        kind = suffix.kind
        if kind == "age" and ending.islower():
            noun = _NEXT_NOUN.match(text, end)
            kind = "measure" if noun and noun[1] in self._not_aged else kind
        rule = f"{ending.lower()}-suffix"
        return Figure(start, end, text[start:end], value, kind, rule, upper=upper, unit=suffix.unit, noun=suffix.noun)
