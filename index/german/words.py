"""A token in, what it is in the index out: its terms, its parts, what it can be to its neighbours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from index.german.compounds import Part, Splitter
from index.german.fold import aligned, fold, folded, spell
from index.german.gender import Marked, marked, masculine, singular
from index.german.numbers import normal_figure, number_of
from index.german.tables import table
from index.german.terms import TermKind
from index.german.tokens import cut

LONGEST = 64  # in characters; what is longer is no word, and is known by its beginning
_LONGEST_RAW = 4 * LONGEST  # as written, combining marks and all
LONGEST_COMPOUND = 200
_MOST_WORDS = 1 << 16
_MOST_DIGITS = 15

Key = tuple[str, int, int]
"""A term of the kind "part", with offsets into the token or the hyphen compound."""


class Word(NamedTuple):
    """What one token is in the index, without its place.

    `finite` is the stem where it can be the verb of a clause, `value` what a figure or number word says (also "eine"
    before "Million"), `factor` what "Millionen" multiplies by.
    """

    spelled: str
    terms: tuple[tuple[TermKind, str], ...]
    parts: tuple[Part, ...] = ()
    keys: tuple[Key, ...] = ()
    finite: str | None = None
    is_particle: bool = False
    value: Decimal | None = None
    factor: int | None = None

    def texts(self, kind: TermKind) -> tuple[str, ...]:
        """The terms of one kind, a plain one among the exact ones, the stems and the numbers."""
        also = "plain" if kind in ("exact", "stem", "number") else kind
        return tuple(text for its_kind, text in self.terms if its_kind in (kind, also))


class Compound(NamedTuple):
    """What a hyphen compound is besides its members: its stems as one word, and the runs of parts across a hyphen."""

    stems: tuple[str, ...]
    parts: tuple[Part, ...]
    keys: tuple[Key, ...]


def keys_of(parts: Sequence[Part]) -> Iterator[Key]:
    """The terms of a compound's parts: each run of neighbours, as their stems with a plus between, and its offsets.

    A light part (Haupt-, Vize-) is no term of its own.
    """
    for at, (run, start, end, is_light) in enumerate(parts, 1):
        if not is_light:
            yield run, start, end
        for stem, _, last, _ in parts[at:]:
            run += "+" + stem
            yield run, start, last


def runs_across(members: Sequence[Sequence[str]]) -> Iterator[tuple[str, int, int]]:
    """The runs of parts across a hyphen, given the stems of each member's parts: as the term that a run is, and the
    numbers of its first and its last part among all of them.
    """
    stems = list(chain.from_iterable(members))
    owners = [number for number, member in enumerate(members) for _ in member]
    for first, run in enumerate(stems):
        for last in range(first + 1, len(stems)):
            run += "+" + stems[last]
            if owners[first] < owners[last]:
                yield run, first, last


class Words:
    """Reads tokens. `own` are the archive's words that compounds are made of (`archive_words`)."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self.splitter = Splitter(own)
        self.stemmer = self.splitter.stemmer
        self._particles = folded("verbs", "particles")
        self._auxiliaries = folded("verbs", "auxiliaries")
        self._factors: Mapping[str, int] = table("numbers")["factors"]
        self._before_factors: Mapping[str, str] = table("numbers")["before_factors"]
        self.word = lru_cache(_MOST_WORDS)(self.read)
        self.compound = lru_cache(_MOST_WORDS)(self.read_compound)

    def read(self, token: str) -> Word:
        """What a token is in the index; `word` is the same, and remembers the last words."""
        token = token[:_LONGEST_RAW]
        if token[0].isdigit():
            return _read_figure(token)
        form = marked(token)
        return self._read_marked(token, form) if form else self._read_word(token)

    def is_known(self, word: str) -> bool:
        """Whether the tables say what a word is, folded and with its umlauts."""
        if self.stemmer.noun(word) or self.stemmer.verb(word):
            return True
        # Hauser has the stem of Haus, and is none of its forms.
        return not word.endswith(("er", "ern", "ers")) and self.splitter.is_known(word)

    def _read_word(self, token: str) -> Word:
        exact = fold(token)[:LONGEST]
        spelled = spell(exact)
        base, number, capital = masculine(spelled), number_of(spelled), not token[0].islower()
        stems = (singular(spelled),) if base else self.stemmer.stems(spelled, capital)
        terms: list[tuple[TermKind, str]] = [("plain" if exact in stems else "exact", exact)]
        terms += [("stem", stem) for stem in stems if stem != exact]
        if base:
            terms.append(("gender", self.stemmer.noun_stem(base)))
        if number:
            terms.append(("number", number))
        parts = () if number else _placed(token, spelled, self.splitter.split(spelled, capital))
        verb = self.stemmer.verb(spelled) if self.stemmer.is_finite(spelled, capital) else None
        is_particle, factor = token.islower() and spelled in self._particles, self._factors.get(spelled)
        value = number.replace(",", ".") if number else self._before_factors.get(spelled)
        return Word(
            spelled,
            tuple(terms),
            parts,
            tuple(keys_of(parts)) if parts else (),
            verb if verb not in self._auxiliaries else None,
            is_particle,
            Decimal(value) if value else None,
            factor,
        )

    def _read_marked(self, token: str, form: Marked) -> Word:
        """A gender-marked form is the masculine and the feminine at once; in a compound it stands for the masculine."""
        exact: tuple[TermKind, str] = ("exact", fold(token)[:LONGEST])
        if not form.is_noun:
            return Word(form.base, (exact, ("stem", self.stemmer.stems(form.base, False)[0])))
        feminine = form.base + "in"
        if form.base.endswith("en") and not masculine(feminine):
            feminine = form.base[:-2] + "in"  # Student(inn)en
        word = (masculine(feminine) or form.base) + form.rest
        cut, end = len(token) - len(form.rest), len(token)
        parts = tuple(
            part._replace(start=min(part.start, cut) if part.start < len(word) - len(form.rest) else cut, end=end)
            if number
            else part._replace(end=cut if form.rest else min(part.end, end))
            for number, part in enumerate(self.splitter.split(word))
        )
        if form.rest:
            return Word(word, (exact, ("stem", self.stemmer.noun_stem(word))), parts, tuple(keys_of(parts)))
        terms: tuple[tuple[TermKind, str], ...]
        terms = (exact, ("gender", self.stemmer.noun_stem(word)), ("gender", feminine))
        return Word(word, terms, parts, tuple(keys_of(parts)))

    def read_compound(self, text: str) -> Compound:
        """What a hyphen compound is as a whole; `compound` is the same, and remembers the last ones."""
        tokens, starts, ends = cut(text[:LONGEST_COMPOUND])
        words = [self.word(token) for token in tokens]
        if not any(word.spelled.isalpha() for word in words):
            return Compound((), (), ())
        stems = self.stemmer.stems(spell("".join(word.spelled for word in words)[:LONGEST]), True)
        members = [self._parts_of(word, starts[at], ends[at], at == len(words) - 1) for at, word in enumerate(words)]
        parts = tuple(chain.from_iterable(members))
        runs = runs_across([[part.stem for part in member] for member in members])
        return Compound(stems, parts, tuple((run, parts[first].start, parts[last].end) for run, first, last in runs))

    def _parts_of(self, word: Word, start: int, end: int, is_last: bool) -> Sequence[Part]:
        """The parts of one member of a hyphen compound, with offsets into the compound."""
        if word.parts:
            return [Part(part.stem, part.start + start, part.end + start, part.light) for part in word.parts]
        if is_last:
            stem = (word.texts("gender") or word.texts("stem") or (word.spelled,))[0]
        else:
            stem = self.splitter.first_stem(word.spelled)
        return (Part(stem, start, end),)


def _read_figure(token: str) -> Word:
    normal = spell(fold(normal_figure(token)))[:LONGEST]  # 90er, 3sat: letters may follow
    digits = normal.replace(",", "", 1)
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    value = Decimal(normal.replace(",", ".")) if is_number else None
    return Word(normal, (("plain", normal),), value=value)


def _placed(token: str, spelled: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with offsets into the token as written; the last one reaches to its end."""
    if not parts:
        return ()
    if len(spelled) == len(token):
        *others, last = parts
        return parts if last.end == len(token) else (*others, last._replace(end=len(token)))
    places = aligned(token)[1]
    # Schifffahrt: two parts may share a letter in the spelling, though not in the word as written.
    ends = [places[min(part.end, after.start)] for part, after in pairwise(parts)]
    return tuple(
        part._replace(start=places[part.start], end=end) for part, end in zip(parts, [*ends, len(token)], strict=True)
    )
