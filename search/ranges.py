"""`zahl:` and `datum:` in a query: a condition on values in, a query tree over the terms that meet it out.

zahl:12000   zahl:>5000   zahl:<=1,5mio   zahl:[8000 BIS 12000]   zahl:"zwölftausend"
datum:2024-10   datum:>2024-10-18   datum:[2024-10-18 BIS 2024-10-31]   datum:[2024-10-18 BIS *]
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from whoosh import query
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from index.amounts import amount_of
from index.annotate.numbers import parse_number
from index.annotate.tables import load_tables
from index.model import PartialDate
from search.mistakes import MistakeError

Bounds = tuple[float, float]
ValuesOf = Callable[[str], Mapping[str, Iterable[str]]]

_CONDITION = r"""(?: \[ (?P<low>[^\[\]]+?) [ ]+ (?i:BIS|TO) [ ]+ (?P<high>[^\[\]]+?) \]
                | (?P<sign>[<>]=?)? (?: "(?P<quoted>[^"]*)" | (?P<bare>[^\s()"\[\]]+ {magnitude}) ) )"""

FIELDS: Mapping[str, tuple[str, ...]] = {"amount": ("zahl", "figure", "number"), "date": ("datum", "date")}
"""The field of the index that a condition is on, and the names that a query has for it."""


class RangePlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """Reads the conditions; runs before every other plugin."""

    priority = -10

    def __init__(self, values_of: ValuesOf) -> None:
        self.expr = _expression()
        self._values_of = values_of

    def create(self, parser: QueryParser, match: re.Match[str]) -> "_RangeNode":
        """A node for a condition. Raises MistakeError for one that cannot be understood."""
        name = match["name"].lower()
        field = next(field for field, spellings in FIELDS.items() if name in spellings)
        bounds_of, has = (_day_bounds, _date_within) if field == "date" else (_number_bounds, _amount_meets)
        low, high = _bounds(match, bounds_of)
        terms = [term for value, terms in self._values_of(field).items() if has(value, low, high) for term in terms]
        return _RangeNode(field, terms, match.group())


@cache
def _expression() -> re.Pattern[str]:
    names = "|".join(name for spellings in FIELDS.values() for name in spellings)
    words = load_tables()["number_words"]["magnitudes"]
    magnitude = rf"(?: (?<=\d) [ ] (?:{'|'.join(sorted(map(re.escape, words), reverse=True))}) (?!\w) )?"
    condition = _CONDITION.replace("{magnitude}", magnitude)
    return re.compile(rf"(?<![\w]) (?i:(?P<name>{names})) : {condition}", re.VERBOSE)


class _RangeNode(syntax.SyntaxNode):  # type: ignore[misc]
    """Any of some terms of one field."""

    has_fieldname = False
    has_text = False

    def __init__(self, field: str, terms: list[str], text: str) -> None:
        self._field, self._terms, self._text = field, terms, text

    def r(self) -> str:
        return self._text

    def query(self, parser: QueryParser) -> query.Query:
        """The tree; where no term meets the condition, one that finds nothing."""
        found = [query.Term(self._field, term) for term in self._terms]
        return query.Or(found) if found else query.Term(self._field, self._text)


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


def _amount_meets(term: str, low: float, high: float) -> bool:
    amount = amount_of(term)
    return amount.value <= high and amount.upper >= low


def _date_within(term: str, low: float, high: float) -> bool:
    date = PartialDate.parse(term)
    return low <= date.first.toordinal() and date.last.toordinal() <= high
