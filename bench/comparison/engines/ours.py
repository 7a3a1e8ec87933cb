"""This project: records written as they are (the German chain only), or files through the whole pipeline."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.comparison.answers import SIZE, Page, Shown
from bench.comparison.corpus.item import Item, item_of
from bench.comparison.queries import Query
from index import load_tables, reindex
from index.amounts import amount_term
from index.codec import Merge, SegmentBuilder, do
from index.codec.segments import no_collection
from index.collections import CollectionWriter, NewSegment, build_segments
from index.columns import write_columns
from index.folder import IndexFolder
from index.german import Chain, Exchange
from index.model import Figure, PartialDate, Record
from index.processes import context
from search import Archive, Request, open_archive
from search.model import Hit

_JOBS = 2
_BATCH = 2_000
_INDEX = "index"


class ChainOnly:
    """Articles with the corpus's own values for the facets, without any annotation."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        index = IndexFolder(folder / _INDEX)
        with index.locked(), index.next_generation(full=True) as generation:
            with (
                corpus.open("rb") as lines,
                ProcessPoolExecutor(_JOBS, context(__name__)) as merging,  # they start when they are needed
                CollectionWriter(generation, partial(_do_all, merging)) as writer,
                TemporaryDirectory() as exchange,
                ProcessPoolExecutor(_JOBS, context(__name__), _start, (generation, Path(exchange))) as pool,
            ):
                for built in _built(pool, islice(lines, limit)):
                    writer.adopt(built)
            write_columns(generation, {})

    def open(self, folder: Path) -> "Ours":
        return Ours(folder)


_build: Callable[[Sequence[Record], str], tuple[NewSegment, ...]]


def _start(generation: Path, exchange: Path) -> None:
    global _build
    builder = SegmentBuilder(Chain(), Exchange(exchange))
    _build = lambda records, name: build_segments(builder, generation, name, records)  # noqa: E731


def _work(lines: Sequence[bytes], name: str) -> tuple[NewSegment, ...]:
    with no_collection():
        return _build([record(item_of(line)) for line in lines], name)


def _built(pool: Executor, lines: Iterator[bytes]) -> Iterator[tuple[NewSegment, ...]]:
    """The segments of the articles of some lines, built in batches; no more than two for each process wait."""
    waiting = deque[Future[tuple[NewSegment, ...]]]()
    number = 0
    while some := list(islice(lines, _BATCH)):
        waiting.append(pool.submit(_work, some, f"b{number}"))
        number += 1
        if len(waiting) > 2 * _JOBS:
            yield waiting.popleft().result()
    for future in waiting:
        yield future.result()


def _do_all(pool: Executor, steps: Iterable[Merge]) -> None:
    for future in [pool.submit(do, step) for step in steps]:
        future.result()


class WholePipeline:
    """The same articles as `fundstelle index` takes them, with statements and figures; the facets are what it finds."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        with corpus.open("rb") as lines, (folder / corpus.name).open("wb") as some:
            some.writelines(islice(lines, limit))
        reindex([folder / corpus.name], folder / _INDEX, load_tables(), full=True, jobs=_JOBS)
        (folder / corpus.name).unlink()

    def open(self, folder: Path) -> "Ours":
        return Ours(folder)


class Ours:
    """The archive, asked as the page asks it."""

    def __init__(self, folder: Path) -> None:
        self.archive: Archive = open_archive(folder / _INDEX)

    def page(self, query: Query) -> Page:
        response = self.archive.search(request(query))
        facets = {
            name: {value.value: value.count for value in (values if name == "date" else values[:SIZE])}
            for name, values in response.facets.items()
        }
        return Page(response.total, tuple(map(_shown, response.hits)), facets)


def request(query: Query) -> Request:
    """The query in this project's words."""
    match query.how:
        case "all":
            text = " ".join(query.words)
        case "any":
            text = " ODER ".join(query.words)
        case "not":
            text = " NICHT ".join(query.words)
        case "phrase":
            text = f'"{" ".join(query.words)}"'
        case "prefix":
            text = f"{query.words[0]}*"
    return Request(text, selections=query.selections, size=SIZE)


def _shown(hit: Hit) -> Shown:
    return Shown(hit.id, hit.passages[0].text, sum(len(passage.marks) for passage in hit.passages))


def record(item: Item) -> Record:
    """The record of an article, with its sentences, by which passages are cut."""
    starts = (0, *(_next(item.text, end) for end in item.ends[:-1]))
    return Record(
        id=item.id,
        kind="article",
        article_id=item.id,
        title=item.title,
        text=item.text,
        date=PartialDate.parse(item.date) if item.date else None,
        outlet=item.outlet,
        agencies=item.agencies,
        persons=item.persons,
        speakers=item.speakers,
        figures=item.nouns,
        amounts=tuple(amount_term(_figure(*figure)) for figure in item.figures),
        path=f"{item.id}.txt",
        stored={"sentences": [list(pair) for pair in zip(starts, item.ends, strict=True)]},
    )


def _next(text: str, end: int) -> int:
    """Where the sentence after the one that ends here begins."""
    return end + 1 if text[end] == " " else end + 2


def _figure(noun: str, value: float) -> Figure:
    return Figure(0, 0, "", value, "count", "corpus", noun=noun)
