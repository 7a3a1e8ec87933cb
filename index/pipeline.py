"""Raw articles in, records out: cleaned, annotated, in this process or in several."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context

from index.annotate import Annotator, Tables
from index.clean import Cleaner
from index.errors import WorkerError
from index.model import RawArticle, Record
from index.records import records_of

_CHUNK = 32
"""How many articles a worker process takes at once."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """A raw article and the id that it has in the index."""

    raw: RawArticle
    id: str


@dataclass(frozen=True, slots=True)
class Done:
    """A task's records, its article's first; or why there are none."""

    task: Task
    records: tuple[Record, ...]
    failure: str | None = None


class Pipeline:
    """Cleans and annotates by one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._cleaner = Cleaner(tables)
        self._annotator = Annotator(tables)

    def __call__(self, tasks: Iterable[Task]) -> list[Done]:
        """Do tasks, in order; one that fails does not stop the others."""
        return [self._one(task) for task in tasks]

    def _one(self, task: Task) -> Done:
        try:
            article = self._cleaner.to_article(task.raw, task.id)
            found = self._annotator.annotate(article.text, article.date)
            return Done(task, tuple(records_of(article, found)))
        except Exception as error:  # whatever one article does, the others go on; the trace is for us
            _log.debug("%s: cannot be annotated", task.raw.path, exc_info=True)
            return Done(task, (), f"cannot be annotated ({type(error).__name__}: {error}); please report this article.")


_worker: Callable[[Iterable[Task]], list[Done]]


def _start_worker(tables: Tables) -> None:
    global _worker
    _worker = Pipeline(tables)


def _work(tasks: list[Task]) -> list[Done]:
    return _worker(tasks)


def run(tasks: Iterable[Task], tables: Tables, jobs: int) -> Iterator[Done]:
    """Do all tasks, in order, in `jobs` processes; in this one where there is one job or little to do.

    No more than a few chunks for each process are read ahead, so memory does not grow with the archive.
    """
    tasks = iter(tasks)
    first = list(islice(tasks, _CHUNK))
    tasks = chain(first, tasks)
    if jobs <= 1 or len(first) < _CHUNK:
        pipeline = Pipeline(tables) if first else None
        while pipeline and (chunk := list(islice(tasks, _CHUNK))):
            yield from pipeline(chunk)
        return
    try:
        with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (tables,)) as pool:
            waiting = deque[Future[list[Done]]]()
            while chunk := list(islice(tasks, _CHUNK)):
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) > 3 * jobs:
                    yield from waiting.popleft().result()
            for future in waiting:
                yield from future.result()
    except BrokenProcessPool:
        raise WorkerError(
            "a process that annotates has ended, perhaps for lack of memory. Nothing was changed; "
            "try again with --jobs 1."
        ) from None
