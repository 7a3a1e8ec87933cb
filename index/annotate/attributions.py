"""Who is made the source of what in a unit: by verbs of saying, by sources without a verb, by nouns ("der Ansicht").

In: words, a unit and its clauses. Out: `Attribution`s, each with its cue, where its speaker is named and what it
reports. Whose words these are is resolved in `speakers`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.annotate.clauses import Clause, Unit, Words, is_subordinate, opening
from index.annotate.cues import Attribution, VerbCue
from index.annotate.reach import (
    content_end,
    is_infinitive,
    main_start,
    next_content,
    said_before,
    says_before,
    spells_out,
    unit_end,
)
from index.annotate.source_cues import SOURCE, SourceCueFinder
from index.annotate.speech_lexicon import (
    ARTICLE,
    AS_CLAUSE,
    BACK_REFERENCE,
    CERTAIN_CONTENT,
    CLAUSE_NOUN,
    CONJUNCTION,
    CONTENT,
    IMPERSONAL,
    INNER,
    KONJUNKTIV,
    KONJUNKTIV_2,
    OBLIQUE,
    PREPOSITION,
    QUOTE,
    SHARED_SUBJECT,
    SO,
    verb_groups,
)
from index.annotate.tables import Tables
from index.annotate.verb_cues import VerbCueFinder, Verbs

_Reach = tuple[str, int, int]
"""A rule and the bounds of what it reports."""

_PARTED = ("reported", "source")
"""The rules whose statement a second source may end."""


class AttributionFinder:
    """Finds the attributions of a unit."""

    def __init__(self, tables: Tables) -> None:
        self._cues = VerbCueFinder(tables)
        self._sources = SourceCueFinder(tables)
        verbs = tables["speech_verbs"]
        self._groups = verb_groups(verbs)
        self._needs_clause = frozenset(verbs["needs_clause"]["lemmas"])
        self._reports = frozenset(verbs["reports"]["lemmas"])
        self._main_clause = frozenset(verbs["main_clause"]["lemmas"])
        self._naming = frozenset(verbs["naming"]["lemmas"])
        self._counting = frozenset(verbs["counting"]["words"])
        self._impersonal = frozenset(verbs["impersonal"]["lemmas"])
        self._quoting = frozenset(verbs["quoting"]["lemmas"])

    def find(self, words: Words, unit: Unit, clauses: Sequence[Clause], verbs: Verbs) -> list[Attribution]:
        """The attributions in order of their cues; `verbs` are the words of the unit that may be verbs of saying."""
        found = list(self._sources.find(words, unit, clauses)) if unit.flags & SOURCE else []
        cues = self._cues.find(words, clauses, verbs) if verbs else []
        for number, cue in enumerate(cues):
            attribution = self._verb(words, unit, clauses, cue, cues[:number])
            if attribution is not None:
                found.append(attribution)
        if unit.flags & CLAUSE_NOUN:
            found += list(_nouns(words, unit, clauses, found))
        if len(clauses) > 1 and any(attribution.rule in _PARTED for attribution in found):
            found = self._part_sources(words, clauses, found)
        return sorted(found, key=lambda attribution: attribution.cue_first) if len(found) > 1 else found

    def _part_sources(self, words: Words, clauses: Sequence[Clause], found: Sequence[Attribution]) -> list[Attribution]:
        """A second source with a number of its own ends what the first one says: "..., die Polizei von 6000"."""
        parted = list(found)
        for number, clause in enumerate(clauses[1:], 1):
            named = self._second_source(words, clause)
            if named is None:
                continue
            for place, other in enumerate(parted):
                if other.rule in _PARTED and other.first < clause.first < other.last:
                    parted[place] = replace(other, last=clause.first - 1)
                    second = clause.first, named
                    parted.append(Attribution("source", *second, number, "phrase", second, named, clause.last))
                    break
        return parted

    def _second_source(self, words: Words, clause: Clause) -> int | None:
        """Where the source ends that opens a clause of nothing but itself, a word for counting and a number."""
        if clause.mark not in (",", ";") or not words.flags[clause.first] & ARTICLE:
            return None
        if is_subordinate(words, clause):
            return None
        for index in range(clause.first + 1, min(clause.first + 5, clause.last - 1)):
            if words.flags[index] & PREPOSITION and words.spelling[index] not in self._counting:
                return None
            if words.spelling[index] in self._counting:
                behind = words.spelling[index + 1 : index + 4]
                named = words.spelling[index - 1][0].isupper()
                return index if named and any(word[0].isdigit() for word in behind) else None
        return None

    def _verb(
        self, words: Words, unit: Unit, clauses: Sequence[Clause], cue: VerbCue, before: Sequence[VerbCue]
    ) -> Attribution | None:
        if words.flags[cue.finite] & KONJUNKTIV and not cue.subordinate:
            return None  # is itself reported: "Man gehe davon aus, dass ..."
        rule, first, last = self._reach(words, unit, clauses, cue, before)
        if first == last and cue.lemma in self._needs_clause:
            return None
        begins = cue.opening if cue.subordinate or rule == "inverted" else main_start(words, clauses, cue)
        speaker = clauses[begins].first, clauses[cue.clause].last
        agent = cue.passive and cue.lemma not in self._quoting
        return Attribution(
            rule, cue.first, cue.last + 1, cue.clause, "agent" if agent else "subject", speaker, first, last, cue
        )

    def _reach(
        self, words: Words, unit: Unit, clauses: Sequence[Clause], cue: VerbCue, before: Sequence[VerbCue]
    ) -> _Reach:
        number = cue.clause
        nothing = "verb", cue.last, cue.last
        if words.flags[opening(words, clauses[cue.opening])] & AS_CLAUSE:
            return self._as_clause(words, unit, clauses, cue) or nothing
        content = next_content(words, clauses, number + 1)
        if content is None and _refers_back(words, clauses[number], cue):
            return (
                ("back", *said_before(words, unit, clauses, number, number)) if number else ("back", cue.last, cue.last)
            )
        if self._closes(words, clauses, cue, before):
            return "inverted", *said_before(words, unit, clauses, number, number)
        if content is not None and _introduces(words, clauses, cue, content):
            rule = _content_rule(words, clauses[content])
            if rule == "reported clause" and cue.subordinate and any(not other.subordinate for other in before):
                return nothing  # an aside inside what another verb introduces
            if rule != "main clause" or self._takes_main_clause(words, clauses[content], cue):
                return rule, clauses[content].first, content_end(words, unit, clauses, content)
        if cue.lemma in self._reports and not (cue.subordinate or cue.passive or unit.flags & QUOTE):
            return "reported", unit.first, unit_end(words, unit)
        return nothing

    def _as_clause(self, words: Words, unit: Unit, clauses: Sequence[Clause], cue: VerbCue) -> _Reach | None:
        """`Wie die Polizei mitteilte, ...`; not `wie sich die Gruppe nennt` nor `wie man sagt`."""
        inside = range(clauses[cue.opening].first, cue.last)
        if cue.lemma in self._naming or any(words.flags[index] & IMPERSONAL for index in inside):
            return None
        if cue.opening:
            return "wie", *said_before(words, unit, clauses, cue.opening, cue.clause)
        if cue.clause + 1 == len(clauses):
            return None
        return "wie", clauses[cue.clause + 1].first, unit_end(words, unit)

    def _closes(self, words: Words, clauses: Sequence[Clause], cue: VerbCue, before: Sequence[VerbCue]) -> bool:
        """Whether a verb stands behind what is said: `..., sagte Blinken`."""
        hearsay = cue.lemma in self._impersonal and cue.finite + 2 == clauses[cue.clause].last
        if (cue.lemma in self._needs_clause and not hearsay) or not self._groups[cue.lemma] & {"say", "think"}:
            return False
        if not _opens_clause(words, clauses, cue):
            return False
        if cue.finite + 1 < len(words.spelling) and words.flags[cue.finite + 1] & SHARED_SUBJECT:
            return False
        if any(self._has_spoken(words, other) for other in before):
            return False
        return says_before(words, clauses, cue.clause)

    def _has_spoken(self, words: Words, cue: VerbCue) -> bool:
        """Whether a verb in front is a cue of its own, so that one behind it shares its subject."""
        reported = cue.subordinate or words.flags[cue.finite] & KONJUNKTIV
        return not (reported or cue.passive or cue.lemma in self._needs_clause)

    def _takes_main_clause(self, words: Words, clause: Clause, cue: VerbCue) -> bool:
        """`Er sagte, die Lage ist ernst`: for few verbs only, and not for what begins like an afterthought."""
        if cue.passive or cue.subordinate or cue.lemma not in self._main_clause:
            return False
        return clause.mark == "," and not words.flags[clause.first] & (CONJUNCTION | PREPOSITION)


def _content_rule(words: Words, clause: Clause) -> str:
    if words.flags[clause.first] & CONTENT:
        return "dass"
    if is_infinitive(words, clause):
        return "infinitive"
    if clause.flags & (KONJUNKTIV | KONJUNKTIV_2):
        return "reported clause"
    return "main clause"


def _introduces(words: Words, clauses: Sequence[Clause], cue: VerbCue, content: int) -> bool:
    """Whether a clause is what the verb says: "was ..." right behind it is, behind an object it is an aside."""
    flags = words.flags[clauses[content].first]
    if flags & CERTAIN_CONTENT or not flags & CONTENT:
        return True
    return cue.last >= clauses[cue.clause].last - 3


def _opens_clause(words: Words, clauses: Sequence[Clause], cue: VerbCue) -> bool:
    """Whether the finite verb begins a clause that is not the first: `..., sagte`."""
    if not cue.clause or cue.subordinate:
        return False
    clause = clauses[cue.clause]
    first = clause.first
    while first < cue.finite and words.flags[first] & (SO | QUOTE):
        first += 1
    return first == cue.finite and clause.mark in (",", "–", "—", "-", "?", "!")


def _refers_back(words: Words, clause: Clause, cue: VerbCue) -> bool:
    """`Dies teilte die Polizei mit`: the clause says who said what stands before it."""
    return bool(words.flags[clause.first] & BACK_REFERENCE) and cue.finite == clause.first + 1


def _nouns(words: Words, unit: Unit, clauses: Sequence[Clause], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """`der Ansicht, dass ...`: a noun near the end of a clause whose next clause spells it out."""
    for number, clause in enumerate(clauses[:-1]):
        following = clauses[number + 1]
        if following.mark != "," or any(a.first <= following.first < a.last and a.rule != "source" for a in found):
            continue
        if not clause.flags & CLAUSE_NOUN:
            continue
        for index in range(clause.last - 1, max(clause.first, clause.last - 7) - 1, -1):
            if not words.flags[index] & CLAUSE_NOUN:
                continue
            near = index > clause.last - 4 or words.flags[index + 1] & (OBLIQUE | INNER)
            if near and spells_out(words, following):
                last = content_end(words, unit, clauses, number + 1)
                named = clause.first, clause.last
                yield Attribution("noun", index, index + 1, number, "subject", named, following.first, last)
            break
