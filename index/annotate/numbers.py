"""How a number is written in German: a spelling in, its value out.

In: a text and a place in it: "12.000", "12 000", "12'000", "1,2 Mrd.", "2½", "3/4", "zwölftausend", "anderthalb",
"zwei Millionen", "ein halbes Dutzend", "mehrere Tausend". Out: a `Numeral`, the whole spelling with its value.
What the number counts, and whether it is a quantity at all, is not known here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from index.annotate.tables import Tables, load_tables

MAX_DIGITS = 18
"""Longer runs of digits are serial numbers: no quantity, and more than a float keeps."""

PREFIX = 4
"""So many first letters tell words that may be numbers from others; shorter words count whole."""

SPACE = r"[\x20\u00a0\u2009\u202f]"
_SEPARATOR = r"(?P<separator> [.'’ʼ\x20\u00a0\u2009\u202f] )"
_GROUPED = rf"(?: [1-9][0-9]{{0,2}} {_SEPARATOR} [0-9]{{3}} (?: (?P=separator) [0-9]{{3}} ){{0,4}} )"
_SLASHED = r"(?: (?P<numerator> [1-9][0-9]? ) [/⁄] (?P<denominator> [2-9] | 1[0-9] | 100? ) )"
_DIGITS = re.compile(
    rf"""
    (?: {_SLASHED}
      | (?P<whole> {_GROUPED} | [0-9]{{1,{MAX_DIGITS}}} )
        (?: , (?P<decimals> [0-9]{{1,{MAX_DIGITS}}} )
          | (?P<point> \. (?: [0-9]{{1,2}} | (?<= \b0\. ) [0-9]{{3,{MAX_DIGITS}}} ) )
          | ,[-–—] (?! \w )
        )?
    )
    (?! [0-9] | [.,:'’/⁄]{{1,3}} [0-9] )
    """,
    re.VERBOSE | re.ASCII,
)
_MIXED = re.compile(rf"{SPACE} ([1-9]) [/⁄] ([2-9]) (?! [0-9/] | [.,] [0-9] )", re.VERBOSE)
_WORD = re.compile(r"[^\W\d_]+\.?")
_NEXT_WORD = re.compile(rf"(?:{SPACE}|\n(?!\n)|(?<=[0-9])-?)([^\W\d_]+\.?)")
_SMALLER = re.compile(rf"{SPACE}([1-9][0-9]{{0,2}}){SPACE}([^\W\d_]+)(?!\w)")
"""What is added to a greater magnitude: "1 Million 200 Tausend"."""
_COMMA_WORD = re.compile(rf"{SPACE}+[Kk]omma{SPACE}+(?=[\w])")
_BEFORE_COMMA = frozenset("Kk\x20\u00a0\u2009\u202f")
_AND = re.compile(rf"{SPACE}und{SPACE}")

_WRITTEN = 16
"""A number with more digits and signs is no longer as it was written."""


@dataclass(slots=True)
class Numeral:
    """A spelled number: `value`, or `value` to `upper` where only the order of magnitude is said ("Tausende").

    `spelling` is "digits" (no group, no decimal), "formatted" (grouped, decimal or with a magnitude), "point" (a
    decimal point, which may as well part a date), "word", "article" ("ein" and nothing more) or "vague".
    """

    start: int
    end: int
    value: float
    spelling: str
    upper: float | None = None
    magnitude: float = 1


class NumberWords:
    """Single number words and their values, from the table `number_words`; case, ß and written-out umlauts aside."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._spellings: Mapping[str, str] = table["spellings"]
        self._below_hundred = _words_below_hundred(table)
        self._alone: Mapping[str, float] = table["alone"]
        self._added = sorted(table["added"].items(), key=lambda item: -len(item[0]))
        self.magnitudes: Mapping[str, float] = table["magnitudes"]
        self.vulgar: Mapping[str, float] = table["vulgar"]
        self.fractions: Mapping[str, float] = table["fractions"]
        self._vague: Mapping[str, list[float]] = table["vague"]
        self.articles = frozenset(table["articles"]["words"])
        self.several = frozenset(table["several"]["words"])
        self.several_range = (float(table["several"]["lowest"]), float(table["several"]["below"]))
        self.cardinal = lru_cache(maxsize=20_000)(self._cardinal)
        self.fold = lru_cache(maxsize=20_000)(self._fold)
        words = {
            *self._below_hundred,
            *self._alone,
            *self.fractions,
            *self._vague,
            *self.several,
            *self.articles,
            "fuenf",
            "zwoelf",
        }
        words |= {f"{word}{size}" for word in self._below_hundred for size in ("hundert", "tausend")}
        self._prefixes = tuple({word[:PREFIX] for word in words})

    def starts(self, suffixes: Iterable[str] = ()) -> list[str]:
        """The first letters of words that may be numbers: `PREFIX` of them, or all where a word has less.

        `suffixes` are what may be joined to a number word ("elfjährig").
        """
        short = [word for word in self._prefixes if len(word) < PREFIX]
        starts = {*self._prefixes, *((word + suffix)[:PREFIX] for word in short for suffix in suffixes)}
        return sorted({form for s in starts for form in (s, s.capitalize(), s.upper())})

    def candidates(self, starts: Iterable[str]) -> str:
        """A pattern for where a number may start: a digit, a fraction sign, a word that begins like a number word."""
        by_letter: dict[str, list[str]] = {}
        for start in starts:
            whole = r"(?![^\W\d_])" if len(start) < PREFIX else ""
            by_letter.setdefault(start[0], []).append(start[1:] + whole)
        words = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
        return rf"[0-9]|(?<!\w)[{''.join(self.vulgar)}]|\b(?:{words})"

    def _fold(self, word: str) -> str:
        """The word as the table spells it."""
        word = word.lower()
        for written, meant in self._spellings.items():
            word = word.replace(written, meant)
        return word

    def fraction(self, word: str) -> float | None:
        """The value of a denominator: "Drittel" is a third."""
        return self.fractions.get(self.fold(word))

    def vague(self, word: str) -> tuple[float, float] | None:
        """The range of "Tausende" and its like."""
        found = self._vague.get(self.fold(word))
        return (found[0], found[1]) if found else None

    def begins_number(self, word: str) -> bool:
        """Whether a word is a number, or the first word of one ("mehrere" Tausend, "ein" paar)."""
        folded = self.fold(word)
        known = (self.several, self._vague, self.articles, self.fractions)
        return any(folded in words for words in known) or self.cardinal(word) is not None

    def _cardinal(self, word: str) -> float | None:
        """The value of one written word ("siebenhunderttausendzwölf", "zweieinhalb"); None if it is none."""
        folded = self.fold(word)
        if not folded.startswith(self._prefixes):
            return None
        alone = self._alone.get(folded)
        if alone is not None:
            return alone
        return self._whole(folded) or self._with_added(folded)

    def _with_added(self, word: str) -> float | None:
        for ending, value in self._added:
            if word.endswith(ending) and (whole := self._whole(word.removesuffix(ending))):
                return whole + float(value)
        return None

    def _whole(self, word: str) -> float | None:
        """A number word up to 999,999: what stands before "tausend", times it, and what stands behind."""
        before, thousand, behind = word.partition("tausend")
        if not thousand:
            return self._below_thousand(word)
        times = 1.0 if not before else self._below_thousand(before) or self._with_added(before)
        rest = 0.0 if not behind else self._below_thousand(behind.removeprefix("und"))
        return None if times is None or rest is None else times * 1000 + rest

    def _below_thousand(self, word: str) -> float | None:
        before, hundred, behind = word.partition("hundert")
        if not hundred:
            return self._below_hundred.get(word)
        times = self._below_hundred.get(before) if before else 1.0
        rest = self._below_hundred.get(behind.removeprefix("und")) if behind else 0.0
        return None if times is None or rest is None else times * 100 + rest


def times(value: float, factor: float) -> float:
    """A number times another, both as they are written: 2,01 Millionen are 2.010.000, and not a little less.

    A third has more digits than anybody writes; of those nothing is known to be exact.
    """
    if factor == 1 or len(repr(value)) > _WRITTEN:
        return float(value * factor)
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def _words_below_hundred(table: Mapping[str, Any]) -> dict[str, float]:
    ones, teens, tens = table["ones"], table["teens"], table["tens"]
    both = {f"{one}und{ten}": ones[one] + tens[ten] for one in ones for ten in tens}
    return {word: float(value) for word, value in {**ones, **teens, **tens, **both}.items()}


class NumberReader:
    """Reads the numeral that starts at a place of a text."""

    def __init__(self, tables: Tables) -> None:
        self.words = NumberWords(tables["number_words"])
        self._vulgar = "".join(self.words.vulgar)

    def read(self, text: str, pos: int) -> Numeral | None:
        """The longest numeral that starts at `pos`, or None. `pos` must be where a word or a run of digits starts."""
        if text[pos : pos + 1].isascii() and text[pos].isdigit():
            first = self._digits(text, pos)
        elif text[pos] in self.words.vulgar:
            first = Numeral(pos, pos + 1, self.words.vulgar[text[pos]], "formatted")
        else:
            first = self._word(text, pos)
        if first is None or first.spelling == "vague":
            return first
        return self._multiplied(text, first)

    def _digits(self, text: str, pos: int) -> Numeral | None:
        match = _DIGITS.match(text, pos)
        if not match:
            return None
        end = match.end()
        if match["numerator"]:
            return Numeral(pos, end, int(match["numerator"]) / int(match["denominator"]), "formatted")
        whole, decimals = match["whole"], match["decimals"]
        if match["separator"]:
            whole = whole.replace(match["separator"], "")
        value = float(f"{whole}.{decimals or (match['point'] or '.')[1:] or 0}")
        spelling = "point" if match["point"] else "formatted" if decimals or match["separator"] else "digits"
        if spelling == "digits":
            mixed = _MIXED.match(text, end)
            if mixed and int(mixed[1]) < int(mixed[2]):
                return Numeral(pos, mixed.end(), value + int(mixed[1]) / int(mixed[2]), "formatted")
            fraction = end + (text[end : end + 1] in {" ", "\u00a0", "\u202f"})
            if text[fraction : fraction + 1] in self.words.vulgar:
                return Numeral(pos, fraction + 1, value + self.words.vulgar[text[fraction]], "formatted")
        return Numeral(pos, end, value, spelling)

    def _word(self, text: str, pos: int) -> Numeral | None:
        match = _WORD.match(text, pos)
        if not match:
            return None
        word = match[0].rstrip(".")
        end = pos + len(word)
        folded = self.words.fold(word)
        several = "ein paar" if folded == "ein" and text.startswith(" paar ", end) else folded
        if several in self.words.several:
            return self._several(text, pos, pos + len(several))
        if vague := self.words.vague(word):
            return Numeral(pos, end, vague[0], "vague", vague[1])
        if folded in self.words.articles:
            return Numeral(pos, end, 1.0, "article")
        if (fraction := self.words.fraction(word)) and word[0].islower():
            return Numeral(pos, end, fraction, "article")
        value = self.words.cardinal(word)
        return None if value is None else Numeral(pos, end, value, "word")

    def _several(self, text: str, pos: int, end: int) -> Numeral | None:
        """ "mehrere Tausend", "ein paar Hundert": some times what follows."""
        following = _NEXT_WORD.match(text, end)
        if not following:
            return None
        size = self._magnitude(following[1])
        if size is None:
            found = self.words.vague(following[1])
            return Numeral(pos, following.end(), found[0], "vague", found[1]) if found else None
        lowest, below = self.words.several_range
        return Numeral(pos, following.end(), lowest * size, "vague", below * size - 1)

    def _magnitude(self, word: str) -> float | None:
        known = self.words.magnitudes
        return known.get(word) or known.get(word.rstrip("."))

    def _multiplied(self, text: str, first: Numeral, below: float = float("inf")) -> Numeral:
        """`first` with what belongs to it: decimals in words, a fraction, a magnitude, and what is added to that.

        Nothing is added to a magnitude that is not smaller than `below`: an endless row of millions ends at the second.
        """
        found = self._with_decimals(text, first)
        found = self._with_fraction(text, found)
        following = _NEXT_WORD.match(text, found.end)
        size = self._magnitude(following[1]) if following else None
        if not following or size is None:
            return found
        end = following.end() if following[1] in self.words.magnitudes else following.end() - following[1].endswith(".")
        found = replace(found, end=end, value=times(found.value, size), spelling="formatted", magnitude=size)
        if size >= below:
            return found
        smaller = _SMALLER.match(text, end)
        step = self._magnitude(smaller[2]) if smaller else None
        if smaller and step and int(smaller[1]) * step < size:
            return replace(found, end=smaller.end(), value=found.value + int(smaller[1]) * step)
        more = _NEXT_WORD.match(text, end)
        rest = self.words.cardinal(more[1].rstrip(".")) if more and size > 1000 else None
        if more and rest and self.words.fold(more[1]) not in self.words.articles:
            tail = self._multiplied(text, Numeral(more.start(1), more.end(1), rest, "word"), size)
            if tail.value < size:
                return replace(found, end=tail.end, value=found.value + tail.value)
        return found

    def _with_decimals(self, text: str, number: Numeral) -> Numeral:
        """ "zwei Komma drei", "1 Komma 1"."""
        if text[number.end + 1 : number.end + 2] not in _BEFORE_COMMA:
            return number
        comma = _COMMA_WORD.match(text, number.end)
        if not comma or number.spelling not in ("word", "digits", "article"):
            return number
        digits, end = "", comma.end()
        while len(digits) < MAX_DIGITS and (match := re.compile(r"[0-9]{1,9}|[^\W\d_]+").match(text, end)):
            value = int(match[0]) if match[0].isdigit() else self.words.cardinal(match[0])
            if value is None or value != int(value):
                break
            digits, last = digits + str(int(value)), match.end()
            end = last + 1
        return (
            replace(number, end=last, value=float(f"{number.value:.0f}.{digits}"), spelling="formatted")
            if digits
            else number
        )

    def _with_fraction(self, text: str, number: Numeral) -> Numeral:
        """ "zwei Drittel", "ein halbes", "fünf und drei Viertel", "5 und eine halbe"."""
        if number.spelling not in ("word", "digits", "article"):
            return number
        following = _NEXT_WORD.match(text, number.end)
        size = self.words.fraction(following[1].rstrip(".")) if following else None
        if following and size and (number.spelling != "digits" or size != 0.5):
            return replace(
                number,
                end=following.start(1) + len(following[1].rstrip(".")),
                value=number.value * size,
                spelling="formatted",
            )
        joined = _AND.match(text, number.end)
        if joined and number.spelling != "article" and (more := _WORD.match(text, joined.end())):
            top = self.words.cardinal(more[0]) or (1.0 if self.words.fold(more[0]) in self.words.articles else None)
            below = _NEXT_WORD.match(text, more.end())
            size = self.words.fraction(below[1].rstrip(".")) if below else None
            if top and below and size and top * size < 1:
                end = below.start(1) + len(below[1].rstrip("."))
                return replace(number, end=end, value=number.value + top * size, spelling="formatted")
        return number


@cache
def _shipped_reader() -> NumberReader:
    return NumberReader(load_tables())


def parse_number(text: str) -> float | None:
    """The value of a text that is one number in any German spelling, words included; None for anything else.

    "12.000", "12 000", "1,2 Mrd.", "zwölftausend" and "½" are numbers; "1..000", "1.2.3.4" and "2:1" are none.
    """
    text = text.strip()
    sign = -1.0 if re.match(r"[-−–][0-9½,]|minus ", text) else 1.0
    text = re.sub(r"^(?:[-−–+]\s?|minus )", "", text)
    if re.fullmatch(r",[0-9]{1,18}", text, re.ASCII):
        text = f"0{text}"
    if not text or not (text[0].isalnum()):
        return None
    found = _shipped_reader().read(text, 0)
    if found is None or found.end != len(text) or found.spelling == "vague":
        return None
    return sign * found.value


def normal_form(value: float) -> str:
    """The one text form of a value: no groups, a decimal comma, no exponent, at most six decimals (12000, 1,5)."""
    text = (
        format(Decimal(repr(float(value))).quantize(Decimal("0.000001")), "f")
        if abs(value) < 1e18
        else format(Decimal(value), "f")
    )
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace(".", ",")
