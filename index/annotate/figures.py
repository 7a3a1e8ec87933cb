"""Finds figures. In: a text and the dates in it. Out: figures with value, unit or counted noun, sorted and apart.

A number is read at its place (`numbers`), left alone if it is no quantity (`not_figures`), joined with a second one
to a range, then given its unit (`units`) or noun (`nouns`) and what the words before it say (`qualifiers`). Figures
that say less than their neighbours ("auf 12.000", "20 oder 30 Prozent") take noun and unit from them (`ellipsis`).
Who gave a figure is not known here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.annotate.ellipsis import Ellipsis
from index.annotate.not_figures import NotFigures, addresses
from index.annotate.nouns import CountedNoun, NounFinder
from index.annotate.numbers import PREFIX, NumberReader, Numeral, times
from index.annotate.pieces import Pieces, cut
from index.annotate.qualifiers import QualifierFinder
from index.annotate.suffixes import SuffixFinder
from index.annotate.tables import Tables
from index.annotate.units import UnitFinder, UnitMatch
from index.model import DateMention, Figure, FigureKind, Span

_SPACE = r"[\x20\u00a0\u2009\u202f\n]"
_TO = re.compile(
    rf"{_SPACE}?(?P<sign>[-–—]|bis(?:{_SPACE}zu)?(?={_SPACE})|und(?={_SPACE})|oder(?={_SPACE})){_SPACE}?~?(?:(?:etwa|rund|ungefähr|fast|knapp){_SPACE})?"
)
_BETWEEN = re.compile(r"\b[Zz]wischen(?:\s(?:rund|etwa|knapp|circa|ungefähr))?\s$")
_RUN = re.compile(r"[0-9][0-9.,:'’/]*")
_OLD = re.compile(rf"(?:{_SPACE}|-)alt(?:e[nrsm]?)?(?!\w)")
_AGED = re.compile(r"\bAlter\s(?:von|zwischen|ab)\s(?:\w+\s){0,2}$|[äÄ]lter\sals\s$|[Jj]ünger\sals\s$")
_DASHES = ("-", "−", "–", "\n")
_MINUS = re.compile(r"(?:(?<![\w.,)])[-−–]|\b[Mm]inus\s)$")
_COMPOUND = re.compile(r"-([A-ZÄÖÜ][^\W\d_]+)")
_AGE_IN_BRACKETS = re.compile(r"[A-ZÄÖÜ][^\W\d_]+(?:-[A-ZÄÖÜ][^\W\d_]+)?\s[A-ZÄÖÜ][^\W\d_]+\s\($")
_AGE_BETWEEN_COMMAS = re.compile(r"[A-ZÄÖÜ][^\W\d_]+\s[A-ZÄÖÜ][^\W\d_]+(?:-[A-ZÄÖÜ][^\W\d_]+)?,\s$")
_COMMA_BEHIND = re.compile(r",\s[a-zäöü]")
_TIMES = re.compile(r"(?:[x×][0-9]{1,6}(?:,[0-9]{1,3})?){1,2}")
_TIMES_SIGNS = ("x", "×")
_TIMES_BEFORE = re.compile(r"[0-9][x×]$")
_CENTS = re.compile(rf"(?:{_SPACE}und)?{_SPACE}")
_TIME_UNITS = frozenset({"Jahr", "Monat", "Woche", "Tag"})
_ARTICLE_STARTS = frozenset({"ein", "Ein", "EIN", "eine", "Eine", "EINE"})
_CUT_WORD = re.compile(r"-(?=\s(?:bis|oder)\s)")
_MAYBE_ADJECTIVE = re.compile(rf"{_SPACE}[a-zäöüß-]+e[nr](?!\w)")
_THOUSAND = 1000
_OLDEST = 125


@dataclass(slots=True)
class _Amount:
    """One number or a range of two: what a figure is made from."""

    start: int
    end: int
    value: float
    upper: float | None
    numeral: Numeral


class FigureFinder:
    """Finds figures by the rules of the tables; building it compiles them."""

    def __init__(self, tables: Tables) -> None:
        self._reader = NumberReader(tables)
        self._units = UnitFinder(tables)
        self._nouns = NounFinder(tables)
        self._ellipsis = Ellipsis(tables, self._nouns)
        self._not_figures = NotFigures(tables)
        self._qualifiers = QualifierFinder(tables)
        self._suffixes = SuffixFinder(tables, self._reader.words)
        words = self._reader.words
        starts = words.starts(self._suffixes.endings)
        self._candidate = re.compile(words.candidates(starts))
        self._starts = frozenset(starts)
        self._begins = lru_cache(maxsize=20_000)(self._begins_number)
        self._articles = {form for word in words.articles for form in (word, word.capitalize(), word.upper())}
        self._article = re.compile(rf"(?:{'|'.join(words.articles)})(?:{_SPACE}([^\W\d_]+)|(?!\w))", re.IGNORECASE)
        self._after_article = self._units.first_words() | {
            *words.magnitudes,
            *words.fractions,
            *(fraction.capitalize() for fraction in words.fractions),
            *("paar", "Komma", "komma", "bis", "oder"),
        }

    def find(self, text: str, dates: Sequence[DateMention], pieces: Pieces | None = None) -> tuple[Figure, ...]:
        """All figures in `text` that are not part of a date. Time is linear in the length of the text.

        `pieces` are those of the text, if it is cut already.
        """
        found: list[Figure] = []
        end = 0
        pieces = pieces or cut(text)
        for start in self._places(pieces, _merged(dates, addresses(pieces))):
            if start < end:
                continue
            figure = self._at(text, start, end)
            if figure:
                found.append(figure)
                end = figure.end
            elif run := _RUN.match(text, start):
                end = run.end()
        return self._ellipsis.complete(text, found)

    def _places(self, pieces: Pieces, taken: Sequence[Span]) -> Iterator[int]:
        """Where a number may start, outside what is taken; an article only before a unit, a fraction or a magnitude."""
        upcoming = iter(taken)
        span = next(upcoming, None)
        for start, word in self._candidates(pieces):
            if (
                word in _ARTICLE_STARTS
                and (article := self._article.match(pieces.text, start))
                and article[1] not in self._after_article
            ):
                continue
            while span and span.end <= start:
                span = next(upcoming, None)
            if span is None or start < span.start:
                yield start

    def _candidates(self, pieces: Pieces) -> Iterator[tuple[int, str]]:
        """Where a number may start, with its first letters: pieces that begin like one and are words for one."""
        starts, plain, known = self._starts, pieces.pieces, self._after_article
        for number, pos in pieces.places(n for n, piece in enumerate(plain) if piece[:PREFIX] in starts):
            piece = plain[number]
            if piece.isalpha():
                behind = pieces.text[pos + len(piece) : pos + len(piece) + 1]
                following = plain[number + 1] if piece in self._articles and behind == " " else ""
                plain_article = following.isalpha() and following not in known
                if not plain_article and (behind == "-" or self._begins(piece)):
                    yield pos, piece[:PREFIX]
            elif piece.isascii() and piece.isdigit():
                for place in range(pos, pos + len(piece)):
                    yield place, ""
            else:
                for match in self._candidate.finditer(pieces.text, pos, pos + len(piece)):
                    yield match.start(), match[0]

    def _begins_number(self, word: str) -> bool:
        """Whether a word can begin a number, whatever stands behind it but a hyphen."""
        return self._suffixes.holds_number(word) or self._reader.words.begins_number(word)

    def _at(self, text: str, start: int, free: int = 0) -> Figure | None:
        """The figure whose number begins at a place; a unit may stand before it from `free` on."""
        if suffixed := self._suffixes.at(text, start):
            return suffixed
        number = self._reader.read(text, start)
        if number is None:
            return None
        unit = self._units.at(text, number.end)
        amount = self._range(text, number, unit)
        if amount:
            unit = self._units.at(text, amount.end)
        else:
            amount = _Amount(start, number.end, number.value, number.upper, number)
        money = self._units.before(text, start) if unit is None and number.spelling not in ("article", "word") else None
        if money and money.start >= free:
            return None if self._not_figures.rejects(text, number, True) else self._money(text, amount, money)
        if unit:
            return self._measured(text, amount, unit)
        return self._counted(text, amount)

    def _range(self, text: str, first: Numeral, unit: UnitMatch | None) -> _Amount | None:
        """ "10.000 bis 12.000", "zwischen 3000 und 4000", "8-10", "3km bis 5km": two numbers, the second the larger."""
        if first.spelling == "vague":
            return None
        cut = first.end + bool(_CUT_WORD.match(text, first.end))
        gap = unit.end if unit and unit.unit.kind != "age" and _TO.match(text, unit.end) else cut
        to = _TO.match(text, gap)
        if not to or (to["sign"] == "und" and not _BETWEEN.search(text, max(0, first.start - 30), first.start)):
            return None
        if to.end() >= len(text) or not text[to.end()].isalnum():
            return None
        second = self._reader.read(text, to.end())
        if second is None or second.spelling in ("article", "vague"):
            return None
        value = first.value
        if first.magnitude == 1 and second.magnitude > 1 and value <= second.value / second.magnitude:
            value *= second.magnitude
        elif cut > first.end and second.value % _THOUSAND == 0 and value < second.value / _THOUSAND:
            value *= _THOUSAND
        if value >= second.value or (gap != cut and not self._units.at(text, second.end)):
            return None
        spelling = "formatted" if "formatted" in (first.spelling, second.spelling) else second.spelling
        whole = replace(second, start=first.start, value=value, spelling=spelling)
        return _Amount(first.start, second.end, value, second.value, whole)

    def _measured(self, text: str, amount: _Amount, unit: UnitMatch) -> Figure | None:
        """A number with a unit."""
        if (meant := unit.unit.of(amount.value)) is not unit.unit:
            unit = replace(unit, unit=meant)
        number, kind = amount.numeral, unit.unit.kind
        if number.spelling == "article" and (
            text[unit.end : unit.end + 1] == "-" or text[amount.start : amount.end].lower() == "eines"
        ):
            return None
        if self._not_figures.rejects(text, number, True):
            return None
        end = unit.end
        if kind == "money":
            return self._money(text, amount, unit)
        if unit.unit.unit in _TIME_UNITS:
            old = _OLD.match(text, end)
            if old or _AGED.search(text, max(0, amount.start - 40), amount.start):
                kind, end = "age", old.end() if old else end
        noun = None if kind == "percent" else unit.unit.noun
        return self._figure(text, amount, end, kind, f"{kind}-unit", unit.unit.unit, noun, unit.unit.factor)

    def _money(self, text: str, amount: _Amount, unit: UnitMatch) -> Figure | None:
        """A sum of money, its cents included: "15 Dollar und 15 Cent", "zwei Euro fünfzig"."""
        amount = replace(amount, start=min(amount.start, unit.start))
        end = max(amount.end, unit.end)
        gap = _CENTS.match(text, unit.end)
        if gap and unit.unit.factor == 1 and amount.upper is None and text[gap.end() : gap.end() + 1].isalnum():
            small = self._reader.read(text, gap.end())
            if (
                small
                and small.spelling in ("digits", "word", "article")
                and small.value < 100
                and small.value == int(small.value)
            ):
                cents = self._units.at(text, small.end)
                hundredth = cents is not None and cents.unit.factor == 0.01
                bare = (
                    cents is None
                    and small.spelling != "article"
                    and "und" not in gap[0]
                    and not self._nouns.after(text, small.end)
                )
                if hundredth or (
                    bare and small.value >= 10 and text[small.end : small.end + 1] in ("", ".", ",", " ", "!", "?")
                ):
                    amount = replace(amount, value=amount.value + small.value / 100)
                    end = cents.end if cents and hundredth else small.end
        return self._figure(text, amount, end, "money", "money-unit", unit.unit.unit, None, unit.unit.factor)

    def _counted(self, text: str, amount: _Amount) -> Figure | None:
        """A number with what it counts, or bare."""
        number = amount.numeral
        if number.spelling in ("article", "point"):
            return None
        compound = _COMPOUND.match(text, amount.end)
        if compound:
            if self._not_figures.rejects(text, number, True) or not self._nouns.counts(compound[1]):
                return None
            lemma = self._nouns.lemmas.lemma(compound[1])
            return self._figure(text, amount, compound.end(), "count", "counted-compound", None, lemma)
        if times := _TIMES.match(text, amount.end):
            return self._multiplied(text, amount, self._units.at(text, times.end()))
        if text[amount.start - 1 : amount.start] in _TIMES_SIGNS and _TIMES_BEFORE.search(
            text, max(0, amount.start - 2), amount.start
        ):
            return None
        following = text[amount.end : amount.end + 2]
        if following[:1].isalnum() or following[:1] in ("²", "³") or (following[:1] == "-" and following[1:].isalnum()):
            return None
        if number.value < _OLDEST and (rule := self._age_rule(text, amount)):
            return self._figure(text, amount, amount.end, "age", rule, "Jahr", "Jahr")
        noun = self._nouns.after(text, amount.end) or self._oblique_noun(text, amount)
        if self._not_figures.rejects(text, number, noun is not None) or self._not_figures.points_back(text, number):
            return None
        if noun:
            return self._figure(text, amount, noun.end, "count", "counted-noun", None, noun.lemma)
        if self._not_figures.is_name(text, number):
            return None
        return self._figure(
            text, amount, amount.end, "count", "vague" if number.spelling == "vague" else "bare-number", None, None
        )

    def _oblique_noun(self, text: str, amount: _Amount) -> CountedNoun | None:
        """The noun behind an adjective on -en that another case than the nominative allows: "mit drei enormen ..."."""
        following = _MAYBE_ADJECTIVE.match(text, amount.end)
        if not following:
            return None
        oblique = self._nouns.is_oblique(text, self._qualifiers.before(text, amount.start).start)
        return self._nouns.after(text, amount.end, oblique=True) if oblique else None

    def _multiplied(self, text: str, amount: _Amount, unit: UnitMatch | None) -> Figure | None:
        """The first of "3x4 Meter": a number that a unit behind the others measures, too."""
        if unit is None or unit.unit.kind != "measure" or self._not_figures.rejects(text, amount.numeral, True):
            return None
        return self._figure(
            text, amount, amount.end, "measure", "shared-unit", unit.unit.unit, unit.unit.noun, unit.unit.factor
        )

    def _age_rule(self, text: str, amount: _Amount) -> str | None:
        """ "Anna Berger (34)", "Anna Berger, 34, kam": the rule for a number right behind a name of two words."""
        start = max(0, amount.start - 60)
        if text.startswith(")", amount.end):
            return "age-in-brackets" if _AGE_IN_BRACKETS.search(text, start, amount.start) else None
        between = _COMMA_BEHIND.match(text, amount.end) and amount.numeral.spelling == "digits"
        return "age-between-commas" if between and _AGE_BETWEEN_COMMAS.search(text, start, amount.start) else None

    def _figure(
        self,
        text: str,
        amount: _Amount,
        end: int,
        kind: FigureKind,
        rule: str,
        unit: str | None,
        noun: str | None,
        factor: float = 1.0,
    ) -> Figure:
        last = text[amount.start - 1 : amount.start]
        may_be_minus = last in _DASHES or text[amount.start - 2 : amount.start - 1] == "s"
        minus = _MINUS.search(text, max(0, amount.start - 7), amount.start) if may_be_minus else None
        start = minus.start() if minus else amount.start
        said = self._qualifiers.before(text, start)
        vague = amount.numeral.spelling == "vague"
        return Figure(
            start=start,
            end=end,
            text=text[start:end],
            value=times(amount.value, -factor if minus else factor),
            upper=None if amount.upper is None else times(amount.upper, factor),
            kind=kind,
            rule=rule,
            approximate=said.approximate or vague,
            bound=said.bound or self._qualifiers.after(text, end),
            unit=unit,
            noun=noun,
        )


def _merged(dates: Sequence[DateMention], spans: list[Span]) -> list[Span]:
    return sorted([*(Span(d.start, d.end) for d in dates), *spans], key=lambda span: span.start)
