"""A number as written in, its normal form out: 12.000, 12 000 and zwölftausend are all 12000; 165,41 is not 165."""

import re
from functools import lru_cache

from index.german.tables import table

_GROUPED = re.compile(r"(?<=\d)[.'’\u00a0\u202f\u2009\x20](?=\d{3})")


def normal_figure(token: str) -> str:
    """The normal form of a token that begins with a digit; grouping and idle zeros go: `8,50` -> `8,5`."""
    figure = _GROUPED.sub("", token).lower()
    if "," in figure:
        figure = figure.rstrip("0").rstrip(",")
    return figure


def number_of(word: str) -> str | None:
    """The normal form of a number word, folded and with its umlauts: `zwölftausend` -> `12000`; None for others."""
    whole: str | None = table("numbers")["whole"].get(word)
    if whole:
        return whole
    if "und" not in word and "tausend" not in word and word not in _values():
        return None
    match = _number_word().fullmatch(word)
    if not match or not any(match.groups()):
        return None
    parts = match.groupdict()
    value = 0
    if parts["thousand"]:
        value += _below_thousand(parts["th"] or "", parts["thh"]) * 1000 if (parts["th"] or parts["thh"]) else 1000
    value += _below_thousand(parts["rest"] or "", parts["hundred"])
    return str(value)


def _below_thousand(rest: str, hundred: str | None) -> int:
    values = _values()
    total = 0
    if hundred:
        total = 100 * values[hundred.removesuffix("hundert").removesuffix("und") or "ein"]
    rest = rest.removeprefix("und") if rest.startswith("und") else rest
    if not rest:
        return total
    if rest in values:
        return total + values[rest]
    one, _, ten = rest.rpartition("und")
    return total + values[one] + values[ten]


@lru_cache(maxsize=1)
def _values() -> dict[str, int]:
    numbers = table("numbers")
    spelled = {word.replace("ß", "ss"): value for word, value in (numbers["ones"] | numbers["tens"]).items()}
    return spelled | {"ein": 1}


@lru_cache(maxsize=1)
def _number_word() -> re.Pattern[str]:
    values = _values()
    longest_first = sorted(values, key=len, reverse=True)
    ones = "|".join(word for word in longest_first if 0 < values[word] < 10 and word != "eins")
    ten = "|".join(word for word in longest_first if values[word] >= 20)
    teens = "|".join(word for word in longest_first if values[word] < 20 and word != "ein")
    small = rf"(?: (?:{ones}) und (?:{ten}) | {ten} | {teens} )"
    return re.compile(
        rf"""
        (?: (?P<thousand> (?P<thh> (?:{ones})? hundert (?:und)? )? (?P<th> {small} | ein )? tausend (?:und)? ) )?
        (?: (?P<hundred> (?:{ones})? hundert (?:und)? ) )?
        (?P<rest> {small} )?
        """,
        re.VERBOSE,
    )
