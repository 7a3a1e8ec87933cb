"""A query tree and a text in, the places of the text that match out, each with the word of the query it is for.

It works from the text and the German chain alone and knows no engine. Only the terms that the tree asks for are looked
at: whether a word has one is decided once a request, however often it stands in the texts. Who knows how often an index
has these terms in a text can say so: what several words give only together is then looked for only where it is missing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache, partial
from itertools import chain as chained
from itertools import compress, zip_longest
from operator import itemgetter, methodcaller

from whoosh import query
from whoosh.support.levenshtein import distance

from index.german import FIELDS, Chain, Field, Term, TermKind
from index.german.forms import FormTerm
from index.german.tokens import HYPHENS, Cut, cut
from index.schema import TEXT_FIELDS, TEXTS, field_of
from search import texts
from search.model import Mark, Way
from search.nearby import Match, Read, in_any_case, shortest
from search.words import ORIGIN

_WAYS: Mapping[TermKind, Way] = {"gender": "gender", "separable": "separable", "number": "number"}
"""What a term of the text that a word's stem finds is more than an inflected form of it."""

Fits = Callable[[str], object]
"""Whether a term fits a pattern: the truth of what this gives."""


TermsOf = Callable[[query.MultiTerm], Sequence[str]]
"""The terms that a pattern stands for in an index; of one that gives none, it is held against the words of a text."""


Leaves = Mapping[Field, Sequence[query.Query]]
"""The leaves of a tree that are for one text, by the field that holds their terms."""

_NAMES: Mapping[str, tuple[str, Field]] = {
    field_of(base, field): (base, field) for base in TEXTS for field in TEXT_FIELDS
}
_BY_PLACE = itemgetter(0, 1)

_LONG = 30
"""More letters than most words have: so many for each word that a phrase may skip are cut to see whether it does."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to find in one field of the index: terms, what a term may match, terms in a row at most `slop` apart."""

    terms: Mapping[str, query.Query]
    patterns: tuple[tuple[Fits, query.Query], ...]
    phrases: tuple[query.Phrase, ...]

    def leaf_for(self, term: str) -> query.Query | None:
        """The leaf that a single term matches."""
        return self.terms.get(term) or next((leaf for fits, leaf in self.patterns if fits(term)), None)

    def known(self) -> Iterator[str]:
        """The terms that can be told without looking at a text."""
        yield from self.terms
        yield from chained.from_iterable(phrase.words for phrase in self.phrases)


_cut_again = lru_cache(1 << 10)(cut)
"""What stands between white space is mostly a word, and mostly one that was cut before."""


class Matcher:
    """Finds what some leaves ask for in texts; made once a request.

    `terms` are those that can be told without a text, each with its field.
    """

    def __init__(self, asked: Leaves, chain: Chain, terms_of: TermsOf | None = None) -> None:
        wanted = {field: _wanted(asked[field], terms_of) for field in TEXT_FIELDS if field in asked}
        self._wanted = {field: w for field, w in wanted.items() if w.terms or w.patterns or w.phrases}
        self.terms = frozenset([(field, term) for field, w in self._wanted.items() for term in w.known()])
        self._known = frozenset([term for _, term in self.terms])
        by_kind = {
            kind: [pattern for field in fields if field in self._wanted for pattern in self._wanted[field].patterns]
            for kind, fields in (FIELDS.items() if any([w.patterns for w in wanted.values()]) else ())
        }
        self._patterns = {kind: [fits for fits, _ in some] for kind, some in by_kind.items() if some}
        # Beginnings are held against a term all at once: it is done for every form of a text.
        self._beginnings = {
            kind: tuple(leaf.text for _, leaf in some)
            for kind, some in by_kind.items()
            if all(isinstance(leaf, query.Prefix) for _, leaf in some)
        }
        self._chain, self._forms = chain, chain.forms()
        # A phrase is told by how far its words stand apart, a pattern by all words of a text.
        self._slop = max([phrase.slop for w in self._wanted.values() for phrase in w.phrases], default=0)
        self._seen = 0
        self._decided: set[int] = set()
        self._asked_for: dict[int, list[FormTerm]] = {}
        self._spelled: list[str] = []
        self._in_pieces: dict[str, tuple[int, list[Match]]] = {}
        self._in_forms: dict[int, tuple[int, list[tuple[int, int, str, Way | None]]]] = {}

    def matches(self, text: str, occurrences: int | None = None) -> list[Match]:
        """All places that match, by their start; they may overlap.

        `occurrences` says at how many positions of this text the index has `terms`, added up; without it the text is
        read as the index read it.
        """
        if not self._wanted or not text or (occurrences == 0 and not self._patterns):
            return []
        quickly = None if occurrences is None or self._patterns else self._near(text, occurrences)
        return self._all(text, occurrences) if quickly is None else quickly

    def _all(self, text: str, occurrences: int | None) -> list[Match]:
        """The places that match, from the whole text."""
        return self._found(text, *self._read(text, occurrences))

    def _found(self, text: str, tokens: Cut, terms: Sequence[Term]) -> list[Match]:
        """The places that match, from some terms of a text and the tokens around them."""
        found = [pair for field, wanted in self._wanted.items() for pair in _matching(terms, field, wanted)]
        return _placed(text, tokens, sorted(found, key=lambda pair: (pair[0].start, pair[0].end)))

    def _near(self, text: str, occurrences: int) -> list[Match] | None:
        """The places that match, from what stands around words that are asked for; None where the index has more."""
        self._decide(())
        if not self._slop:
            near = texts.matches_near(text, self._spelled, self._in_pieces, self._in_piece, Match)
            return near[0] if near and near[1] == occurrences else None
        pieces = texts.pieces_near(text, self._spelled)
        if pieces is None:
            return None
        tokens, positions = _numbered(text, pieces, self._slop)
        terms, places = self._alone(tokens, positions)
        return self._found(text, tokens, terms) if len(places) == occurrences else None

    def _in_piece(self, piece: str) -> Read:
        """At how many positions the index has what stands between white space, and what matches in it, by its start;
        kept for the next one."""
        tokens = _cut_again(piece) if len(piece) <= _LONG else cut(piece)
        numbers = list(map(self._forms.__getitem__, tokens.words))
        self._decide(())
        matches: list[Match] = []
        there = 0
        for at, number in enumerate(numbers):
            if number in self._asked_for:
                if number not in self._in_forms:
                    self._in_forms[number] = self._places_in(number)
                count, places = self._in_forms[number]
                there += count
                start, around = tokens.starts[at], _tied(piece, at, at, tokens.starts, tokens.ends)
                matches += [Match(start + first, start + last, word, way, around) for first, last, word, way in places]
        self._in_pieces[piece] = there, matches
        return there, matches

    def _places_in(self, number: int) -> tuple[int, list[tuple[int, int, str, Way | None]]]:
        """At how many positions the index has one token of a form, and what matches in it, by its start."""
        terms = self._asked_for[number]
        there = {(field, term) for kind, term, _, _ in terms for field in FIELDS[kind]} & self.terms
        found = [
            (first, last, *_word_and_way(kind, term, leaf))
            for field, wanted in self._wanted.items()
            for kind, term, first, last in terms
            if field in FIELDS[kind] and (leaf := wanted.leaf_for(term)) is not None
        ]
        return len(there), sorted(found, key=_BY_PLACE)

    def _read(self, text: str, occurrences: int | None) -> tuple[Cut, list[Term]]:
        """The terms of a text that are asked for in some field, and its tokens.

        What several tokens give only together is among them if it is new where the last of them stands. What the index
        counts tells when there is nothing left to look for.
        """
        tokens = cut(text)
        alone, there = self._alone(tokens, range(len(tokens.words)))
        if len(there) == occurrences:
            return tokens, alone
        extra = self._chain.read(text, self._forms).extra
        new = [term for term in extra if term.text in self._known and there.isdisjoint(_places(term))]
        return tokens, alone + new

    def _alone(self, tokens: Cut, positions: Sequence[int]) -> tuple[list[Term], set[tuple[Field, str, int]]]:
        """The terms asked for that tokens, each at its position, have by themselves, and where the index has these."""
        words, starts, asked_for = list(map(self._forms.__getitem__, tokens.words)), tokens.starts, self._asked_for
        self._decide(words)
        terms = [
            Term(term, positions[at], starts[at] + first, starts[at] + last, kind)
            for at in compress(range(len(words)), map(asked_for.__contains__, words))
            for kind, term, first, last in asked_for[words[at]]
        ]
        return terms, {place for term in terms for place in _places(term) if place[:2] in self.terms}

    def _decide(self, numbers: Iterable[int]) -> None:
        """Note which forms have terms that are asked for; only patterns must be held against every form of a text."""
        forms = self._forms
        if self._seen == len(forms) and not self._patterns:
            return
        candidates: set[int] = set()
        if self._seen < len(forms):
            self._seen = len(forms)
            candidates.update(forms.having(self._known))
        if self._patterns:
            new = set(numbers) - self._decided
            candidates |= new
            self._decided |= new
        known, patterns, beginnings = self._known, self._patterns, self._beginnings
        for number in candidates:
            terms = forms.terms[number]
            asked = [
                t
                for t in terms
                if t[1] in known
                or (t[1].startswith(beginnings[t[0]]) if t[0] in beginnings else t[0] in patterns and self._fits(t))
            ]
            if asked:
                self._asked_for[number] = asked
        if candidates:
            self._spelled = shortest(in_any_case([forms.tokens[number] for number in self._asked_for]))

    def _fits(self, term: FormTerm) -> bool:
        return any(fits(term[1]) for fits in self._patterns[term[0]])


def _numbered(text: str, pieces: Iterable[tuple[int, str]], slop: int) -> tuple[Cut, list[int]]:
    """The tokens of some pieces of a text, and their positions: as far apart as in the text, or farther than `slop`."""
    words, starts, ends, positions = list[str](), list[int](), list[int](), list[int]()
    position = end = 0
    for start, piece in pieces:
        position += _between(text[end:start], slop)
        tokens = cut(piece)
        positions += range(position, position + len(tokens.words))
        words += tokens.words
        starts += [start + at for at in tokens.starts]
        ends += [start + at for at in tokens.ends]
        position, end = position + len(tokens.words), start + len(piece)
    return Cut(words, starts, ends), positions


def _between(gap: str, slop: int) -> int:
    """How many tokens there are in a text, at least `slop` where there are as many: it is not cut to its end."""
    near = gap[: slop * _LONG]
    count = len(cut(near).words)
    return count if len(near) == len(gap) or count > slop + 1 else len(cut(gap).words)


def _places(term: Term) -> Iterator[tuple[Field, str, int]]:
    """Where the index has a term: its fields, and its position."""
    return ((field, term.text, term.position) for field in FIELDS[term.kind])


def _placed(text: str, tokens: Cut, found: Iterable[tuple[Term, query.Query]]) -> list[Match]:
    """What was found, by its start, as matches with the words around them."""
    matches: list[Match] = []
    around = (0, 0)
    for term, leaf in found:
        if term.end > around[1]:
            around = _around(text, term, tokens.starts, tokens.ends)
        matches.append(Match(term.start, term.end, *_word_and_way(term.kind, term.text, leaf), around))
    return matches


def _word_and_way(kind: TermKind, term: str, leaf: query.Query) -> tuple[str, Way | None]:
    """The word of the query that a term of a text matched, and how."""
    word, way = origin_of(leaf, term)
    return word, _WAYS.get(kind, way) if way == "stem" else way


def origin_of(leaf: query.Query, term: str) -> tuple[str, Way | None]:
    """The word of the query that a leaf is for, and the way; a phrase or a pattern says itself what it finds."""
    origin: tuple[str, Way | None] = getattr(leaf, ORIGIN, (term, None))
    return origin


def leaves_of(tree: query.Query) -> Mapping[str, Leaves]:
    """By text, title or body, the leaves of a tree that a match can consist of: nothing below a NOT."""
    found: dict[str, dict[Field, list[query.Query]]] = {base: {} for base in TEXTS}
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, query.Not):
            continue
        if not node.is_leaf():
            left.extend(reversed(list(node.children())))
        elif node.field() in _NAMES:
            base, field = _NAMES[node.field()]
            found[base].setdefault(field, []).append(node)
    return found


def are_same(asked: Leaves, others: Leaves) -> bool:
    """Whether two texts are asked for the same words in the same ways, as they are where a query names no field."""
    return asked.keys() == others.keys() and all(
        [
            isinstance(one, query.Term) and isinstance(other, query.Term) and _said(one) == _said(other)
            for field, leaves in asked.items()
            for one, other in zip_longest(leaves, others[field])
        ]
    )


def _said(leaf: query.Term) -> tuple[str, tuple[str, Way | None]]:
    return leaf.text, origin_of(leaf, leaf.text)


def _wanted(leaves: Iterable[query.Query], terms_of: TermsOf | None) -> _Wanted:
    terms: dict[str, query.Query] = {}
    patterns: list[tuple[Fits, query.Query]] = []
    phrases: list[query.Phrase] = []
    standing_for: list[tuple[str, query.Query]] = []
    for leaf in leaves:
        if isinstance(leaf, query.Phrase):
            phrases.append(leaf)
        elif isinstance(leaf, query.Term):
            terms.setdefault(leaf.text, leaf)
        elif isinstance(leaf, query.MultiTerm):
            known = terms_of(leaf) if terms_of else ()
            if known:
                standing_for += [(term, leaf) for term in known]
            elif fits := _pattern_of(leaf):
                patterns.append((fits, leaf))
    for term, leaf in standing_for:
        terms.setdefault(term, leaf)
    return _Wanted(terms, tuple(patterns), tuple(phrases))


def _pattern_of(leaf: query.Query) -> Fits | None:
    """Whether a term is one that a pattern stands for; None for what is no pattern of letters."""
    match leaf:
        case query.FuzzyTerm():
            return partial(_is_near, leaf.text, leaf.maxdist)
        case query.Prefix():
            return methodcaller("startswith", leaf.text)
        case query.Wildcard():
            return re.compile(translate(leaf.text)).match
    return None


def _is_near(word: str, edits: int, term: str) -> bool:
    return (
        abs(len(word) - len(term)) <= edits and term[:1] == word[:1] and distance(word, term, limit=edits + 1) <= edits
    )


def _matching(terms: Iterable[Term], field: Field, wanted: _Wanted) -> Iterator[tuple[Term, query.Query]]:
    """Those of some terms that one field holds and a leaf asks for there, each with the leaf."""
    terms = [term for term in terms if field in FIELDS[term.kind]]
    for term in terms:
        leaf = wanted.leaf_for(term.text)
        if leaf is not None:
            yield term, leaf
    for phrase in wanted.phrases:
        yield from ((term, phrase) for term in _in_a_row(terms, phrase.words, phrase.slop))


def _in_a_row(terms: Iterable[Term], words: Sequence[str], slop: int) -> Iterator[Term]:
    """The terms of every place where `words` follow each other, each at most `slop` positions behind the one before."""
    places: dict[str, dict[int, Term]] = {word: {} for word in words}
    for term in terms:
        if term.text in places:
            places[term.text].setdefault(term.position, term)
    if not words or not all(places.values()):
        return
    reached = [set(places[words[0]])]
    for word in words[1:]:
        reached.append({at for at in places[word] if any(at - gap in reached[-1] for gap in range(1, slop + 1))})
    leads_on = reached[-1]
    found: dict[str, set[int]] = {words[-1]: set(leads_on)}  # a phrase may say a word again and again
    for word, here in zip(words[-2::-1], reached[-2::-1], strict=True):
        leads_on = {at for at in here if any(at + gap in leads_on for gap in range(1, slop + 1))}
        found.setdefault(word, set()).update(leads_on)
    yield from (places[word][at] for word, there in found.items() for at in there)


def _around(text: str, term: Term, starts: Sequence[int], ends: Sequence[int]) -> Mark:
    """The tokens that a term stands in, and those that hyphens tie to them."""
    first = max(bisect_right(starts, term.start) - 1, 0)
    last = min(bisect_left(ends, term.end), len(ends) - 1)
    return _tied(text, first, last, starts, ends)


def _tied(text: str, first: int, last: int, starts: Sequence[int], ends: Sequence[int]) -> Mark:
    """Tokens with those that hyphens tie to them."""
    while first and ends[first - 1] + 1 == starts[first] and text[starts[first] - 1] in HYPHENS:
        first -= 1
    while last + 1 < len(starts) and ends[last] + 1 == starts[last + 1] and text[ends[last]] in HYPHENS:
        last += 1
    return starts[first], ends[last]
