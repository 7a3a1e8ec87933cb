"""A query in, its words that stand for themselves out: no operators, fields, conditions, patterns and exact words."""

import re
from collections.abc import Iterable, Iterator

from index.german import Token, tokenize
from search.parser import ALIASES
from search.ranges import FIELDS

OPERATORS = frozenset(["UND", "ODER", "NICHT", "AND", "OR", "NOT", "BIS", "TO"])
"""The operators of a query, in capital letters."""

_KEPT = re.compile(
    rf"""
    (?<!\w) (?: {"|".join(name for names in FIELDS.values() for name in names)} ) :        # a condition
            (?: \[ [^\[\]]* \] | "[^"]*" | [^\s()]+ )
    | (?<!\w) (?: {"|".join(name for field in ("outlet", "agency") for name in (field, *ALIASES[field]))} ) :
            (?: "[^"]*" | [^\s()]+ )
    | (?<!\w) (?: {"|".join(name for field, names in ALIASES.items() for name in (field, *names))} ) :
    | (?<!\w) = [\w'’-]+
    | [\w'’*?-]+ (?: [*?] | ~ ) [\w*?]*                                                    # a pattern
    | [*?] [\w*?]+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 500  # finding patterns takes quadratic time
_PHRASE = re.compile(r"""=?["„“”»«][^"„“”»«]*["„“”»«]""")
_ONE_WORD = re.compile(r"\w[\w'’-]*")


def plain_words(query: str) -> Iterator[Token]:
    """The words of a query that stand for themselves, those in phrases among them."""
    kept = [match.span() for match in _KEPT.finditer(query)]
    for token in tokenize(query):
        is_kept = any(start < token.end and token.start < end for start, end in kept)
        if token.text[0].isalpha() and token.text not in OPERATORS and not is_kept:
            yield token


def exactly(query: str, words: Iterable[str]) -> str:
    """The query with these of its words looked for exactly as they are written: `=Wort`. A long query stays."""
    wanted = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    if not wanted or len(query) > _LONGEST:
        return query
    parts = re.compile(rf"{_PHRASE.pattern}|(?x:{_KEPT.pattern})|(?<![\w-])(?P<word>{wanted})(?![\w-])", re.IGNORECASE)
    return parts.sub(lambda match: _exact(match["word"]) if match["word"] else match[0], query)


def _exact(word: str) -> str:
    return f"={word}" if _ONE_WORD.fullmatch(word) else f'="{word}"'
