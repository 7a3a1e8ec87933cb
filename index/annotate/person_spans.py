"""Which tokens of a run are a person's name: the tagger's probabilities read with the classes of the words.

In: the classes of a run's words and the probability of each to be part of a person's name. Out: stretches of words.

A name grows from a word that the tagger is sure of over neighbours that look like names and that it does not exclude;
and a given name with a possible family name behind it is a name where the tagger only hesitates.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

CORE = 0.5
"""The least probability of a word that is a name by itself."""

GROWTH = 0.12
"""The least probability of a neighbour that looks like a name."""

PATTERN = 0.3
"""The least probability, on average, of a given name with what looks like a family name."""

UNKNOWN = 0.5
"""The least probability, on average, of words that nothing marks as names."""

_GIVEN = frozenset({"given", "givens", "given+family", "given+place"})
_GIVEN_FORMS = _GIVEN | {"initial"}
_NAMELIKE = _GIVEN.union(
    ("initial", "particle", "first", "family", "family+word", "joined"),
    ("hyphen", "foreign", "mixed", "capital", "capitals"),
)
_BEFORE = frozenset({"honorific", "role", "demonym", "determiner", "particle"})
_PLAIN = frozenset({"capital", "noun", "capitals", "common", "time", "role"})
_NO_FAMILY = frozenset({"capitals", "organization", "place", "geography"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last` (exclusive) of a run, with their mean probability."""

    first: int
    last: int
    probability: float


def stretches(names: Sequence[str], chances: Sequence[float], prepositions: Collection[int]) -> list[Stretch]:
    """The names in a run; `names` are its words' classes, `prepositions` the places of the words that can be one."""
    found: list[Stretch] = []
    size, place = len(names), 0
    while place < size:
        end = _core(chances, place) if chances[place] >= CORE else _pattern(names, chances, place)
        if end == place:
            place += 1
            continue
        first = place
        floor = found[-1].last if found else 0
        ahead = _GIVEN_FORMS if names[first] in _GIVEN_FORMS else _NAMELIKE
        while first > floor and names[first - 1] in ahead and chances[first - 1] >= GROWTH:
            first -= 1
        while end < size and names[end] in _NAMELIKE and chances[end] >= GROWTH:
            end += 1
        place = end
        first, end = _trimmed(names, first, end, prepositions)
        if first < end:
            mean = sum(chances[first:end]) / (end - first)
            if mean >= UNKNOWN or not _PLAIN.issuperset(names[first:end]):
                found.append(Stretch(first, end, mean))
    return found


def _core(chances: Sequence[float], place: int) -> int:
    end = place + 1
    while end < len(chances) and chances[end] >= CORE:
        end += 1
    return end


def _pattern(names: Sequence[str], chances: Sequence[float], place: int) -> int:
    """The end of a given name with a family name from `place` on, or `place`."""
    if names[place] not in _GIVEN:
        return place
    end = place + 1
    while end < len(names) and names[end] in _NAMELIKE:
        end += 1
    while end > place + 1 and names[end - 1] == "particle":
        end -= 1
    sure = sum(chances[place:end]) >= PATTERN * (end - place)
    return end if end - place > 1 and sure else place


def _trimmed(names: Sequence[str], first: int, end: int, prepositions: Collection[int]) -> tuple[int, int]:
    """Without what stands before a name and is none of it, and without particles behind it.

    A particle that is one of `prepositions` is no part of a name where a given name follows ("Tor von Manuel Neuer"),
    and none is before a name of something else ("Joe Stork von HRW").
    """
    for at in range(first + 1, end - 1):
        if names[at] == "particle" and names[at + 1] in _NO_FAMILY:
            end = at
            break
    for at in range(end - 2, first, -1):
        if names[at] != "particle" or at not in prepositions:
            continue
        if names[at + 1] in _GIVEN and names[at + 1] != "given+family":
            first = at + 1
            break
    while first < end and (names[first] in _BEFORE or (names[first] == "place" and end - first > 2)):
        first += 1
    while first < end and names[end - 1] in ("particle", "determiner"):
        end -= 1
    return first, end
