"""A response in, the hits as a table for a spreadsheet out."""

import csv
import io
from collections.abc import Callable, Mapping

from index.model import Kind
from search.model import Hit, Response

Cell = str | float | None

_ARTICLE: Mapping[str, Callable[[Hit], Cell]] = {
    "date": lambda hit: str(hit.date) if hit.date else None,
    "title": lambda hit: hit.title,
    "outlet": lambda hit: hit.outlet,
    "agencies": lambda hit: ", ".join(hit.agencies),
}
_LAST: Mapping[str, Callable[[Hit], Cell]] = {"article": lambda hit: hit.article_id, "path": lambda hit: hit.path}

COLUMNS: Mapping[Kind, Mapping[str, Callable[[Hit], Cell]]] = {
    "article": {**_ARTICLE, "persons": lambda hit: ", ".join(hit.persons), **_LAST},
    "statement": {
        **_ARTICLE,
        "speaker": lambda hit: hit.stored.get("speaker"),
        "kind": lambda hit: hit.stored.get("kind"),
        "words": lambda hit: hit.text,
        **_LAST,
    },
    "figure": {
        **_ARTICLE,
        "value": lambda hit: hit.stored.get("value"),
        "upper": lambda hit: hit.stored.get("upper"),
        "approximate": lambda hit: "yes" if hit.stored.get("approximate") else None,
        "bound": lambda hit: hit.stored.get("bound"),
        "noun": lambda hit: hit.stored.get("noun"),
        "unit": lambda hit: hit.stored.get("unit"),
        "said_by": lambda hit: hit.stored.get("said_by"),
        "sentence": lambda hit: hit.text,
        **_LAST,
    },
}
"""The columns of each kind of record."""


def as_csv(response: Response) -> str:
    """The hits as CSV (RFC 4180) with a header line, in the order of the response."""
    columns = COLUMNS[response.request.kind]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(value(hit)) for value in columns.values()] for hit in response.hits)
    return out.getvalue()


def _cell(value: Cell) -> str:
    """A cell as a spreadsheet takes it: never as a formula, whatever an article says."""
    if isinstance(value, float):
        return f"{value:.15g}"
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
