"""A query in, what is wrong with its operators out: what would otherwise be dropped without a word."""

import re
from collections.abc import Iterable

_MOST_OPERATORS = 500
MOST_WORDS = 500
"""So many words are looked for, whatever the length of a query."""

_DEEPEST = 50

_ANY = r"(?:UND|ODER|NICHT|AND|OR|NOT)"
_BETWEEN = r"(?:UND|ODER|AND|OR)"

_NOTHING_BEFORE = re.compile(
    rf"(?: ^ | \( | (?<![^\s()\"]) {_ANY} ) \s? (?P<what> {_BETWEEN} ) (?= [\s()\"] )", re.VERBOSE
)
_NOTHING_BEHIND = re.compile(rf"(?<![^\s()\"]) (?P<what> {_ANY} ) \s? (?: \) | $ )", re.VERBOSE)
_EMPTY_FIELD = r"""(?<!\w) (?P<what> (?i:{names}) : )
    (?= [\s)\[] | $ ) (?! \[ [^\[\]]+ [ ] (?:BIS|TO) [ ] [^\[\]]+ \] )"""
_NO_DISTANCE = re.compile(r"\"~ (?! [1-9][0-9]? (?: [\s)] | $ ) )", re.VERBOSE)
_NO_ERRORS = re.compile(r"(?<=\w) ~ (?! [12]? (?! [\w~*?=\"] ) )", re.VERBOSE)
_BARE_EQUALS = re.compile(r"(?<!\S) = (?! [\w\"] )", re.VERBOSE)


def objection(text: str, fields: Iterable[str]) -> str | None:
    """Why a query cannot be read with its operators, in German; None where it can. `fields` are the fields' names."""
    if text.count('"') % 2:
        return "ein Anführungszeichen hat kein Gegenstück"
    bare = re.sub(r'"[^"]*"', '""', text)
    deepest = _depth(bare)
    if deepest is None:
        return "eine Klammer hat kein Gegenstück"
    for pattern, what in (
        (_NOTHING_BEFORE, "neben {} fehlt ein Wort"),
        (_NOTHING_BEHIND, "neben {} fehlt ein Wort"),
        (re.compile(_EMPTY_FIELD.format(names="|".join(fields)), re.VERBOSE), "hinter {} fehlt, wonach zu suchen ist"),
        (_NO_DISTANCE, 'hinter "..."~ steht eine Zahl von 1 bis 99'),
        (_NO_ERRORS, "hinter ~ steht 1 oder 2"),
        (_BARE_EQUALS, "hinter = fehlt ein Wort"),
    ):
        found = pattern.search(bare)
        if found:
            return what.format(found.groupdict().get("what"))
    operators = len(re.findall(rf"\b{_ANY}\b", bare))
    if deepest > _DEEPEST or operators > _MOST_OPERATORS:
        return "die Anfrage ist zu verschachtelt"
    if len(re.findall(r"\w+", bare)) - operators > MOST_WORDS:
        return f"die Anfrage ist zu lang, nur die ersten {MOST_WORDS} Wörter zählen"
    return None


def _depth(text: str) -> int | None:
    """How deep parentheses are nested; None where one has no counterpart."""
    depth = deepest = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return None
    return None if depth else deepest
