"""The job `search`: every query to every engine, in turns, so that what disturbs the machine disturbs all alike.

In its turn each engine answers twice. The second answer is its time; the first one finds the processor's caches full of
what the engine before it has read, and is told besides.
"""

import gc
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench.comparison.answers import Page, Searcher
from bench.comparison.queries import Query

_WARM_UPS = 3


def search(searchers: Mapping[str, Searcher], queries: Sequence[Query], rounds: int) -> list[dict[str, Any]]:
    """One row a query: its name and text, and by engine the seconds of a page (median) and the articles found; `cold`
    are the seconds of the first page of each turn."""
    return [_row(searchers, query, rounds) for query in queries]


def _row(searchers: Mapping[str, Searcher], query: Query, rounds: int) -> dict[str, Any]:
    pages = {name: searcher.page(query) for name, searcher in searchers.items()}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in searchers}
    for number in range(_WARM_UPS - 1 + rounds):
        for name, searcher in searchers.items():
            pair = _seconds(searcher, query), _seconds(searcher, query)
            if number >= _WARM_UPS - 1:
                times[name].append(pair)
    cold, seconds = (
        {name: statistics.median(pair[at] for pair in found) for name, found in times.items()} for at in (0, 1)
    )
    return {
        "query": query.name,
        "text": str(query),
        "seconds": seconds,
        "cold": cold,
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
