"""A file in, its raw articles out; one module a format.

`files` finds the files, `encoding` makes characters of bytes, `text` and `jsonl` make raw articles of characters.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from index.errors import UnreadableError
from index.model import RawArticle
from index.readers.files import walk
from index.readers.jsonl import Unreadable, read_jsonl
from index.readers.text import read_text

__all__ = ["SUFFIXES", "Reader", "Unreadable", "find_files", "read_file"]

Reader = Callable[[Path], Iterator[RawArticle | Unreadable]]

SUFFIXES: Mapping[str, Reader] = {".jsonl": read_jsonl, ".ndjson": read_jsonl, ".txt": read_text}
"""The reader of each format, by the file's suffix."""


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: those named, and those with a known suffix in the folders named; sorted, each once.

    Raises NothingToReadError where a path does not exist.
    """
    return walk(paths, SUFFIXES)


def read_file(path: Path) -> Iterator[RawArticle | Unreadable]:
    """Yield the file's articles, and an `Unreadable` for each part of it that cannot be read.

    Raises UnreadableError, whose message begins with the path, where the whole file cannot be read.
    """
    reader = SUFFIXES.get(path.suffix.lower())
    if path.is_dir():
        raise UnreadableError(f"{path}: the folder cannot be opened; allow reading it or name another.")
    if reader is None:
        raise UnreadableError(f"{path}: is of an unknown format; {', '.join(SUFFIXES)} are read.")
    if path.exists() and not path.is_file():
        raise UnreadableError(f"{path}: is no ordinary file; leave it out.")
    try:
        yield from reader(path)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror or error}); check its permissions.") from error
