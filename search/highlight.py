"""A query tree and a stored text in, the places that matched and passages around them out.

It works from the text and the German chain alone and knows no engine. Marks are offsets, sorted and apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whoosh import query

from index.german import Term, analyze
from index.model import Span
from search.model import Mark, Passage

_LONGEST = 320
"""How many characters of a sentence a passage shows at most."""

_WIDENESS = 110
"""How many characters stay before the first mark where a longer sentence is cut."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to mark in one field: single terms, and sequences of terms with the steps between them at most `slop`."""

    terms: frozenset[str]
    phrases: tuple[tuple[tuple[str, ...], int], ...]


class Highlighter:
    """Marks what a query matches; made once a request."""

    def __init__(self, tree: query.Query) -> None:
        leaves = list(_leaves(tree))
        self._wanted = {name: _wanted(leaves, name) for name in ("title", "text")}

    def marks(self, field: str, text: str) -> tuple[Mark, ...]:
        """The places in `text`, a value of `field`, that the query matches."""
        return tuple((start, end) for start, end, _ in self._matches(field, text))

    def _matches(self, field: str, text: str) -> list[tuple[int, int, str]]:
        wanted = self._wanted[field]
        if not (wanted.terms or wanted.phrases) or not text:
            return []
        terms = list(analyze(text))
        found = {term for term in terms if term.text in wanted.terms}
        for words, slop in wanted.phrases:
            found.update(_phrase_terms(terms, words, slop))
        return _apart(sorted(found, key=lambda term: (term.start, -term.end)))

    def passages(self, text: str, sentences: Sequence[Span], most: int = 3) -> tuple[Passage, ...]:
        """Up to `most` sentences, in their order: those with the most different terms; the first where none matches."""
        matches = self._matches("text", text)
        pieces = [span for span in sentences if span.end <= len(text)] or [Span(0, len(text))]
        inside = _by_piece(pieces, matches)
        if not inside:
            return (_passage(text, pieces[0], ()),) if text else ()
        ranked = sorted(inside, key=lambda at: (-len({term for *_, term in inside[at]}), -len(inside[at]), at))
        return tuple(
            _passage(text, pieces[at], [(start, end) for start, end, _ in inside[at]]) for at in sorted(ranked[:most])
        )


def _leaves(tree: query.Query) -> Iterator[query.Query]:
    """The leaves of a tree that a match can consist of: nothing below a NOT."""
    if isinstance(tree, query.Not):
        return
    if tree.is_leaf():
        yield tree
    for child in tree.children():
        yield from _leaves(child)


def _wanted(leaves: Iterable[query.Query], field: str) -> _Wanted:
    terms = set()
    phrases = []
    for leaf in leaves:
        if leaf.field() != field:
            continue
        if isinstance(leaf, query.Phrase):
            phrases.append((tuple(leaf.words), leaf.slop))
        elif isinstance(leaf, query.Term):
            terms.add(leaf.text)
    return _Wanted(frozenset(terms), tuple(phrases))


def _phrase_terms(terms: Sequence[Term], words: tuple[str, ...], slop: int) -> Iterator[Term]:
    """The terms of every place where `words` follow each other, each at most `slop` positions behind the one before."""
    if not words:
        return
    places: dict[str, list[int]] = {word: [] for word in words}
    for at, term in enumerate(terms):
        if term.text in places:
            places[term.text].append(at)
    for first in places[words[0]]:
        path = [first]
        for word in words[1:]:
            here = terms[path[-1]].position
            following = next((at for at in range(path[-1] + 1, min(path[-1] + slop + 1, len(terms)))
                              if terms[at].text == word and terms[at].position - here <= slop), None)  # fmt: skip
            if following is None:
                break
            path.append(following)
        else:
            yield from (terms[at] for at in path)


def _apart(found: Sequence[Term]) -> list[tuple[int, int, str]]:
    apart: list[tuple[int, int, str]] = []
    for term in found:
        if not apart or term.start >= apart[-1][1]:
            apart.append((term.start, term.end, term.text))
    return apart


def _by_piece(pieces: Sequence[Span], matches: Iterable[tuple[int, int, str]]) -> dict[int, list[tuple[int, int, str]]]:
    """The matches by the number of the piece that they lie in; both come sorted."""
    inside: dict[int, list[tuple[int, int, str]]] = {}
    at = 0
    for match in matches:
        while at < len(pieces) and pieces[at].end < match[1]:
            at += 1
        if at < len(pieces) and pieces[at].start <= match[0]:
            inside.setdefault(at, []).append(match)
    return inside


def _passage(text: str, piece: Span, marks: Sequence[Mark]) -> Passage:
    """A piece as a passage; a long one is cut at white space around its first mark, with an ellipsis there."""
    start, end = piece.start, piece.end
    if end - start > _LONGEST:
        first = marks[0][0] if marks else start
        if first - start > _WIDENESS:
            start = _next_space(text, first - _WIDENESS, first)
        if end - start > _LONGEST:
            last_mark = max((stop for _, stop in marks if stop <= start + _LONGEST), default=start + 1)
            end = text.rfind(" ", last_mark, start + _LONGEST)
            end = end if end > start else start + _LONGEST
    head = "… " if start > piece.start else ""
    tail = " …" if end < piece.end else ""
    shift = len(head) - start
    kept = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    return Passage(head + text[start:end] + tail, kept, start)


def _next_space(text: str, start: int, stop: int) -> int:
    at = text.find(" ", start, stop)
    return at + 1 if at >= 0 else start
