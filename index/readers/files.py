"""Paths that a user names -> the files to read."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from index.errors import NothingToReadError


def walk(paths: Iterable[Path], suffixes: Collection[str]) -> list[Path]:
    """Return the named files and, below the named folders, those with one of the suffixes; sorted, each once.

    In folders, hidden files and folders and a README are passed over. A folder that may not be opened is returned
    itself, so that reading it says why. Raises NothingToReadError where a path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(_below(path, suffixes))
        elif path.exists():
            found.add(path)
        else:
            raise NothingToReadError(f"{path}: there is no such file or folder. Check how it is spelled.")
    return sorted(found)


def _below(root: Path, suffixes: Collection[str]) -> Iterator[Path]:
    folders = [root]  # `os.walk` calls itself for each level
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield folder
            continue
        for entry in entries:
            if not _is_folder(entry):
                if _is_article(entry.name, suffixes):
                    yield Path(entry.path)
            elif not entry.name.startswith(".") and not entry.is_symlink():
                folders.append(Path(entry.path))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, say: reading it says why it cannot be read
        return False


def _is_article(name: str, suffixes: Collection[str]) -> bool:
    stem, suffix = os.path.splitext(name)
    return not name.startswith(".") and suffix.lower() in suffixes and stem.lower() != "readme"
