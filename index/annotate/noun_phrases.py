"""The noun phrases of one article in which a speaker can be named: where they begin and end, and whom they name.

In: words, mentions and people. Out: names of persons and institutions, or places of words.

German has the subject in front of the finite verb or right behind it; what else stands there is told by its first
word: a preposition, an article of another case, an adverb.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from index.annotate.clauses import Words, abbreviates
from index.annotate.institutions import InstitutionNamer
from index.annotate.speech_lexicon import (
    AGENT,
    ARTICLE,
    COMMA,
    COMPANION,
    CONJUNCTION,
    DATIVE,
    DEFINITE,
    FILLER,
    FINITE,
    GENITIVE,
    INNER,
    NOMINATIVE,
    OBLIQUE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    SPEECH,
    STOP,
    SUBORDINATOR,
)
from index.model import Mention

if TYPE_CHECKING:
    from index.annotate.persons import Person

_APPOSITION = 12
"""How many words behind a comma may hold a person who is an apposition: "der Sprecher des Rates, John Kirby"."""
_MEMORY = 300
"""How many mentions back a role alone looks for its person."""
_BRACKETS = (".", "(", ")")


class NounPhrases:
    """Reads the noun phrases of one article."""

    def __init__(
        self, words: Words, mentions: Sequence[Mention], people: Sequence["Person"], institutions: InstitutionNamer
    ) -> None:
        self._words = words
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._at = {mention.start: mention for mention in mentions}
        self._institutions = institutions
        self._roles: Mapping[str, tuple[str, ...]] = {
            person.name: tuple(role.casefold() for role in person.roles) for person in people
        }

    def mention(self, index: int) -> Mention | None:
        """The mention that begins with word `index`."""
        return self._at.get(self._words.start[index])

    def is_subject(self, index: int, last: int) -> bool:
        """Whether the phrase at word `index` is a subject by its form: a person, "er", "der Konzern"."""
        flags = self._words.flags[index]
        if flags & PRONOUN or self.mention(index) is not None:
            return True
        return self.is_nominative(index) and not (flags & DATIVE and self.is_dative(index, last))

    def first_mention(self, first: int, last: int) -> Mention | None:
        """The first mention among the words `first` to `last`."""
        place = bisect_left(self._starts, self._words.start[first])
        if place < len(self._starts) and self._starts[place] < self._words.end(last - 1):
            return self._mentions[place]
        return None

    def mentions_before(self, index: int) -> Sequence[Mention]:
        """The mentions in front of word `index`, the nearest first, as far back as is remembered."""
        place = bisect_left(self._starts, self._words.start[index])
        return self._mentions[max(0, place - _MEMORY) : place][::-1]

    def can_open_subject(self, first: int, finite: int) -> bool:
        """Whether what stands in front of a finite verb can be its subject: no adverb, no oblique case."""
        words = self._words
        while first < finite and words.flags[first] & (FILLER | CONJUNCTION) and not words.flags[first] & ARTICLE:
            first += 1
        if first >= finite:
            return False
        flags = words.flags[first]
        if flags & NOMINATIVE and flags & GENITIVE and not self.is_nominative(first):
            return False
        if words.start[first] in self._at or flags & (PRONOUN | ARTICLE):
            return True
        return words.spelling[first][0].isupper() and not flags & (PREPOSITION | SUBORDINATOR | OBLIQUE)

    def is_nominative(self, index: int) -> bool:
        """Whether a phrase is a subject by its form: "der neue Chef", but not "der neuen Chefin"."""
        words = self._words
        if not words.flags[index] & NOMINATIVE:
            return False
        following = words.spelling[index + 1] if index + 1 < len(words.spelling) else ""
        return not (following[:1].islower() and following.endswith("en"))

    def is_dative(self, index: int, last: int) -> bool:
        """Whether a phrase that begins with a dative's article is one: of "der", if a feminine noun follows."""
        words = self._words
        if words.flags[index] & OBLIQUE or not words.flags[index] & NOMINATIVE:
            return True
        noun = next((place for place in range(index + 1, last) if words.spelling[place][0].isupper()), None)
        return noun is not None and self._institutions.is_feminine(words.spelling[noun])

    def skip(self, index: int, last: int) -> int:
        """Pass over what can stand between verb and subject: adverbs, pronouns, phrases with a preposition."""
        words = self._words
        while index < last:
            flags = words.flags[index]
            if words.start[index] in self._at or flags & PRONOUN:
                return index
            if flags & PREPOSITION and not flags & ARTICLE:
                index = self._skip_phrase(index + 1, last)
                continue
            if flags & ARTICLE and not (flags & FILLER and not self._noun_follows(index + 1, last)):
                return index
            if words.spelling[index][0].isupper() and not flags & (FILLER | OBLIQUE | CONJUNCTION | QUOTE | ARTICLE):
                return index
            index += 1
        return last

    def person(self, first: int, last: int) -> str | None:
        """The first person who is not an attribute of the phrase ("von Merkel", "Merkels Sprecher")."""
        words = self._words
        governed = 0
        noun = False
        index = first
        while index < last:
            mention = self.mention(index)
            flags = words.flags[index]
            if mention is not None:
                owns = _is_genitive(mention) and self._noun_after(mention)
                if not owns and not (governed and self._is_attribute(governed, mention, index)):
                    return mention.name
                while index < last and words.start[index] < mention.end:
                    index += 1
                noun = True
                continue
            if flags & COMMA:
                if not self._apposition(index + 1, last):
                    return None
                governed = 0
            elif self._ends(first, index):
                return None
            elif flags & AGENT or (noun and flags & GENITIVE):
                governed = flags
            elif words.spelling[index][0].isupper():
                noun = True
            index += 1
        return None

    def owner(self, first: int, last: int) -> str | None:
        """Whose a noun is that stands behind a genitive: "Bergs Meinung"."""
        mention = self.mention(first) if first < last else None
        return mention.name if mention is not None and _is_genitive(mention) else None

    def role(self, first: int, last: int) -> str | None:
        """The person named before whom a role alone means: "der Kanzler", "die Ministerin", "der Pentagon-Chef"."""
        words = self._words
        if not words.flags[first] & DEFINITE:
            return None
        noun = next((index for index in range(first + 1, last) if words.spelling[index][0].isupper()), None)
        if noun is None:
            return None
        role = words.spelling[noun].casefold()
        meant = (role, *self._institutions.role_synonyms.get(role, ()))
        for mention in self.mentions_before(first):
            if any(self._has_role(mention.name, word) for word in meant):
                return mention.name
        return None

    def institution(self, first: int, last: int) -> str | None:
        """The institution that the phrase names."""
        return self._institutions.name(self._words, first, last)

    def end(self, first: int, last: int) -> int:
        """Where the phrase that begins at `first` ends."""
        words = self._words
        noun = False
        for index in range(first, last):
            flags = words.flags[index]
            if flags & (COMMA | STOP):
                return index
            if words.spelling[index][0].isupper() and not flags & (ARTICLE | OBLIQUE):
                noun = True
                continue
            goes_on = flags & (OBLIQUE | INNER | QUOTE) if noun else flags & ARTICLE or not flags & (FINITE | SPEECH)
            if not goes_on:
                return index
        return last

    def _noun_follows(self, index: int, last: int) -> bool:
        for place in range(index, min(index + 5, last)):
            if self._words.spelling[place][0].isupper():
                return True
            if self._words.flags[place] & (PREPOSITION | FILLER | COMMA | ARTICLE):
                return False
        return False

    def _skip_phrase(self, index: int, last: int) -> int:
        """Behind the noun of a phrase with a preposition, its genitive with it."""
        words = self._words
        while index < last:
            while index < last and not _is_name_word(words.spelling[index]):
                if words.flags[index] & (COMMA | QUOTE):
                    return index + 1
                index += 1
            while index < last and (_is_name_word(words.spelling[index]) or words.spelling[index] in _BRACKETS):
                index += 1
                if index < last and words.start[index] in self._at:
                    return index
            if index >= last or not (words.flags[index] & GENITIVE and words.flags[index] & OBLIQUE):
                return index
        return index

    def _ends(self, first: int, index: int) -> bool:
        """Whether the phrase that began at `first` is over at `index`."""
        words = self._words
        flags = words.flags[index]
        if flags & (STOP | COMPANION):
            return not abbreviates(self._words, index)
        if words.spelling[index][0].isupper() or flags & ARTICLE:
            return False
        if flags & (FINITE | SPEECH) and index > first:
            return True
        after_article = index > first and words.flags[index - 1] & (ARTICLE | OBLIQUE)
        return bool(flags & PREPOSITION and not flags & INNER and not after_article)

    def _apposition(self, index: int, last: int) -> bool:
        """Whether a person stands in the few words behind a comma, before the next one or a verb."""
        words = self._words
        for place in range(index, min(index + _APPOSITION, last)):
            if words.start[place] in self._at:
                return True
            flags = words.flags[place]
            if flags & COMMA or (flags & (FINITE | SPEECH | SUBORDINATOR) and not flags & ARTICLE):
                return False
        return False

    def _is_attribute(self, governed: int, mention: Mention, index: int) -> bool:
        """Whether a person only tells whose: "der Sprecher von Merkel", "des Präsidenten Obama"; not an apposition."""
        if not governed & GENITIVE or self._words.flags[index - 1] & GENITIVE:
            return True
        before = self._words.spelling[index - 1].casefold()
        return self._has_role(mention.name, before.removesuffix("n").removesuffix("e"))

    def _has_role(self, name: str, role: str) -> bool:
        """Whether a person has the role, or one of which it is the end, or one that is its end."""
        return any(
            known == role or (len(role) > 4 and known.endswith(role)) or (len(known) > 4 and role.endswith(known))
            for known in self._roles.get(name, ())
        )

    def _noun_after(self, mention: Mention) -> bool:
        following = self._words.text[mention.end : mention.end + 2]
        return len(following) == 2 and following[0] == " " and following[1].isupper()


def _is_name_word(spelling: str) -> bool:
    return spelling[0].isupper() or spelling[0].isdigit()


def _is_genitive(mention: Mention) -> bool:
    return mention.text.endswith(("s", "’", "'")) and not mention.name.endswith(mention.text[-2:])
