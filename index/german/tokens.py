"""Text in, tokens with exact offsets out: numbers as they are written, words, and nothing between them.

A hyphen compound gives a token for each of its members. A gender-marked form is one token: `Journalist:innen`,
`Bürger*innen`, `Lehrer/-innen`, `Student(inn)en`, `ein/e`.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

HYPHENS = frozenset("-\u2010\u2011\u2013")
"""What ties the members of a hyphen compound."""

MARKS = "".join(map(chr, [*range(0x300, 0x370), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060]))
"""What may stand inside a word: the combining marks of NFD text, soft hyphens, zero widths."""

DIGIT_JOINTS = ".,'’\u00a0\u202f\u2009\x20"
"""What stands between the digits of one number."""

GENDER_JOINTS = ":*_·•‧/’'("
"""What an ending of the other gender may follow."""

GENDER_NEXT = "irnsme"
"""The first letters of such endings."""

_MARKS = r"\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_END = rf"(?! [\w{_MARKS}] )"

_NUMBER = rf"""
    (?= \d ) (?:
      (?<! [\d.,] ) [1-9]\d{{0,2}} (?: [.'’\u00a0\u202f\u2009\x20] \d{{3}} )+ (?: ,\d+ )? {_END} (?! [.,'’]\d )
    | \d+ , \d+ {_END} (?! [.,]\d )                                                                         # 165,41
    )
"""
_GENDER = rf"""
    (?= [:*_·•‧/’'(] ) (?:
      (?<= [^\W\d_] | [{_MARKS}] ) (?:
        [:*_·•‧/’'] -? in (?: nen (?: [^\W\d_] | [{_MARKS}] )* )? {_END}     # Journalist:innen, Bürger*innenrat
      | /-in (?: nen )? {_END}
      | \( -? in (?: nen )? \) {_END}                                       # Lehrer(in)
      | \( inn \) en {_END}                                                # Student(inn)en
      )
    | (?<= e ) [:*_/] -? [rnsm] {_END}                                      # jede:r
    | (?<= in ) [:*_/] -? e {_END}                                          # ein/e
    )
"""
_PLAIN = r"[a-zA-ZäöüÄÖÜß]+ (?= [\x20\n.,] )"  # what most tokens are; the rest of the pattern says the same of them
_TOKEN = re.compile(rf"({_PLAIN} | {_NUMBER} | [^\W_]+ (?: [{_MARKS}]+ [^\W_]* )* (?: {_GENDER} )?)", re.VERBOSE)
HYPHEN = re.compile(f"[{''.join(sorted(HYPHENS, reverse=True))}]")


class Token(NamedTuple):
    """A word or a number as it stands at `text[start:end]`."""

    text: str
    start: int
    end: int


class Cut(NamedTuple):
    """The tokens of a text: how they are written, and their offsets."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def cut(text: str) -> Cut:
    """All tokens of `text` at once, in order and apart; the quickest way to them."""
    pieces = _TOKEN.split(text)  # a gap, a token, a gap ... a gap
    offsets = list(accumulate(map(len, pieces)))
    return Cut(pieces[1::2], offsets[:-1:2], offsets[1::2])


def token_at(text: str, start: int) -> int:
    """Where the token ends that begins at `start`, where a letter or a digit stands behind something else."""
    match = _TOKEN.match(text, start)
    assert match
    return match.end()


def tokenize(text: str) -> Iterator[Token]:
    """Cut `text` into tokens, in order and apart; a hyphen compound gives one token for each of its parts."""
    return map(Token, *cut(text))


def hyphens(text: str) -> Iterator[int]:
    """Where in `text` hyphens stand."""
    return (match.start() for match in HYPHEN.finditer(text))
