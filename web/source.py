"""The archive that the pages search: opened when first asked for, opened anew after it could not be read.

In: an index folder, which may not be there yet. Out: its archive, or an IndexFolderError that says what is wrong.
"""

from pathlib import Path
from threading import Lock

from index.errors import IndexFolderError
from index.folder import IndexFolder
from search import Archive, SynonymSettings, open_archive


class ArchiveSource:
    """Hands every request the one open archive; safe to use from several threads."""

    def __init__(self, index_dir: Path, synonyms: SynonymSettings | None = None) -> None:
        self._index_dir, self._synonyms = index_dir, synonyms
        self._folder = IndexFolder(index_dir)  # kept, as it knows whether its pointer has changed
        self._lock = Lock()
        self._archive: Archive | None = None

    def archive(self) -> Archive:
        """The archive. Raises IndexFolderError where there is none to open."""
        with self._lock:
            if self._archive is None:
                self._archive = open_archive(self._index_dir, self._synonyms)
            return self._archive

    def state(self) -> str | None:
        """What names the current generation; None without one."""
        try:
            return self._folder.require_current().name
        except (IndexFolderError, OSError):
            return None

    def forget(self) -> None:
        """Open the archive anew the next time: the folder was found unreadable."""
        with self._lock:
            self._archive = None
