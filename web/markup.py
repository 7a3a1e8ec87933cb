"""Text with spans into HTML: every character escaped, overlapping spans well nested.

In: a text and elements (tags over stretches of it, in any order, nested or overlapping). Out: `Markup` that is safe to
put into a page, whose text content is the text itself. One sweep over the boundaries: where an element ends inside
another, the inner one is closed and opened again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup

from search.model import Mark


def escaped(text: str) -> str:
    """The text with its characters escaped, as `markupsafe.escape` does it, but without its class around it."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    )


escaped_name = lru_cache(1 << 13)(escaped)
"""A text that stands on many pages, such as a person's name, with its characters escaped."""


class Element(NamedTuple):
    """A tag over `text[start:end]`. Its first piece alone carries the `anchor` (the HTML id)."""

    start: int
    end: int
    tag: str
    css: str = ""
    anchor: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank, and the elements that reach into it."""

    start: int
    end: int
    elements: tuple[Element, ...]


def render(text: str, elements: Iterable[Element], start: int = 0, end: int | None = None) -> Markup:
    """The HTML of `text[start:end]`. What an element covers outside of it is passed over, as are empty elements."""
    stop = len(text) if end is None else end
    waiting = [e for e in elements if max(e.start, start) < min(e.end, stop)]
    if len(waiting) > 1:
        waiting.sort(key=lambda e: (e.start, -e.end))
    pieces: list[str] = []
    stack: list[Element] = []
    place = start
    for element in waiting:
        bound = max(element.start, start)
        if stack:
            place = _close_ended(stack, bound, text, place, pieces)
        pieces.append(escaped(text[place:bound]))
        place = bound
        _open(element, place, stack, pieces)
    place = _close_ended(stack, stop - 1, text, place, pieces)
    pieces.append(escaped(text[place:stop]))
    pieces.extend(f"</{element.tag}>" for element in reversed(stack))
    return Markup("".join(pieces))


def attribute(address: str) -> str:
    """An address of `web.links` as the value of an attribute. What else has a meaning in HTML is quoted in it."""
    return address.replace("&", "&amp;")


def marked(text: str, marks: Sequence[Mark], words: Sequence[Mark] = ()) -> Markup:
    """The text with what a query found marked; see `mark_elements`."""
    return Markup(marked_html(text, marks, words))


def marked_html(text: str, marks: Sequence[Mark], words: Sequence[Mark] = ()) -> str:
    """As `marked`, for what is put into other HTML; without words there is nothing to nest."""
    if words:
        return render(text, mark_elements(marks, words))
    pieces = []
    place = 0
    for start, end in marks:
        pieces.append(f"{escaped(text[place:start])}<mark>{escaped(text[start:end])}</mark>")
        place = end
    pieces.append(escaped(text[place:]))
    return "".join(pieces)


def mark_elements(marks: Sequence[Mark], words: Sequence[Mark] = ()) -> list[Element]:
    """The elements of a query's marks: `<mark>` where a word matched, and where a part of one did, the word as
    `<mark class="word">` with the part as `<b>` in it, so that the word is announced once and read in one piece.

    Both arguments are sorted and apart.
    """
    elements = [Element(start, end, "mark", "word") for start, end in words]
    for start, end in marks:
        at = bisect_right(words, start, key=itemgetter(0)) - 1 if words else -1
        is_part = at >= 0 and end <= words[at][1]
        elements.append(Element(start, end, "b" if is_part else "mark"))
    return elements


def paragraphs(text: str, elements: Sequence[Element]) -> Iterator[Paragraph]:
    """The text's lines that are not blank, in order, each with its elements; linear in text and elements."""
    waiting = sorted(elements, key=lambda e: e.start)
    taken = 0
    open_elements: list[Element] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while taken < len(waiting) and waiting[taken].start < end:
            open_elements.append(waiting[taken])
            taken += 1
        if line.strip():
            yield Paragraph(start, end, tuple(e for e in open_elements if e.end > start))
        open_elements = [e for e in open_elements if e.end > end]
        start = end + 1


def _close_ended(stack: list[Element], bound: int, text: str, place: int, pieces: list[str]) -> int:
    """Write the text from `place` as far as the last of the elements that end up to a bound, and close them.

    Returns how far. Where one ends around others, those are closed with it and opened again.
    """
    while stack and (end := min([e.end for e in stack])) <= bound:
        pieces.append(escaped(text[place:end]))
        place = end
        lowest = [e.end for e in stack].index(end)
        closing = stack[lowest:]
        del stack[lowest:]
        pieces.extend([f"</{element.tag}>" for element in reversed(closing)])
        for element in closing:
            if element.end > place:
                _open(element, place, stack, pieces)
    return place


def _open(element: Element, place: int, stack: list[Element], pieces: list[str]) -> None:
    stack.append(element)
    attributes = f' class="{escaped_name(element.css)}"' if element.css else ""
    if place == element.start:
        attributes += f' id="{escaped(element.anchor)}"' if element.anchor else ""
        attributes += f' data-number="{element.number}"' if element.number is not None else ""
    pieces.append(f"<{element.tag}{attributes}>")
