"""Matches in a text and its sentences in, the stretches to show out.

Of all windows of at most `WIDTH` characters the one is taken that has the most different words of the query that are
not shown yet, then the most different words at all, then those that stand closest together, then the first. It is
widened to the sentences that it touches where they fit, and otherwise cut at white space: no passage begins or ends
inside a word.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from index.model import Span
from search.model import CUT, Mark, Passage
from search.nearby import Match

WIDTH = 320
"""How many characters a passage shows at most; a word that is longer is cut, too."""

_LEAD = 110
"""How many characters stay before the first match where its sentence is cut on both sides."""


class Sentences(NamedTuple):
    """Where the sentences of a text begin and where they end, both ascending."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Self:
        """The sentences that some spans are, which are sorted and apart."""
        found = list(spans)
        return cls([span.start for span in found], [span.end for span in found])

    def inside(self, length: int) -> "Sentences":
        """Those that end inside a text of this length."""
        count = bisect_right(self.ends, length)
        return self if count == len(self.ends) else Sentences(self.starts[:count], self.ends[:count])


class _Window(NamedTuple):
    """Matches that stand close together, from the start of one to the end of another; the least is the best.

    `fresh` and `words` count different words, below zero: those that are not shown yet, and all; `gap` is what stands
    between the first match and the last.
    """

    fresh: int
    words: int
    gap: int
    start: int
    end: int


def marks_apart(matches: Iterable[Match]) -> tuple[tuple[Mark, ...], tuple[Mark, ...]] | None:
    """The marks of some matches, and the words of the text of which these are only parts; None where any
    overlap that are not the same."""
    marks, words = list[Mark](), list[Mark]()
    behind = 0
    for start, end, _, _, around in matches:
        if marks and marks[-1] == (start, end):
            continue  # of another word of the query, or in another way
        if start < behind:
            return None
        behind = end
        marks.append((start, end))
        if around != (start, end) and (not words or around != words[-1]):
            if words and around[0] < words[-1][1]:
                return None
            words.append(around)
    return tuple(marks), tuple(words)


def passages_of(
    text: str,
    matches: Sequence[Match],
    marks: Iterable[Mark],
    words: Iterable[Mark],
    starts: list[int],
    ends: list[int],
    most: int,
    make: type[Passage] = Passage,
) -> tuple[Passage, ...]:
    """Up to `most` passages of a text, in their order, with its marks and words; the first sentence where nothing
    matches. Sentences are from `starts` to `ends`.
    """
    sentences = Sentences(starts, ends).inside(len(text))
    spans = passage_spans(text, sentences, matches, most)
    if not spans and text:
        spans = [first_span(text, sentences)]
    return tuple(_passage(text, span, sentences, marks, words, make) for span in spans)


def _passage(
    text: str, span: Span, sentences: Sentences, marks: Iterable[Mark], words: Iterable[Mark], make: type[Passage]
) -> Passage:
    """A stretch as a passage, with an ellipsis where it does not begin or end with a sentence."""
    start, end = span.start, span.end
    head = "" if start == 0 or _holds(sentences.starts, start) else CUT
    tail = "" if end == len(text) or _holds(sentences.ends, end) else " …"
    shift = len(head) - start
    inside = (
        tuple([(first + shift, last + shift) for first, last in places if start <= first and last <= end])
        for places in (marks, words)
    )
    shown, around = inside
    return make(head + text[start:end] + tail, shown, start, around)


def _holds(numbers: Sequence[int], number: int) -> bool:
    """Whether one of some numbers, which ascend, is a certain one."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def passage_spans(text: str, sentences: Sentences, matches: Sequence[Match], most: int) -> list[Span]:
    """Up to `most` stretches of `text` with a match in each, in their order and apart; all arguments are sorted."""
    if len({match.word for match in matches}) == 1:
        return _of_one_word(text, sentences, matches, most)
    shown: list[Span] = []
    free, left = [Span(0, len(text))], list(matches)
    words: set[str] = set()
    while left and len(shown) < most:
        best, stretch = min(
            (window, number) for number, span in enumerate(free) for window in _windows(left, span, words)
        )
        span = _widened(text, best, free[stretch], sentences)
        shown.append(span)
        words.update(match.word for match in left if span.start <= match.start and match.end <= span.end)
        left = [match for match in left if match.end <= span.start or span.end <= match.start]
        free[stretch : stretch + 1] = [Span(free[stretch].start, span.start), Span(span.end, free[stretch].end)]
    return sorted(shown, key=lambda span: span.start)


def _of_one_word(text: str, sentences: Sentences, matches: Iterable[Match], most: int) -> list[Span]:
    """The same where all matches are of one word: the first of those left is the best."""
    shown: list[Span] = []
    end = 0
    for match in matches:
        if match.start < end:
            continue
        if len(shown) == most:
            break
        shown.append(_widened(text, _Window(0, 0, 0, match.start, match.end), Span(end, len(text)), sentences))
        end = shown[-1].end
    return shown


def first_span(text: str, sentences: Sentences) -> Span:
    """What is shown of a text in which nothing matches: its first sentence."""
    first = sentences.starts[0] if sentences.starts else 0
    return _widened(text, _Window(0, 0, 0, first, first), Span(0, len(text)), sentences)


def _windows(matches: Sequence[Match], stretch: Span, shown: Container[str]) -> Iterator[_Window]:
    """For each match in a stretch the window that ends with it and has the most different words as close as they are.

    What is too far away, and what stands nearer once more, leaves at the front; so each match comes and goes once.
    """
    inside = [match for match in matches if stretch.start <= match.start and match.end <= stretch.end]
    counts = dict.fromkeys((match.word for match in inside), 0)
    new = words = first = 0
    for match in inside:
        if not counts[match.word]:
            words += 1
            new += match.word not in shown
        counts[match.word] += 1
        while inside[first] is not match and (
            counts[inside[first].word] > 1 or match.end - inside[first].start > WIDTH
        ):
            word = inside[first].word
            counts[word] -= 1
            if not counts[word]:
                words -= 1
                new -= word not in shown
            first += 1
        start, end = inside[first].start, max(match.end, inside[first].end)
        yield _Window(-new, -words, max(match.start - inside[first].end, 0), start, end)


def _widened(text: str, window: _Window, stretch: Span, sentences: Sentences) -> Span:
    """A window with the sentences around it, in the stretch that is free for it."""
    before = bisect_right(sentences.starts, window.start) - 1
    behind = bisect_left(sentences.ends, window.end)
    start = max(stretch.start, sentences.starts[before] if before >= 0 else 0)
    end = min(stretch.end, sentences.ends[behind] if behind < len(sentences.ends) else len(text))
    if end - start > WIDTH:
        if window.end - start > WIDTH:
            lead = min(_LEAD, max(WIDTH - window.end + window.start, 0) // 2)
            wanted = window.start - lead if end - window.start > WIDTH else end - WIDTH
            start = _word_start(text, max(wanted, start), window.start, start)
        if end - start > WIDTH:
            end = _word_end(text, max(start + WIDTH, window.end), window.end, end)
    return _stripped(text, start, end)


def _word_start(text: str, wanted: int, latest: int, earliest: int) -> int:
    """Where a word begins: at or after `wanted`, else before it, and at `wanted` itself in a word without end."""
    onward = range(wanted, latest + 1)
    backward = range(wanted - 1, max(earliest, wanted - WIDTH) - 1, -1)
    for places in (onward, backward):
        for at in places:
            if at == earliest or text[at - 1].isspace():
                return at
    return wanted


def _word_end(text: str, wanted: int, earliest: int, latest: int) -> int:
    """Where a word ends: at or before `wanted`, else behind it, and at `wanted` itself in a word without end."""
    backward = range(wanted, earliest - 1, -1)
    onward = range(wanted + 1, min(latest, wanted + WIDTH) + 1)
    for places in (backward, onward):
        for at in places:
            if at == latest or text[at].isspace():
                return at
    return wanted


def _stripped(text: str, start: int, end: int) -> Span:
    """A stretch without white space at its ends."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
