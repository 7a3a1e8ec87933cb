"""What looks like a quantity and is none. In: a text and a number's place in it. Out: whether to leave it.

Times, scores, ordinals, paragraphs, addresses, telephone numbers, versions and model names; dates are known before.
"""

import re

from index.annotate.numbers import Numeral
from index.annotate.pieces import Pieces
from index.annotate.tables import Tables
from index.model import Span

_BLANKS = "\x20\u00a0\u202f\t\n"
_LOOK_BACK = 40
_LONGEST_CHUNK = 60
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


def addresses(pieces: Pieces) -> list[Span]:
    """Addresses in the web and telephone numbers, sorted and apart: their digits count nothing."""
    text = pieces.text
    may_be_phone = any("+" in piece or "0" in piece[: piece.isdigit() or None] for piece in pieces.odd_pieces())
    found = [Span(*match.span()) for match in _PHONE.finditer(text)] if may_be_phone else []
    if "://" not in text and "www." not in text:
        return found
    return sorted([*found, *(Span(*match.span()) for match in _WEB_ADDRESS.finditer(text))], key=lambda s: s.start)


def word_before(text: str, pos: int) -> tuple[str, int] | None:
    """The word in front of a place, past blanks but no empty line, and where it ends; of a long word its end."""
    window = text[max(0, pos - _LOOK_BACK) : pos]
    head = window.rstrip(_BLANKS)
    if not head or head[-1].isspace() or "\n\n" in window[len(head) :]:
        return None
    return head.rsplit(None, 1)[-1], pos - len(window) + len(head)


class NotFigures:
    """Knows the tables `not_figures`."""

    def __init__(self, tables: Tables) -> None:
        table = tables["not_figures"]
        self._before = frozenset(table["before"]["words"]) | frozenset(table["before"]["signs"])
        self._endings = tuple(table["before"]["endings"])
        self._after = re.compile(
            "[\\x20\u00a0]?(?:" + "|".join(re.escape(w) for w in table["after"]["words"]) + r")(?!\w)"
        )
        self._behind = frozenset("Uhvnbu0123456789-–.:/").union(word[0] for word in table["after"]["words"])
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
            or self._goes_on(text, end)
            or self._postal_code(text, number)
            or self._listed(text, number, counted)
        )

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether what follows a number makes it a time, part of a longer number, or what the table has behind one."""
        first = text[end : end + 1]
        if first in _BLANKS:
            first = text[end + 1 : end + 2]
        if first not in self._behind:
            return False
        patterns = (_TIME, _TIME_RANGE, _RUN_ON, self._after)
        return any(pattern.match(text, end) for pattern in patterns)

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
        before = word_before(text, number.start)
        return before is not None and before[0].lower().strip('„"“»«(') in self._definite

    def is_name(self, text: str, number: Numeral) -> bool:
        """A capitalised number word inside a sentence that counts nothing: "ist Null", "die Elf"."""
        if number.spelling != "word" or not text[number.start].isupper():
            return False
        before = word_before(text, number.start)
        return before is not None and not before[0].endswith((".", "!", "?", ":"))

    def _in_series(self, text: str, number: Numeral) -> bool:
        """ "Nummer eins", "Artikel fünf"; part of a longer word or a score: "Vier-zu-eins", "eins zu null"."""
        if text[number.start - 1 : number.start] == "-" or _SCORE_BEFORE.search(
            text, max(0, number.start - 12), number.start
        ):
            return True
        before = word_before(text, number.start) if number.spelling == "word" else None
        return before is not None and before[0] in self._before

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
        if last.isspace() and last != "\n":
            return False
        window = text[max(0, start - _LONGEST_CHUNK) : start].removesuffix("\n")
        return bool(window) and not window[-1].isspace() and _ADDRESS.search(window.rsplit(None, 1)[-1]) is not None

    def _named(self, text: str, number: Numeral, counted: bool) -> bool:
        """Behind a word that makes it a name: Artikel 5, Boeing 737, Hauptstraße 12, § 5."""
        before = word_before(text, number.start)
        if before is None or "\n" in text[before[1] : number.start]:
            return False
        if not counted and self._day_of_month.search(text, max(0, number.start - _LOOK_BACK), number.start):
            return True
        word = before[0].lstrip('(„"“»«[')
        if word in self._before or word.lower().endswith(self._endings):
            return number.spelling == "digits" or not counted
        if number.spelling == "formatted" or counted:
            return False
        return number.spelling == "point" or (
            word[:1].isupper() and word.isalpha() and not _starts_sentence(text, before[1] - len(before[0]))
        )

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


def _starts_sentence(text: str, start: int) -> bool:
    head = text[max(0, start - 3) : start].rstrip(' „"“»«')
    return start == 0 or head[-1:] in (".", "!", "?", ":", "\n")
