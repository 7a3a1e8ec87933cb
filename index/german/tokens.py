"""Text in, tokens with exact offsets out: numbers as they are written, words, and nothing between them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      (?P<number>
        \d{1,3} (?: [.'’\u00a0\u202f\u2009] \d{3} )+ (?: ,\d+ )? (?! [\w] )  # 12.000  1 234,5  12'000
      | \d+ , \d+ (?! [\w] )                                                  # 165,41
      )
    | (?P<word> [^\W_] (?: [^\W_] | [\u0300-\u036f\u00ad] )* )                 # also NFD text and soft hyphens
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or a number as it stands at `text[start:end]`."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> Iterator[Token]:
    """Cut `text` into tokens, in order and apart; a hyphen compound gives one token for each of its parts."""
    for match in _TOKEN.finditer(text):
        yield Token(match.group(), match.start(), match.end())
