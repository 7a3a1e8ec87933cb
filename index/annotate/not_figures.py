"""What looks like a quantity and is none. In: a text and a number's place in it. Out: whether to leave it.

Times, scores, ordinals, paragraphs, addresses, telephone numbers, versions and model names; dates are known before.
"""

import re

from index.annotate.numbers import Numeral
from index.annotate.tables import Tables
from index.model import Span

_BEFORE = re.compile(r"(\S+)(?:[\x20\u00a0\u202f\t]|\n(?!\n))*$")
_LOOK_BACK = 40
_CHUNK = re.compile(r"\S{0,60}$")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:de|at|ch|com|org|net|html?)\b")
_ORDINAL = re.compile(r"\.(?:[\x20\u00a0\u202f]|\n(?!\n))*(?P<next>[^\W\d_])|\.(?=[,)/-])")
_TIME = re.compile(r"[\x20\u00a0\u202f]?Uhr(?!\w)|h(?![\w/])|[\x20\u00a0\u202f](?:vor|nach)[\x20]Mitternacht")
_TIME_RANGE = re.compile(
    r"(?:[.:][0-9]{2})?[\x20\u00a0]?(?:[-–]|bis|und)[\x20\u00a0]?[0-9]{1,2}(?:[.:][0-9]{2})?[\x20\u00a0]?Uhr"
)
_RUN_ON = re.compile(
    r"[:/][0-9]|-[0-9]+[-/]|[\x20\u00a0]?[-–][\x20\u00a0]?[0-9]+[\x20\u00a0]?[-–][\x20\u00a0]?[0-9]|(?:[\x20][0-9]{2,4}){2}(?![0-9.,])"
)
_GLUED = frozenset("_@#&/\\:+=*^|")
_SMALL = r"(?:null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)"
_WORD_SCORE = re.compile(rf"\szu\s{_SMALL}\b|-zu-|-plus-")
_SCORE_BEFORE = re.compile(rf"\b{_SMALL}\szu\s$")
_HOUR = r"(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)"
_TIME_BEHIND = re.compile(rf"\s(?:vor|nach)\s(?:halb\s)?{_HOUR}(?![\w-]|\s[A-ZÄÖÜ])")
_TIME_BEFORE = re.compile(r"\b(?:[Vv]iertel|[Ff]ünf|[Zz]ehn|[Zz]wanzig)\s(?:vor|nach)\s$")
_MULTIPLIED = re.compile(r"[0-9][x×]$")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_PHONE = re.compile(r"[+0](?<![\w.,][+0])[0-9]{1,4}(?:[\x20/-]\(?[0-9]{1,9}\)?)+(?![.,][0-9])")


def addresses(text: str) -> list[Span]:
    """Addresses in the web and telephone numbers, sorted and apart: their digits count nothing."""
    found = [Span(*match.span()) for match in _PHONE.finditer(text)]
    if "://" not in text and "www." not in text:
        return found
    return sorted([*found, *(Span(*match.span()) for match in _WEB_ADDRESS.finditer(text))], key=lambda s: s.start)


class NotFigures:
    """Knows the tables `not_figures`."""

    def __init__(self, tables: Tables) -> None:
        table = tables["not_figures"]
        self._before = frozenset(table["before"]["words"]) | frozenset(table["before"]["signs"])
        self._endings = tuple(table["before"]["endings"])
        self._after = re.compile(
            "[\\x20\u00a0]?(?:" + "|".join(re.escape(w) for w in table["after"]["words"]) + r")(?!\w)"
        )
        self._places = re.compile(r"[\x20\u00a0](?:" + "|".join(table["places"]["words"]) + r")(?!\w)")
        months = "|".join((*tables["months"]["names"], *tables["months"]["abbreviations"]))
        self._day_of_month = re.compile(
            rf"(?<![0-9])[0-9]{{1,2}}\.[\x20\u00a0]?(?:{months})\.?[\x20\u00a0]$", re.IGNORECASE
        )
        self._largest_ordinal = float(table["ordinals"]["largest"])
        self._definite = frozenset(table["definite"]["words"])
        self._largest_definite = float(table["definite"]["largest"])

    def rejects(self, text: str, number: Numeral, counted: bool) -> bool:
        """Whether the number is no quantity. `counted` if a unit or noun follows it."""
        start, end = number.start, number.end
        if number.spelling in ("word", "article", "vague"):
            return self._is_time(text, number, counted) or self._in_series(text, number)
        return (
            (self._glued(text, start) and not (counted and _MULTIPLIED.search(text, max(0, start - 2), start)))
            or self._named(text, number, counted)
            or self._ordinal(text, number, counted)
            or bool(
                _TIME.match(text, end)
                or _TIME_RANGE.match(text, end)
                or _RUN_ON.match(text, end)
                or self._after.match(text, end)
            )
            or self._postal_code(text, number)
            or self._listed(text, number, counted)
        )

    def _is_time(self, text: str, number: Numeral, counted: bool) -> bool:
        """ "acht Uhr", "fünf vor zwölf", "Viertel nach neun"; a score in words; what the table has behind a number."""
        if not counted and _TIME_BEFORE.search(text, max(0, number.start - 14), number.start):
            return True
        patterns = (_TIME, _TIME_BEHIND, _WORD_SCORE, self._after)
        return any(pattern.match(text, number.end) for pattern in patterns)

    def points_back(self, text: str, number: Numeral) -> bool:
        """Whether a small number word stands behind a definite word: "die zwei Minister" counts nothing anew."""
        if number.spelling != "word" or number.value > self._largest_definite:
            return False
        before = _BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
        return before is not None and before[1].lower().strip('„"“»«(') in self._definite

    def is_name(self, text: str, number: Numeral) -> bool:
        """A capitalised number word inside a sentence that counts nothing: "ist Null", "die Elf"."""
        if number.spelling != "word" or not text[number.start].isupper():
            return False
        before = _BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
        return before is not None and not before[1].endswith((".", "!", "?", ":"))

    def _in_series(self, text: str, number: Numeral) -> bool:
        """ "Nummer eins", "Artikel fünf"; part of a longer word or a score: "Vier-zu-eins", "eins zu null"."""
        if text[number.start - 1 : number.start] == "-" or _SCORE_BEFORE.search(
            text, max(0, number.start - 12), number.start
        ):
            return True
        before = _BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
        return before is not None and before[1] in self._before and number.spelling == "word"

    def _glued(self, text: str, start: int) -> bool:
        """Part of a longer name: Covid-19, A7, 2:1, www.orf.at/123."""
        if not start:
            return False
        last = text[start - 1]
        if last.isalnum() or last in _GLUED:
            return True
        if last in ".,-–’'" and start > 1 and (text[start - 2].isalnum() or text[start - 2] in ".,:"):
            return True
        if last in ".,":
            return True
        chunk = _CHUNK.search(text, max(0, start - 60), start)
        return bool(chunk and chunk[0] and _ADDRESS.search(chunk[0]))

    def _named(self, text: str, number: Numeral, counted: bool) -> bool:
        """Behind a word that makes it a name: Artikel 5, Boeing 737, Hauptstraße 12, § 5."""
        before = _BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
        if not before or "\n" in text[before.end(1) : number.start]:
            return False
        if not counted and self._day_of_month.search(text, max(0, number.start - _LOOK_BACK), number.start):
            return True
        word = before[1].lstrip('(„"“»«[')
        if word in self._before or word.lower().endswith(self._endings):
            return number.spelling == "digits" or not counted
        if number.spelling == "formatted" or counted:
            return False
        return number.spelling == "point" or (
            word[:1].isupper() and word.isalpha() and not self._starts_sentence(text, before)
        )

    def _starts_sentence(self, text: str, before: re.Match[str]) -> bool:
        head = text[max(0, before.start(1) - 3) : before.start(1)].rstrip(' „"“»«')
        return before.start(1) == 0 or head[-1:] in (".", "!", "?", ":", "\n")

    def _ordinal(self, text: str, number: Numeral, counted: bool) -> bool:
        """ "3. Platz", "der 12. von ihnen", "(45.)"; a number that ends a sentence is none."""
        if number.spelling != "digits" or text[number.end : number.end + 1] != "." or counted:
            return False
        following = _ORDINAL.match(text, number.end)
        if not following:
            return False
        letter = following["next"]
        return letter is None or letter.islower() or number.value <= self._largest_ordinal

    def _postal_code(self, text: str, number: Numeral) -> bool:
        return (
            number.spelling == "digits"
            and number.end - number.start in (4, 5)
            and bool(self._places.match(text, number.end))
        )

    def _listed(self, text: str, number: Numeral, counted: bool) -> bool:
        """A leading zero, "1)", "[1]": a serial number, the mark of a list, a footnote."""
        raw = text[number.start : number.end]
        if len(raw) > 1 and raw[0] == "0" and raw[1].isdigit():
            return True
        return (
            not counted
            and text[number.end : number.end + 1] in (")", "]")
            and number.spelling == "digits"
            and number.value < 100
        )
