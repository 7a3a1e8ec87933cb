"""The engines that are compared, each a module that is imported when it is asked for: not everyone has them all."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from bench.comparison.answers import Engine

CHAIN, WHOLE, TANTIVY, FTS5, WHOOSH = "ours", "ours, annotated", "tantivy", "SQLite FTS5", "stock Whoosh"

MODULES: Mapping[str, tuple[str, str]] = {
    CHAIN: ("our_indexes", "ChainOnly"),
    WHOLE: ("our_indexes", "WholePipeline"),
    TANTIVY: ("tantivy_german", "Tantivy"),
    FTS5: ("sqlite_fts5", "Fts5"),
    WHOOSH: ("stock_whoosh", "StockWhoosh"),
}
"""By name, the module here and the class in it."""


def engine_named(name: str) -> Engine:
    """The engine. Raises ImportError where its package is not installed."""
    module, kind = MODULES[name]
    engine: Engine = getattr(import_module(f"bench.comparison.engines.{module}"), kind)()
    return engine


@dataclass(frozen=True, slots=True)
class Compared:
    """An engine as it takes part in a job: with the first `limit` articles only, where there is a limit."""

    name: str
    limit: int | None = None

    def __str__(self) -> str:
        return self.name if self.limit is None else f"{self.name}, {self.limit:,} articles"
