"""Bytes of a text file -> its characters, or a reason that says what to do.

UTF-8, with a byte order mark or without, and UTF-16 with one are read; nothing else is guessed, since a wrong guess
would put wrong letters into the index without a word.
"""

import codecs

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_LIKELY = {"windows-1252": "äöüÄÖÜß„“”«»–€é", "mac-roman": "äöüÄÖÜß„“"}
"""Encodings of older German files, and the letters that such a file is full of beyond ASCII."""


class DecodingError(ValueError):
    """Says what is wrong with the bytes and what to do, as the end of a sentence that begins with their place."""


def is_utf16(data: bytes) -> bool:
    """Whether the bytes begin with UTF-16's byte order mark."""
    return data.startswith(_UTF16_MARKS)


def decode(data: bytes) -> str:
    """Return the characters, without a byte order mark. Raises DecodingError."""
    encoding = "utf-16" if is_utf16(data) else "utf-8-sig"
    if encoding != "utf-16" and b"\0" in data:
        raise DecodingError("is not text but binary data (it holds NUL bytes); leave it out or save its text as UTF-8.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        place = f"byte 0x{data[error.start]:02x} at position {error.start}"
        raise DecodingError(f"is not {name} ({place}{_guess(data, error.start)}); save it as UTF-8.") from None


def _guess(data: bytes, place: int) -> str:
    """Name the encoding under which the bytes beyond ASCII near `place` are German letters, if there is one."""
    high = bytes(byte for byte in data[place : place + 100_000] if byte > 127)
    for encoding, letters in _LIKELY.items():
        text = high.decode(encoding, "replace")
        if text and sum(letter in letters for letter in text) > 0.8 * len(text):
            return f"; it looks like {encoding}"
    return ""
