"""`zahl:` and `datum:` in a query: a condition on values in, a leaf of a query tree out.

zahl:12000   zahl:>5000   zahl:<=1,5mio   zahl:[8000 BIS 12000]   zahl:"zwölftausend"
datum:2024-10   datum:>2024-10-18   datum:[2024-10-18 BIS 2024-10-31]   datum:[2024-10-18 BIS *]
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from whoosh import query
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from index.amounts import amount_of
from index.annotate.numbers import parse_number
from index.annotate.tables import load_tables
from index.model import PartialDate
from search.mistakes import MistakeError

Bounds = tuple[float, float]

_CONDITION = r"""(?: \[ (?P<low>[^\[\]]+?) [ ]+ (?i:BIS|TO) [ ]+ (?P<high>[^\[\]]+?) \]
                | (?P<sign>[<>]=?)? (?: "(?P<quoted>[^"]*)" | (?P<bare>[^\s()"\[\]]+ {magnitude}) ) )"""

FIELDS: Mapping[str, tuple[str, ...]] = {"amount": ("zahl", "figure", "number"), "date": ("datum", "date")}
"""The field of the index that a condition is on, and the names that a query has for it."""


class Within(query.MultiTerm):  # type: ignore[misc]
    """Any value of a field within bounds: a date that lies wholly inside, an amount whose range touches them.

    The bounds of a date are the ordinal numbers of days; `math.inf` stands for none.
    """

    constantscore = True

    def __init__(self, fieldname: str, low: float, high: float, boost: float = 1.0) -> None:
        self.fieldname, self.low, self.high, self.boost = fieldname, low, high, boost

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Within) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"Within{self._key}"

    @property
    def _key(self) -> tuple[str, float, float]:
        return self.fieldname, self.low, self.high

    def has(self, term: str) -> bool:
        """Whether a term of the field is such a value."""
        if self.fieldname == "date":
            date = PartialDate.parse(term)
            return self.low <= date.first.toordinal() and date.last.toordinal() <= self.high
        amount = amount_of(term)
        return amount.value <= self.high and amount.upper >= self.low

    def _btexts(self, reader: Any) -> Iterator[bytes]:
        return (term for term in reader.lexicon(self.fieldname) if self.has(term.decode()))


class RangePlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """Reads the conditions; runs before every other plugin."""

    priority = -10

    def __init__(self) -> None:
        self.expr = _expression()

    def create(self, parser: QueryParser, match: re.Match[str]) -> "_RangeNode":
        """A node for a condition. Raises MistakeError for one that cannot be understood."""
        name = match["name"].lower()
        field = next(field for field, spellings in FIELDS.items() if name in spellings)
        low, high = _bounds(match, _day_bounds if field == "date" else _number_bounds)
        return _RangeNode(Within(field, low, high), match.group())


@cache
def _expression() -> re.Pattern[str]:
    names = "|".join(name for spellings in FIELDS.values() for name in spellings)
    words = load_tables()["number_words"]["magnitudes"]
    magnitude = rf"(?: (?<=\d) [ ] (?:{'|'.join(sorted(map(re.escape, words), reverse=True))}) (?!\w) )?"
    condition = _CONDITION.replace("{magnitude}", magnitude)
    return re.compile(rf"(?<![\w]) (?i:(?P<name>{names})) : {condition}", re.VERBOSE)


class _RangeNode(syntax.SyntaxNode):  # type: ignore[misc]
    """Any of the values of one field within bounds."""

    has_fieldname = False
    has_text = False

    def __init__(self, tree: Within, text: str) -> None:
        self._tree, self._text = tree, text

    def r(self) -> str:
        return self._text

    def query(self, parser: QueryParser) -> query.Query:
        """The condition as a leaf of a tree."""
        return self._tree


def _bounds(match: re.Match[str], bounds_of: Callable[[str], Bounds]) -> Bounds:
    if match["low"]:
        low = -math.inf if match["low"] == "*" else bounds_of(match["low"])[0]
        high = math.inf if match["high"] == "*" else bounds_of(match["high"])[1]
        if low > high:
            raise MistakeError("order", match.group())
        return low, high
    low, high = bounds_of(match["quoted"] or match["bare"] or "")
    return {
        ">": (math.nextafter(high, math.inf), math.inf),
        ">=": (low, math.inf),
        "<": (-math.inf, math.nextafter(low, -math.inf)),
        "<=": (-math.inf, high),
        None: (low, high),
    }[match["sign"]]


def _number_bounds(text: str) -> Bounds:
    number = parse_number(re.sub(r"(?<=\d)(?=[A-Za-z])", " ", text.strip()))
    if number is None:
        raise MistakeError("number", text)
    return number, number


def _day_bounds(text: str) -> Bounds:
    german = re.fullmatch(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})", text.strip())
    try:
        date = (
            PartialDate(*(int(part or 0) for part in reversed(german.groups()))) if german else PartialDate.parse(text)
        )
    except ValueError:
        raise MistakeError("date", text) from None
    return date.first.toordinal(), date.last.toordinal()
