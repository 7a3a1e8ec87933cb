"""Results in, tables for the terminal out: milliseconds, and how ours compares with each other engine."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from bench.comparison.engines import CHAIN
from bench.comparison.results import Result


def table_of(result: Result) -> Table:
    """The table of a job's result."""
    rows = {"search": _search_rows}[result.job](result.rows)
    table = Table(title=f"{result.job}: {result.articles:,} articles, {result.source}")
    for number, head in enumerate(rows[0]):
        table.add_column(head, justify="right" if number else "left")
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    return table


def _search_rows(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    names = list(rows[0]["seconds"])
    rest = [name for name in names if name != CHAIN]
    cells = [["query", "found", *(f"{name}, ms" for name in names), *(f"ours / {name}" for name in rest)]]
    values = [
        [1000 * row["seconds"][name] for name in names]
        + [row["seconds"][CHAIN] / row["seconds"][name] for name in rest]
        for row in rows
    ]
    for row, numbers in zip(rows, values, strict=True):
        cells.append([row["text"], str(row["found"][CHAIN]), *map(rounded, numbers)])
    return [*cells, ["median", "", *(rounded(statistics.median(column)) for column in zip(*values, strict=True))]]


def rounded(value: float) -> str:
    """Three digits that count, no exponent."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:#.3g}".rstrip(".")
