"""Statements: who said what, in direct or in indirect speech.

In: a text with its sentences, mentions and people, and the language tables. Out: `Statement`s, sorted by place; a
fragment in quotation marks may lie inside indirect speech. A cue is the stretch of text from its first to its last
word: "gab der Geheimdienst bekannt".

The flow: quotations are paired (`quotations`); the text is cut into words, units and clauses with each quotation as one
word (`clauses`); cues are found (`verb_cues`, `source_cues`) with what they report (`attributions`, `reach`);
sentences that report without a cue are told by their mood (`free_speech`); quotations are judged (`direct_speech`);
speakers are resolved (`noun_phrases`, `institutions`, `speakers`). All of it is linear in the length of the text.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.annotate.attributions import AttributionFinder
from index.annotate.clauses import Clause, Unit, Words, read_clauses, read_units, read_words
from index.annotate.cues import Attribution
from index.annotate.direct_speech import DirectSpeech
from index.annotate.free_speech import FreeSpeech
from index.annotate.institutions import InstitutionNamer
from index.annotate.noun_phrases import NounPhrases
from index.annotate.quotations import QuotationFinder
from index.annotate.reach import unit_end
from index.annotate.source_cues import SOURCE
from index.annotate.speakers import Speaker, SpeakerResolver, SpeakerRules
from index.annotate.speech_lexicon import (
    CLAUSE_NOUN,
    COMMA,
    HEARSAY,
    KONJUNKTIV,
    KONJUNKTIV_2,
    QUOTE,
    SPEECH,
    STOP,
    build_lexicon,
)
from index.annotate.tables import Tables
from index.annotate.text_parts import MAX_PART, read_parts
from index.annotate.verb_cues import Verbs, read_verbs
from index.model import Mention, Span, Statement, StatementKind

if TYPE_CHECKING:
    from index.annotate.persons import Person

_CUES = SOURCE | CLAUSE_NOUN | HEARSAY | KONJUNKTIV | KONJUNKTIV_2 | QUOTE


class StatementFinder:
    """Finds statements by one set of tables. Building it compiles the tables; `find` depends on its input alone."""

    def __init__(self, tables: Tables) -> None:
        self._lexicon = build_lexicon(tables)
        self._quotations = QuotationFinder(tables)
        self._institutions = InstitutionNamer(tables)
        self._speaker_rules = SpeakerRules.read(tables)
        self._attributions = AttributionFinder(tables)
        self._free = FreeSpeech(tables)
        self._direct = DirectSpeech(tables, self._lexicon)

    def find(
        self, text: str, sentences: Sequence[Span], mentions: Sequence[Mention], people: Sequence["Person"]
    ) -> tuple[Statement, ...]:
        """The statements of a text, given its sentences, mentions and people, each sorted by place."""
        if len(text) <= MAX_PART:
            return self._find(text, sentences, mentions, people)
        return tuple(
            _moved(statement, part.start)
            for part in read_parts(len(text), sentences, mentions)
            for statement in self._find(text[part.start : part.end], part.sentences, part.mentions, people)
        )

    def _find(
        self, text: str, sentences: Sequence[Span], mentions: Sequence[Mention], people: Sequence["Person"]
    ) -> tuple[Statement, ...]:
        words = read_words(text, self._quotations.find(text), self._lexicon)
        phrases = NounPhrases(words, mentions, people, self._institutions)
        resolver = SpeakerResolver(words, phrases, people, self._speaker_rules)
        reading = _Reading(words, resolver, self._attributions, self._free, self._direct)
        for unit in read_units(words, sentences):
            reading.read(unit)
        return tuple(sorted(reading.statements, key=lambda s: (s.start, -s.end, s.kind)))


class _Reading:
    """One article, read unit by unit."""

    def __init__(
        self,
        words: Words,
        resolver: SpeakerResolver,
        attributions: AttributionFinder,
        free: FreeSpeech,
        direct: DirectSpeech,
    ) -> None:
        self._words = words
        self._resolver = resolver
        self._attributions = attributions
        self._free = free
        self._direct = direct
        self._before: Unit | None = None
        self._reported = False
        self._free_run: tuple[int, Unit] | None = None
        self.statements: list[Statement] = []

    def read(self, unit: Unit) -> None:
        """Add the statements of a unit."""
        self._resolver.begin(unit.first, unit.last)
        verbs = read_verbs(self._words, unit) if unit.flags & SPEECH else {}
        self._reported = self._read(unit, verbs) if verbs or unit.flags & _CUES else False
        self._before = unit

    def _read(self, unit: Unit, verbs: Verbs) -> bool:
        """Whether the unit reports something."""
        clauses = read_clauses(self._words, unit)
        attributions = self._attributions.find(self._words, unit, clauses, verbs)
        if attributions and not unit.flags & QUOTE and not any(map(_reports, attributions)):
            return False
        speakers = [self._resolver.resolve(attribution) for attribution in attributions]
        said = self._indirect(unit, attributions, speakers) if attributions else False
        mood = self._free.is_reported(self._words, unit, clauses, self._goes_on(unit))
        if not attributions and mood:
            self._add_free(unit, clauses)
            said = True
        elif not attributions and self._free.is_hearsay(self._words, unit):
            speaker = self._resolver.carried_on(True) if self._goes_on(unit) else None
            self._add(unit.first, unit_end(self._words, unit), "indirect", "hearsay", None, speaker)
        if unit.flags & QUOTE:
            said = self._quotes(unit, clauses, attributions, speakers, said or mood) or said
        if attributions and said:
            self._resolver.remember(next((speaker for speaker in speakers if speaker is not None), None))
        return said

    def _goes_on(self, unit: Unit) -> bool:
        """Whether the unit before, in the same paragraph, reports something."""
        return self._reported and self._before is not None and self._before.paragraph == unit.paragraph

    def _indirect(self, unit: Unit, attributions: Sequence[Attribution], speakers: Sequence[Speaker | None]) -> bool:
        said = False
        for number, (attribution, speaker) in enumerate(zip(attributions, speakers, strict=True)):
            if attribution.rule == "back" and attribution.clause == 0:
                said = self._add_back(unit, attribution, speaker) or said
            elif self._has_words(attribution) and not _repeats(attribution, attributions[:number]):
                self._add(attribution.first, attribution.last, "indirect", attribution.rule, attribution, speaker)
                said = True
        return said

    def _has_words(self, attribution: Attribution) -> bool:
        """Whether more than quotations is reported."""
        for flags in self._words.flags[attribution.first : attribution.last]:
            if not flags & (QUOTE | COMMA | STOP):
                return True
        return False

    def _add_back(self, unit: Unit, attribution: Attribution, speaker: Speaker | None) -> bool:
        """The sentence before is what is said: "... . Das teilte die Polizei mit."; it is said once only."""
        before = self._before
        if before is None or before.paragraph != unit.paragraph:
            return False
        start = self._words.start[before.first]
        if before.flags & QUOTE:
            return self._attribute(start, attribution, speaker)
        while self.statements and self.statements[-1].start >= start:
            self.statements.pop()
        self._add(before.first, unit_end(self._words, before), "indirect", "back", attribution, speaker)
        return True

    def _attribute(self, start: int, attribution: Attribution, speaker: Speaker | None) -> bool:
        """Quotations without a cue behind `start` are said by whom "Das sagte ..." names."""
        found = False
        for number in range(len(self.statements) - 1, -1, -1):
            statement = self.statements[number]
            if statement.start < start:
                break
            if statement.cue is None and statement.kind == "direct":
                self.statements[number] = self._statement(
                    Span(statement.start, statement.end), "direct", statement.rule, attribution, speaker
                )
                found = True
        return found

    def _add_free(self, unit: Unit, clauses: Sequence[Clause]) -> None:
        """A sentence in the Konjunktiv goes on with the free sentence right before it, if there is one."""
        first, anew = unit.first, self._free.has_own_main_clause(self._words, clauses)
        if self._free_run is not None and not anew:
            begun, latest = self._free_run
            if latest.last == unit.first and latest.paragraph == unit.paragraph and not latest.flags & QUOTE:
                first = begun
                self.statements.pop()
        speaker = self._resolver.named_before(unit.last) if anew else self._resolver.carried_on(self._reported)
        self._add(first, unit_end(self._words, unit), "indirect", "konjunktiv", None, speaker)
        self._free_run = first, unit

    def _quotes(
        self,
        unit: Unit,
        clauses: Sequence[Clause],
        attributions: Sequence[Attribution],
        speakers: Sequence[Speaker | None],
        reported: bool,
    ) -> bool:
        found = False
        for number, clause in enumerate(clauses):
            if not clause.flags & QUOTE:
                continue
            for index in range(clause.first, clause.last):
                if not self._words.flags[index] & QUOTE:
                    continue
                chosen = _nearest(attributions, number)
                attribution = None if chosen is None else attributions[chosen]
                rule = self._direct.rule(self._words, unit, clause, index, attribution, reported)
                if rule is None:
                    continue
                if chosen is None:
                    speaker = self._resolver.named_before(index) or self._resolver.carried_on(self._reported)
                else:
                    speaker = speakers[chosen]
                self._add(index, index + 1, "direct", rule, attribution, speaker)
                found = True
        return found

    def _add(
        self,
        first: int,
        last: int,
        kind: StatementKind,
        rule: str,
        attribution: Attribution | None,
        speaker: Speaker | None,
    ) -> None:
        span = Span(self._words.start[first], self._words.end(last - 1))
        self.statements.append(self._statement(span, kind, rule, attribution, speaker))
        if attribution is None and speaker is not None:
            self._resolver.remember(speaker)

    def _statement(
        self, span: Span, kind: StatementKind, rule: str, attribution: Attribution | None, speaker: Speaker | None
    ) -> Statement:
        words = self._words
        cue = None
        if attribution is not None:
            cue = Span(words.start[attribution.cue_first], words.end(attribution.cue_last - 1))
        return Statement(
            start=span.start,
            end=span.end,
            text=words.text[span.start : span.end],
            kind=kind,
            rule=rule,
            cue=words.text[cue.start : cue.end] if cue else None,
            cue_span=cue,
            speaker=speaker.name if speaker else None,
            speaker_kind=speaker.kind if speaker else None,
        )


def _moved(statement: Statement, by: int) -> Statement:
    cue = statement.cue_span
    return replace(
        statement,
        start=statement.start + by,
        end=statement.end + by,
        cue_span=Span(cue.start + by, cue.end + by) if cue else None,
    )


def _reports(attribution: Attribution) -> bool:
    """Whether a cue reports more than quotations."""
    return attribution.first < attribution.last or attribution.rule == "back"


def _repeats(attribution: Attribution, before: Sequence[Attribution]) -> bool:
    """Whether a sentence that is reported as it stands is reported by another cue already."""
    return attribution.rule == "reported" and any(
        other.first < other.last and other.first <= attribution.first and attribution.last <= other.last
        for other in before
    )


def _nearest(attributions: Sequence[Attribution], clause: int) -> int | None:
    """The attribution whose cue stands nearest to a clause; of two, the one behind it."""
    if not attributions:
        return None
    return min(
        range(len(attributions)),
        key=lambda number: (abs(attributions[number].clause - clause), attributions[number].clause < clause),
    )
