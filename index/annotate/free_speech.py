"""Reported speech without an introduction: sentences in the Konjunktiv, and hearsay with "soll".

In: words, a unit and its clauses. Out: whether the unit reports.
"""

from collections.abc import Sequence

from index.annotate.clauses import Clause, Unit, Words, has_verb, is_subordinate
from index.annotate.speech_lexicon import COMMA, CONJUNCTION, HEARSAY, KONJUNKTIV, KONJUNKTIV_2, STOP
from index.annotate.tables import Tables


class FreeSpeech:
    """Tells reported speech that has no cue of its own."""

    def __init__(self, tables: Tables) -> None:
        table = tables["konjunktiv"]
        self._unreal = frozenset(table["unreal"])
        self._past = frozenset(table["past"])
        self._idioms = frozenset(table["idioms"])
        self._idiom_verbs = frozenset(table["idiom_verbs"])
        self._wishes = {verb: frozenset(before) for verb, before in table["wishes"].items()}
        self._own_words = frozenset(table["own_words"])
        self._perfect = frozenset(table["perfect"])

    def is_reported(self, words: Words, unit: Unit, clauses: Sequence[Clause], going_on: bool) -> bool:
        """Whether a unit is in the Konjunktiv of reported speech; the second one only goes on with a report."""
        if not unit.flags & (KONJUNKTIV | KONJUNKTIV_2):
            return False
        if not self._own_words.isdisjoint(words.spelling[unit.first : unit.last]):
            return False
        for clause in clauses:
            if not clause.flags & (KONJUNKTIV | KONJUNKTIV_2):
                continue
            opens = clause.first
            if words.spelling[opens].lower() in self._unreal or words.flags[opens] & KONJUNKTIV_2:
                continue
            for index in range(clause.first, clause.last):
                flags = words.flags[index]
                if flags & KONJUNKTIV and not self._is_idiom(words, clause, index):
                    return True
                if going_on and flags & KONJUNKTIV_2 and words.spelling[index] not in self._past:
                    return True
        return False

    def has_own_main_clause(self, words: Words, clauses: Sequence[Clause]) -> bool:
        """Whether only a subordinate clause is reported: "Für Berg steht fest, dass es gut sei" starts anew."""
        own = False
        for clause in clauses:
            if is_subordinate(words, clause) or not has_verb(words, clause):
                continue
            if clause.flags & (KONJUNKTIV | KONJUNKTIV_2):
                return False
            own = True
        return own

    def is_hearsay(self, words: Words, unit: Unit) -> bool:
        """`soll ... geschlagen haben`: a modal of hearsay with a perfect infinitive."""
        if not unit.flags & HEARSAY:
            return False
        modal = next(index for index in range(unit.first, unit.last) if words.flags[index] & HEARSAY)
        return any(
            words.spelling[index] in self._perfect
            and (index + 1 == unit.last or words.flags[index + 1] & (COMMA | STOP | CONJUNCTION))
            for index in range(modal + 2, unit.last)
        )

    def _is_idiom(self, words: Words, clause: Clause, index: int) -> bool:
        wish = self._wishes.get(words.spelling[index])
        if wish is not None and index > clause.first and words.spelling[index - 1] in wish:
            return True
        around = words.spelling[max(clause.first, index - 2) : index + 2]
        return words.spelling[index] in self._idiom_verbs and not self._idioms.isdisjoint(around)
