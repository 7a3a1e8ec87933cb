"""A query tree and a stored text in, marks, passages and reasons out: all that shows why a text was found.

Marks are offsets, sorted and apart. Where a mark is a part of a word of the text, the word is told, too: a page shows
the part strongly and the word lightly.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from whoosh import query

from index.german import Chain, default_chain
from index.model import Span
from index.schema import TEXTS
from search.matching import Match, Matcher
from search.model import CUT, Mark, Passage, Why
from search.passages import Sentences, first_span, passage_spans
from search.words import WAYS


class _Found(NamedTuple):
    """What matched in one text: all of it, the marks, and the words that some of the marks are parts of."""

    matches: tuple[Match, ...]
    marks: tuple[Mark, ...]
    words: tuple[Mark, ...]


_NOTHING = _Found((), (), ())


class Highlighter:
    """Marks what a query matches; made once a request."""

    def __init__(self, tree: query.Query, chain: Chain | None = None) -> None:
        self._matchers = {base: Matcher(tree, base, chain or default_chain()) for base in TEXTS}
        self._known: dict[tuple[str, str], _Found] = {}

    def terms(self, base: str) -> list[tuple[str, str]]:
        """The terms, each with its field, whose number in a text `read` can be told."""
        return self._matchers[base].terms

    def read(self, base: str, text: str, occurrences: int) -> None:
        """Look for what matches in a text that the index has `terms` in at so many positions: quicker than without."""
        self._find(base, text, occurrences)

    def marks(self, base: str, text: str) -> tuple[Mark, ...]:
        """The places in `text`, a title or a text, that the query matches."""
        return self._find(base, text).marks

    def words(self, base: str, text: str) -> tuple[Mark, ...]:
        """The words of which `marks` are only parts, sorted and apart: compounds, with or without hyphens."""
        return self._find(base, text).words

    def why(self, title: str, text: str) -> tuple[Why, ...]:
        """For each word of the query the best way in which it was found, and the word in which it was."""
        best: dict[str, Why] = {}
        for base, value in (("title", title), ("text", text)):
            for match in self._find(base, value).matches:
                if match.reason is None:  # a phrase or a pattern says itself what it finds
                    continue
                why = Why(match.word, value[slice(*match.around)], match.reason)
                known = best.get(match.word)
                if known is None or WAYS.index(why.reason) < WAYS.index(known.reason):
                    best[match.word] = why
        return tuple(best.values())

    def passages(self, text: str, sentences: Sentences, most: int = 3) -> tuple[Passage, ...]:
        """Up to `most` passages, in their order (see `search.passages`); the first sentence where nothing matches."""
        found = self._find("text", text)
        inside = sentences.inside(len(text))
        spans = passage_spans(text, inside, found.matches, most) or ([first_span(text, inside)] if text else [])
        return tuple(_passage(text, span, inside, found) for span in spans)

    def _find(self, base: str, text: str, occurrences: int | None = None) -> _Found:
        """The matches in a text, which is read once, however often it is asked for."""
        known = self._known.get((base, text))
        if known is None:
            matches = self._matchers[base].matches(text, occurrences)
            known = self._known[base, text] = _found(matches) if matches else _NOTHING  # as in most titles
        return known


def _found(matches: Sequence[Match]) -> _Found:
    kept = _apart(matches)
    marks = tuple((match.start, match.end) for match in kept)
    words = _joined(match.around for match in kept if match.around != (match.start, match.end))
    return _Found(tuple(matches), marks, words)


def _apart(matches: Iterable[Match]) -> list[Match]:
    """Matches in order; of those that overlap the first and longest, found in the best way."""
    apart: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end, WAYS.index(m.reason or "exact"), m.word)):
        if not apart or match.start >= apart[-1].end:
            apart.append(match)
    return apart


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Sorted stretches, each once, those that overlap as one."""
    joined: list[Mark] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return tuple(joined)


def _passage(text: str, span: Span, sentences: Sentences, found: _Found) -> Passage:
    """A stretch as a passage, with an ellipsis where it does not begin or end with a sentence."""
    head = "" if span.start == 0 or _holds(sentences.starts, span.start) else CUT
    tail = "" if span.end == len(text) or _holds(sentences.ends, span.end) else " …"
    shift = len(head) - span.start
    marks, words = (
        tuple((start + shift, end + shift) for start, end in places if span.start <= start and end <= span.end)
        for places in (found.marks, found.words)
    )
    return Passage(head + text[span.start : span.end] + tail, marks, span.start, words)


def _holds(numbers: Sequence[int], number: int) -> bool:
    """Whether one of some numbers, which ascend, is a certain one."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
