"""The commands of the comparison: options in, a table on the terminal and a file of results out.

Each imports its job when it is called: a process that builds an index imports this module, too, and its memory counts.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bench.comparison import engines
from bench.comparison.cache import Cache
from bench.comparison.engines import Compared
from bench.comparison.results import Job, Result, this_machine, write_result
from bench.comparison.tables import table_of

_ROOT = Path(__file__).resolve().parents[2]
CACHE = _ROOT / ".bench"
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


def _ours(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the jobs that use one index of ours."""
    annotated = click.option("--annotated", is_flag=True, help="Take our index of the whole pipeline.")
    fresh = click.option("--fresh", is_flag=True, help="Build our index anew; those of the others stay.")
    return annotated(fresh(command))


_whoosh_option = click.option(
    "--whoosh-articles",
    default=WHOOSH_ARTICLES,
    show_default=True,
    help="Stock Whoosh gets no more articles than these, as it is slow; 0 leaves it out.",
)


_engine_option = click.option(
    "--engine",
    "names",
    multiple=True,
    type=click.Choice(list(engines.MODULES)),
    help="Only this one (may be repeated).",
)


def _compared(names: Sequence[str], articles: int, whoosh_articles: int) -> list[Compared]:
    limits = {engines.WHOOSH: whoosh_articles if whoosh_articles < articles else None}
    return [Compared(name, limits.get(name)) for name in names if limits.get(name) != 0]


@click.command()
@_common
@_whoosh_option
@_engine_option
@click.option(
    "--rounds",
    default=9,
    show_default=True,
    help="How often each query is asked in each of five turns; the median counts.",
)
@_ours
@click.pass_obj
def search(
    shared: Path,
    /,
    rounds: int,
    names: tuple[str, ...],
    whoosh_articles: int,
    annotated: bool,
    fresh: bool,
    **common: Any,
) -> None:
    """Pages of results: the best ten with passages, five facets; every engine, the same twelve queries."""
    from bench.comparison.searching import search as search_all

    cache = _cache(shared, **common)
    ours = engines.WHOLE if annotated else engines.CHAIN
    cache.built(ours, anew=fresh)
    beside = [name for name in (engines.TANTIVY, engines.FTS5, engines.WHOOSH) if not names or name in names]
    others = _compared(beside, cache.articles, whoosh_articles)
    searchers = {engines.CHAIN: cache.open(ours), **{str(each): cache.open(each.name, each.limit) for each in others}}
    _hand_out("search", cache, rounds, search_all(searchers, cache.queries, rounds), common["output"], annotated)


@click.command()
@_common
@_whoosh_option
@click.option("--rounds", default=1, show_default=True, help="How often each index is built; the median counts.")
@_engine_option
@click.pass_obj
def index(shared: Path, /, rounds: int, names: tuple[str, ...], whoosh_articles: int, **common: Any) -> None:
    """Time, memory and size of an index: ours without and with annotations, and the others."""
    from bench.comparison.indexing import index as index_all

    cache = _cache(shared, **common)
    compared = _compared(names or tuple(engines.MODULES), cache.articles, whoosh_articles)
    rows = index_all(cache, compared, rounds)
    _hand_out("index", cache, rounds, rows, common["output"])


@click.command()
@_common
@click.option("--rounds", default=9, show_default=True, help="How often the engine alone is asked each query.")
@click.option("--seconds", default=10.0, show_default=True, help="How long each load lasts.")
@_ours
@click.pass_obj
def serve(shared: Path, /, rounds: int, seconds: float, annotated: bool, fresh: bool, **common: Any) -> None:
    """Pages over HTTP, asked for by one and by sixteen at once, beside the engine alone; the server's memory."""
    from bench.comparison.serving import serve as serve_all

    cache = _cache(shared, **common)
    ours = engines.WHOLE if annotated else engines.CHAIN
    cache.built(ours, anew=fresh)
    rows = serve_all(cache.index_of(ours), cache.queries, rounds, seconds)
    _hand_out("serve", cache, rounds, rows, common["output"], annotated)


def _cache(shared: Path, articles: int, seed: int, cache: Path, output: Path | None) -> Cache:
    return Cache(cache, articles, seed, shared)


def _hand_out(
    job: Job, cache: Cache, rounds: int, rows: list[dict[str, Any]], output: Path | None, annotated: bool = False
) -> None:
    result = Result(job, cache.articles, cache.source, cache.seed, rounds, this_machine(), rows, annotated)
    Console(width=None if Console().is_terminal else _WIDTH).print(table_of(result))
    if output:
        write_result(result, output)


@click.command()
@click.option("--results", default=_ROOT / "bench" / "results", show_default=True, type=_PATH, help="Files of results.")
@click.option("--page", default=_ROOT / "docs" / "performance.md", show_default=True, type=_PATH, help="To write into.")
def report(results: Path, page: Path) -> None:
    """Put the results into the page on performance, and draw its picture beside it."""
    from bench.comparison.report import read_results, write_report

    write_report(read_results(results), page, page.with_suffix(".svg"))


COMMANDS = (search, index, serve, report)
