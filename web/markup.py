"""Text with spans into HTML: every character escaped, overlapping spans well nested.

In: a text and elements (tags over stretches of it, in any order, nested or overlapping). Out: `Markup` that is safe to
put into a page, whose text content is the text itself. One sweep over the boundaries: where an element ends inside
another, the inner one is closed and opened again.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from search.model import Mark


@dataclass(frozen=True, slots=True)
class Element:
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


def render(text: str, elements: Sequence[Element], start: int = 0, end: int | None = None) -> Markup:
    """The HTML of `text[start:end]`. What an element covers outside of it is passed over, as are empty elements."""
    stop = len(text) if end is None else end
    waiting = sorted((e for e in elements if max(e.start, start) < min(e.end, stop)), key=lambda e: (e.start, -e.end))
    bounds = {start, stop} | {max(e.start, start) for e in waiting} | {min(e.end, stop) for e in waiting}
    pieces: list[str] = []
    stack: list[Element] = []
    upcoming = iter(waiting)
    following = next(upcoming, None)
    place = start
    for bound in sorted(bounds):
        pieces.append(escape(text[place:bound]))
        place = bound
        for element in _close_ended(stack, bound, stop, pieces):
            _open(element, place, stack, pieces)
        while following is not None and max(following.start, start) == bound:
            _open(following, place, stack, pieces)
            following = next(upcoming, None)
    return Markup("".join(pieces))


def marked(text: str, marks: Sequence[Mark], words: Sequence[Mark] = ()) -> Markup:
    """The text with what a query found marked; see `mark_elements`."""
    return escape(text) if not marks and not words else render(text, mark_elements(marks, words))


def mark_elements(marks: Sequence[Mark], words: Sequence[Mark] = ()) -> list[Element]:
    """The elements of a query's marks: `<mark>` where a word matched, and where a part of one did, the word as
    `<mark class="word">` with the part as `<b>` in it, so that the word is announced once and read in one piece.

    Both arguments are sorted and apart.
    """
    elements = [Element(start, end, "mark", "word") for start, end in words]
    for start, end in marks:
        at = bisect_right(words, start, key=lambda word: word[0]) - 1
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


def _close_ended(stack: list[Element], bound: int, stop: int, pieces: list[str]) -> list[Element]:
    """Close every element down to the lowest that ends here; returns those to open again, outermost first."""
    ended = [min(e.end, stop) <= bound for e in stack]
    if True not in ended:
        return []
    lowest = ended.index(True)
    closing = stack[lowest:]
    del stack[lowest:]
    pieces.extend(f"</{element.tag}>" for element in reversed(closing))
    return [element for element in closing if min(element.end, stop) > bound]


def _open(element: Element, place: int, stack: list[Element], pieces: list[str]) -> None:
    stack.append(element)
    attributes = f' class="{escape(element.css)}"' if element.css else ""
    if place == element.start:
        attributes += f' id="{escape(element.anchor)}"' if element.anchor else ""
        attributes += f' data-number="{element.number}"' if element.number is not None else ""
    pieces.append(f"<{element.tag}{attributes}>")
