"""How fast the German chain reads. In: files of articles. Out: megabytes (10^6 bytes of UTF-8) a second and core.

    python -m bench.chain seeds

"read" is how an index is written, many texts at once; "analyze" takes one, with offsets.
"cold" has seen no form before, "warm" all of them; warm figures are medians of several rounds. Processor time.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import click

from index.german import Chain, QueryChain
from index.model import RawArticle
from index.readers import find_files, read_file


def speeds(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Megabytes a second of each way to read."""
    german = Chain()
    size = sum(len(text.encode()) for text in texts) / 1e6
    read = german.batches().read
    found = {
        "read, cold": size / _seconds(lambda: read(texts)),
        "read, warm": size / _median(lambda: read(texts), rounds),
    }

    def each() -> None:
        for text in texts:
            german.analyze(text)

    each()
    found["analyze, warm"] = size / _median(each, rounds)
    return found


def query_microseconds(texts: Sequence[str], rounds: int) -> float:
    """What a query of three words takes, the first words of each text, by a chain that has not seen them."""
    queries = [" ".join(text.split()[:3]) for text in texts]
    words = QueryChain(Chain()).words
    words("vorab")
    return 1e6 * statistics.median(_seconds(partial(words, query)) for query in queries[: 100 * rounds])


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _median(work: Callable[[], object], rounds: int) -> float:
    return statistics.median(_seconds(work) for _ in range(rounds))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=5, show_default=True, help="How often; the median counts.")
def main(paths: tuple[Path, ...], rounds: int) -> None:
    """Print how fast the chain reads the articles in PATHS."""
    items = chain.from_iterable(read_file(path) for path in find_files(paths))
    texts = [item.text for item in items if isinstance(item, RawArticle)]
    for name, speed in speeds(texts, rounds).items():
        click.echo(f"{name:<16}{speed:8.2f} MB/s")
    click.echo(f"{'query, 3 words':<16}{query_microseconds(texts, rounds):8.0f} µs")


if __name__ == "__main__":
    main()
