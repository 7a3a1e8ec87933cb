"""Verbs of saying in a clause, with all their parts: "teilte ... mit", "hat ... erklärt", "wurde bekannt", "mitteilte".

In: words and the clauses of a unit. Out: `VerbCue`s, at most one a clause.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.annotate.clauses import Clause, Unit, Words, has_verb, is_subordinate, is_verb, part_of
from index.annotate.conjugation import VerbForm
from index.annotate.cues import VerbCue
from index.annotate.speech_lexicon import (
    BE,
    BECOME,
    CONJUNCTION,
    COORDINATION,
    FINITE,
    HAVE,
    HEARSAY,
    INFINITIVE_MARKER,
    MODAL,
    NOT_VERB,
    QUOTE,
    SPEECH,
    SUBORDINATOR,
    VERB,
)
from index.annotate.tables import Tables

_NEAR = 3
"""How many clauses a separated particle or a subordinator may stand away from its verb."""


Verbs = Mapping[int, Sequence[VerbForm]]
"""The forms of verbs of saying that words may be, by the index of the word, in order."""


def read_verbs(words: Words, unit: Unit) -> Verbs:
    """The words of a unit that may be verbs of saying: "gibt" and "wird" only where the unit has their particle."""
    flags, needed = words.flags, words.lexicon.particles
    spelling, found = words.spelling[unit.first : unit.last], {}
    for index in [index for index in range(unit.first, unit.last) if flags[index] & SPEECH]:
        if not flags[index] & NOT_VERB:
            particles = needed.get(words.spelling[index])
            if particles is None or not particles.isdisjoint(spelling):
                found[index] = [form for form in words.forms(index) if not form.apart or form.apart in spelling]
    return found


class VerbCueFinder:
    """Finds verbs of saying."""

    def __init__(self, tables: Tables) -> None:
        verbs = tables["speech_verbs"]
        self._other_particles = frozenset(verbs["other_particles"]["particles"])
        self._stative = frozenset(verbs["stative"]["lemmas"])
        self._attributive = tuple(verbs["attributive"]["endings"])

    def find(self, words: Words, clauses: Sequence[Clause], verbs: Verbs) -> list[VerbCue]:
        """The cues of a unit, in order, given the verbs that may be one."""
        cues: list[VerbCue] = []
        number = 0
        for index, forms in verbs.items():
            while index >= clauses[number].last:
                number += 1
            if (cues and cues[-1].clause == number) or self._is_attribute(words, clauses[number], index):
                continue
            cue = self._read(words, clauses, number, index, forms)
            if cue is not None:
                cues.append(cue)
        return cues

    def _read(
        self, words: Words, clauses: Sequence[Clause], number: int, index: int, forms: Sequence[VerbForm]
    ) -> VerbCue | None:
        opening = _opening(words, clauses, number)
        for form in forms:
            if form.role == "participle":
                cue = self._participle(words, clauses, number, index, form, opening)
            elif form.role == "joined":
                cue = _joined(words, clauses[number], number, index, form, opening)
            else:
                cue = self._finite(words, clauses, number, index, form, opening)
            if cue is not None:
                return cue
        return None

    def _participle(
        self,
        words: Words,
        clauses: Sequence[Clause],
        number: int,
        index: int,
        form: VerbForm,
        opening: int | None,
    ) -> VerbCue | None:
        clause, begins = clauses[number], opening
        first = index
        if form.particle:
            if index == clause.first or words.spelling[index - 1] != form.apart:
                return None
            first = index - 1
        wanted = HAVE | BECOME | (BE if form.lemma in self._stative else 0)
        helper = _other(words, clause, index, wanted)
        if helper is None and first == clause.first and index == clause.last - 1:  # "hatte Falk, der Leiter, erklärt"
            for begins in range(number - 1, max(number - _NEAR, -1), -1):
                helper = _other(words, clauses[begins], index, wanted)
                if helper is not None:
                    break
        if helper is None or _other(words, clause, index, HEARSAY) is not None:
            return None
        passive = not words.flags[helper] & HAVE
        plural = words.spelling[helper].endswith("n")
        place = min(first, helper), max(index, helper)
        cue = _cue(number, begins, index, place, helper, form, plural, passive)
        return cue if begins == opening else replace(cue, subordinate=False)

    def _finite(
        self,
        words: Words,
        clauses: Sequence[Clause],
        number: int,
        index: int,
        form: VerbForm,
        opening: int | None,
    ) -> VerbCue | None:
        clause = clauses[number]
        at_end = index == clause.last - 1
        if index > clause.first and words.flags[index - 1] & INFINITIVE_MARKER:
            return None
        helper = _other(words, _coordinate(words, clause, index), index, FINITE)
        if helper is not None:
            if at_end and form.plural and not form.particle and words.flags[helper] & MODAL and helper < index:
                return _cue(number, opening, index, (helper, index), helper, form, None)
            return None
        if form.particle and opening is not None:
            joined = at_end and index > clause.first and words.spelling[index - 1] == form.apart
            return _cue(number, opening, index, (index - 1, index), index, form, form.plural) if joined else None
        if form.particle:
            last = _particle(words, clauses, number, index, form)
            return None if last is None else _cue(number, None, index, (index, last), index, form, form.plural)
        if opening is not None and not at_end:
            return None
        if opening is None and not at_end and words.spelling[clause.last - 1] in self._other_particles:
            return None
        return _cue(number, opening, index, (index, index), index, form, form.plural)

    def _is_attribute(self, words: Words, clause: Clause, index: int) -> bool:
        """Whether a form stands in front of a noun: "in einer veröffentlichten Aufnahme erklärte er"."""
        if index + 1 >= clause.last or not words.spelling[index + 1][0].isupper():
            return False
        if not words.spelling[index].endswith(self._attributive):
            return False
        return any(words.flags[later] & (SPEECH | FINITE | VERB) for later in range(index + 2, clause.last))


def _joined(
    words: Words, clause: Clause, number: int, index: int, form: VerbForm, opening: int | None
) -> VerbCue | None:
    """`..., wie sie mitteilte`, `musste ... einräumen`."""
    if index < clause.last - 1:
        return None
    if opening is not None:
        return _cue(number, opening, index, (index, index), index, form, form.plural)
    helper = _other(words, clause, index, MODAL)
    if helper is None or helper > index or not form.plural:
        return None
    return _cue(number, None, index, (helper, index), helper, form, None)


def _particle(words: Words, clauses: Sequence[Clause], number: int, index: int, form: VerbForm) -> int | None:
    """The place of a separated particle: the end of the verb's clause, or of a clause soon after it."""
    sought = form.apart
    for clause in clauses[number : number + _NEAR]:
        if sought not in words.spelling[clause.first : clause.last]:
            continue
        first = index + 1 if clause is clauses[number] else clause.first
        for place in range(clause.last - 1, first - 1, -1):
            ends = place == clause.last - 1 or words.flags[place + 1] & (QUOTE | SUBORDINATOR | CONJUNCTION)
            if words.spelling[place] == sought and ends:
                return place
    return None


def _opening(words: Words, clauses: Sequence[Clause], number: int) -> int | None:
    """The clause that makes clause `number` subordinate: itself or, past an aside, one shortly before; or None."""
    if is_subordinate(words, clauses[number]):
        return number
    if not is_verb(words, clauses[number].last - 1):
        return None
    for candidate in range(number - 1, max(number - _NEAR - 1, -1), -1):
        if words.flags[clauses[candidate].first] & SUBORDINATOR:
            return candidate if not has_verb(words, clauses[candidate]) else None
    return None


def _coordinate(words: Words, clause: Clause, index: int) -> Clause:
    """The part of a clause in which a verb stands: behind the "und" that coordinates it with another verb."""
    if not clause.flags & COORDINATION:
        return clause
    for place in range(index - 1, clause.first, -1):
        if words.flags[place] & COORDINATION and has_verb(words, part_of(words, clause, clause.first, place)):
            return part_of(words, clause, place + 1, clause.last)
    return clause


def _other(words: Words, clause: Clause, index: int, wanted: int) -> int | None:
    if not clause.flags & wanted:
        return None
    for place in range(clause.first, clause.last):
        if place != index and words.flags[place] & wanted:
            return place
    return None


def _cue(
    number: int,
    opening: int | None,
    verb: int,
    place: tuple[int, int],
    finite: int,
    form: VerbForm,
    plural: bool | None,
    passive: bool = False,
) -> VerbCue:
    begins = number if opening is None else opening
    return VerbCue(number, begins, verb, *place, finite, form.lemma, passive, opening is not None, plural)
