"""Figures that leave out what they count. In: the figures of a text, some bare. Out: the same, completed where sure.

"20 oder 30 Prozent", "3 mal 4 Meter": the next figure has the unit.
"Die Zahl der Toten stieg auf 120": the number is of the dead.
"Ihre Zahl werde auf 12.000 steigen", "Tausende sollen folgen": the last noun before it that the text counts elsewhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.annotate.nouns import NounFinder
from index.annotate.tables import Tables
from index.model import Figure

_NOUN = re.compile(r"\b[A-ZÄÖÜ][^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[.!?]\s")
_NOUN_WINDOW = 260
_SENTENCE_WINDOW = 160
_CUE_WINDOW = 40
_FARTHEST_NEIGHBOUR = 30


class Ellipsis:
    """Completes bare figures by the table `ellipsis`."""

    def __init__(self, tables: Tables, nouns: NounFinder) -> None:
        table = tables["ellipsis"]
        shared, behind = _any(table["shared"]["words"]), _any(table["shared"]["behind"])
        of, cues = table["number_of"], table["cues"]
        self._nouns = nouns
        self._shared = re.compile(rf",\s|,?\s{shared}\s(?:{behind}\s)?|\s?[x×/]\s?")
        self._number_of = re.compile(rf"\b{_any(of['nouns'])}\s(?={_any(of['linkers'])}\s)")
        self._before = re.compile(rf"\b{_any(cues['before'])}\s(?:\w+\s){{0,2}}$")
        self._behind = re.compile(rf"(?:\s\w+){{0,2}}\s{_any(cues['behind'])}\b")

    def complete(self, text: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
        """Every bare figure with the noun or unit that it leaves out, where one is found. Time is linear."""
        result = list(figures)
        for i in range(len(result) - 2, -1, -1):
            if self._shares(text, result[i], result[i + 1]):
                kind, unit, noun = result[i + 1].kind, result[i + 1].unit, result[i + 1].noun
                result[i] = replace(result[i], unit=unit, noun=noun, kind=kind, rule="shared-unit")
        counted = frozenset(figure.noun for figure in result if figure.noun and figure.kind == "count")
        return tuple(self._with_antecedent(text, figure, counted) if _is_bare(figure) else figure for figure in result)

    def _shares(self, text: str, one: Figure, following: Figure) -> bool:
        near = following.start - one.end <= _FARTHEST_NEIGHBOUR
        if not (near and _is_bare(one) and not _is_bare(following) and following.kind != "age"):
            return False
        if following.kind == "measure" and one.text[0].isdigit() and text[one.end : following.start] == " mal ":
            return True
        return self._shared.fullmatch(text, one.end, following.start) is not None

    def _with_antecedent(self, text: str, figure: Figure, counted: frozenset[str]) -> Figure:
        sentence_start = max(0, figure.start - _SENTENCE_WINDOW)
        for end in _SENTENCE_END.finditer(text, sentence_start, figure.start):
            sentence_start = end.end()
        for number_of in self._number_of.finditer(text, sentence_start, figure.start):
            noun = self._nouns.after(text, number_of.end() - 1)
            if noun and noun.end <= figure.start:
                return replace(figure, noun=noun.lemma, rule="number-of")
        if not counted or not self._refers_back(text, figure):
            return figure
        words = _NOUN.finditer(text, max(0, figure.start - _NOUN_WINDOW), figure.start)
        named = [lemma for word in words if (lemma := self._nouns.lemmas.lemma(word[0])) in counted]
        return replace(figure, noun=named[-1], rule="elliptic-noun") if named else figure

    def _refers_back(self, text: str, figure: Figure) -> bool:
        before = self._before.search(text, max(0, figure.start - _CUE_WINDOW), figure.start)
        return before is not None or self._behind.match(text, figure.end) is not None


def _is_bare(figure: Figure) -> bool:
    return figure.unit is None and figure.noun is None and figure.rule in ("bare-number", "vague")


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word).replace("\\ ", r"\s") for word in words) + ")"
