"""Results in, tables for the terminal out: milliseconds, and how ours compares with each other engine."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from bench.comparison.clients import PERCENTILES
from bench.comparison.engines import CHAIN, WHOLE
from bench.comparison.results import Result

Rows = Sequence[Mapping[str, Any]]


def table_of(result: Result) -> Table:
    """The table of a job's result."""
    head, *rows = cells_of(result)
    table = Table(title=f"{result.job}: {result.articles:,} articles, {result.source}")
    for number, name in enumerate(head):
        table.add_column(escape(name), justify="right" if number else "left")
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def cells_of(result: Result) -> list[list[str]]:
    """The texts of the table's cells, row by row; the first row is the head."""
    return _ROWS[result.job](result.rows)


def _search_rows(rows: Rows) -> list[list[str]]:
    names = list(rows[0]["seconds"])
    rest = [name for name in names if name != CHAIN]
    cells = [["query", "found by each", *(f"{name}, ms" for name in names), *(f"ours / {name}" for name in rest)]]
    warm, cold = (
        [
            [1000 * row[of][name] for name in names] + [row[of][CHAIN] / row[of][name] for name in rest]
            for row in rows
            if of in row
        ]
        for of in ("seconds", "cold")
    )
    for row, numbers in zip(rows, warm, strict=True):
        found = " / ".join(f"{row['found'][name]:,}" for name in names)
        cells.append([row["text"], found, *map(rounded, numbers)])
    for what, values in (("median", warm), ("median, caches cold", cold)):
        if values:
            cells.append([what, "", *(rounded(statistics.median(column)) for column in zip(*values, strict=True))])
    return cells


def _index_rows(rows: Rows) -> list[list[str]]:
    each = {row["engine"]: row["seconds"] / row["articles"] for row in rows}
    size = {row["engine"]: row["size"] / row["articles"] for row in rows}
    heads = ["articles", "seconds", "articles a second", "peak, MB", "on disk, MB"]
    ratios = [f"time: {CHAIN} / it", f"time: {WHOLE} / it", f"size: {CHAIN} / its"]
    cells = [["engine", *heads, *ratios]]
    for row in rows:
        name = row["engine"]
        numbers = [row["seconds"], row["articles"] / row["seconds"], _megabytes(row["peak"]), _megabytes(row["size"])]
        shares = [_share(each, CHAIN, name), _share(each, WHOLE, name), _share(size, CHAIN, name)]
        cells.append([name, f"{row['articles']:,}", *map(rounded, numbers + shares)])
    return cells


def _serve_rows(rows: Rows) -> list[list[str]]:
    waits = [*(f"{p} %, ms" for p in PERCENTILES), "engine alone, ms", "more at the median, ms"]
    cells = [["clients", "pages a second", "failed", *waits, "memory, MB", "opened in, s"]]
    for row in rows:
        clients = f"{row['clients']}, pausing {row['pause']:g} s" if row["pause"] else f"{row['clients']}"
        clients += ", given before" if row.get("remembered") else ""
        waited = [1000 * row["waited"].get(str(p), math.nan) for p in PERCENTILES]
        alone = 1000 * row["engine"]
        numbers = [*waited, alone, waited[0] - alone, _megabytes(row["memory"]), row["opening"]]
        cells.append([clients, rounded(row["answered"] / row["seconds"]), str(row["failed"]), *map(rounded, numbers)])
    return cells


def _share(values: Mapping[str, float], ours: str, other: str) -> float:
    return values[ours] / values[other] if ours in values else math.nan


def _megabytes(size: int | None) -> float:
    return math.nan if size is None else size / 1e6


def rounded(value: float) -> str:
    """Three digits that count, no exponent; a dash for what was not measured."""
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if value >= 999.5 else f"{value:#.3g}".rstrip(".")


_ROWS: Mapping[str, Callable[[Rows], list[list[str]]]] = {
    "search": _search_rows,
    "index": _index_rows,
    "serve": _serve_rows,
}
