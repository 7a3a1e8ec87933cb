"""What indexing spends its time on. In: files of articles. Out: seconds of processor time and the share of each stage.

    python -m bench.stages seeds

All stages are measured in one run in one process, so the shares can be compared where the seconds cannot.
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import click

from index import Annotator, load_tables, reindex
from index.clean import Cleaner
from index.german import analyze
from index.model import RawArticle
from index.readers import find_files, read_file
from index.records import records_of


class Clock:
    """Adds up the processor time of what is done, by stage, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[name] += time.process_time() - began


def stages(paths: Sequence[Path]) -> tuple[int, dict[str, float]]:
    """The number of articles, and each stage's processor time in seconds; "write" is what the others leave of all."""
    tables, clock, count = load_tables(), Clock(), 0
    cleaner, annotator = Cleaner(tables), Annotator(tables)
    for raw in _articles(paths):
        count += 1
        with clock.stage("clean"):
            article = cleaner.to_article(raw, str(count))
        with clock.stage("annotate"):
            found = annotator.annotate(article.text, article.date)
        with clock.stage("make records"):
            records = records_of(article, found)
        with clock.stage("make terms"):
            for record in records:
                sum(1 for _ in chain(analyze(record.title), analyze(record.text)))
    whole = Clock()
    with tempfile.TemporaryDirectory() as folder, whole.stage("all"):
        reindex(paths, Path(folder), tables, jobs=1)
    return count, {**clock.seconds, "write": whole.seconds["all"] - sum(clock.seconds.values())}


def _articles(paths: Sequence[Path]) -> Iterator[RawArticle]:
    items = chain.from_iterable(read_file(path) for path in find_files(paths))
    return (item for item in items if isinstance(item, RawArticle))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(paths: tuple[Path, ...]) -> None:
    """Print the stages of indexing PATHS."""
    count, seconds = stages(paths)
    whole = sum(seconds.values())
    for stage, value in seconds.items():
        click.echo(f"{stage:<14}{value:8.2f} s{value / whole:6.0%}")
    click.echo(f"{'all':<14}{whole:8.2f} s, {count} articles, {count / whole:.0f} a second and core")


if __name__ == "__main__":
    main()
