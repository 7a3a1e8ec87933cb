"""The job `search`: every query to every engine, in turns, so that what disturbs the machine disturbs all alike.

In a turn an engine answers some times to warm up, and then as often as is measured: so it is warm as it is where it is
used alone. Its very first answer finds the processor's caches full of what the engine before it has read: what it takes
is told besides. Another one begins each turn.
"""

import gc
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench.comparison.answers import Page, Searcher
from bench.comparison.queries import Query

_TURNS = 5
_WARM_UPS = 3


def search(searchers: Mapping[str, Searcher], queries: Sequence[Query], rounds: int) -> list[dict[str, Any]]:
    """One row a query: its name and text, and by engine the seconds of a page (the median of `rounds` in each turn) and
    the articles found; `cold` are the seconds of the first page of a turn."""
    return [_row(searchers, query, rounds) for query in queries]


def _row(searchers: Mapping[str, Searcher], query: Query, rounds: int) -> dict[str, Any]:
    pages = {name: searcher.page(query) for name, searcher in searchers.items()}
    turns: dict[str, list[list[float]]] = {name: [] for name in searchers}
    names = list(searchers)
    for turn in range(_TURNS):
        for name in [*names[turn % len(names) :], *names[: turn % len(names)]]:
            turns[name].append([_seconds(searchers[name], query) for _ in range(_WARM_UPS + rounds)])
    warm = {name: [seconds for turn in found for seconds in turn[_WARM_UPS:]] for name, found in turns.items()}
    return {
        "query": query.name,
        "text": str(query),
        "seconds": {name: statistics.median(found) for name, found in warm.items()},
        "cold": {name: statistics.median(turn[0] for turn in found) for name, found in turns.items()},
        "found": {name: page.total for name, page in pages.items()},
        "marked": {name: marked(page) for name, page in pages.items()},
    }


def marked(page: Page) -> int:
    """How many of the passages have something marked in them."""
    return sum(hit.marks > 0 for hit in page.hits)


def _seconds(searcher: Searcher, query: Query) -> float:
    gc.collect(0)
    began = time.perf_counter()
    searcher.page(query)
    return time.perf_counter() - began
