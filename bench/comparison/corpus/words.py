"""Words in, other words out: compounds, and forms by their endings. Crude, but as German as a benchmark needs it."""

from collections.abc import Mapping, Sequence
from random import Random

_LINKED = ("ung", "heit", "keit", "schaft", "ion", "tät")


def compound(first: str, last: str) -> str:
    """The compound of two nouns, with an s between them where the first has one of the endings that want it."""
    return first + ("s" if first.endswith(_LINKED) else "") + last.lower()


def inflected(word: str, endings: Mapping[str, Sequence[str]], draw: Random) -> str:
    """Another form of a noun as far as its ending tells it, else the word."""
    ending = next((ending for ending in endings if word.endswith(ending)), None)
    return word.removesuffix(ending) + draw.choice(endings[ending]) if ending else word


def past(stem: str) -> str:
    """The third person of the past of a weak verb: arbeit -> arbeitete."""
    return stem + ("ete" if stem.endswith(("t", "d")) else "te")
