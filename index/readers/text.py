"""A text file, as scraped -> one raw article."""

from collections.abc import Iterator
from pathlib import Path

from index.errors import UnreadableError
from index.model import RawArticle
from index.readers.encoding import DecodingError, decode


def read_text(path: Path) -> Iterator[RawArticle]:
    """Yield the file's one article. Raises UnreadableError where the file is empty or no text; OSError."""
    try:
        text = decode(path.read_bytes())
    except DecodingError as error:
        raise UnreadableError(f"{path}: {error}") from None
    if not text.strip():
        raise UnreadableError(f"{path}: is empty; put an article into it or delete it.")
    yield RawArticle(str(path), text)
