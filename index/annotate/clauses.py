"""A text as words, units and clauses, with every quotation as one word.

In: text, its sentences, its quotations and the lexicon. Out: `Words`, and units over them: a unit is one sentence, or
several where a quotation spans them, so that a cue and what it introduces are never parted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from index.annotate.quotations import Quotation
from index.annotate.speech_lexicon import (
    ARTICLE,
    COMMA,
    CONJUNCTION,
    FINITE,
    OBLIQUE,
    PREPOSITION,
    QUOTE,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    UNKNOWN,
    VERB,
    Word,
)
from index.model import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)+\b|\w+(?:[-’'.&/:]\w+)*|[^\w\s]")
_COMMA = Word(COMMA)
_STOP = Word(STOP)
_QUOTE = Word(QUOTE)
_MARKS = {
    ",": _COMMA,
    ";": _COMMA,
    ":": _COMMA,
    "–": _COMMA,
    "—": _COMMA,
    ".": _STOP,
    "!": _STOP,
    "?": _STOP,
    "…": _STOP,
}


_ABBREVIATION = 4
"""A word of so few letters in front of a full stop is an abbreviation, if the sentence goes on behind it."""

MAX_UNIT = 250
"""A unit of more words is cut: no sentence is that long, and rules that look around in a unit stay linear."""


@dataclass(slots=True)
class Words:
    """The words and marks of a text in parallel lists; `quotations` maps the index of a quotation's word to it."""

    text: str
    spelling: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    word: list[Word] = field(default_factory=list)
    quotations: dict[int, Quotation] = field(default_factory=dict)

    def flags(self, index: int) -> int:
        return self.word[index].flags


@dataclass(frozen=True, slots=True)
class Clause:
    """The words `first` to `last` (exclusive) between two commas or the like; `mark` is the one in front."""

    first: int
    last: int
    mark: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The words `first` to `last` (exclusive) of one sentence or of several that a quotation holds together."""

    first: int
    last: int
    flags: int
    paragraph: int


def read_words(text: str, quotations: Sequence[Quotation], lexicon: Mapping[str, Word]) -> Words:
    """The words of a text; what stands in a quotation is one word of the class QUOTE."""
    words = Words(text)
    position = 0
    for quotation in quotations:
        _read(words, position, quotation.start, lexicon)
        words.quotations[len(words.start)] = quotation
        words.spelling.append("„“")
        words.start.append(quotation.start)
        words.end.append(quotation.end)
        words.word.append(_QUOTE)
        position = quotation.end
    _read(words, position, len(text), lexicon)
    return words


def _read(words: Words, start: int, end: int, lexicon: Mapping[str, Word]) -> None:
    matches = [(match.group(), match.start()) for match in _WORD.finditer(words.text, start, end)]
    words.spelling += [spelling for spelling, _ in matches]
    words.start += [place for _, place in matches]
    words.end += [place + len(spelling) for spelling, place in matches]
    words.word += [lexicon.get(spelling) or _MARKS.get(spelling, UNKNOWN) for spelling, _ in matches]


def read_units(words: Words, sentences: Sequence[Span]) -> Iterator[Unit]:
    """The units in order, with all flags of their words taken together and the number of their paragraph."""
    quotations = iter(words.quotations.values())
    quotation = next(quotations, None)
    first, paragraph = 0, 0
    for number, sentence in enumerate(sentences):
        final = number + 1 == len(sentences)
        following = len(words.text) if final else sentences[number + 1].start
        while quotation is not None and quotation.end <= sentence.end:
            quotation = next(quotations, None)
        inside = quotation is not None and quotation.start < sentence.end
        if not final and (inside or words.text[following].islower()):
            continue
        last = bisect_left(words.start, following, first)
        for part in range(first, last, MAX_UNIT):
            end = min(part + MAX_UNIT, last)
            yield Unit(part, end, reduce(or_, [word.flags for word in words.word[part:end]]), paragraph)
        if "\n" in words.text[sentence.end : following]:
            paragraph += 1
        first = last


def read_clauses(words: Words, unit: Unit) -> list[Clause]:
    """The unit cut at its commas, colons, semicolons and dashes; brackets stay inside."""
    clauses = []
    first, mark, depth = unit.first, "", 0
    for index in range(unit.first, unit.last):
        spelling = words.spelling[index]
        if spelling == "(":
            depth += 1
        elif spelling == ")":
            depth = max(0, depth - 1)
        elif (
            not depth
            and words.word[index].flags & (COMMA | STOP)
            and not (index + 1 < unit.last and abbreviates(words, index))
        ):
            if index > first:
                clauses.append(Clause(first, index, mark))
            first, mark = index + 1, spelling
    if unit.last > first:
        clauses.append(Clause(first, unit.last, mark))
    return clauses


def abbreviates(words: Words, index: int) -> bool:
    """Whether a full stop belongs to an ordinal or an abbreviation: "am 6. Dezember", "Prof. Dr. Berg"."""
    if words.spelling[index] != "." or not 0 < index < len(words.spelling) - 1:
        return False
    before, behind = words.spelling[index - 1], words.spelling[index + 1]
    return before.isdigit() or len(before) <= _ABBREVIATION or behind[0].islower()


def is_verb(words: Words, index: int) -> bool:
    """Whether a word looks like a finite verb: a known form, or a small word with a verb's ending."""
    word, spelling = words.word[index], words.spelling[index]
    if word.flags & (FINITE | VERB) or word.forms:
        return spelling[0].islower() or bool(word.flags & FINITE)
    if word is not UNKNOWN or not spelling[0].islower() or len(spelling) < 4:
        return False
    return spelling.endswith(("t", "te", "ten"))


def has_verb(words: Words, clause: Clause) -> bool:
    """Whether a clause has a finite verb of its own."""
    return any(
        is_verb(words, index) and not _is_attribute(words, clause, index) for index in range(clause.first, clause.last)
    )


def _is_attribute(words: Words, clause: Clause, index: int) -> bool:
    """Whether what looks like a verb stands inside a noun phrase: "in einem gestern veröffentlichten Bericht"."""
    if index + 1 >= clause.last or not words.spelling[index + 1][0].isupper() or words.flags(index) & FINITE:
        return False
    return any(words.flags(before) & (ARTICLE | OBLIQUE) for before in range(max(clause.first, index - 3), index))


def is_subordinate(words: Words, clause: Clause) -> bool:
    """Whether a clause is built with its verb at the end: it begins with a subordinator or a relative pronoun."""
    first, last = opening(words, clause), clause.last - 1
    while last > first and words.flags(last) & (QUOTE | STOP):
        last -= 1
    flags = words.flags(first)
    if not flags & (SUBORDINATOR | RELATIVE | PREPOSITION) or not is_verb(words, last):
        return False
    if first + 1 < last and words.flags(first + 1) & FINITE and words.spelling[first + 1].islower():
        return False
    if flags & SUBORDINATOR:
        return True
    chain = last - 2 if words.flags(last) & FINITE else last
    if clause.mark != "," or any(words.flags(index) & FINITE for index in range(first + 1, chain)):
        return False
    if flags & RELATIVE:
        return True
    return last > first + 1 and bool(words.flags(first + 1) & RELATIVE) and words.spelling[first + 2][0].islower()


def opening(words: Words, clause: Clause) -> int:
    """The word with which a clause really begins: "Denn wie die Polizei mitteilte" with "wie"."""
    first = clause.first
    if first + 1 < clause.last and words.flags(first) & CONJUNCTION and words.flags(first + 1) & SUBORDINATOR:
        return first + 1
    return first
