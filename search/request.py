"""A request's text form: the parameters of a URL's query string, read and written.

The parameters are q, kind, from, to, date, outlet, person, speaker, figure, sort, page, size; date to figure may stand
more than once. `request_of(params_of(request))` is the same request again.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from index.errors import RequestError
from index.model import KINDS, PartialDate
from search.model import FACETS, MAX_SIZE, SORTS, UNKNOWN, Request

_MAX_PAGE = 10_000
_LONGEST_QUERY = 10_000
_LONGEST_VALUE = 1_000

_MOST_VALUES = 100
"""So many values of facets may be chosen at once: the page links from each to all the others."""

_DEFAULT = Request()

PARAMETERS = ("q", "kind", "from", "to", *FACETS, "sort", "page", "size")
"""The names of all parameters, in their order."""


class Params(Protocol):
    """A multi-valued mapping, such as werkzeug's MultiDict."""

    def get(self, key: str, /) -> str | None: ...
    def getlist(self, key: str, /) -> Iterable[str]: ...


def request_from_params(params: Params) -> Request:
    """Read a request. A parameter that is empty or absent has its default.

    Raises RequestError for one that makes no sense: a date that does not exist, an unknown kind, a page below 1.
    """
    query = (params.get("q") or "").strip() or "*"
    if len(query) > _LONGEST_QUERY:
        raise RequestError(f"q: the query has {len(query)} characters; {_LONGEST_QUERY} are the most.")
    request = Request(
        query=query,
        kind=_one_of("kind", params.get("kind") or _DEFAULT.kind, KINDS),
        first=_date("from", params.get("from")),
        last=_date("to", params.get("to")),
        selections=_selections(params),
        sort=_one_of("sort", params.get("sort") or _DEFAULT.sort, SORTS),
        page=_number("page", params.get("page"), _DEFAULT.page, _MAX_PAGE),
        size=_number("size", params.get("size"), _DEFAULT.size, MAX_SIZE),
    )
    if request.sort in ("highest", "lowest") and request.kind != "figure":
        raise RequestError(f"sort: {request.sort} is an order of figures; add kind=figure.")
    if request.first and request.last and request.first.first > request.last.last:
        raise RequestError(f"from, to: {request.first} is later than {request.last}; swap the two.")
    return request


def params_of(request: Request) -> list[tuple[str, str]]:
    """Write a request. Defaults are left out; parameters stand in the order of `PARAMETERS`, so that one request has
    one URL.
    """
    pairs = [("q", request.query)] if request.query != _DEFAULT.query else []
    pairs += _unless_default(request, "kind")
    pairs += [(name, str(date)) for name, date in (("from", request.first), ("to", request.last)) if date]
    pairs += [(name, str(value)) for name in FACETS for value in request.selections.get(name, ())]
    return (
        pairs + _unless_default(request, "sort") + _unless_default(request, "page") + _unless_default(request, "size")
    )


def _unless_default(request: Request, name: str) -> list[tuple[str, str]]:
    value = getattr(request, name)
    return [] if value == getattr(_DEFAULT, name) else [(name, str(value))]


def _selections(params: Params) -> dict[str, tuple[str, ...]]:
    chosen = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(value for value in params.getlist(name) if value))
        for value in values:
            if len(value) > _LONGEST_VALUE:
                raise RequestError(f"{name}: a value has {len(value)} characters; {_LONGEST_VALUE} are the most.")
        if name == "date":
            values = tuple(value if value == UNKNOWN else str(_date("date", value)) for value in values)
        if values:
            chosen[name] = values
    if (many := sum(map(len, chosen.values()))) > _MOST_VALUES:
        raise RequestError(f"{many} values are chosen; {_MOST_VALUES} are the most.")
    return chosen


def _one_of(name: str, value: str, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise RequestError(f"{name}: {_shown(value)} is none of {', '.join(allowed)}.")
    return value


def _date(name: str, value: str | None) -> PartialDate | None:
    if not value:
        return None
    try:
        return PartialDate.parse(value)
    except ValueError:
        raise RequestError(f"{name}: {_shown(value)} is no date; write 2024-10-31, 2024-10 or 2024.") from None


def _number(name: str, value: str | None, default: int, most: int) -> int:
    if not value:
        return default
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
    if not 1 <= number <= most:
        raise RequestError(f"{name}: {_shown(value)} is no number from 1 to {most}.")
    return number


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:40] + "…")
