"""Whether the files of a generation are what was written.

In: a generation that is built. Out: `checksums.json` in it, for each file its length and its checksum (CRC-32), and one
of itself; and the names of the files that are not as they should be. Opening a generation looks at the lengths of all
files and at the bytes of the small ones; `fundstelle check` looks at every byte.
"""

import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.values import read_values, write_values

_FILE = "checksums.json"
_BLOCK = 1 << 20

_TOGETHER = 4
"""So many files are summed at once: neither the disk nor the sums need Python meanwhile."""

_SMALL = 1 << 18
"""Files up to this size, in bytes, are read whole whenever the generation is opened."""


def write_checksums(generation: Path, before: Path | None) -> None:
    """Take down all files of a generation; those that are links to files of the one `before` were summed there."""
    known = _told(before) or {} if before else {}

    def told(name: str, file: Path) -> Sequence[int]:
        if before is not None and name in known and _is_same(before / name, file):
            return known[name]
        _settle(file)
        return [file.stat().st_size, _checksum(file)]

    files = dict(_files(generation))
    with ThreadPoolExecutor(_TOGETHER) as threads:
        found = dict(zip(files, threads.map(told, files.keys(), files.values()), strict=True))
    write_values(generation, _FILE, {"files": found, "checksum": _checksum_of(found)})


def require_whole(generation: Path, *, whole: bool = False) -> None:
    """Raise ValueError, naming the file, where one is damaged: by a look at them, or by all their bytes if `whole`."""
    for name in damaged(generation, whole=whole):
        raise ValueError(f"{name} is not as it was written")


def require_lengths(generation: Path) -> None:
    """Raise ValueError, naming the file, where one has another length: to read beyond its end kills the process."""
    for name, (length, _) in (_told(generation) or {}).items():
        if (generation / name).stat().st_size != length:
            raise ValueError(f"{name} is not as it was written")


def damaged(generation: Path, *, whole: bool) -> list[str]:
    """The files that are missing or not as they were written: by all their bytes where `whole`."""
    known = _told(generation)
    if known is None:
        return [_FILE]
    return [name for name, told in known.items() if not _is_as_told(generation / name, told, whole)]


def _told(generation: Path) -> dict[str, list[int]] | None:
    """What was taken down of the files of a generation; None where that itself is missing or damaged."""
    try:
        told = read_values(generation, _FILE)
        files: dict[str, list[int]] = told["files"]
        return files if told["checksum"] == _checksum_of(files) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _checksum_of(files: Mapping[str, Sequence[int]]) -> int:
    return zlib.crc32(json.dumps(files).encode())


def _is_as_told(file: Path, told: Sequence[int], whole: bool) -> bool:
    length, checksum = told
    try:
        if file.stat().st_size != length:
            return False
        return checksum == _checksum(file) if whole or length <= _SMALL else True
    except OSError:
        return False


def _settle(file: Path) -> None:
    """Have a file on the disk before anything names it, so that a power loss leaves the generation before."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and os.path.samefile(one, other)


def _files(generation: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(generation.rglob("*")):
        if file.is_file() and file.name != _FILE:
            yield file.relative_to(generation).as_posix(), file


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            checksum = zlib.crc32(block, checksum)
    return checksum
