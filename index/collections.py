"""Whoosh's collections, one for each kind of record, in the folder of a generation.

In: records, or segments that were built of some, and the ids of articles whose records go. Out: committed Whoosh
indexes, opened for reading. Whoosh's errors are translated here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import index as whoosh_index

from index.codec import MOST_DOCUMENTS, ArraySegment, IndexView, Merge, SegmentBuilder, Source, do, merge_steps
from index.errors import IndexFolderError
from index.folder import IndexFolder
from index.german import Chain, default_chain
from index.model import KINDS, Kind, Record
from index.open_files import allow_many
from index.schema import schema

_BATCH = 4_000_000
"""How many characters of text the writer gathers before it writes a segment."""

_MOST_RECORDS = 1 << 15

DoAll = Callable[[Iterable[Merge]], None]
"""Does the steps of merges, in any order."""


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A segment that was built in the folder of its kind and is not committed yet."""

    kind: Kind
    name: str
    size: int


def build_segments(
    builder: SegmentBuilder, generation: Path, name: str, records: Iterable[Record]
) -> tuple[NewSegment, ...]:
    """Write records into segments of a generation that is being built, one for each kind that has some."""
    by_kind: dict[Kind, list[Record]] = {kind: [] for kind in KINDS}
    for record in records:
        by_kind[record.kind].append(record)
    built = []
    for kind, some in by_kind.items():
        for part, at in enumerate(range(0, len(some), _MOST_RECORDS)):
            chosen, own = some[at : at + _MOST_RECORDS], f"{generation.name}-{name}-{part}"
            (generation / kind).mkdir(exist_ok=True)
            builder.write(chosen, generation / kind, own)
            built.append(NewSegment(kind, own, len(chosen)))
    return tuple(built)


def do_all(steps: Iterable[Merge]) -> None:
    """Do the steps of merges one after another."""
    for step in steps:
        do(step)


@dataclass(frozen=True, slots=True)
class _Commit:
    """What changes in a collection: merges to do, the segments that are left then, the names of those that are not."""

    folder: Path
    opened: Any
    left: list[ArraySegment]
    steps: list[Merge]
    done: set[str]

    def finish(self) -> None:
        """Take away what was merged, and name the segments that are left in Whoosh's table of contents."""
        for file in list(self.folder.iterdir()):
            if file.name.split(".")[0] in self.done:
                file.unlink()
        opened, before = self.opened, self.opened.latest_generation()
        whoosh_index.TOC(opened.schema, self.left, before + 1).write(opened.storage, opened.indexname)
        opened.storage.delete_file(whoosh_index.TOC._filename(opened.indexname, before))


class CollectionWriter:
    """Writes records of all kinds into a generation; a context manager that commits when its block ends well."""

    def __init__(self, generation: Path, merge: DoAll = do_all, chain: Chain | None = None) -> None:
        self._generation, self._merge = generation, merge
        self._chain = chain
        self._new: dict[Kind, list[NewSegment]] = {kind: [] for kind in KINDS}
        self._opened: dict[Kind, Any] = {}
        self._waiting: list[Record] = []
        self._characters = self._batches = 0
        self._builder: SegmentBuilder | None = None

    def __enter__(self) -> Self:
        allow_many()
        for kind in KINDS:
            folder = self._generation / kind
            if whoosh_index.exists_in(str(folder)):
                self._opened[kind] = whoosh_index.open_dir(str(folder))
            else:
                folder.mkdir(exist_ok=True)
                self._opened[kind] = whoosh_index.create_in(str(folder), schema())
        self._segments: dict[Kind, list[ArraySegment]] = {
            kind: list(opened._segments()) for kind, opened in self._opened.items()
        }
        self._before = [
            (segment, IndexView(self._generation / kind, [segment]))
            for kind, segments in self._segments.items()
            for segment in segments
        ]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
            commits = list(map(self._commit_of, KINDS))
            self._merge(step for commit in commits for step in commit.steps)
            for commit in commits:
                commit.finish()

    def add(self, records: Iterable[Record]) -> int:
        """Add records; the number of them."""
        number = 0
        for record in records:
            number += 1
            self._waiting.append(record)
            self._characters += len(record.text)
            if self._characters > _BATCH or len(self._waiting) >= _MOST_RECORDS:
                self._flush()
        return number

    def adopt(self, built: Iterable[NewSegment]) -> None:
        """Add segments that were built in this generation."""
        for segment in built:
            self._new[segment.kind].append(segment)

    def remove(self, article_id: str) -> None:
        """Remove an article's records of every kind, where there are any in what was there before."""
        for segment, view in self._before:
            for number in view.postings("article", article_id).documents.tolist():
                segment.delete_document(number)

    def _flush(self) -> None:
        if self._waiting:
            self._builder = self._builder or SegmentBuilder(self._chain or default_chain())
            self.adopt(
                build_segments(
                    self._builder,
                    self._generation,
                    f"w{self._opened['article'].latest_generation()}-{self._batches}",
                    self._waiting,
                )
            )
            self._waiting, self._characters, self._batches = [], 0, self._batches + 1

    def _commit_of(self, kind: Kind) -> _Commit:
        """What is to be merged, and the segments that are left then."""
        folder, opened = self._generation / kind, self._opened[kind]
        segments = [
            *self._segments[kind],
            *(ArraySegment(new.name, new.size) for new in self._new[kind]),
        ]
        sizes = [segment.doc_count() for segment in segments]
        first = _first_to_merge(sizes, len(self._segments[kind]))
        sparse = (at for at, segment in enumerate(segments) if 2 * segment.deleted_count() > segment.doc_count_all())
        first = min(first, next(sparse, first))
        generation = opened.latest_generation()
        left, steps, done = segments[:first], list[Merge](), set[str]()
        for number, (start, end) in enumerate(_groups(sizes, first)):
            merged = segments[start:end]
            if len(merged) == 1 and not merged[0].has_deletions():
                left += merged
                continue
            sources = [Source(s.segment_id(), s.doc_count_all(), tuple(sorted(s.deleted_docs()))) for s in merged]
            whole = ArraySegment(f"{self._generation.name}-m{generation}-{number}", sum(sizes[start:end]))
            if whole.size:
                steps += merge_steps(folder, sources, whole.name)
                left.append(whole)
            done.update(source.name for source in sources)
        return _Commit(folder, opened, left, steps, done)


def _first_to_merge(sizes: list[int], old: int) -> int:
    """From which segment on they are merged: each one left has at least twice the documents of all behind it together.

    So, but for those that are full, there are no more segments than the logarithm of their documents, and a document is
    merged no oftener.
    """
    first, behind = old, sum(sizes[old:])
    while first and sizes[first - 1] < 2 * behind:
        first -= 1
        behind += sizes[first]
    return first


def _groups(sizes: list[int], first: int) -> Iterator[tuple[int, int]]:
    """From where to where segments are merged, those from `first` on: as many together as one segment can hold."""
    start, together = first, 0
    for at in range(first, len(sizes)):
        if together + sizes[at] > MOST_DOCUMENTS:
            yield start, at
            start, together = at, 0
        together += sizes[at]
    if start < len(sizes):
        yield start, len(sizes)


@contextmanager
def damage_named(generation: Path) -> Iterator[None]:
    """Whatever Whoosh and our own files in a generation make us stumble over becomes an IndexFolderError.

    Where the generation was taken away meanwhile it becomes a FileNotFoundError, so that the caller can open the next.
    """
    try:
        yield
    except IndexFolderError:
        raise
    except Exception as error:
        if not generation.is_dir():
            raise FileNotFoundError(generation) from error
        raise IndexFolderError(
            f"{generation}: the index is damaged ({type(error).__name__}: {error}). "
            f"{IndexFolder(generation.parent.parent).anew}"
        ) from error


def open_collections(generation: Path) -> dict[Kind, Any]:
    """Open the Whoosh index of each kind for reading. Raises what `damage_named` raises."""
    with damage_named(generation):
        return {kind: whoosh_index.open_dir(str(generation / kind)) for kind in KINDS}


def open_view(generation: Path, kind: Kind) -> IndexView:
    """Open the postings of one kind of record. Raises what `damage_named` raises."""
    with damage_named(generation):
        folder = generation / kind
        return IndexView(folder, whoosh_index.open_dir(str(folder))._segments())
