"""Sources named without a verb of saying: "laut", "nach Angaben von", "zufolge", "so Blinken", "demnach".

In: words, a unit and its clauses. Out: `Attribution`s.
"""

from collections.abc import Iterator, Sequence

from index.annotate.clauses import Clause, Unit, Words, abbreviates, is_subordinate
from index.annotate.cues import Attribution
from index.annotate.reach import said_before, unit_end
from index.annotate.speech_lexicon import (
    ADVERBIAL,
    ARTICLE,
    CARRY_ON,
    CONJUNCTION,
    DEFINITE,
    FILLER,
    FINITE,
    GENITIVE,
    INNER,
    OBLIQUE,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    SO,
    SOURCE_NOUN,
    SOURCE_POSTPOSITION,
    SOURCE_PREPOSITION,
    SOURCE_WITH_NOUN,
    SPEECH,
    SUBORDINATOR,
    VERB,
)
from index.annotate.tables import Tables

_SOURCE = SOURCE_PREPOSITION | SOURCE_WITH_NOUN | SOURCE_POSTPOSITION
SOURCE = _SOURCE | SO | CARRY_ON
"""The classes of words without which a unit names no source."""
_NEAR = 4
"""How many words may part "nach" and its noun: "nach ersten noch unbestätigten Angaben"."""


class SourceCueFinder:
    """Finds sources that are named without a verb."""

    def __init__(self, tables: Tables) -> None:
        sources = tables["attributions"]
        self._suffixes = tuple(sources["suffixes"])
        self._trailing = frozenset(sources["trailing"])
        self._adjectives = tuple(sources["adjectives"])
        self._events = frozenset(sources["events"])
        self._governing = frozenset(sources["governing"])
        self._never_sought = tuple(sources["never_sought"])
        self._people = frozenset(sources["people"])
        self._people_follow = frozenset(sources["people_follow"])
        self._no_sources = frozenset(sources["no_sources"])

    def find(self, words: Words, unit: Unit, clauses: Sequence[Clause]) -> Iterator[Attribution]:
        """The sources of a unit."""
        if unit.flags & _SOURCE:
            for number, clause in enumerate(clauses):
                if clause.flags & _SOURCE:
                    yield from self._in_clause(words, unit, clause, number)
        if unit.flags & SO:
            yield from _so(words, unit, clauses)
        if unit.flags & CARRY_ON:
            yield from _carry_on(words, unit, clauses)

    def _in_clause(self, words: Words, unit: Unit, clause: Clause, number: int) -> Iterator[Attribution]:
        index = clause.first
        while index < clause.last:
            flags = words.flags[index]
            inside_phrase = index > clause.first and words.flags[index - 1] & (ARTICLE | OBLIQUE)
            if flags & _SOURCE and not inside_phrase:
                found = self._at(words, unit, clause, number, index)
                if found is not None:
                    yield found
                    index = max(index, found.cue_last - 1)
                    if index + 1 < clause.last and words.flags[index + 1] & SOURCE_POSTPOSITION:
                        index += 1
            index += 1

    def _at(self, words: Words, unit: Unit, clause: Clause, number: int, index: int) -> Attribution | None:
        flags = words.flags[index]
        noun = self._noun(words, clause, index) if flags & (SOURCE_WITH_NOUN | SOURCE_PREPOSITION) else None
        if noun is not None and self._is_circumstance(words, clause, index, noun):
            return None
        if noun is not None:
            last = self._phrase_end(words, clause, noun)
            named = (noun + 1, last) if noun + 1 < last else (index + 1, noun + 1)
            return _source(words, unit, clause, number, (index, last), named)
        if flags & SOURCE_PREPOSITION:
            last = self._phrase_end(words, clause, index + 1)
            if not self._names(words, index + 1, last):
                return None
            return _source(words, unit, clause, number, (index, last), (index + 1, last))
        trails = words.spelling[index] in self._trailing and index > clause.first and self._is_source(words, index - 1)
        if trails or (flags & SOURCE_POSTPOSITION and index > clause.first):
            first = _phrase_start(words, clause, index)
            return _source(words, unit, clause, number, (first, index + 1), (first, index))
        return None

    def _is_circumstance(self, words: Words, clause: Clause, index: int, noun: int) -> bool:
        """Whether "nach" tells when or after what someone looks, not who says so."""
        if words.flags[index] & SOURCE_PREPOSITION:
            return False
        if words.flags[index + 1] & DEFINITE and words.spelling[noun] in self._events:
            return True
        if words.spelling[noun] in self._people:
            return words.spelling[index].lower() not in self._people_follow
        if words.spelling[noun].lower().endswith(self._never_sought):
            return False
        return not self._governing.isdisjoint(words.spelling[clause.first : index])

    def _names(self, words: Words, first: int, last: int) -> bool:
        """Whether a phrase has a noun or a quotation, so that "laut" in front of it does not mean loud."""
        phrase = range(first, last)
        nouns = [words.spelling[i] for i in phrase if words.flags[i] & QUOTE or words.spelling[i][0].isupper()]
        return bool(nouns) and nouns[-1] not in self._no_sources

    def _is_adjective(self, words: Words, clause: Clause, index: int) -> bool:
        """Whether a word stands inside the phrase, unlike a verb behind it: "der Feuerwehr brannte das Dach"."""
        if not words.spelling[index].endswith(self._adjectives) or index + 1 >= clause.last:
            return False
        return not words.flags[index + 1] & (ARTICLE | OBLIQUE | PREPOSITION)

    def _noun(self, words: Words, clause: Clause, index: int) -> int | None:
        for noun in range(index + 1, min(index + 1 + _NEAR, clause.last)):
            if self._is_source(words, noun):
                return noun
            if words.flags[noun] & (PREPOSITION | FINITE | SPEECH | QUOTE):
                return None
        return None

    def _is_source(self, words: Words, index: int) -> bool:
        spelling = words.spelling[index]
        return bool(words.flags[index] & SOURCE_NOUN) or (spelling[0].isupper() and spelling.endswith(self._suffixes))

    def _phrase_end(self, words: Words, clause: Clause, index: int) -> int:
        """Where the noun phrase that begins at `index` ends, in its clause."""
        last, noun = index, False
        while last < clause.last:
            flags, spelling = words.flags[last], words.spelling[last]
            if spelling[0].isupper() or spelling[0].isdigit():
                noun = True
            elif not flags & QUOTE and spelling != "(" and not abbreviates(words, last):
                if flags & (FINITE | SPEECH | VERB) or (flags & PREPOSITION and not flags & INNER):
                    break
                adjective = not flags and self._is_adjective(words, clause, last)
                goes_on = adjective or flags & (INNER | OBLIQUE | CONJUNCTION)
                if noun and not goes_on:
                    break
            last += 1
        return last


def _phrase_start(words: Words, clause: Clause, index: int) -> int:
    """Where the noun phrase in front of `index` begins."""
    first = index
    while first > clause.first:
        flags, spelling = words.flags[first - 1], words.spelling[first - 1]
        if flags & (FINITE | SPEECH) and not spelling[0].isupper():
            break
        if flags & PREPOSITION and not flags & INNER:
            break
        first -= 1
        after_noun = first > clause.first and words.spelling[first - 1][0].isupper()
        if flags & (OBLIQUE | ARTICLE) and not (flags & GENITIVE and after_noun):
            break
    return first


def _source(
    words: Words, unit: Unit, clause: Clause, number: int, cue: tuple[int, int], speaker: tuple[int, int]
) -> Attribution:
    """A source reports its sentence without itself, or only its clause where that is an aside."""
    first, last = unit.first, unit_end(words, unit)
    if number and words.flags[clause.first] & (RELATIVE | ADVERBIAL) and is_subordinate(words, clause):
        first, last = clause.first, clause.last
    elif cue[0] == unit.first:
        first = cue[1]
    return Attribution("source", *cue, number, "phrase", speaker, first, max(first, last))


def _so(words: Words, unit: Unit, clauses: Sequence[Clause]) -> Iterator[Attribution]:
    """`..., so Blinken weiter`: a clause of "so" and a noun phrase, without a verb."""
    for number, clause in enumerate(clauses[1:], 1):
        named = clause.first + 1
        if not words.flags[clause.first] & SO or named >= clause.last:
            continue
        if words.flags[named] & (PREPOSITION | SUBORDINATOR | FILLER):
            continue
        rest = range(named, clause.last)
        if any(words.flags[i] & (FINITE | SPEECH) and words.spelling[i][0].islower() for i in rest):
            continue
        if any(words.spelling[i][0].isupper() for i in rest[:3]):
            first, last = said_before(words, unit, clauses, number, number)
            yield Attribution("so", clause.first, named, number, "phrase", (named, clause.last), first, last)


def _carry_on(words: Words, unit: Unit, clauses: Sequence[Clause]) -> Iterator[Attribution]:
    """`Demnach ...`: reports on with the source of the sentence before."""
    for number, clause in enumerate(clauses):
        if not clause.flags & CARRY_ON:
            continue
        for index in range(clause.first, clause.last):
            if words.flags[index] & CARRY_ON:
                first = index + 1 if index == clause.first else unit.first
                last = unit_end(words, unit)
                yield Attribution("carry on", index, index + 1, number, "carry_on", (index, index), first, last)
                return
