"""A long text in parts, so that what is held of it at a time is bounded.

In: a text's length and its sentences. Out: parts that end with a sentence where one ends in time, in order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.model import Mention, Span

MAX_PART = 200_000
"""Characters: longer than any article; only texts that are none are parted."""


@dataclass(frozen=True, slots=True)
class Part:
    """The characters `start` to `end` of a text; its sentences and mentions count from `start`."""

    start: int
    end: int
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]


def read_parts(length: int, sentences: Sequence[Span], mentions: Sequence[Mention]) -> Iterator[Part]:
    """The parts of a text; a sentence that is longer than a part is cut, a mention that is cut is left out."""
    start = sentence = mention = 0
    while start < length:
        limit = min(start + MAX_PART, length)
        inside, named, end = [], [], start
        while sentence < len(sentences) and sentences[sentence].end <= limit:
            end = sentences[sentence].end
            inside.append(Span(max(sentences[sentence].start - start, 0), end - start))
            sentence += 1
        if not inside and sentence < len(sentences):
            end = limit
            inside.append(Span(max(sentences[sentence].start - start, 0), end - start))
        elif sentence == len(sentences):
            end = limit
        while mention < len(mentions) and mentions[mention].start < end:
            found = mentions[mention]
            if start <= found.start and found.end <= end:
                named.append(Mention(found.start - start, found.end - start, found.text, found.name, found.rule))
            mention += 1
        yield Part(start, end, tuple(inside), tuple(named))
        start = end
