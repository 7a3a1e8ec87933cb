"""How near matching comes to its limit: the bytes of postings that it reads, over the bandwidth of the memory.

    python -m bench.limit .fundstelle Soldaten "Soldaten Front"

In: an index folder and queries of words. Out: for each the records found, the bytes of postings of all ways in which
its words may stand in a text, the time that memory takes to give these, and the time that matching takes with scores.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import numpy as np
from whoosh import query

from index.codec import IndexView
from index.collections import open_view
from index.errors import FundstelleError
from index.folder import IndexFolder
from search.engine import Engine

_ROUNDS = 15
_NUMBER = 2
"""A record's number takes so many bytes in a segment's postings."""


def bandwidth() -> float:
    """Bytes a second that one core reads from memory, by adding up an array that no cache holds."""
    numbers = np.ones(1 << 25, np.int64)
    return numbers.nbytes / _least(numbers.sum)


def posting_bytes(view: IndexView, tree: query.Query) -> int:
    """The bytes of the postings, numbers and frequencies, of the terms of a tree."""
    terms = {(leaf.fieldname, leaf.text) for leaf in tree.leaves() if isinstance(leaf, query.Term)}
    lists = (found for field, text in terms for found in view.lists(field, text))
    return sum(len(documents) * (_NUMBER + frequencies.itemsize) for _, documents, frequencies in lists)


def _least(work: Callable[[], object]) -> float:
    """The least time of several rounds, in seconds."""

    def once() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return min(once() for _ in range(_ROUNDS))


@click.command()
@click.argument("index", type=click.Path(path_type=Path, exists=True))
@click.argument("queries", nargs=-1, required=True)
def main(index: Path, queries: tuple[str, ...]) -> None:
    """Print the limit of some queries, and how far matching is from it."""
    try:
        generation = IndexFolder(index).require_current()
        engine, view = Engine(generation), open_view(generation, "article")
    except FundstelleError as error:
        raise click.ClickException(str(error)) from None
    speed = bandwidth()
    click.echo(f"memory gives {speed / 1e9:.1f} GB/s to one core")
    for text in queries:
        tree = engine.parse(text, "article", False).tree
        match = partial(engine.collections["article"].match, tree)
        found, size = len(match().numbers), posting_bytes(view, tree)
        limit, taken = size / speed, _least(match)
        click.echo(
            f"{text}: {found:,} records, {size / 1e6:.2f} MB of postings, {limit * 1e3:.3f} ms at the limit, "
            f"{taken * 1e3:.2f} ms taken"
        )


if __name__ == "__main__":
    main()
