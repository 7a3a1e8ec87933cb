"""The job `index`: each engine builds its index in a process of its own, one after another, with two cores for each."""

import statistics
from collections.abc import Sequence
from typing import Any

from bench.comparison.cache import Built, Cache
from bench.comparison.engines import Compared


def index(cache: Cache, compared: Sequence[Compared], rounds: int) -> list[dict[str, Any]]:
    """One row an engine: articles, seconds (median), the highest memory of all rounds and the size, both in bytes.

    The indexes stay in the cache for the other jobs.
    """
    found: dict[Compared, list[Built]] = {each: [] for each in compared}
    for _ in range(rounds):
        for each, builds in found.items():
            builds.append(cache.built(each.name, each.limit, anew=True))
    return [_row(each, builds) for each, builds in found.items()]


def _row(each: Compared, builds: Sequence[Built]) -> dict[str, Any]:
    return {
        "engine": each.name,
        "articles": builds[0].articles,
        "seconds": statistics.median(built.seconds for built in builds),
        "peak": max((built.peak for built in builds if built.peak), default=None),
        "size": builds[-1].size,
    }
