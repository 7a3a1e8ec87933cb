"""What a cue reports: which words of its unit stand in front of it, behind it, or around it.

In: words and the clauses of a unit. Out: bounds in words (`first`, `last` exclusive), or numbers of clauses.
"""

from collections.abc import Sequence

from index.annotate.clauses import Clause, Unit, Words, has_verb, is_subordinate, is_verb
from index.annotate.cues import VerbCue
from index.annotate.speech_lexicon import (
    ADVERBIAL,
    AS_CLAUSE,
    CERTAIN_CONTENT,
    COMMA,
    CONTENT,
    FINITE,
    INFINITIVE_MARKER,
    KONJUNKTIV,
    KONJUNKTIV_2,
    PREPOSITION,
    PURPOSE,
    QUOTE,
    SO,
    SPEECH,
    STOP,
)

_NEAR = 4
"""How many clauses are looked at for the one that says something."""


def unit_end(words: Words, unit: Unit) -> int:
    """The unit's end without its full stop."""
    last = unit.last
    while last > unit.first + 1 and words.flags[last - 1] & STOP:
        last -= 1
    return last


def next_content(words: Words, clauses: Sequence[Clause], number: int) -> int | None:
    """The first clause from `number` on that spells out what is said; asides before it are passed over."""
    for candidate in range(number, min(number + _NEAR, len(clauses))):
        clause = clauses[candidate]
        flags = words.flags[clause.first]
        if flags & CONTENT or clause.mark == ":":
            return candidate
        if flags & (PURPOSE | AS_CLAUSE | SO):
            continue
        if is_infinitive(words, clause):
            return candidate
        if is_subordinate(words, clause) or flags & ADVERBIAL:
            continue
        if clause.flags & (FINITE | SPEECH):
            return candidate
        if clause.flags & QUOTE:
            return candidate if clause.last - clause.first > 2 else None
    return None


def content_end(words: Words, unit: Unit, clauses: Sequence[Clause], number: int) -> int:
    """Where what content clause `number` begins to report ends: in front of a quotation or a cue of its own."""
    for clause in clauses[number + 1 :]:
        flags = words.flags[clause.first]
        if clause.mark in (":", ";") or (flags & SPEECH and is_verb(words, clause.first) and not flags & KONJUNKTIV):
            return clause.first - 1
    return unit_end(words, unit)


def said_before(words: Words, unit: Unit, clauses: Sequence[Clause], number: int, after: int) -> tuple[int, int]:
    """What stands in front of clause `number`, without quotations at its start; nothing where it ends in one alone.

    Where the sentence goes on behind clause `after` and had not come to its verb, all of it is reported.
    """
    last = clauses[number - 1]
    if last.mark == ":" and all(words.flags[index] & (QUOTE | STOP) for index in range(last.first, last.last)):
        return last.last, last.last
    first = next((clause.first for clause in reversed(clauses[1:number]) if clause.mark == ":"), unit.first)
    while first < last.last and words.flags[first] & (QUOTE | COMMA | STOP):
        first += 1
    if after + 1 < len(clauses) and first < last.last and _goes_on(words, clauses, number, after):
        return first, unit_end(words, unit)
    return first, max(first, last.last)


def says_before(words: Words, clauses: Sequence[Clause], number: int) -> bool:
    """Whether a main clause, a content clause or a quotation stands in front of clause `number`."""
    for clause in clauses[:number]:
        if words.flags[clause.first] & (CONTENT | QUOTE) or words.flags[clause.last - 1] & QUOTE:
            return True
        if not is_subordinate(words, clause) and has_verb(words, clause):
            return True
    return False


def main_start(words: Words, clauses: Sequence[Clause], cue: VerbCue) -> int:
    """The clause with which the main clause of a verb begins: asides part a subject from its verb."""
    number = cue.clause
    if cue.finite > clauses[number].first + 1:
        return number
    while number and clauses[number].mark in (",", "–", "—"):
        before = clauses[number - 1]
        if has_verb(words, before) and not is_subordinate(words, before):
            break
        number -= 1
    while number < cue.clause and is_subordinate(words, clauses[number]):
        number += 1
    return min(number, cue.opening)


def spells_out(words: Words, clause: Clause) -> bool:
    """Whether a clause says what a noun in front of it names: "die Forderung, ..."."""
    flags = words.flags[clause.first]
    if flags & CERTAIN_CONTENT or is_infinitive(words, clause):
        return True
    if is_subordinate(words, clause):
        return bool(flags & PREPOSITION)
    return bool(clause.flags & (KONJUNKTIV | KONJUNKTIV_2))


def is_infinitive(words: Words, clause: Clause) -> bool:
    """Whether a clause has its verb as an infinitive with "zu" ("zu gehen", "wegzugehen"), without a purpose."""
    if words.flags[clause.first] & PURPOSE:
        return False
    for index in range(clause.first, clause.last - 1):
        following = words.spelling[index + 1]
        if words.flags[index] & INFINITIVE_MARKER and following[0].islower() and following.endswith("n"):
            return True
    last = words.spelling[clause.last - 1]
    return last[0].islower() and last.endswith("n") and "zu" in last[1:-3]


def _goes_on(words: Words, clauses: Sequence[Clause], number: int, after: int) -> bool:
    """Whether the clause parted by an aside is finished behind it: "Die Lage, so Blinken, sei ernst"."""
    behind = clauses[after + 1]
    if is_subordinate(words, behind):
        return False
    return not has_verb(words, clauses[number - 1]) or is_verb(words, behind.first)
