"""A query in, what is wrong with its operators out: what would otherwise be dropped without a word."""

import re
from collections.abc import Iterable, Mapping

from index.errors import RequestError
from index.german import tokenize
from search.model import Notice, NoticeCode

_MOST_OPERATORS = 500
MOST_WORDS = 500
"""So many words are looked for, whatever the length of a query."""

_DEEPEST = 50

_ANY = r"(?:UND|ODER|NICHT|AND|OR|NOT)"
_BETWEEN = r"(?:UND|ODER|AND|OR)"

_MISPLACED = re.compile(
    rf"""(?: ^ | \( | (?<![^\s()\"]) {_ANY} ) \s? (?P<before> {_BETWEEN} ) (?= [\s()\"] )    # nothing before it
       | (?<![^\s()\"]) (?P<what> {_ANY} ) \s? (?: \) | $ )                                  # nothing behind it""",
    re.VERBOSE,
)
_EMPTY_FIELD = r"""(?<!\w) (?P<what> (?i:{names}) : )
    (?= [\s)\[] | $ ) (?! \[ [^\[\]]+ [ ] (?i:BIS|TO) [ ] [^\[\]]+ \] )"""
_NO_DISTANCE = re.compile(r"\"~ (?! [1-9][0-9]? (?: [\s)] | $ ) )", re.VERBOSE)
_NO_ERRORS = re.compile(r"(?<=\w) ~ (?! [12]? (?! [\w~*?=\"] ) )", re.VERBOSE)
_FOREIGN = re.compile(
    r"""(?<!\S) (?P<what> && | \|\| ) (?!\S)              # a && b
      | (?<!\S) (?P<sign> [+!] ) (?= [^\W\d_] | [\"(] )     # +a !b
      | (?<=\w) (?P<boost> \^ \d+ )                        # a^2""",
    re.VERBOSE,
)
"""Operators of other search engines, which would be dropped here."""

_UNKNOWN_FIELD = r"(?<![\w:]) (?! (?i:{names}) : ) (?P<what> [^\W\d_]{{2,}} : ) (?= [\w\"(=*?<>\[] )"
_BARE_EQUALS = re.compile(r"(?<!\S) = (?! [\w\"] )", re.VERBOSE)


class MistakeError(RequestError):
    """A part of a query that cannot be read; it never leaves the parser."""

    def __init__(self, code: NoticeCode, what: str) -> None:
        super().__init__(f"{code}: {what}")
        self.notice = Notice(code, what)


def objection(text: str, fields: Iterable[str]) -> Notice | None:
    """Why a query cannot be read with its operators; None where it can. `fields` are the fields' names."""
    if text.count('"') % 2:
        return Notice("quote")
    bare = re.sub(r'"[^"]*"', '""', text)
    deepest = _depth(bare)
    if deepest is None:
        return Notice("bracket")
    wrong: Mapping[NoticeCode, re.Pattern[str]] = {
        "operator": _MISPLACED,
        "empty_field": re.compile(_EMPTY_FIELD.format(names="|".join(fields)), re.VERBOSE),
        "distance": _NO_DISTANCE,
        "errors": _NO_ERRORS,
        "equals": _BARE_EQUALS,
        "foreign": _FOREIGN,
    }
    for code, pattern in wrong.items():
        found = pattern.search(bare)
        if found:
            return Notice(code, next(filter(None, found.groupdict().values()), ""))
    unknown = _unknown_field(bare, fields)
    if unknown:
        return Notice("unknown_field", unknown)
    operators = len(re.findall(rf"\b{_ANY}\b", bare))
    if deepest > _DEEPEST or operators > _MOST_OPERATORS:
        return Notice("nested")
    if len(re.findall(r"\w+", bare)) - operators > MOST_WORDS:
        return Notice("long", str(MOST_WORDS))
    return None


def _unknown_field(text: str, fields: Iterable[str]) -> str | None:
    """What is written like a field and is none; a gender mark (Bürger:innen) stands inside of a word."""
    pattern = re.compile(_UNKNOWN_FIELD.format(names="|".join(fields)), re.VERBOSE)
    ends = {match.end(): match["what"] for match in pattern.finditer(text)}
    inside = {end for token in tokenize(text) for end in range(token.start + 1, token.end)} if ends else set()
    return next((what for end, what in ends.items() if end not in inside), None)


def _depth(text: str) -> int | None:
    """How deep parentheses are nested; None where one has no counterpart."""
    depth = deepest = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return None
    return None if depth else deepest
