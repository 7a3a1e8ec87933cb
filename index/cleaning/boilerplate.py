"""Lines of a scraped page -> the lines of its article: without navigation, teasers, promotion, flags, tags.

What is no part of the article is known by the table `boilerplate`, and by its place: lists below the last paragraph.
"""

import re
from collections.abc import Iterable, Sequence

from index.annotate.tables import Tables
from index.cleaning.lines import is_closed, is_prose
from index.errors import SettingsError

_AROUND = " \t•·|>›»«‹*#+–—-_:.!…→►▶✓()[]"
_BULLET = re.compile(r"(?:[•·▪▶►*#+–—-]|\d{1,2}[.)]) ?(?=\w|\"|„|“)")
_DATA = re.compile(r"\d[:.]\d|\d{4}")
_WORD = re.compile(r"[\w-]+")

_LONGEST_TEASER = 250
_LONGEST_PROMOTION = 500
_LONGEST_TAG = 45


class Boilerplate:
    """Knows what is no part of an article."""

    def __init__(self, tables: Tables) -> None:
        """Take the table `boilerplate`; raises SettingsError where one of its patterns is no regular expression."""
        table = tables["boilerplate"]
        self._lines = frozenset(map(_bare, table["lines"]))
        self._words = frozenset(map(str.casefold, table["words"]))
        self._sections = self._words | frozenset(map(str.casefold, table["sections"]))
        self._lists = frozenset(map(_bare, table["lists"]))
        self._summaries = frozenset(map(_bare, table["summaries"]))
        self._teaser = _begins_with(table["teasers"])
        self._promotion = _begins_with(table["promotion"])
        try:
            self._pattern = re.compile("|".join(f"(?:{pattern})" for pattern in table["patterns"]))
        except re.error as error:
            raise SettingsError(f"[rules.boilerplate] patterns: no regular expression ({error}).") from error

    def strip(self, lines: Sequence[str]) -> list[str]:
        """Return the lines that are the article's, with its title and metadata lines."""
        kept = [line for line in self._without_lists(self._without_summary(lines)) if not self.is_dirt(line)]
        return _without_blank_runs(self._without_tail(self._without_navigation(kept)))

    def is_dirt(self, line: str) -> bool:
        """Whether a line by itself shows that it is no part of an article."""
        if not line:
            return False
        bare = _bare(line)
        if bare in self._lines or self._pattern.fullmatch(line) or self._is_all(line, self._words):
            return True
        if len(line) <= _LONGEST_PROMOTION and self._promotion.match(line.lstrip(_AROUND)):
            return True
        is_teaser = len(line) <= _LONGEST_TEASER and bool(self._teaser.match(line.lstrip(_AROUND)))
        return is_teaser and _is_one_sentence(line)

    def is_text(self, line: str) -> bool:
        """Whether a line is a paragraph of an article."""
        return is_prose(line) and not self.is_dirt(line)

    def _is_all(self, line: str, words: frozenset[str]) -> bool:
        if len(line) > 120:
            return False
        found = _WORD.findall(line.casefold())
        return bool(found) and all(word in words for word in found)

    def _without_lists(self, lines: Sequence[str]) -> list[str]:
        """Take out lists that lead away, with their headings.

        Below the last paragraph all that follows goes; between paragraphs only the lines up to the next blank one, or
        the single line that follows: what comes behind it may be a heading of the article.
        """
        last_prose = max((number for number, line in enumerate(lines) if self.is_text(line)), default=-1)
        kept: list[str] = []
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            if _bare(line) not in self._lists or not line:
                kept.append(line)
            elif number > last_prose + 1 and last_prose >= 0:
                break
            else:
                number = _end_of_list(lines, number)
        return kept

    def _without_summary(self, lines: Sequence[str]) -> list[str]:
        """Take out a summary of which the article says every line; one that says something new is kept whole."""
        if not any(_bare(line) in self._summaries for line in lines):
            return list(lines)
        article = _plain(" ".join(line for line in lines if not _BULLET.match(line)))
        kept: list[str] = []
        number = 0
        while number < len(lines):
            end = number + 1
            if _bare(lines[number]) in self._summaries:
                while end < len(lines) and (not lines[end] or _BULLET.match(lines[end])):
                    end += 1
                points = [_plain(_BULLET.sub("", point, count=1)) for point in lines[number + 1 : end] if point]
                if points and all(point in article for point in points):
                    number = end
                    continue
            kept += lines[number:end]
            number = end
        return kept

    def _without_navigation(self, lines: Sequence[str]) -> list[str]:
        """Take out names of a paper's parts above and below the paragraphs."""
        prose = [number for number, line in enumerate(lines) if is_prose(line)]
        first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
        return [
            line for number, line in enumerate(lines) if first < number < last or not self._is_all(line, self._sections)
        ]

    def _without_tail(self, lines: list[str]) -> list[str]:
        """Take off tags: a list of short words below the last paragraph that nothing announces."""
        last = max((number for number, line in enumerate(lines) if is_prose(line)), default=-1)
        tail = [line for line in lines[last + 1 :] if line]
        is_tag = [len(line) <= _LONGEST_TAG and not is_closed(line) and not _DATA.search(line) for line in tail]
        bulleted = sum(bool(_BULLET.match(line)) for line in tail)
        if last < 0 or lines[last].endswith(":") or not all(is_tag) or len(tail) < (2 if bulleted == len(tail) else 4):
            return lines
        return lines[: last + 1]


def _bare(line: str) -> str:
    return line.strip(_AROUND).casefold()


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _begins_with(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all phrases; a phrase of letters ends where its last word ends."""
    parts = (re.escape(phrase) + (r"\b" if phrase[-1].isalnum() else "") for phrase in phrases)
    return re.compile("|".join(parts), re.IGNORECASE)


def _is_one_sentence(line: str) -> bool:
    return not re.search(r"[a-zäöüß)\"“][.!?][\"“”»«)]* +[A-ZÄÖÜ„»]", line)


def _end_of_list(lines: Sequence[str], number: int) -> int:
    """Where the list ends whose heading stands before `number`."""
    if number < len(lines) and not lines[number]:
        number += 1
        return number + 1 if number < len(lines) and not is_prose(lines[number]) else number
    start = number
    while number < len(lines) and lines[number] and not is_prose(lines[number]):
        number += 1
    return number if number < len(lines) and not lines[number] else min(start + 1, number)


def _without_blank_runs(lines: Sequence[str]) -> list[str]:
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
