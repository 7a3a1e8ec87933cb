"""The vocabulary of dates, as patterns and look-ups.

In: the tables `months`, `date_words` and `number_words`. Out: `DateWords`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from index.annotate.numbers import NumberWords
from index.annotate.periods import Period
from index.annotate.tables import Tables
from index.model import PartialDate

SPACE = r"(?: [\x20\u00a0\u2009\u202f\t] | \n (?!\n) )"
"""One blank, which may be the end of a line but not of a paragraph."""

FLAGS = re.VERBOSE | re.IGNORECASE

Resolver = Callable[[re.Match[str], PartialDate | None], Period | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of a date: the words it starts with ("0" stands for any digit), its pattern and what a match means."""

    name: str
    starts: frozenset[str]
    pattern: re.Pattern[str]
    resolve: Resolver


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; case is ignored. It fails at the first letter if it can."""
    lower = {word.lower() for word in words}
    first = "".join(re.escape(letter) for letter in sorted({word[0] for word in lower}))
    return f"(?:(?=[{first}]){any_word(lower)})"


def any_word(words: Iterable[str]) -> str:
    """A pattern for any of the words that tries each letter once: words that begin alike share their beginning."""
    by_letter: dict[str, list[str]] = {}
    ends = False
    for word in sorted(set(words)):
        if word:
            by_letter.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not by_letter:
        return ""
    branches = [re.escape(letter) + any_word(rest) for letter, rest in by_letter.items()]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"


def rule(name: str, starts: Iterable[str], pattern: str, resolve: Resolver) -> Rule:
    """Compile a rule; case is ignored."""
    return Rule(name, frozenset(starts), re.compile(pattern, FLAGS), resolve)


class DateWords:
    """Names to numbers, and the patterns that find the names."""

    def __init__(self, tables: Tables) -> None:
        words, months = tables["date_words"], tables["months"]
        self.numbers = NumberWords(tables["number_words"])
        self.months: Mapping[str, int] = months["names"]
        self.all_months: Mapping[str, int] = {**months["abbreviations"], **months["names"]}
        self.weekdays: Mapping[str, int] = words["weekdays"]
        self.weekday_abbreviations: list[str] = words["weekday_abbreviations"]["words"]
        self.days: Mapping[str, int] = words["days"]
        self.directions: Mapping[str, int] = words["directions"]
        self.parts: Mapping[str, int] = words["parts"]
        self.period_nouns: Mapping[str, tuple[str, int, int]] = words["period_nouns"]
        self.seasons: Mapping[str, tuple[int, int]] = words["seasons"]
        self.ordinals: Mapping[str, int] = words["ordinals"]
        self.decades: Mapping[str, int] = words["decades"]
        self.vague_words: list[str] = words["vague"]["words"]
        self.fixed: Mapping[str, tuple[int, int]] = words["holidays_fixed"]
        self.easter: Mapping[str, int] = words["holidays_easter"]
        self.advent: Mapping[str, int] = words["holidays_advent"]
        self.nth: Mapping[str, tuple[int, int, int]] = words["holidays_nth"]
        qualifiers = tables["approximations"]["before"]
        self.about: list[str] = [*qualifiers["approximate"], *qualifiers["more"], *qualifiers["less"], "genau", "exakt"]
        self.future_before = frozenset(words["directions_before"]["future"])
        self.years = words["years"]
        self._periods = {form: p["name"] for p in words["period"] for form in (*p["one"], *p["many"])}
        self._many = frozenset(form for p in words["period"] for form in p["many"])
        self.daily = [day + daytime for day in self.weekdays for daytime in words["daytimes"]["words"]]
        self._build_patterns(words["daytimes"]["words"], words["vague"]["amounts"])

    def _build_patterns(self, daytimes: list[str], amounts: list[str]) -> None:
        self.MONTH = rf"(?: {one_of(self.months)} (?! \w ) )"
        self.ANY_MONTH = rf"(?: {one_of(self.all_months)} (?! \w ) \.? )"
        self.WEEKDAY = rf"{one_of(self.weekdays)}"
        self.DAYTIME = rf"(?: {SPACE} )? {one_of(daytimes)} (?! \w )"
        self.DIRECTION = rf"(?: {one_of(self.directions)} e[nrsm]? (?! \w ) )"
        self.ORDINAL = rf"(?: {one_of(self.ordinals)} e[nrsm]? (?! \w ) )"
        self.PERIOD = rf"(?: {one_of(self._periods)} (?! [\w] | -\w ) )"
        self.SEASON = rf"(?: {one_of(self.seasons)} (?! \w ) )"
        self.PART = rf"(?: {one_of(self.parts)} (?! \w ) )"
        self.VAGUE_AMOUNT = one_of(amounts)
        self.AMOUNT = r"(?: [0-9]{1,4} (?! [0-9.,] ) | [a-zäöüß]{2,40} )"

    def month(self, text: str) -> int:
        """The number of a month by its name or short form."""
        return self.all_months[text.lower().rstrip(".")]

    def weekday(self, text: str) -> int:
        """Monday is 0."""
        return self.weekdays[text.lower()]

    def period(self, text: str) -> tuple[str, bool]:
        """A period's name, and whether the form is a plural."""
        return self._periods[text.lower()], text.lower() in self._many

    def direction(self, text: str) -> int:
        """How many periods to go: "letzten" is -1."""
        return _by_stem(self.directions, text)

    def ordinal(self, text: str) -> int:
        """The number of an ordinal word in any inflection, or of digits."""
        return int(text) if text.isdigit() else _by_stem(self.ordinals, text)

    def amount(self, text: str) -> float | None:
        """The number that an amount says, in digits or words."""
        return float(text) if text.isascii() and text.isdigit() else self.numbers.cardinal(_article(text))

    def declined(self, stems: Iterable[str]) -> list[str]:
        """The stems with every ending of an adjective."""
        return [stem + ending for stem in stems for ending in ("e", "en", "er", "es", "em")]


def _by_stem(table: Mapping[str, int], text: str) -> int:
    word = text.lower()
    for ending in ("en", "er", "es", "em", "e"):
        if word.removesuffix(ending) in table and word.endswith(ending):
            return table[word.removesuffix(ending)]
    return table[word]


def _article(word: str) -> str:
    return "ein" if word.lower() in {"einem", "einer", "einen", "eines", "eine"} else word
