"""The commands of the comparison: options in, a table on the terminal and a file of results out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bench.comparison import engines
from bench.comparison.cache import Cache
from bench.comparison.results import Job, Result, this_machine, write_result
from bench.comparison.searching import search as search_all
from bench.comparison.tables import table_of

CACHE = Path(__file__).resolve().parents[2] / ".bench"
WHOOSH_ARTICLES = 100_000

_WIDTH = 200
_PATH = click.Path(path_type=Path)


def _common(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all jobs have."""
    for option in (
        click.option("--articles", default=20_000, show_default=True, help="How many articles."),
        click.option("--seed", default=1, show_default=True, help="Another seed draws other articles and queries."),
        click.option("--cache", default=CACHE, show_default=True, type=_PATH, help="Keeps corpora and indexes."),
        click.option("--output", type=_PATH, help="Write the results here as JSON."),
    ):
        command = option(command)
    return command


_whoosh_option = click.option(
    "--whoosh-articles",
    default=WHOOSH_ARTICLES,
    show_default=True,
    help="Stock Whoosh gets no more articles than these, as it is slow; 0 leaves it out.",
)


@dataclass(frozen=True)
class _Compared:
    """An engine as it takes part: with the first `limit` articles only, where there is a limit."""

    name: str
    limit: int | None

    def __str__(self) -> str:
        return self.name if self.limit is None else f"{self.name}, {self.limit:,}"


def _compared(names: Sequence[str], articles: int, whoosh_articles: int) -> list[_Compared]:
    limits = {engines.WHOOSH: whoosh_articles if whoosh_articles < articles else None}
    return [_Compared(name, limits.get(name)) for name in names if limits.get(name) != 0]


@click.command()
@_common
@_whoosh_option
@click.option("--rounds", default=9, show_default=True, help="How often each query is asked; the median counts.")
@click.option("--annotated", is_flag=True, help="Search our index of the whole pipeline, not the chain's alone.")
@click.option("--fresh", is_flag=True, help="Build our index anew; those of the others stay.")
@click.pass_obj
def search(shared: Path, /, rounds: int, whoosh_articles: int, annotated: bool, fresh: bool, **common: Any) -> None:
    """Pages of results: the best ten with passages, five facets; every engine, the same twelve queries."""
    cache = _cache(shared, **common)
    ours = engines.WHOLE if annotated else engines.CHAIN
    cache.built(ours, anew=fresh)
    others = _compared((engines.TANTIVY, engines.FTS5, engines.WHOOSH), cache.articles, whoosh_articles)
    searchers = {engines.CHAIN: cache.open(ours), **{str(each): cache.open(each.name, each.limit) for each in others}}
    _hand_out("search", cache, rounds, search_all(searchers, cache.queries, rounds), common["output"])


def _cache(shared: Path, articles: int, seed: int, cache: Path, output: Path | None) -> Cache:
    return Cache(cache, articles, seed, shared)


def _hand_out(job: Job, cache: Cache, rounds: int, rows: list[dict[str, Any]], output: Path | None) -> None:
    result = Result(job, cache.articles, cache.source, cache.seed, rounds, this_machine(), rows)
    Console(width=None if Console().is_terminal else _WIDTH).print(table_of(result))
    if output:
        write_result(result, output)


COMMANDS = (search,)
