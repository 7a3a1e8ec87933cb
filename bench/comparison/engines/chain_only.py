"""Articles of a corpus, written as they are: the German chain only, with the corpus's own values for the facets."""

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.comparison.corpus.item import Item, item_of
from index.amounts import Amount
from index.codec import Merge, SegmentBuilder, do
from index.codec.segments import no_collection
from index.collections import CollectionWriter, NewSegment, build_segments
from index.columns import PARTS, write_columns
from index.folder import IndexFolder
from index.german import Exchange, default_chain
from index.model import KINDS, PartialDate, Record
from index.processes import pool
from index.rows import write_rows

_MOST = 10_000_000
"""A batch has so many bytes of a corpus at most, some 3,700 articles: the fewer batches, the less there is to merge."""


def build_chain_only(corpus: Path, folder: Path, limit: int | None, jobs: int) -> None:
    """Write an index folder of the first `limit` articles."""
    index = IndexFolder(folder)
    with (
        index.locked(),
        index.next_generation(full=True) as generation,
        pool(jobs, __name__) as others,
        TemporaryDirectory() as exchange,
    ):
        with CollectionWriter(generation, partial(_do_all, others)) as writer:
            default_chain()  # learned once: the processes that are forked have it then
            workers = pool(jobs, __name__, _start, generation, Path(exchange), forked=True)
            try:
                for number, built in enumerate(_built(workers, corpus, limit, jobs)):
                    writer.adopt(built)
                    for _ in range(jobs if number == 0 else 0):
                        others.submit(_nothing)  # those that merge have started when they are needed
            finally:
                workers.shutdown(wait=False, cancel_futures=True)  # they end while the others go on
        list(others.map(partial(write_columns, generation, {}), [[part] for part in PARTS]))
        list(others.map(partial(write_rows, generation), [[kind] for kind in KINDS]))


_build: Callable[[Sequence[Record], str], tuple[NewSegment, ...]]


def _start(generation: Path, exchange: Path) -> None:
    global _build
    builder = SegmentBuilder(default_chain(), Exchange(exchange))
    _build = lambda records, name: build_segments(builder, generation, name, records)  # noqa: E731


def _work(corpus: Path, start: int, size: int, name: str) -> tuple[NewSegment, ...]:
    with corpus.open("rb") as file:
        file.seek(start)
        lines = file.read(size).splitlines()
    with no_collection():
        return _build([record(item_of(line)) for line in lines], name)


def _stretches(corpus: Path, limit: int | None, jobs: int) -> Iterator[tuple[int, int]]:
    """Where batches of lines begin in a corpus, and how many bytes they have: of about the same size, and as many for
    each of the processes."""
    with corpus.open("rb") as file:
        whole = corpus.stat().st_size if limit is None else sum(map(len, islice(file, limit)))
        each = whole / (jobs * math.ceil(whole / (jobs * _MOST)) or 1)
        file.seek(0)
        start = end = 0
        for line in islice(file, limit):
            end += len(line)
            if end - start >= each:
                yield start, end - start
                start = end
    if end > start:
        yield start, end - start


def _built(pool: Executor, corpus: Path, limit: int | None, jobs: int) -> Iterator[tuple[NewSegment, ...]]:
    """The segments of the first articles of a corpus, built in batches, of which few wait."""
    waiting = deque[Future[tuple[NewSegment, ...]]]()
    for number, stretch in enumerate(_stretches(corpus, limit, jobs)):
        waiting.append(pool.submit(_work, corpus, *stretch, f"b{number}"))
        if len(waiting) > 2 * jobs:
            yield waiting.popleft().result()
    for future in waiting:
        yield future.result()


def _nothing() -> None:
    """The least work, which starts a process."""


def _do_all(pool: Executor, steps: Iterable[Merge]) -> None:
    for future in [pool.submit(do, step) for step in steps]:
        future.result()


_date = lru_cache(1 << 12)(PartialDate.parse)


def record(item: Item) -> Record:
    """The record of an article, with its sentences, by which passages are cut."""
    text = item.text
    starts = [0, *[end + 1 if text[end] == " " else end + 2 for end in item.ends[:-1]]]
    return Record(
        id=item.id,
        kind="article",
        article_id=item.id,
        title=item.title,
        text=text,
        date=_date(item.date) if item.date else None,
        outlet=item.outlet,
        agencies=item.agencies,
        persons=item.persons,
        speakers=item.speakers,
        figures=item.nouns,
        amounts=tuple([Amount(noun, value, value).term for noun, value in item.figures]),
        path=f"{item.id}.txt",
        stored={"sentences": list(zip(starts, item.ends, strict=True))},
    )
