"""Files in, a new generation of the index out, and a report of what was done.

The plan is made first and from values alone (`index.plan`); here it is carried out, in one commit.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from index.annotate import Tables
from index.checksums import require_whole
from index.codec.missing import missing
from index.collections import CollectionWriter, damage_named
from index.columns import PARTS, write_columns
from index.compound_words import sample_words, write_compound_words
from index.copies import write_copies
from index.errors import IndexFolderError, NothingToReadError, UnreadableError
from index.estimates import write_estimates
from index.folder import FORMAT, IndexFolder
from index.identity import PersonSettings
from index.memory import give_back
from index.model import KINDS, RawArticle
from index.people import write_identities
from index.pipeline import Done, Pipeline, Recipe, Task
from index.plan import Known, State, article_hash, file_hash, make_plan
from index.readers import Unreadable, find_files, read_file
from index.rows import write_rows
from index.vocabulary import update_vocabulary
from index.wordings import write_wordings

Progress = Callable[[int, int], None]
"""Called with the bytes read so far and the bytes to read in all."""


MEMORY = 512
"""What the batches of all processes may need of memory, in megabytes, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file, or an article of it, that is not in the index, and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Report:
    """What a run did: articles by what became of them, records written, seconds."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    records: int = 0
    seconds: float = 0.0
    left_out: list[LeftOut] = field(default_factory=list)


def reindex(
    paths: Sequence[Path],
    index: Path,
    tables: Tables,
    *,
    full: bool = False,
    persons: PersonSettings | None = None,
    jobs: int = 1,
    memory: int = MEMORY,
    progress: Progress | None = None,
) -> Report:
    """Bring the index in the folder `index` up to what lies in `paths`; articles from elsewhere stay as they are.

    `persons` is what the user says of who is who; `full` makes the index anew from `paths` alone. `jobs` is how many
    processes work, `memory` what their batches may take in all, in megabytes. Raises NothingToReadError,
    IndexFolderError, IndexBusyError; then the index is as it was.
    """
    began = time.perf_counter()
    files = find_files(paths)
    if not files:
        raise NothingToReadError(
            f"{', '.join(map(str, paths))}: there are no articles here (.txt or .jsonl). Nothing was changed. "
            "Name a folder that holds some: fundstelle index FOLDER"
        )
    folder = IndexFolder(index)
    with folder.locked():
        current = None if full else folder.current()
        known = _load(folder.require_current()) if current else State()
        job = _Reindexing(index, tables, persons or PersonSettings(), known, progress or (lambda done, total: None))
        job.look(files, paths)
        if full or current is None or job.has_work:
            if current:  # what is damaged must not be merged into files whose checksums are right
                with damage_named(current):
                    require_whole(current, whole=True)
            named = [os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace") for path in paths]
            with (
                folder.next_generation(full=full, paths=named) as generation,
                Pipeline(Recipe(generation, tables), jobs, memory) as pipeline,
            ):
                before = missing()
                job.carry_out(generation, current, pipeline)
                if missing() != before:
                    raise IndexFolderError(f"{index}: a file of the index was cut off meanwhile. {folder.anew}")
    job.report.seconds = time.perf_counter() - began
    return job.report


def _load(generation: Path) -> State:
    with damage_named(generation):
        require_whole(generation)
        return State.load(generation)


class _Reindexing:
    """One run: `look` plans, `carry_out` does. `after` is what the state will be."""

    def __init__(self, index: Path, tables: Tables, persons: PersonSettings, known: State, progress: Progress) -> None:
        self._base = index.resolve().parent
        self._tables = tables
        self._persons = persons
        self._recipe = f"{FORMAT} {tables.fingerprint}"
        self._known = known
        self._progress = progress
        self._articles_of: dict[str, set[str]] = {}
        for article_id, article in known.articles.items():
            self._articles_of.setdefault(article.path, set()).add(article_id)
        self.after = State(self._recipe, repr(persons), dict(known.files), dict(known.articles))
        self.report = Report()

    def look(self, files: Sequence[Path], scope: Sequence[Path]) -> None:
        """Compare the files with the index."""
        found = {self._name(path): path for path in files}
        if self._known.recipe != self._recipe:
            elsewhere = {name: self._base / name for name in self._known.files if name not in found}
            found |= {name: path for name, path in elsewhere.items() if path.is_file()}
        self._paths = found
        self._hashes = {name: file_hash(path, self._recipe) for name, path in found.items()}
        places = {self._name(path) for path in scope}
        if any(self._base.is_relative_to(os.path.abspath(path)) for path in scope):
            places.add(".")  # names of files there begin at the base
        self._plan = make_plan(self._known.files, self._hashes, places)
        self.report.unchanged = sum(len(self._articles_of.get(name, ())) for name in self._plan.same)

    @property
    def has_work(self) -> bool:
        return bool(self._plan.read or self._plan.gone or self.after.persons != self._known.persons)

    def carry_out(self, generation: Path, current: Path | None, pipeline: Pipeline) -> None:
        """Write what changed since `current` into `generation`, and what it was made from."""
        gone = set[str]()
        words = Counter[str]()
        pipeline.start(self._characters)
        if current is None:
            write_compound_words(generation, sample_words(self._texts(), each=pipeline.each))
        with CollectionWriter(generation, pipeline.merge) as writer:
            for batch in pipeline.run(self._tasks(), self._characters):
                for done in batch.done:
                    self._note(done)
                    if not done.failure and done.task.id in self._known.articles:
                        writer.remove(done.task.id)
                        gone.add(done.task.id)
                writer.adopt(batch.segments)
                words.update(batch.words)
            for article_id in self._gone:
                known = self._known.articles[article_id]
                if self.after.articles.get(article_id, known) == known:  # and not another file's since
                    writer.remove(article_id)
                    gone.add(article_id)
                    self.after.articles.pop(article_id, None)
                    self.report.removed += 1
        self._finish(generation, current, pipeline, words, gone)

    def _finish(
        self, generation: Path, current: Path | None, pipeline: Pipeline, words: Counter[str], gone: set[str]
    ) -> None:
        """Write what is told by all articles together. The words are gone afterwards."""
        others = [pipeline.beside(write_copies, generation)]
        update_vocabulary(generation, current, words, gone)  # another process would need the words twice
        words.clear()  # of a large archive they are many
        give_back()
        person_of = write_identities(generation, self._tables, self._persons).person_of
        give_back()
        columns = [pipeline.beside(write_columns, generation, person_of, [part]) for part in PARTS]
        groups = write_wordings(generation, person_of)
        give_back()
        for wait in columns:
            wait()
        others += [pipeline.beside(write_rows, generation, [kind]) for kind in KINDS]
        write_estimates(generation, self._tables, groups)
        for wait in others:
            wait()
        self.after.save(generation)

    def _texts(self) -> Iterator[str]:
        """What there is to read."""
        return (raw.text for name in self._plan.read for raw in _articles_in(self._paths[name]))

    def _note(self, done: Done) -> None:
        """Put an article that was read into the report and into what the index is made from."""
        if done.failure:
            self._fail(done.task, done.failure)
            return
        if done.task.id in self._known.articles:
            self.report.changed += 1
        else:
            self.report.new += 1
        self.report.records += done.records
        digest = article_hash(done.task.raw, self._recipe)
        self.after.articles[done.task.id] = Known(done.task.raw.path, digest)

    @property
    def _characters(self) -> int:
        """About how much there is to read."""
        return sum(_size_of(self._paths[name]) for name in self._plan.read if self._hashes[name])

    def _tasks(self) -> Iterator[Task]:
        """Read the files of the plan; collect what is gone on the way."""
        self._gone = [key for name in sorted(self._plan.gone) for key in sorted(self._articles_of.get(name, ()))]
        for name in self._plan.gone:
            del self.after.files[name]
        total, done = self._characters, 0
        # Articles with ids of their own come before those that are called after their file.
        for name in sorted(self._plan.read, key=lambda name: name.lower().endswith(".txt")):
            whole, seen = True, set[str]()
            for raw in self._read(name):
                if raw is None:
                    whole = False
                    continue
                done += len(raw.text)
                self._progress(min(done, total), total)
                whole &= yield from self._task(raw, seen)
            digest = self._hashes[name]
            if whole and digest:
                self.after.files[name] = digest
                self._gone += sorted(self._articles_of.get(name, set()) - seen)
        self._progress(total, total)

    def _read(self, name: str) -> Iterator[RawArticle | None]:
        """A file's articles; None for each that cannot be read, which is reported."""
        try:
            for item in read_file(self._paths[name]):
                if isinstance(item, Unreadable):
                    self._leave_out(name if item.line is None else f"{name}:{item.line}", item.reason)
                    yield None
                else:
                    yield replace(item, path=name)
        except UnreadableError as error:
            self._leave_out(name, str(error).removeprefix(f"{self._paths[name]}: "))
            yield None

    def _task(self, raw: RawArticle, seen: set[str]) -> Generator[Task, None, bool]:
        """The task for an article, if it is one; whether the article can be taken at all."""
        article_id = self._id_for(raw)
        if article_id in seen:
            self._leave_out(_place(raw), f"the id {raw.own_id!r} stands in this file twice; give each article its own.")
            return False
        seen.add(article_id)
        known = self._known.articles.get(article_id)
        if known and known.hash == article_hash(raw, self._recipe):
            self.report.unchanged += 1
        else:
            if not known or known.path != raw.path:  # from now on it is this file's
                self.after.articles[article_id] = Known(raw.path, "")
            yield Task(raw, article_id)
        return True

    def _id_for(self, raw: RawArticle) -> str:
        """The article's own id, else its file's name (and line); with a mark of its path where another has that id, and
        with a longer one where another has the same mark.
        """
        stem = Path(raw.path).stem
        wanted = raw.own_id or (stem if raw.line is None else f"{stem}-{raw.line}")
        wanted = " ".join(wanted.split())
        if len(wanted) > 120 or not wanted.isprintable() or wanted in ("", ".", ".."):
            wanted = blake2b(wanted.encode("utf-8", "replace"), digest_size=8).hexdigest()
        marks = (blake2b(raw.path.encode("utf-8", "replace"), digest_size=size).hexdigest() for size in (3, 8))
        marked = [wanted, *(f"{wanted}-{mark}" for mark in marks)]
        return next((name for name in marked if not self._is_anothers(name, raw.path)), marked[-1])

    def _is_anothers(self, article_id: str, path: str) -> bool:
        """Whether an article of another file, which is still there, has an id."""
        taken = self.after.articles.get(article_id)
        return taken is not None and taken.path != path and taken.path not in self._plan.gone

    def _name(self, path: Path) -> str:
        """How the index calls a file: from the folder that the index folder lies in, if it lies there too."""
        absolute = Path(os.path.abspath(path))
        name = absolute.relative_to(self._base) if absolute.is_relative_to(self._base) else absolute
        return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")  # a name may be no text

    def _fail(self, task: Task, reason: str) -> None:
        """Leave an article out; its file is read again next time."""
        self._leave_out(_place(task.raw), reason)
        self.after.files.pop(task.raw.path, None)
        if not self.after.articles[task.id].hash:
            del self.after.articles[task.id]

    def _leave_out(self, where: str, reason: str) -> None:
        self.report.left_out.append(LeftOut(where, reason))


def _size_of(path: Path) -> int:
    """How many bytes a file has; 0 where it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _articles_in(path: Path) -> Iterator[RawArticle]:
    """The articles of a file that can be read; what cannot be is said where they are indexed."""
    with suppress(UnreadableError):
        yield from (item for item in read_file(path) if isinstance(item, RawArticle))


def _place(raw: RawArticle) -> str:
    return raw.path if raw.line is None else f"{raw.path}:{raw.line}"
