"""The job `search`: every query to every engine, in turns, so that what disturbs the machine disturbs all alike.

In its turn each engine answers several times in a row, as it does where it is used alone; the median of all answers is
its time. The first ones of its turns find the processor's caches full of what the engine before has read, and are told
besides.
"""

import gc
import statistics
import time
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from bench.comparison.answers import Page, Searcher
from bench.comparison.queries import Query

_WARM_UPS = 3
_IN_A_ROW = 5


def search(searchers: Mapping[str, Searcher], queries: Sequence[Query], rounds: int) -> list[dict[str, Any]]:
    """One row a query: its name and text, and by engine the seconds of a page (median) and the articles found; `cold`
    are the seconds of the first page of each turn."""
    return [_row(searchers, query, rounds) for query in queries]


def _row(searchers: Mapping[str, Searcher], query: Query, rounds: int) -> dict[str, Any]:
    pages = {name: searcher.page(query) for name, searcher in searchers.items()}
    times: dict[str, list[list[float]]] = {name: [] for name in searchers}
    for number in range(_WARM_UPS - 1 + rounds):
        for name, searcher in searchers.items():
            turn = [_seconds(searcher, query) for _ in range(_IN_A_ROW)]
            if number >= _WARM_UPS - 1:
                times[name].append(turn)
    return {
        "query": query.name,
        "text": str(query),
        "seconds": {name: statistics.median(chain.from_iterable(turns)) for name, turns in times.items()},
        "cold": {name: statistics.median(turn[0] for turn in turns) for name, turns in times.items()},
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
