"""Quotation marks: which stretches of a text stand between them.

In: text and the table `quotation_marks`. Out: outermost stretches, in order, apart, with their marks.

An opening mark is closed by the next mark that can close it; marks of another style in between are nested and belong
to the stretch. A mark that is never closed ends with its paragraph when the next paragraph opens anew, as long
quotations are set, or else it ends with its sentence's paragraph; one that is never opened is passed over.
Linear: every mark is looked at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.annotate.tables import Tables

MAX_LENGTH = 6000
"""No quotation is longer, in characters: behind that, an opening mark counts as never closed."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, marks included; `inner_start` and `inner_end` bound it without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


class QuotationFinder:
    """Finds the stretches in quotation marks."""

    def __init__(self, tables: Tables) -> None:
        table = tables["quotation_marks"]
        self._closers: dict[str, frozenset[str]] = {mark: frozenset(marks) for mark, marks in table["pairs"].items()}
        self._either = frozenset(table["either"])
        marks = {*self._closers, *(mark for closers in self._closers.values() for mark in closers)}
        alternatives = "|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True))
        self._mark = re.compile(rf"{alternatives}|\n[ \t]*\n")

    def find(self, text: str) -> list[Quotation]:
        """The outermost quotations, in order."""
        return list(self._pair(text))

    def _pair(self, text: str) -> Iterator[Quotation]:
        opened: re.Match[str] | None = None
        paragraph_end = -1
        for match in self._mark.finditer(text):
            mark = match.group()
            if mark[0] == "\n":
                if opened is not None and paragraph_end < 0:
                    paragraph_end = match.start()
                continue
            if opened is not None:
                if match.start() - opened.start() > MAX_LENGTH:
                    opened = None
                elif mark in self._closers[opened.group()] and self._closes(text, match, opened.group()):
                    yield Quotation(opened.start(), match.end(), opened.end(), match.start())
                    opened, paragraph_end = None, -1
                    continue
                elif paragraph_end >= 0 and mark in self._closers:
                    yield Quotation(opened.start(), paragraph_end, opened.end(), paragraph_end, closed=False)
                    opened = None
            if opened is None and mark in self._closers and self._opens(text, match):
                opened, paragraph_end = match, -1

    def _opens(self, text: str, match: re.Match[str]) -> bool:
        """A mark that may stand on either side opens in front of a word and behind white space or a bracket."""
        if match.group() not in self._either:
            return True
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return bool(after) and not after.isspace() and not (before.isalnum() or (before in ",.;!?" and before))

    def _closes(self, text: str, match: re.Match[str], opened: str) -> bool:
        """A mark that may stand on either side closes behind a word or a stop."""
        if match.group() not in self._either and match.group() != opened:
            return True
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return not before.isspace() or not after or not after.isalnum()
