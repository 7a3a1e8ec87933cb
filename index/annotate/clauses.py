"""A text as words, units and clauses, with every quotation as one word.

In: text, its sentences, its quotations and the lexicon. Out: `Words`, and units over them: a unit is one sentence, or
several where a quotation spans them, so that a cue and what it introduces are never parted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, repeat

from index.annotate.conjugation import VerbForm
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
    SPEECH,
    STOP,
    SUBORDINATOR,
    VERB,
    Lexicon,
)
from index.model import Span

_WORD = re.compile(r"(?:\d++(?:[.,:]\d+)+\b|\w++(?:[-’'.&/:]\w++)*+|[^\w\s])\s*+")
"""A word or a mark, with the blanks behind it: so the matches have no gaps, and their lengths tell their places."""
_QUOTED = "„“"

_ABBREVIATION = 4
"""A word of so few letters in front of a full stop is an abbreviation, if the sentence goes on behind it."""

MAX_UNIT = 250
"""A unit of more words is cut: no sentence is that long, and rules that look around in a unit stay linear."""


@dataclass(slots=True)
class Words:
    """The words and marks of a text in parallel lists: how they are spelt, where they start, their classes.

    `quotations` maps the index of a quotation's word to it.
    """

    text: str
    lexicon: Lexicon
    spelling: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    quotations: dict[int, Quotation] = field(default_factory=dict)

    def end(self, index: int) -> int:
        quotation = self.quotations.get(index)
        return quotation.end if quotation is not None else self.start[index] + len(self.spelling[index])

    def forms(self, index: int) -> Sequence[VerbForm]:
        """The forms of speech verbs that a word may be."""
        return self.lexicon.forms.get(self.spelling[index], ())


@dataclass(slots=True)
class Clause:
    """The words `first` to `last` (exclusive) between two commas or the like, with all their flags taken together.

    `mark` is the one in front. Not frozen, as units are not: an article has a hundred, and freezing triples their cost.
    """

    first: int
    last: int
    mark: str
    flags: int


@dataclass(slots=True)
class Unit:
    """The words `first` to `last` (exclusive) of one sentence or of several that a quotation holds together."""

    first: int
    last: int
    flags: int
    paragraph: int


def read_words(text: str, quotations: Sequence[Quotation], lexicon: Lexicon) -> Words:
    """The words of a text; what stands in a quotation is one word of the class QUOTE."""
    words = Words(text, lexicon)
    position = 0
    for quotation in quotations:
        _read(words, position, quotation.start)
        words.quotations[len(words.start)] = quotation
        words.spelling.append(_QUOTED)
        words.start.append(quotation.start)
        position = quotation.end
    _read(words, position, len(text))
    words.flags = list(map(lexicon.flags.get, words.spelling, repeat(0)))
    for index in words.quotations:
        words.flags[index] = QUOTE
    return words


def _read(words: Words, start: int, end: int) -> None:
    """Add the words of a stretch of the text."""
    found = _WORD.findall(words.text, start, end)
    if found:
        words.start += accumulate(map(len, found), initial=words.text.index(found[0], start))
        words.start.pop()
        words.spelling += map(str.rstrip, found)


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
            yield Unit(part, end, _together(words.flags[part:end]), paragraph)
        if "\n" in words.text[sentence.end : following]:
            paragraph += 1
        first = last


def read_clauses(words: Words, unit: Unit) -> list[Clause]:
    """The unit cut at its commas, colons, semicolons and dashes; brackets stay inside."""
    clauses = []
    first, mark, flags = unit.first, "", words.flags
    for index in _marks(words, unit):
        spelling = words.spelling[index]
        if spelling == "." and index + 1 < unit.last and abbreviates(words, index):
            continue
        if index > first:
            clauses.append(Clause(first, index, mark, _together(flags[first:index])))
        first, mark = index + 1, spelling
    if unit.last > first:
        clauses.append(Clause(first, unit.last, mark, _together(flags[first : unit.last])))
    return clauses


def _together(flags: Sequence[int]) -> int:
    """All flags in one; this loop is faster than `reduce`."""
    together = 0
    for flag in flags:
        together |= flag
    return together


def part_of(words: Words, clause: Clause, first: int, last: int) -> Clause:
    """The words `first` to `last` (exclusive) of a clause as one of their own."""
    return Clause(first, last, clause.mark, _together(words.flags[first:last]))


def _marks(words: Words, unit: Unit) -> list[int]:
    """The commas and stops of a unit, but for those in brackets."""
    flags = words.flags
    marks = [index for index in range(unit.first, unit.last) if flags[index] & (COMMA | STOP)]
    if "(" not in words.spelling[unit.first : unit.last]:
        return marks
    depth, inside = 0, set()
    for index in range(unit.first, unit.last):
        if words.spelling[index] == "(":
            depth += 1
        elif words.spelling[index] == ")":
            depth = max(0, depth - 1)
        elif depth:
            inside.add(index)
    return [index for index in marks if index not in inside]


def abbreviates(words: Words, index: int) -> bool:
    """Whether a full stop belongs to an ordinal or an abbreviation: "am 6. Dezember", "Prof. Dr. Berg"."""
    if words.spelling[index] != "." or not 0 < index < len(words.spelling) - 1:
        return False
    before, behind = words.spelling[index - 1], words.spelling[index + 1]
    return before.isdigit() or len(before) <= _ABBREVIATION or behind[0].islower()


def is_verb(words: Words, index: int) -> bool:
    """Whether a word looks like a finite verb: a known form, or a small word with a verb's ending."""
    flags, spelling = words.flags[index], words.spelling[index]
    if flags & (FINITE | VERB | SPEECH):
        return spelling[0].islower() or bool(flags & FINITE)
    if flags or not spelling[0].islower() or len(spelling) < 4:
        return False
    return spelling.endswith(("t", "te", "ten"))


def has_verb(words: Words, clause: Clause) -> bool:
    """Whether a clause has a finite verb of its own."""
    for index in range(clause.first, clause.last):
        if is_verb(words, index) and not _is_attribute(words, clause, index):
            return True
    return False


def _is_attribute(words: Words, clause: Clause, index: int) -> bool:
    """Whether what looks like a verb stands inside a noun phrase: "in einem gestern veröffentlichten Bericht"."""
    if index + 1 >= clause.last or not words.spelling[index + 1][0].isupper() or words.flags[index] & FINITE:
        return False
    return any(words.flags[before] & (ARTICLE | OBLIQUE) for before in range(max(clause.first, index - 3), index))


def is_subordinate(words: Words, clause: Clause) -> bool:
    """Whether a clause is built with its verb at the end: it begins with a subordinator or a relative pronoun."""
    first, last = opening(words, clause), clause.last - 1
    while last > first and words.flags[last] & (QUOTE | STOP):
        last -= 1
    flags = words.flags[first]
    if not flags & (SUBORDINATOR | RELATIVE | PREPOSITION) or not is_verb(words, last):
        return False
    if first + 1 < last and words.flags[first + 1] & FINITE and words.spelling[first + 1].islower():
        return False
    if flags & SUBORDINATOR:
        return True
    chain = last - 2 if words.flags[last] & FINITE else last
    if clause.mark != "," or any(words.flags[index] & FINITE for index in range(first + 1, chain)):
        return False
    if flags & RELATIVE:
        return True
    return last > first + 1 and bool(words.flags[first + 1] & RELATIVE) and words.spelling[first + 2][0].islower()


def opening(words: Words, clause: Clause) -> int:
    """The word with which a clause really begins: "Denn wie die Polizei mitteilte" with "wie"."""
    first = clause.first
    if first + 1 < clause.last and words.flags[first] & CONJUNCTION and words.flags[first + 1] & SUBORDINATOR:
        return first + 1
    return first
