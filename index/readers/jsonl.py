"""A JSON Lines file -> a raw article a line.

A line is an object with `text` and, where they are known, `id`, `title`, `date` (ISO 8601, German, or as feeds have
it), `outlet`, `agencies` (a list) and `url`; other keys are passed over. The text is kept to the character.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import UnreadableError
from index.model import RawArticle
from index.readers.dates import read_date
from index.readers.encoding import DecodingError, decode, is_utf16

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place in a file that cannot be read, and why; `line` counts from 1, None is the whole file."""

    path: str
    line: int | None
    reason: str


def read_jsonl(path: Path) -> Iterator[RawArticle | Unreadable]:
    """Yield an article or a reason for each line that is not blank; memory does not grow with the file.

    Raises UnreadableError where the file holds no line, is one JSON document or is no text; OSError.
    """
    count = 0
    for number, line in enumerate(_lines(path), 1):
        try:
            text = decode(line) if isinstance(line, bytes) else line
        except DecodingError as error:
            yield Unreadable(str(path), number, str(error))
            count += 1
            continue
        if not text.strip():
            continue
        if not count and text.strip() in ("[", "{"):
            raise UnreadableError(f"{path}: is one JSON document, not JSON Lines; write each article on one line.")
        count += 1
        try:
            yield _article(path, number, text)
        except ValueError as error:
            yield Unreadable(str(path), number, str(error))
    if not count:
        raise UnreadableError(f"{path}: is empty; put articles into it or delete it.")


def _lines(path: Path) -> Iterator[bytes | str]:
    """Yield lines as bytes, so that one with a wrong letter does not take the others with it; UTF-16 as text."""
    with path.open("rb") as file:
        start = file.read(4096)
        file.seek(0)
        try:
            if is_utf16(start):
                yield from decode(file.read()).split("\n")
                return
            if b"\0" in start:
                decode(start)
        except DecodingError as error:
            raise UnreadableError(f"{path}: {error}") from None
        yield from file


def _article(path: Path, number: int, line: str) -> RawArticle:
    """Read one line. Raises ValueError, whose message is the reason."""
    try:
        data = json.loads(line)
    except RecursionError:
        raise ValueError("is not JSON that can be read (nested too deeply); mend the line.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg} at character {error.pos + 1}); mend the line.") from None
    except ValueError:
        raise ValueError("is not JSON that can be read (a number has too many digits); mend the line.") from None
    if not isinstance(data, dict):
        raise ValueError('is not a JSON object; write {"text": ...} with one article a line.')
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError('has no text; give the article a "text" that is not empty.')
    own_id = data.get("id")
    return RawArticle(
        path=str(path),
        text=_LONE_SURROGATE.sub("\ufffd", text),
        scraped=False,
        line=number,
        own_id=str(own_id) if isinstance(own_id, int) and not isinstance(own_id, bool) else _string(own_id),
        title=_string(data.get("title")),
        date=read_date(data.get("date")),
        outlet=_string(data.get("outlet")),
        agencies=_strings(data.get("agencies")),
        url=_string(data.get("url")),
    )


def _string(value: Any) -> str | None:
    """A string on one line; anything else is unknown."""
    if not isinstance(value, str):
        return None
    return " ".join(_LONE_SURROGATE.sub("\ufffd", value).split()) or None


def _strings(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(sorted({text for item in values if (text := _string(item))}, key=str.casefold))
