"""Which quotations are said, and which are titles, names, nicknames and scare quotes.

In: words, a unit with its clauses and attributions, one quotation. Out: the rule by which it is direct speech, or None.

A long quotation is said unless it has the form of a title; a short one only where its surroundings report speech.
"""

import re
from dataclasses import dataclass

from index.annotate.clauses import Clause, Unit, Words
from index.annotate.cues import Attribution
from index.annotate.speech_lexicon import AS_CLAUSE, COMMA, FINITE, NOT_VERB, QUOTE, SPEECH, STOP, VERB, Lexicon
from index.annotate.tables import Tables

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}")
_LONG = 7
"""A quotation of that many words is said, unless it has the form of a title."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation and what stands around it: its words, whether one is a verb, whether it ends in a stop."""

    index: int
    content: list[str]
    verbal: bool
    stop: bool
    before: str
    after: str


class DirectSpeech:
    """Tells direct speech from what else stands in quotation marks."""

    def __init__(self, tables: Tables, lexicon: Lexicon) -> None:
        table = tables["titles"]
        self._lexicon = lexicon
        self._title_nouns = frozenset(table["nouns"])
        self._markers = frozenset(table["markers"])
        self._said = frozenset(table["said"])
        self._naming = frozenset(table["naming"])
        self._name_words = frozenset(table["name_words"])
        self._indefinite = frozenset(table["indefinite"])
        self._judging = frozenset(table["judging"])
        self._predicative = frozenset(table["predicative"])
        self._reflexive = frozenset(table["reflexive"])

    def rule(
        self, words: Words, unit: Unit, clause: Clause, index: int, attribution: Attribution | None, konjunktiv: bool
    ) -> str | None:
        """The rule by which the quotation at `index` is said: "quotation", "quoted words", "fragment"."""
        quoted = self._read(words, unit, index)
        content = quoted.content
        if not content:
            return None
        if not self._said.isdisjoint(words.spelling[max(clause.first, index - 4) : index]):
            return "quoted words"
        if self._is_title(quoted, attribution):
            return None
        if len(content) >= _LONG or self._stands_alone(words, unit, quoted, attribution):
            return "quotation"
        if attribution is None and not konjunktiv:
            return "quotation" if quoted.verbal and len(content) >= 5 else None
        if quoted.verbal and len(content) > 2:
            return "fragment"
        return "fragment" if self._is_fragment(words, clause, quoted, attribution, konjunktiv) else None

    def _read(self, words: Words, unit: Unit, index: int) -> _Quoted:
        quotation = words.quotations[index]
        inner = words.text[quotation.inner_start : quotation.inner_end]
        content = [] if _DOMAIN.fullmatch(inner) else _WORD.findall(inner)
        return _Quoted(
            index,
            content,
            any(self._is_verb(word) for word in content),
            inner.rstrip()[-1:] in (".", "!", "?", "…", ","),
            words.spelling[index - 1] if index > unit.first else "",
            words.spelling[index + 1] if index + 1 < unit.last else "",
        )

    def _stands_alone(self, words: Words, unit: Unit, quoted: _Quoted, attribution: Attribution | None) -> bool:
        """Whether a short quotation is a sentence of its own: alone, behind a colon, in front of its cue."""
        whole = quoted.verbal or quoted.stop
        if all(words.flags[i] & (COMMA | STOP | QUOTE) for i in range(unit.first, unit.last)):
            return len(quoted.content) > 3 or (quoted.verbal and quoted.stop)
        if quoted.before == ":":
            return whole or (attribution is not None and attribution.verb is not None)
        if attribution is None or quoted.index != unit.first:
            return False
        return quoted.after in (",", "") and (whole or (quoted.after == "," and attribution.clause > 0))

    def _is_fragment(
        self, words: Words, clause: Clause, quoted: _Quoted, attribution: Attribution | None, konjunktiv: bool
    ) -> bool:
        """A few words: said if something is judged by them, or if they begin like a phrase and not like a name."""
        if attribution is not None and attribution.place == "phrase":
            first, last = attribution.speaker
            if first <= quoted.index < last:
                return False
        if self._is_subject(words, quoted, attribution):
            return False
        if self._describes(quoted):
            return self._naming.isdisjoint(words.spelling[clause.first : clause.last])
        if quoted.content[0][0].islower():
            return True
        if attribution is None or attribution.verb is None or attribution.verb.lemma not in self._judging:
            return False
        return self._reflexive.isdisjoint(words.spelling[clause.first : clause.last])

    def _is_subject(self, words: Words, quoted: _Quoted, attribution: Attribution | None) -> bool:
        """Whether a name in quotation marks is what says something: `Wie „heise online“ berichtet`."""
        verb = attribution.verb if attribution is not None else None
        if verb is None or not quoted.before or self._describes(quoted):
            return False
        return quoted.index + 1 == verb.finite or bool(words.flags[quoted.index - 1] & AS_CLAUSE)

    def _describes(self, quoted: _Quoted) -> bool:
        """Whether what stands in front calls for a description: "als „Irrweg“", "einen „Irrweg“"."""
        return quoted.before.lower() in self._indefinite or quoted.before.lower() in self._predicative

    def _is_title(self, quoted: _Quoted, attribution: Attribution | None) -> bool:
        content = quoted.content
        clearly_said = quoted.verbal and len(content) >= _LONG
        if quoted.before in self._markers:
            return True
        if (quoted.before in self._title_nouns or quoted.after == "(") and not clearly_said:
            return True
        if not content[0][0].isupper() or quoted.before.lower() in self._indefinite:
            return False
        if attribution is not None and self._describes(quoted):
            return False
        if not quoted.verbal and len(content) >= 4 and attribution is None and quoted.before[:1].isalpha():
            return True
        capitals = sum(word[0].isupper() for word in content)
        return (
            capitals >= 2
            and len(content) < 12
            and all(word in self._name_words for word in content if word[0].islower())
        )

    def _is_verb(self, word: str) -> bool:
        flags = self._lexicon.flags.get(word)
        if flags is not None:
            return bool(flags & (FINITE | VERB | SPEECH)) and not flags & NOT_VERB
        return word[0].islower() and len(word) > 3 and word.endswith("t")
