"""The index folder: generations, of which one is current.

    .fundstelle/
      fundstelle.json         which format, which generation is current: replaced in one step
      lock                    held by the run that writes
      generations/000007-5e0c91d2/   whole and never changed once it is current

A run builds the next generation beside the current one, from hard links to its files where they stay, and makes it
current by replacing one small file. Whoever searches sees the one or the other. A run that is killed leaves a
generation that nobody names; the next run takes it away. A name is never given twice, not even after the folder was
deleted: what a name stands for is known to be the same as before.
"""

import json
import os
import re
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.checksums import write_checksums
from index.errors import IndexBusyError, IndexFolderError

FORMAT = 11
"""The format of what a generation holds; an index of another format is made anew by `--full`."""

_POINTER = "fundstelle.json"

_NAME = re.compile(r"(?P<number>\d{6,})-[0-9a-f]{8}")

_SETTLED = 1_000_000_000
"""A pointer older than so many nanoseconds cannot be written again without another time of change."""


class IndexFolder:
    """A folder that holds an index, or will."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer = path / _POINTER
        self._generations = path / "generations"
        self._known: tuple[tuple[int, ...] | None, Path | None] = None, None

    def current(self) -> Path | None:
        """The folder of the current generation, None where there is no index yet.

        Raises IndexFolderError where the folder is not an index, or one of another format.
        """
        stamp = self._stamp()
        known, generation = self._known
        if stamp is None or stamp != known:
            name = self._name()
            generation = None if name is None else self._generations / name
            self._known = stamp, generation
        return generation

    def _stamp(self) -> tuple[int, ...] | None:
        """What differs when the pointer was replaced; None where there is none, or it is so new that nothing might."""
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        if time.time_ns() - found.st_mtime_ns < _SETTLED:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def paths(self) -> tuple[str, ...]:
        """What the index was made from: the files and folders that were named; also of an index of another format."""
        pointer = self._read_pointer() or {}
        paths = pointer.get("paths", [])
        return tuple(str(path) for path in paths) if isinstance(paths, list) else ()

    def require_current(self) -> Path:
        """The folder of the current generation. Raises IndexFolderError also where there is none."""
        current = self.current()
        if current is None:
            raise IndexFolderError(
                f"{self.path}: there is no index here. Make one with: fundstelle index PATH --index {self.path}"
            )
        if not current.is_dir():
            raise IndexFolderError(f"{self.path}: the index is damaged ({current.name} is missing). {self.anew}")
        return current

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder if need be and hold it for writing. Raises IndexBusyError where another run does."""
        self._claim()
        lock = FileLock(self.path / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise IndexBusyError(
                f"{self.path}: another run is writing this index. Wait until it is done, then try again."
            ) from None
        with lock:
            yield

    @contextmanager
    def next_generation(self, *, full: bool, paths: Sequence[str] = ()) -> Iterator[Path]:
        """Inside `locked()`: give a folder for the next generation; when the block ends well, it is current.

        `paths` are the files and folders it is made from, absolute; it keeps those of the generation before, too.

        It starts empty if `full`, else with everything the current one holds, hard-linked: files in it are added and
        replaced, never written into.
        """
        name = self._name(any_format=full)
        self._sweep(keep={name})
        current = None if name is None else self._generations / name
        before = None if full else current
        following = self._generations / _name_after(name)
        if before is None:
            following.mkdir(parents=True)
        else:
            shutil.copytree(before, following, copy_function=_link, ignore=shutil.ignore_patterns("*LOCK"))
        try:
            yield following
        except BaseException:
            shutil.rmtree(following, ignore_errors=True)
            raise
        write_checksums(following, before)
        known = () if full else self.paths()
        self._point_to(following, tuple(dict.fromkeys((*known, *paths))))
        self._sweep(keep={name, following.name})

    def _name(self, *, any_format: bool = False) -> str | None:
        """What the current generation is called."""
        pointer = self._read_pointer()
        if pointer is None:
            return None
        written, named = pointer.get("format"), pointer.get("generation")
        name = f"{named:06d}" if isinstance(named, int) else str(named)  # a number up to format 5
        if written != FORMAT and not any_format:
            raise IndexFolderError(
                f"{self.path}: the index was written by another version "
                f"(format {written}, this one reads {FORMAT}). {self.anew}"
            )
        if not _NAME.fullmatch(name) and written == FORMAT:
            raise self._unreadable("it names no generation")
        return name

    def _read_pointer(self) -> dict[str, Any] | None:
        try:
            pointer = json.loads(self._pointer.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise IndexFolderError(
                f"{self._pointer}: cannot be read ({error.strerror}). See that it is a file that this user may read."
            ) from None
        except ValueError as error:
            raise self._unreadable(error) from None
        if not isinstance(pointer, dict):
            raise self._unreadable("no table")
        if pointer.get("format") == FORMAT and pointer.get("checksum") != _checksum(pointer):
            raise self._unreadable("it is not as it was written")
        return pointer

    def _unreadable(self, error: object) -> IndexFolderError:
        return IndexFolderError(
            f"{self._pointer}: cannot be read ({error}). Delete {self.path} and index again: "
            f"fundstelle index PATH --index {self.path}"
        )

    @property
    def anew(self) -> str:
        """What to do about an index that cannot be read."""
        return f"Make it anew from what it was made from: fundstelle index --full --index {self.path}"

    def _claim(self) -> None:
        """Make the folder if it is not there; refuse one that holds anything else."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            entries = {entry.name for entry in self.path.iterdir()}
        except OSError as error:
            raise IndexFolderError(f"{self.path}: no index can be made here ({error.strerror}).") from None
        if _POINTER not in entries and entries - {"lock", "generations"}:
            raise IndexFolderError(
                f"{self.path}: this folder holds other things and no index. Name an empty or a new folder with --index."
            )

    def _point_to(self, generation: Path, paths: Sequence[str]) -> None:
        pointer = {"format": FORMAT, "generation": generation.name, "paths": paths}
        text = json.dumps({**pointer, "checksum": _checksum(pointer)})
        beside = self._pointer.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._pointer)

    def _sweep(self, keep: set[str | None]) -> None:
        """Take away generations that nobody needs; the one before the current stays for who is still opening it."""
        if not self._generations.is_dir():
            return
        for entry in self._generations.iterdir():
            if entry.name not in keep:
                shutil.rmtree(entry, ignore_errors=True)


def _name_after(name: str | None) -> str:
    """A name for the generation after another: its number, and what no other run gives."""
    match = _NAME.fullmatch(name) if name else None
    return f"{int(match['number']) + 1 if match else 1:06d}-{secrets.token_hex(4)}"


def _checksum(pointer: Mapping[str, Any]) -> int:
    """What tells a damaged pointer: a changed bit may name the generation before, or another source."""
    return zlib.crc32(json.dumps([pointer.get("generation"), pointer.get("paths")]).encode())


def _link(source: str, target: str) -> None:
    """Link a file; copy it where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
