"""A scraped text -> its lines, with invisible signs and the breaks of a narrow page taken out.

A line is a paragraph or a heading; an empty string between two lines is a blank line of the source.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

_HEADING = re.compile(r"#{1,6} ")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")

_BROKEN = re.compile(r"[^\W\d_]-\Z")
_AND = re.compile(r"(?:und|oder|bzw)\b")

_CLOSING = "\"'“”»«)]"
_FULL_STOP = re.compile(r"""[.…][\"'“”»«)\]]*(?:\ ?\([^()]{1,80}\)\.?)?\Z""")
_INNER_STOP = re.compile(
    r"""\.(?:(?<=[a-zäöüß]{3}\.)|(?<=[)\"“”»]\.))[\"“”»«)]* +[\"„“»(]?[A-ZÄÖÜ0-9]"""  # the stop itself is looked for
)


def to_lines(text: str) -> list[str]:
    """Return the lines, each stripped and with single spaces inside; blank lines as one empty string."""
    lines: list[str] = []
    *whole, last = f"{text}|".splitlines()  # the sign keeps a break at the end
    for line in (*whole, last[:-1]):
        line = " ".join((line if line.isprintable() else _INVISIBLE.sub("", line)).split())
        line = line[heading.end() :] if (heading := _HEADING.match(line)) else line
        if line or (lines and lines[-1]):
            lines.append(line)
    return _unwrapped(lines)


def is_prose(line: str) -> bool:
    """Whether a line is a paragraph and no heading, caption or link: sentences, ended by a full stop or very long."""
    words = line.count(" ") + 1
    if words < 6:
        return False
    stops = line[-1] in ".…" or (line[-1] in _CLOSING and _FULL_STOP.search(line)) or _INNER_STOP.search(line)
    return bool(stops) or len(line) > (150 if is_closed(line) else 220)


def is_closed(line: str) -> bool:
    """Whether a line ends like a sentence or announces what follows."""
    return line.rstrip(_CLOSING).endswith((".", "!", "?", "…", ":"))


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines of paragraphs where the text was broken at a fixed width."""
    inner = [line for line, following in pairwise(lines) if line and following]
    if len(inner) < 4 or not 45 <= median(map(len, inner)) <= 95 or max(map(len, inner)) > 110:
        return list(lines)
    if sum(is_closed(line) for line in inner) > 0.4 * len(inner) or "" not in lines:
        return list(lines)
    paragraphs: list[list[str]] = []
    for line in lines:
        before = paragraphs[-1][-1] if paragraphs else ""
        if not line or not before:
            paragraphs.append([line])
        elif _BROKEN.search(before[-2:]) and not _AND.match(line):
            if line[0].islower():
                paragraphs[-1][-1] = before[:-1]
            paragraphs[-1].append(line)
        else:
            paragraphs[-1].append(f" {line}")
    return ["".join(parts) for parts in paragraphs]
