"""Raw articles in, segments of the index out: cleaned, annotated and inverted, in this process or in several.

A batch of articles goes through all steps in one process, which writes its records' segments; what comes back is what
was done, not the records. Others then merge the segments.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from index.annotate import Tables
from index.annotate.annotator import Annotator
from index.clean import Cleaner
from index.codec import Merge, SegmentBuilder, do
from index.codec.segments import no_collection
from index.collections import NewSegment, build_segments
from index.compound_words import chain_of
from index.errors import WorkerError
from index.german import Exchange
from index.memory import give_back
from index.model import RawArticle, Record
from index.processes import pool
from index.records import records_of_all
from index.word_counts import count_words

_SMALLEST = 100_000
"""A batch has at least so many characters, where there are as many: less is not worth another process."""

_NEED = 120
"""What a process needs of memory for a batch, in bytes for each of its characters; where nearly every word belongs to a
figure 170."""

_EACH = 60
"""An article needs as much as so many characters besides its own."""

_SHARES = 6
"""Into how many batches the work of one process is cut at least."""

_AHEAD = 2
"""How many batches for each process are read ahead; so the end is seen coming, and is cut smaller."""

_LAST = 8
"""Into how many a batch is cut at most at the end, so that all processes end at about the same time."""

_TOGETHER = 64
"""How many articles are annotated together: enough for the caches, few enough that one that fails costs little."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a process needs to know: where segments go and words of compounds lie, and the tables to read texts by.

    `exchange` is the folder where processes tell each other what they learn, if there are several.
    """

    generation: Path
    tables: Tables
    exchange: Path | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A raw article and the id that it has in the index."""

    raw: RawArticle
    id: str


@dataclass(frozen=True, slots=True)
class Done:
    """A task, how many records were made of it; or why there are none."""

    task: Task
    records: int
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What was made of some tasks: what became of each, in their order; the segments; how many articles have a word."""

    done: tuple[Done, ...]
    segments: tuple[NewSegment, ...]
    words: Counter[str]


class Worker:
    """Cleans, annotates and inverts by one recipe."""

    def __init__(self, recipe: Recipe) -> None:
        self._generation = recipe.generation
        self._cleaner = Cleaner(recipe.tables)
        self._annotator = Annotator(recipe.tables)
        self._exchange = Exchange(recipe.exchange) if recipe.exchange else None

    @cached_property
    def _builder(self) -> SegmentBuilder:
        """Made when it is first needed, as the words of compounds may not be written before."""
        return SegmentBuilder(chain_of(self._generation), self._exchange)

    def __call__(self, tasks: Iterable[Task], name: str) -> Batch:
        """Do tasks, in order; one that fails does not stop the others. The segments are called after `name`."""
        with no_collection():
            return self._do(tasks, name)

    def _do(self, tasks: Iterable[Task], name: str) -> Batch:
        records: list[Record] = []
        done: list[Done] = []
        for some in _parts(list(tasks), _TOGETHER):
            for task, made in zip(some, self._made(some), strict=True):
                if isinstance(made, str):
                    done.append(Done(task, 0, made))
                else:
                    done.append(Done(task, len(made)))
                    records += made
        words = count_words(f"{record.title}\n{record.text}" for record in records if record.kind == "article")
        return Batch(tuple(done), build_segments(self._builder, self._generation, name, records), words)

    def _made(self, tasks: Sequence[Task]) -> Iterable[list[Record] | str]:
        """The records of each task, or why there are none."""
        try:
            return self._records(tasks)
        except Exception as error:  # whatever one article does, the others go on; the trace is for us
            if len(tasks) > 1:
                return [made for task in tasks for made in self._made([task])]
            _log.debug("%s: cannot be annotated", tasks[0].raw.path, exc_info=True)
            return [f"cannot be annotated ({type(error).__name__}: {error}); please report this article."]

    def _records(self, tasks: Sequence[Task]) -> list[list[Record] | str]:
        articles = [self._cleaner.to_article(task.raw, task.id) for task in tasks]
        found = self._annotator.annotate_all([one.text for one in articles], [one.date for one in articles])
        return [*records_of_all(articles, found)]


def _parts(tasks: Sequence[Task], size: int) -> Iterator[Sequence[Task]]:
    return (tasks[at : at + size] for at in range(0, len(tasks), size))


_worker: Worker


def _start_worker(recipe: Recipe) -> None:
    global _worker
    _worker = Worker(recipe)


def _work(tasks: list[Task], name: str) -> Batch:
    try:
        return _worker(tasks, name)
    finally:
        give_back()  # what a batch took stays in pieces otherwise, between what it taught


def _nothing() -> None:
    """The least work, which starts a process."""


class Pipeline:
    """The processes of one run: a context manager. What is not started does all in this one.

    `memory` is what the batches of all processes may need, in megabytes.
    """

    def __init__(self, recipe: Recipe, jobs: int, memory: int) -> None:
        self._recipe, self._jobs, self._memory = recipe, jobs, memory
        self._pool: ProcessPoolExecutor | None = None
        self._exchange: TemporaryDirectory[str] | None = None
        self._merging = self._finishing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        if self._exchange:
            self._exchange.cleanup()

    def start(self, characters: int) -> None:
        """Start the processes, where there is so much to read that they pay; they get ready while this one goes on."""
        if self._jobs > 1 and characters >= 2 * _SMALLEST:
            with _ended_named():
                self._exchange = TemporaryDirectory()
                recipe = replace(self._recipe, exchange=Path(self._exchange.name))
                self._pool = pool(self._jobs, __name__, _start_worker, recipe)
                for _ in range(self._jobs):
                    self._pool.submit(_nothing)

    def run(self, tasks: Iterable[Task], characters: int) -> Iterator[Batch]:
        """Do all tasks, in order; `characters` is about how much there is to read. The words of compounds are written.

        No more than a few batches for each process are read ahead, so memory does not grow with the archive.
        """
        most = int(self._memory * 1e6 / _NEED / self._jobs)
        size = max(_SMALLEST, min(most, characters // (_SHARES * self._jobs)))
        batches = enumerate(_batches(tasks, size, _AHEAD * self._jobs if self._pool else 1))
        if self._pool is None:
            worker: Worker | None = None
            for number, batch in batches:
                worker = worker or Worker(self._recipe)
                yield worker(batch, f"b{number}")
            return
        with _ended_named():
            waiting = deque[Future[Batch]]()
            for number, batch in batches:
                waiting.append(self._pool.submit(_work, batch, f"b{number}"))
                if len(waiting) > _AHEAD * self._jobs:
                    yield waiting.popleft().result()
            for future in waiting:
                yield future.result()

    def merge(self, steps: Iterable[Merge]) -> None:
        """Do the steps of merges."""
        if self._pool is None:
            for step in steps:
                do(step)
            return
        with _ended_named():
            if not self._merging:  # in fresh processes: what the others have learned takes more memory than a merge
                self._pool.shutdown()
                self._pool, self._merging = pool(self._jobs, __name__), True
            for future in [self._pool.submit(do, step) for step in steps]:
                future.result()

    def each(self, work: Callable[[Any], Any], values: Iterable[Any]) -> Iterable[Any]:
        """Have some work done with each value, in the other processes where there are any; the results, in order."""
        if self._pool is None:
            return map(work, values)
        with _ended_named():
            return list(self._pool.map(work, values))

    def beside(self, work: Callable[..., object], *values: Any) -> Callable[[], None]:
        """Have some work done in another process, where there are any; what comes back waits for its end.

        This process is taken to go on, so there is one fewer of the others.
        """
        if self._pool is None:
            work(*values)
            return _nothing
        with _ended_named():
            if not self._finishing:
                self._pool.shutdown()
                self._pool, self._finishing = pool(max(1, self._jobs - 1), __name__), True
            future = self._pool.submit(work, *values)

        def wait() -> None:
            with _ended_named():
                future.result()

        return wait


@contextmanager
def _ended_named() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise WorkerError(
            "a process of this run has ended, perhaps for lack of memory. Nothing was changed; "
            "try again with --jobs 1, or with less --memory."
        ) from None


def _batches(tasks: Iterable[Task], characters: int, ahead: int) -> Iterator[list[Task]]:
    """Tasks in batches of some so many characters. The last, as many as are read ahead, become smaller and smaller,
    so that no process waits long for another.
    """
    waiting = deque[Task]()
    size = given = 0
    for task in tasks:
        waiting.append(task)
        size += _size(task)
        if size >= characters * min(given // 2 + 1, ahead):  # the first ones are needed at once
            yield (batch := _taken(waiting, characters))
            size -= sum(map(_size, batch))
            given += 1
    while waiting:
        yield (batch := _taken(waiting, min(characters, max(_SMALLEST, characters // _LAST, size // ahead))))
        size -= sum(map(_size, batch))


def _taken(waiting: deque[Task], characters: int) -> list[Task]:
    """Take tasks of so many characters off those that wait."""
    batch: list[Task] = []
    size = 0
    while waiting and size < characters:
        batch.append(waiting.popleft())
        size += _size(batch[-1])
    return batch


def _size(task: Task) -> int:
    """How much an article weighs in a batch, in characters."""
    return _EACH + len(task.raw.title or "") + len(task.raw.text)
