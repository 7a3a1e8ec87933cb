"""Whoosh's collections, one for each kind of record, in the folder of a generation.

In: records and the ids of articles whose records go. Out: committed Whoosh indexes, opened for reading.
Whoosh's errors are translated here.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import index as whoosh_index
from whoosh.writing import SegmentWriter

from index.errors import IndexFolderError
from index.folder import IndexFolder
from index.model import KINDS, Kind, Record
from index.schema import document, schema

_MEMORY_MB = 128
"""What the postings of a run may take before Whoosh writes them out, for each kind."""


class CollectionWriter:
    """Writes records of all kinds into a generation; a context manager that commits when its block ends well."""

    def __init__(self, generation: Path) -> None:
        self._generation = generation
        self._writers: dict[Kind, SegmentWriter] = {}

    def __enter__(self) -> Self:
        for kind in KINDS:
            folder = self._generation / kind
            if folder.is_dir():
                opened = whoosh_index.open_dir(str(folder))
            else:
                folder.mkdir()
                opened = whoosh_index.create_in(str(folder), schema())
            self._writers[kind] = opened.writer(limitmb=_MEMORY_MB)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            if kind is None:
                writer.commit()
            else:
                writer.cancel()

    def add(self, records: Iterable[Record]) -> int:
        """Add records; the number of them."""
        number = 0
        for record in records:
            self._writers[record.kind].add_document(**document(record))
            number += 1
        return number

    def remove(self, article_id: str) -> None:
        """Remove an article's records of every kind, where there are any."""
        for writer in self._writers.values():
            writer.delete_by_term("article", article_id)


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
