"""Files of results in, the part of docs/performance.md that shows them out, and its picture.

The part stands between two marks on the page, so that what people write around it stays.
"""

import re
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.comparison.engines import CHAIN, FTS5, TANTIVY, WHOLE, WHOOSH
from bench.comparison.picture import Chart, picture
from bench.comparison.results import Job, Result, read_result
from bench.comparison.tables import cells_of, rounded

BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure to reach: of which job's rows it is made, None where they do not have it."""

    what: str
    against: str
    reach: str
    aim: str
    job: Job
    figure: Callable[[Sequence[Row]], float | None]


def _page_ratio(other: str, only: str = "", of: str = "seconds") -> Callable[[Sequence[Row]], float | None]:
    """The median over the queries (or those called `only`) of our time divided by the other engine's."""

    def figure(rows: Sequence[Row]) -> float | None:
        chosen = [row[of] for row in rows if only in row["query"] and of in row]
        ratios = [seconds[CHAIN] / seconds[other] for seconds in chosen if other in seconds]
        return statistics.median(ratios) if ratios else None

    return figure


def _build_ratio(ours: str, other: str, of: str) -> Callable[[Sequence[Row]], float | None]:
    """Our seconds or bytes an article divided by the other engine's."""

    def figure(rows: Sequence[Row]) -> float | None:
        each = {row["engine"]: row[of] / row["articles"] for row in rows}
        return each[ours] / each[other] if ours in each and other in each else None

    return figure


def _overhead(pausing: bool, remembered: bool) -> Callable[[Sequence[Row]], float | None]:
    """Milliseconds more than the engine alone takes, at the median, of many who pause between their pages or do not,
    with pages made anew or given before."""

    def figure(rows: Sequence[Row]) -> float | None:
        wanted = (True, pausing, remembered)
        chosen = [r for r in rows if (r["clients"] > 1, r["pause"] > 0, r.get("remembered", False)) == wanted]
        return 1000 * (chosen[0]["waited"]["50"] - chosen[0]["engine"]) if chosen else None

    return figure


GOALS = (
    Goal("page of results", TANTIVY, "1.0", "0.5", "search", _page_ratio(TANTIVY)),
    Goal("the same, caches cold", TANTIVY, "1.0", "0.5", "search", _page_ratio(TANTIVY, of="cold")),
    Goal("page, frequent words", WHOOSH, "0.02", "0.01", "search", _page_ratio(WHOOSH, "frequent")),
    Goal("the same, caches cold", WHOOSH, "0.02", "0.01", "search", _page_ratio(WHOOSH, "frequent", of="cold")),
    Goal("page of results", FTS5, "0.1", "0.033", "search", _page_ratio(FTS5)),
    Goal("the same, caches cold", FTS5, "0.1", "0.033", "search", _page_ratio(FTS5, of="cold")),
    Goal("indexing, chain only", TANTIVY, "2.0", "1.0", "index", _build_ratio(CHAIN, TANTIVY, "seconds")),
    Goal("indexing, annotated", WHOOSH, "0.8", "0.4", "index", _build_ratio(WHOLE, WHOOSH, "seconds")),
    Goal("size on disk", TANTIVY, "1.5", "1.0", "index", _build_ratio(CHAIN, TANTIVY, "size")),
    Goal("page over HTTP, 16 pausing", "engine alone", "5 ms more", "3 ms more", "serve", _overhead(True, False)),
    Goal("the same, given before", "engine alone", "5 ms more", "3 ms more", "serve", _overhead(True, True)),
    Goal("page over HTTP, 16 not pausing", "engine alone", "5 ms more", "3 ms more", "serve", _overhead(False, False)),
    Goal("the same, given before", "engine alone", "5 ms more", "3 ms more", "serve", _overhead(False, True)),
)
"""The figures to reach: ratios of ours to the other's, but for pages over HTTP."""


def read_results(folder: Path) -> list[Result]:
    """All results in a folder, by job and number of articles."""
    found = [read_result(file) for file in sorted(folder.glob("*.json"))]
    return sorted(found, key=lambda result: (("search", "index", "serve").index(result.job), result.articles))


def write_report(results: Sequence[Result], page: Path, drawing: Path) -> None:
    """Put the results into the page, between its marks, and draw the picture. Raises ValueError without marks."""
    text = page.read_text("utf-8")
    if not re.search(f"{BEGIN}.*{END}", text, re.DOTALL):
        raise ValueError(f"{page}: there are no lines {BEGIN.strip()} and {END.strip()} to put the results between")
    part = BEGIN + "\n" + report(results, drawing.name) + "\n" + END
    page.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: part, text, flags=re.DOTALL), "utf-8")
    drawing.write_text(picture(charts(results)), "utf-8")


def report(results: Sequence[Result], drawing: str) -> str:
    """The page's part, in Markdown: what was to be reached, how it grows, each result."""
    return "\n".join(
        [
            *("Measured on: " + machine for machine in dict.fromkeys(result.machine for result in results)),
            "",
            *_table(_goal_cells(results)),
            "",
            *_table(_growth_cells(results)),
            "",
            f"![How time and memory grow with the number of articles]({drawing})",
            *(line for result in results for line in _section(result)),
        ]
    )


def charts(results: Sequence[Result]) -> list[Chart]:
    """How long a page takes, how long indexing, and how much memory both take, by the number of articles."""
    return [
        Chart("Page of results, ms (median)", _lines(results, "search", _page_ms)),
        Chart("Indexing, ms an article", _lines(results, "index", _build_ms)),
        Chart("Memory while indexing, MB", _lines(results, "index", _build_mb)),
        Chart("Memory while serving, MB", _lines(results, "serve", _serve_mb)),
    ]


def _page_ms(rows: Sequence[Row]) -> dict[str, float]:
    return {name: 1000 * statistics.median(row["seconds"][name] for row in rows) for name in rows[0]["seconds"]}


def _build_ms(rows: Sequence[Row]) -> dict[str, float]:
    return {row["engine"]: 1000 * row["seconds"] / row["articles"] for row in rows}


def _build_mb(rows: Sequence[Row]) -> dict[str, float]:
    return {row["engine"]: row["peak"] / 1e6 for row in rows if row["peak"]}


def _serve_mb(rows: Sequence[Row]) -> dict[str, float]:
    found = [row["memory"] / 1e6 for row in rows if row["memory"]]
    return {CHAIN: max(found)} if found else {}


def _lines(
    results: Sequence[Result], job: Job, values: Callable[[Sequence[Row]], dict[str, float]]
) -> dict[str, list[tuple[int, float]]]:
    """By engine, its points; one that had only a part of the articles has none there."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for result in results:
        if result.job == job:
            whole = [row for row in result.rows if row.get("articles", result.articles) == result.articles]
            for name, value in values(whole).items():
                if not name.endswith(" articles"):
                    lines.setdefault(name, []).append((result.articles, value))
    return lines


def _goal_cells(results: Sequence[Result]) -> Iterator[list[str]]:
    sizes = sorted({result.articles for result in results})
    yield ["ours / the other's", "other", "to reach", "aim", *(f"{size:,} articles" for size in sizes)]
    for goal in GOALS:
        rows = {result.articles: result.rows for result in results if result.job == goal.job}
        figures = (goal.figure(rows[size]) if size in rows else None for size in sizes)
        reached = ("–" if figure is None else rounded(figure) for figure in figures)
        yield [goal.what, goal.against, goal.reach, goal.aim, *reached]


def _growth_cells(results: Sequence[Result]) -> Iterator[list[str]]:
    drawn = charts(results)
    sizes = sorted({size for chart in drawn for line in chart.lines.values() for size, _ in line})
    yield ["how it grows", "engine", *(f"{size:,} articles" for size in sizes)]
    for chart in drawn:
        for name, line in chart.lines.items():
            values = dict(line)
            yield [chart.title, name, *(rounded(values[size]) if size in values else "–" for size in sizes)]


def _section(result: Result) -> list[str]:
    titles = {"search": "Pages of results", "index": "Indexing", "serve": "Pages over HTTP"}
    source = {"resampled": "resampled of real articles", "made": "made of templates"}[result.source]
    heading = f"### {titles[result.job]}: {result.articles:,} articles{', annotated' if result.annotated else ''}"
    return [
        "",
        heading,
        "",
        f"Articles {source}, seed {result.seed}, rounds: {result.rounds}.",
        "",
        *_table(cells_of(result)),
    ]


def _table(cells: Iterator[list[str]] | Sequence[list[str]]) -> list[str]:
    head, *rows = ([cell.replace("|", "\\|") for cell in row] for row in cells)
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
