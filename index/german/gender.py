"""A feminine or gender-marked form in, the masculine form out: Journalistin, Journalist:innen -> journalist.

The masculine is the one form under which all others of a word are found; which of them a person is, no form says.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from index.german.fold import fold, folded, spell
from index.german.tables import rows, words

_MARKED = re.compile(
    r"""
    (?P<base> .* [^\W\d_] [\u0300-\u036f\u00ad]* )
    (?: [:*_·•‧/’'] -? in (?P<plural> nen )? (?P<rest> .* )
      | /-in (?: nen )?
      | \( -? in (?: nen )? \)
      | \( inn \) en
      | [:*_/] -? [rnsme]
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_SHORT = 5
_FEMININE_ENDS = ("in", "innen", "frauen")
_END = 3
_CAMEL = re.compile(r"(?P<base> [^\W\d_]{3,} [a-zäöüß] ) In (?P<plural> nen )? (?P<rest> [a-zäöüß]* )", re.VERBOSE)


class Marked(NamedTuple):
    """A gender-marked form: the word before the mark, and what follows it in a compound (Bürger:innenrat)."""

    base: str
    rest: str
    is_noun: bool


def marked(token: str) -> Marked | None:
    """Take a gender-marked token apart; None for all others. The parts are folded and have their umlauts."""
    camel = _CAMEL.fullmatch(token) if "In" in token else None
    if camel:
        feminine = spell(fold(camel["base"])) + "in"
        known = masculine(feminine)
        return Marked(feminine[:-2], camel["rest"], True) if known and (camel["plural"] or not camel["rest"]) else None
    if token.isalnum():
        return None
    match = _MARKED.fullmatch(token)
    if not match:
        return None
    is_noun = token[-2:-1] not in ":*_/-"
    return Marked(spell(fold(match["base"])), spell(fold(match["rest"] or "")), is_noun)


def masculine(word: str) -> str | None:
    """The masculine of a feminine noun, folded and with its umlauts; None where it is not known as one.

    `präsidentinnen` -> `präsident`, `hausärztin` -> `hausarzt`, `berlin` -> None.
    """
    if word.endswith(_FEMININE_ENDS) or word[-_END:] in _feminine()[1]:
        return _masculine(word)
    return None


@lru_cache(maxsize=1 << 14)
def _masculine(word: str) -> str | None:
    word = singular(word)
    table, ends = _feminine()
    if word[-_END:] in ends:
        for at in (0, *range(3, len(word) - 3)):
            if word[at:] in table:
                return word[:at] + table[word[at:]]
    exact, tails = _not_feminine()
    if word.endswith("in") and _regular().search(word) and word not in exact and not word.endswith(tails):
        return word[:-2]
    return None


def singular(word: str) -> str:
    """The singular of a feminine noun: `journalistinnen` -> `journalistin`."""
    if word.endswith("innen"):
        return word[:-3]
    if word.endswith("frauen"):
        return word[:-2]
    return word


@lru_cache(maxsize=1)
def _feminine() -> tuple[dict[str, str], frozenset[str]]:
    """The masculine of each feminine of the table, and how these end: most words are told from them by that."""
    table = {fold(feminine): fold(base) for feminine, base in rows("gender", "feminine")}
    return table, frozenset(feminine[-_END:] for feminine in table)


@lru_cache(maxsize=1)
def _not_feminine() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words themselves, and those that are also the last part of a compound: Dieselbenzin, but Regisseurin."""
    listed = folded("gender", "not_feminine")
    return listed, tuple(word for word in listed if len(word) > _SHORT)


@lru_cache(maxsize=1)
def _regular() -> re.Pattern[str]:
    return re.compile(rf"..(?:{'|'.join(map(fold, words('gender', 'endings')))})in$")
