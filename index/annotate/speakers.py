"""Who speaks: the subject or the source of a cue, resolved to a person of the article or to an institution.

In: words and noun phrases of one article, its people, and attributions in the order of the text. Out: a `Speaker`, or
None where the text does not tell.

A pronoun means who spoke in the sentence before, or else whom that sentence is about, or else who spoke last, as far
as the gender agrees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.annotate.clauses import Words
from index.annotate.cues import Attribution, VerbCue
from index.annotate.noun_phrases import NounPhrases
from index.annotate.speech_lexicon import (
    AGENT,
    ARTICLE,
    COMMA,
    COORDINATION,
    DATIVE,
    FINITE,
    GENITIVE,
    HER,
    HIS,
    INNER,
    OBLIQUE,
    ORIGIN,
    OWN,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SOURCE_NOUN,
    VERB,
)
from index.annotate.tables import Tables
from index.model import Mention, SpeakerKind

if TYPE_CHECKING:
    from index.annotate.persons import Person

_BEHIND = 12
"""How many words behind its clause a speaker's name may stand, as an apposition."""


@dataclass(slots=True)
class Speaker:
    """Who makes a statement."""

    name: str
    kind: SpeakerKind


@dataclass(frozen=True)
class SpeakerRules:
    """What the tables say of verbs whose speaker is not their subject, and of the gender of pronouns."""

    quoting: frozenset[str]
    impersonal: frozenset[str]
    dative: frozenset[str]
    pronouns: Mapping[str, str]

    @classmethod
    def read(cls, tables: Tables) -> "SpeakerRules":
        verbs = tables["speech_verbs"]
        return cls(
            frozenset(verbs["quoting"]["lemmas"]),
            frozenset(verbs["impersonal"]["lemmas"]),
            frozenset(verbs["dative"]["lemmas"]),
            tables["function_words"]["pronoun_gender"],
        )


class SpeakerResolver:
    """Resolves the speakers of one article, unit by unit, and remembers who spoke."""

    def __init__(self, words: Words, phrases: NounPhrases, people: Sequence["Person"], rules: SpeakerRules) -> None:
        self._words = words
        self._phrases = phrases
        self._rules = rules
        self._gender: Mapping[str, str | None] = {person.name: person.gender for person in people}
        self._unit = self._unit_before = 0, 0
        self._unit_speaker: Speaker | None = None
        self._speaks = False
        self._spoke_before = False
        self._last: Speaker | None = None
        self._last_person: Speaker | None = None

    def begin(self, first: int, last: int) -> None:
        """Take note of the unit that is read next: whom it names first may be meant by the one behind it."""
        self._unit_before, self._unit = self._unit, (first, last)
        self._unit_speaker = None
        self._spoke_before, self._speaks = self._speaks, False

    def remember(self, speaker: Speaker | None) -> None:
        """Take note of who speaks in the unit."""
        self._last = speaker
        self._speaks = speaker is not None and speaker.kind == "person"
        if self._speaks:
            self._last_person = speaker

    def carried_on(self, reported: bool) -> Speaker | None:
        """Who goes on speaking without a cue: whoever spoke in the unit before, or whom it is about."""
        if reported and self._last is not None:
            return self._last
        return self._topic(self._unit_before) or self._last

    def named_before(self, index: int) -> Speaker | None:
        """Whom the unit names first, if that stands in front of word `index`."""
        return _person(self._phrases.first_mention(self._unit[0], index)) if index > self._unit[0] else None

    def resolve(self, attribution: Attribution) -> Speaker | None:
        """The speaker of an attribution."""
        first, last = attribution.speaker
        if attribution.place == "carry_on":
            return self._last
        if attribution.place == "phrase":
            more = last < len(self._words.start) and self._words.flags[last] & COMMA
            return self._phrase(first, self._behind(last) if more else last)
        if attribution.place == "agent":
            return self._agent(first, last, attribution.verb)
        speaker = self._subject(first, last, attribution.verb)
        self._unit_speaker = speaker or self._unit_speaker
        return speaker

    def _agent(self, first: int, last: int, verb: VerbCue | None) -> Speaker | None:
        """The agent of a passive: "von" opens the clause or stands behind its finite verb, or else tells only whose."""
        behind = verb.finite if verb is not None and not verb.subordinate else first
        for index in range(first, last):
            if self._words.flags[index] & AGENT and (index == first or index > behind):
                return self._phrase(index + 1, last)
        return None

    def _subject(self, first: int, last: int, verb: VerbCue | None) -> Speaker | None:
        """The subject stands in front of the finite verb unless something else does; then behind it."""
        words, phrases = self._words, self._phrases
        if verb is not None and verb.subordinate:
            if words.flags[first] & RELATIVE:
                return self._antecedent(first)
            return self._phrase(phrases.skip(first + 1, last), self._behind(last))
        if verb is not None and verb.lemma in self._rules.quoting and not verb.passive:
            return self._quoted(verb.finite + 1, last)
        if verb is not None and verb.lemma in self._rules.impersonal:
            return self._origin(first, last)
        addressed = verb is not None and verb.lemma in self._rules.dative
        finite = verb.finite if verb is not None else self._finite(first, last)
        if finite and words.flags[finite - 1] & COORDINATION and self._unit_speaker is not None:
            return self._unit_speaker
        to_whom = addressed and words.flags[first] & DATIVE and phrases.is_dative(first, finite)
        if phrases.can_open_subject(first, finite) and not to_whom:
            if verb is not None and verb.plural:
                first = self._begin_of_list(first, finite)
            start = phrases.skip(first, finite)
            speaker = self._phrase(start, self._first_of_list(start, finite)) or self._phrase(start, finite)
            settled = phrases.is_nominative(start) or (verb is not None and verb.plural)
            if speaker is not None or settled or self._is_noun_phrase(start, finite, last, addressed):
                return speaker or self._apposed(first)
        start = phrases.skip(finite + 1, last)
        if addressed:
            start = self._skip_datives(start, last)
        speaker = self._phrase(start, self._behind(last)) if start < last else None
        if speaker is None and finite and words.flags[finite - 1] & (COORDINATION | COMMA):
            name = phrases.person(self._unit[0], finite)
            return Speaker(name, "person") if name else None
        return speaker or self._apposed(first)

    def _is_noun_phrase(self, first: int, finite: int, last: int, addressed: bool) -> bool:
        """Whether a noun stands in front of the finite verb, so that what stands behind it is no subject.

        Most of what looks so is one, but "Die Pläne lobte der Rat" tells its subject by its form, and a single word
        ("Abends") need not be a noun; with an object in the dative behind (`addressed`) both are the subject.
        """
        words = self._words
        if first + 1 >= finite:
            return addressed and not words.flags[first]
        behind = finite + 1
        if not addressed and behind < last and self._phrases.is_subject(behind, last):
            return False
        return any(words.spelling[index][0].isupper() for index in range(first + 1, finite))

    def _skip_datives(self, first: int, last: int) -> int:
        """Pass over whom a verb is addressed to: "warf der Opposition ein Minister vor"."""
        words, phrases = self._words, self._phrases
        while first < last and words.flags[first] & DATIVE and phrases.is_dative(first, last):
            first = phrases.skip(phrases.end(first, last), last)
        return first

    def _begin_of_list(self, first: int, last: int) -> int:
        """Where a list begins that a comma cuts: "Die USA, die EU, Minister Berg und der Bund verurteilten"."""
        flags = self._words.flags
        cut = first > self._unit[0] and flags[first - 1] & COMMA
        if cut and any(flags[index] & COORDINATION for index in range(first, last)):
            before = range(self._unit[0], first)
            if not any(flags[index] & VERB for index in before):
                return self._unit[0]
        return first

    def _first_of_list(self, first: int, last: int) -> int:
        """The end of the first that a list names: a statement has one speaker; `last` where there is no list."""
        flags = self._words.flags
        if not any(flags[index] & COORDINATION for index in range(first, last)):
            return last
        return next((index for index in range(first, last) if flags[index] & (COMMA | COORDINATION)), last)

    def _apposed(self, first: int) -> Speaker | None:
        """Who stands in front of an apposition that no comma closes: "Berg, die Leiterin des Hafens sagte"."""
        apposed = first > self._unit[0] and self._words.flags[first - 1] & COMMA
        return self._antecedent(first) if apposed else None

    def _phrase(self, first: int, last: int) -> Speaker | None:
        """The speaker that a noun phrase names."""
        if first >= last:
            return None
        flags = self._words.flags[first]
        if flags & PRONOUN:
            return self._pronoun(first)
        named = self._phrases.mention(first) is not None  # "Von der Leyen"
        if flags & PREPOSITION and flags & INNER and not flags & (ARTICLE | OBLIQUE) and not named:
            first += 1
        name = self._phrases.person(first, last)
        if name is not None:
            return Speaker(name, "person")
        return self._unnamed(first, last) if first < last else None

    def _unnamed(self, first: int, last: int) -> Speaker | None:
        """Whom a role, a possessive ("seinen Angaben zufolge") or the name of an institution means."""
        words = self._words
        flags = words.flags[first]
        of_source = any(words.flags[index] & SOURCE_NOUN for index in range(first + 1, min(first + 4, last)))
        if of_source:
            name = self._phrases.owner(first, last)
            if name is not None:
                return Speaker(name, "person")
        if any(words.flags[index] & OWN for index in range(first, min(first + 3, last))):
            return self._topic(self._unit) or self._last
        if flags & (HIS | HER):
            return self._recent("m" if flags & HIS else "f", first) if of_source else None
        end = self._phrases.end(first, last)
        role = self._phrases.role(first, end)
        if role is not None:
            return Speaker(role, "person")
        name = self._phrases.institution(first, end)
        return Speaker(name, "institution") if name else None

    def _pronoun(self, index: int) -> Speaker | None:
        """A pronoun in the plural, told by the verb beside it, means no person; it may mean an institution."""
        words = self._words
        gender = self._rules.pronouns.get(words.spelling[index].lower())
        if gender == "f" and _beside_plural(words, index):
            return self._last if self._last is not None and self._last.kind == "institution" else None
        return self._recent(gender, index) if gender else None

    def _recent(self, gender: str, index: int) -> Speaker | None:
        """The person of that gender whom a pronoun at `index` means."""
        topic = self._topic(self._unit_before)
        nearest = (self._last_person, topic) if self._spoke_before else (topic, self._last_person)
        for speaker in nearest:
            if speaker is not None and self._fits(speaker.name, gender):
                return speaker
        return next((_person(m) for m in self._phrases.mentions_before(index) if self._fits(m.name, gender)), None)

    def _topic(self, unit: tuple[int, int]) -> Speaker | None:
        """Whom a unit names first."""
        return _person(self._phrases.first_mention(*unit)) if unit[0] < unit[1] else None

    def _fits(self, name: str, gender: str) -> bool:
        return self._gender.get(name) in (gender, None)

    def _antecedent(self, first: int) -> Speaker | None:
        """Whom a relative pronoun means: a person named right in front of its clause."""
        for index in range(first - 1, max(first - 5, self._unit[0] - 1), -1):
            mention = self._phrases.mention(index)
            if mention is not None and mention.end >= self._words.end(first - 2):
                return _person(mention)
        return None

    def _quoted(self, first: int, last: int) -> Speaker | None:
        """Whom a verb of quoting quotes: the last person of its clause ("zitierte Yonhap den Minister")."""
        name: str | None = None
        for index in range(first, last):
            mention = self._phrases.mention(index)
            if mention is not None:
                name = mention.name
            elif self._words.flags[index] & OBLIQUE:
                name = self._phrases.role(index, last) or name
        return Speaker(name, "person") if name else None

    def _origin(self, first: int, last: int) -> Speaker | None:
        """Whose words are handed on: the person or the institution of "in einer Erklärung des Ministeriums"."""
        mention = self._phrases.first_mention(first, last)
        if mention is not None:
            return _person(mention)
        for index in range(first, last - 1):
            flags = self._words.flags[index]
            if flags & (ORIGIN | GENITIVE):
                speaker = self._unnamed(index if flags & GENITIVE else index + 1, last)
                if speaker is not None:
                    return speaker
        return None

    def _finite(self, first: int, last: int) -> int:
        return next((index for index in range(first, last) if self._words.flags[index] & FINITE), last)

    def _behind(self, last: int) -> int:
        return min(last + _BEHIND, len(self._words.start))


def _person(mention: Mention | None) -> Speaker | None:
    return Speaker(mention.name, "person") if mention is not None else None


def _beside_plural(words: Words, index: int) -> bool:
    """Whether a verb in the plural stands beside a word: "sie haben", "sagten sie"."""
    for place in (index - 1, index + 1):
        if 0 <= place < len(words.spelling):
            if words.flags[place] & FINITE and words.spelling[place].endswith("en"):
                return True
            if any(form.plural for form in words.forms(place) if form.role == "finite"):
                return True
    return False
