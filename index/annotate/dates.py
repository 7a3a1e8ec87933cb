"""Finds dates. In: a text and the article's own date. Out: date mentions, sorted and apart.

The text is gone through once, piece by piece; a word that a rule starts with has that rule tried at its place.
"""

import re
from collections.abc import Iterator

from index.annotate.calendar_dates import CalendarDates
from index.annotate.date_words import FLAGS, SPACE, DateWords, Rule, any_word, one_of
from index.annotate.month_dates import MonthDates
from index.annotate.nouns import NounFinder
from index.annotate.numeric_dates import NumericDates
from index.annotate.periods import year_of
from index.annotate.pieces import Pieces, cut
from index.annotate.relative_dates import RelativeDates
from index.annotate.tables import Tables
from index.annotate.units import UnitFinder
from index.model import DateMention, PartialDate

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+", re.UNICODE)
_YEAR = re.compile(r"(?<! [\w.,:/+$€£'’-] ) [0-9]{4} (?! \w | -[^\W\d_] | [.,:/'’-][0-9] )", re.VERBOSE)
_GLUED = frozenset(".,:/-+$€£'’_")
_LAST_WORD = re.compile(r"([^\W\d_]+\.?)\s+\(?$")
_FIRST_NAME = re.compile(r"\s[A-ZÄÖÜ][a-zäöü]")
_DIGIT = "0"
_LONGEST_DAY = 20
"""Characters of "30. September " and longer spellings of a day and its month."""
_DAY_RULES = frozenset({"day", "numeric-day", "iso-day", "slashed-day", "day-of-month"})


class DateFinder:
    """Finds dates by the rules of the tables; building it compiles them."""

    def __init__(self, tables: Tables) -> None:
        words = DateWords(tables)
        self._words = words
        self._nouns = NounFinder(tables)
        self._units = UnitFinder(tables)
        self._abbreviated = re.compile(
            rf"(?: {'|'.join(words.weekday_abbreviations)} ) \.? ,? {SPACE} (?: de[rnm] {SPACE} )? (?=[0-9])",
            re.VERBOSE,
        )
        self._after_weekday = re.compile(
            rf"{words.WEEKDAY} (?: {SPACE}? {words.DAYTIME} )? (?: {SPACE}? , )? {SPACE} (?: de[rnm] {SPACE} )?",
            re.VERBOSE | re.IGNORECASE,
        )
        self._rules = _by_start(
            [rule for kind in (CalendarDates, RelativeDates, MonthDates, NumericDates) for rule in kind(words).rules()]
        )
        self._digits = self._rules.pop(_DIGIT)
        self._goes_on = re.compile(
            rf"""
            [0-9]{{1,5}}
            (?: (?! \. [0-9]{{3}} (?! [0-9] ) ) [./–—-] | er | te[nr]? \b
              | {SPACE} (?: [/–—-] | {one_of((*words.all_months, "bis", "und", "auf", "v.", "vor"))} ) )
            """,
            FLAGS,
        )
        self._day_and_month = re.compile(
            rf"(?<! [0-9] ) [0-9]{{1,2}} \. {SPACE}? {one_of(words.all_months)} \.? {SPACE} $", FLAGS
        )
        self._starts = {*self._rules, *words.weekday_abbreviations}
        self._candidate = re.compile(rf"[0-9]+|\b{any_word(self._starts)}(?![^\W\d_])")
        self._pieces = self._starts | {head[0] for start in self._starts if (head := _TOKEN.match(start))}
        self._longest = max(map(len, self._starts))
        self._weekdays = {word for word in self._starts if word.lower().startswith(tuple(words.weekdays))}
        self._weekdays.update(words.weekday_abbreviations)
        self._first_names = frozenset(tables["date_words"]["first_names"]["months"])
        self._no_name_after = frozenset(tables["date_words"]["first_names"]["before"])

    def find(self, text: str, reference: PartialDate | None, pieces: Pieces | None = None) -> tuple[DateMention, ...]:
        """All dates in `text`; relative ones count from `reference`. Time is linear in the length of the text.

        `pieces` are those of the text, if it is cut already.
        """
        found: list[DateMention] = []
        end = 0
        for pos, word in self._candidates(pieces or cut(text)):
            if pos >= end and (mention := self._at(text, pos, word, reference)):
                found.append(mention)
                end = mention.end
        return tuple(found)

    def _candidates(self, pieces: Pieces) -> Iterator[tuple[int, str]]:
        """Where a date may begin, and the word or the digits that stand there."""
        known = self._pieces
        for number, pos in pieces.places(n for n, piece in enumerate(pieces.pieces) if piece in known):
            piece = pieces.pieces[number]
            if piece in self._starts or (piece.isascii() and piece.isdigit()):
                yield pos, piece
            else:
                end = pos + len(piece)
                for token in self._candidate.finditer(pieces.text, pos, end + self._longest):  # such as "hl."
                    if token.start() < end:
                        yield token.start(), token[0]

    def _at(self, text: str, pos: int, word: str, reference: PartialDate | None) -> DateMention | None:
        if pos and (text[pos - 1] in _GLUED or text[pos - 1].isalnum()) and not _dash(text, pos):
            return None
        rules = self._rules.get(word)
        if rules is None:
            rules = self._digits if word[0] in "0123456789" else []
        if word in self._weekdays and (mention := self._weekday_and_day(text, pos, reference)):
            return mention
        if rules is self._digits and not self._goes_on.match(text, pos):
            return self._year(text, pos)
        for rule in rules:
            match = rule.pattern.match(text, pos)
            if match and match.end() > pos and not self._is_name(text, match, rule):
                period = rule.resolve(match, reference)
                if period:
                    end = pos + len(match[0].rstrip())
                    return DateMention(pos, end, text[pos:end], rule.name, period.first, period.last, period.precision)
        return self._year(text, pos) if rules is self._digits else None

    def _weekday_and_day(self, text: str, pos: int, reference: PartialDate | None) -> DateMention | None:
        """ "Freitag, den 18. Juli 2014", "Fr., 18.7.2014": one mention with the day's meaning."""
        start = self._after_weekday.match(text, pos) or self._abbreviated.match(text, pos)
        if not start:
            return None
        token = _TOKEN.match(text, start.end())
        rules = self._digits if token and token[0].isdigit() else self._rules.get(token[0]) if token else None
        if not rules or not token:
            return None
        for rule in rules:
            match = rule.pattern.match(text, start.end()) if rule.name in _DAY_RULES else None
            period = rule.resolve(match, reference) if match else None
            if match and period:
                return DateMention(
                    pos,
                    match.end(),
                    text[pos : match.end()],
                    f"weekday-{rule.name}",
                    period.first,
                    period.last,
                    period.precision,
                )
        return None

    def _is_name(self, text: str, match: re.Match[str], rule: Rule) -> bool:
        """August Bebel, Juni Müller: a month's name that a family name follows is a first name."""
        if rule.name != "month" or match[0].lower() not in self._first_names:
            return False
        before = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
        if before and before[1].lower() in self._no_name_after:
            return False
        return _FIRST_NAME.match(text, match.end()) is not None

    def _year(self, text: str, pos: int) -> DateMention | None:
        """Four digits that are a year by their size, what stands before them, and that nothing is counted by them.

        The year behind a day that it does not have is none: "29. Februar 2023".
        """
        match = _YEAR.match(text, pos)
        if not match or self._day_and_month.search(text, max(0, pos - _LONGEST_DAY), pos):
            return None
        year, known = int(match[0]), self._words.years
        if not known["first"] <= year <= known["last"] or self._units.at(text, match.end()):
            return None
        before = _LAST_WORD.search(text, max(0, pos - 24), pos)
        word = before[1].lower() if before else ""
        sure = known["first_sure"] <= year <= known["last_sure"]
        if word.rstrip(".") not in known["cues"]:
            if word in known["against"] and (not sure or year % 100 == 0 or self._nouns.after(text, match.end())):
                return None
            noun = self._nouns.after(text, match.end())
            if noun and (not sure or year % 100 == 0 or noun.known):
                return None
            if not sure and year % 50 == 0:
                return None
        period = year_of(year)
        return (
            DateMention(pos, match.end(), match[0], "year", period.first, period.last, period.precision)
            if period
            else None
        )


def _dash(text: str, pos: int) -> bool:
    """Whether a dash before the place stands free, as in "2010 -2015"."""
    return text[pos - 1] == "-" and pos >= 2 and text[pos - 2].isspace()


def _by_start(rules: list[Rule]) -> dict[str, list[Rule]]:
    """The rules by each spelling of each word they start with: small letters, capitalised, all capitals."""
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        for start in rule.starts:
            forms = {start} if start != start.lower() else {start, start.capitalize(), start.upper()}
            for form in forms:
                table.setdefault(form, []).append(rule)
    return table
