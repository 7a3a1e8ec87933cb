"""A query tree and a stored text in, the places that matched and passages around them out.

It works from the text and the German chain alone and knows no engine. Marks are offsets, sorted and apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from typing import NamedTuple

from whoosh import query
from whoosh.support.levenshtein import distance

from index.german import FIELDS, Chain, Field, Term, default_chain
from index.model import Span
from index.schema import TEXT_FIELDS, TEXTS, field_of
from search.model import Mark, Passage, Way, Why
from search.words import ORIGIN, WAYS

_LONGEST = 320
"""How many characters of a sentence a passage shows at most."""

_WIDENESS = 110
"""How many characters stay before the first mark where a longer sentence is cut."""


class _Match(NamedTuple):
    """A place that matched, the word of the query that it matched, and how."""

    start: int
    end: int
    word: str
    reason: Way | None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to mark in one field of the index: terms, what a term may match, terms in a row at most `slop` apart."""

    terms: Mapping[str, query.Query]
    patterns: tuple[tuple[Callable[[str], bool], query.Query], ...]
    phrases: tuple[query.Phrase, ...]

    def leaf_for(self, term: str) -> query.Query | None:
        """The leaf that a single term matches."""
        return self.terms.get(term) or next((leaf for matches, leaf in self.patterns if matches(term)), None)


class Highlighter:
    """Marks what a query matches; made once a request."""

    def __init__(self, tree: query.Query, chain: Chain | None = None) -> None:
        self._chain = chain or default_chain()
        leaves = list(_leaves(tree))
        self._wanted = {
            base: {field: _wanted(leaves, field_of(base, field)) for field in TEXT_FIELDS} for base in TEXTS
        }
        self._known: dict[tuple[str, str], list[_Match]] = {}

    def marks(self, base: str, text: str) -> tuple[Mark, ...]:
        """The places in `text`, a title or a text, that the query matches."""
        return tuple((match.start, match.end) for match in self._matches(base, text))

    def _matches(self, base: str, text: str) -> list[_Match]:
        """The matches in a text, which is analysed once, however often it is asked for."""
        known = self._known.get((base, text))
        if known is None:
            known = self._known[base, text] = self._find(base, text)
        return known

    def _find(self, base: str, text: str) -> list[_Match]:
        wanted = {field: w for field, w in self._wanted[base].items() if w.terms or w.patterns or w.phrases}
        if not wanted or not text:
            return []
        by_field: dict[Field, list[Term]] = {field: [] for field in wanted}
        for term in self._chain.analyze(text):
            for field in FIELDS[term.kind]:
                if field in wanted:
                    by_field[field].append(term)
        found = []
        for field, terms in by_field.items():
            found += [_match(term, leaf) for term in terms if (leaf := wanted[field].leaf_for(term.text))]
            for phrase in wanted[field].phrases:
                found += [_match(term, phrase) for term in _phrase_terms(terms, tuple(phrase.words), phrase.slop)]
        return _apart(found)

    def why(self, title: str, text: str) -> tuple[Why, ...]:
        """For each word of the query the best way in which it was found, and the word in which it was."""
        best: dict[str, Why] = {}
        for base, value in (("title", title), ("text", text)):
            for match in self._matches(base, value):
                if match.reason is None:  # a phrase or a pattern says itself what it finds
                    continue
                why = Why(match.word, _whole_word(value, match), match.reason)
                known = best.get(match.word)
                if known is None or WAYS.index(why.reason) < WAYS.index(known.reason):
                    best[match.word] = why
        return tuple(best.values())

    def passages(self, text: str, sentences: Sequence[Span], most: int = 3) -> tuple[Passage, ...]:
        """Up to `most` sentences, in their order: those with the most different words; the first where none matches."""
        pieces = [span for span in sentences if span.end <= len(text)] or [Span(0, len(text))]
        inside = _by_piece(pieces, self._matches("text", text))
        if not inside:
            return (_passage(text, pieces[0], ()),) if text else ()
        ranked = sorted(inside, key=lambda at: (-len({match.word for match in inside[at]}), -len(inside[at]), at))
        return tuple(
            _passage(text, pieces[at], [(match.start, match.end) for match in inside[at]])
            for at in sorted(ranked[:most])
        )


def _match(term: Term, leaf: query.Query) -> _Match:
    word, reason = getattr(leaf, ORIGIN, (term.text, None))
    return _Match(term.start, term.end, word, reason)


def _whole_word(text: str, match: _Match) -> str:
    """The word that a match lies in, of which it may be a part."""
    start, end = match.start, match.end
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def _leaves(tree: query.Query) -> Iterator[query.Query]:
    """The leaves of a tree that a match can consist of: nothing below a NOT."""
    if isinstance(tree, query.Not):
        return
    if tree.is_leaf():
        yield tree
    for child in tree.children():
        yield from _leaves(child)


def _wanted(leaves: Iterable[query.Query], field: str) -> _Wanted:
    terms: dict[str, query.Query] = {}
    patterns: list[tuple[Callable[[str], bool], query.Query]] = []
    phrases = []
    for leaf in leaves:
        if leaf.field() != field:
            continue
        if isinstance(leaf, query.Phrase):
            phrases.append(leaf)
        elif isinstance(leaf, query.Term):
            terms.setdefault(leaf.text, leaf)
        elif isinstance(leaf, query.FuzzyTerm):
            patterns.append((partial(_is_near, leaf.text, leaf.maxdist), leaf))
        elif isinstance(leaf, query.Prefix):
            patterns.append((partial(_begins, leaf.text), leaf))
        elif isinstance(leaf, query.Wildcard):
            patterns.append((partial(fnmatchcase, pat=leaf.text), leaf))
    return _Wanted(terms, tuple(patterns), tuple(phrases))


def _begins(prefix: str, term: str) -> bool:
    return term.startswith(prefix)


def _is_near(word: str, edits: int, term: str) -> bool:
    return (
        abs(len(word) - len(term)) <= edits and term[:1] == word[:1] and distance(word, term, limit=edits + 1) <= edits
    )


def _phrase_terms(terms: Sequence[Term], words: tuple[str, ...], slop: int) -> Iterator[Term]:
    """The terms of every place where `words` follow each other, each at most `slop` positions behind the one before."""
    places: dict[str, dict[int, Term]] = {word: {} for word in words}
    for term in terms:
        if term.text in places:
            places[term.text].setdefault(term.position, term)
    for first in places[words[0]].values() if words else ():
        path = [first]
        for word in words[1:]:
            here = path[-1].position
            following = next((places[word][at] for at in range(here + 1, here + slop + 1) if at in places[word]), None)
            if following is None:
                break
            path.append(following)
        else:
            yield from path


def _apart(found: Iterable[_Match]) -> list[_Match]:
    """Matches in order; of those that overlap the first and longest, found in the best way."""
    apart: list[_Match] = []
    for match in sorted(found, key=lambda m: (m.start, -m.end, WAYS.index(m.reason or "exact"), m.word)):
        if not apart or match.start >= apart[-1].end:
            apart.append(match)
    return apart


def _by_piece(pieces: Sequence[Span], matches: Iterable[_Match]) -> dict[int, list[_Match]]:
    """The matches by the number of the piece that they lie in; both come sorted."""
    inside: dict[int, list[_Match]] = {}
    at = 0
    for match in matches:
        while at < len(pieces) and pieces[at].end < match.end:
            at += 1
        if at < len(pieces) and pieces[at].start <= match.start:
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
