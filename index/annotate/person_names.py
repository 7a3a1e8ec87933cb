"""The parts of a person's name, and whether two names are one person's.

In: names as they stand in one article. Out: `NameParts`, comparisons and the choice of the fullest form.
"""

import re
import unicodedata
from dataclasses import dataclass

from index.annotate.names_classes import Gender, WordClasses

_SPLIT = re.compile(r"[\s\-‐‑.'’]+")


SLIP_LENGTH = 5
"""The fewest letters of a family name in which one wrong letter is a slip and not another name."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name's words, its family name ("von der Leyen") what stands before (or, `family_first`, behind) it,
    the words as they are
    compared, and the gender that the given name tells."""

    words: tuple[str, ...]
    family: tuple[str, ...]
    given: tuple[str, ...]
    plain: tuple[str, ...]
    gender: Gender | None = None
    family_first: bool = False

    @property
    def full(self) -> str:
        return " ".join(self.words)


def plain(name: str) -> tuple[str, ...]:
    """A name's words without accents, case, hyphens and full stops, for comparison."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    if not letters.isascii():
        letters = "".join(c for c in letters if not unicodedata.combining(c))
    return tuple(word for word in _SPLIT.split(letters) if word)


def parse_name(words: tuple[str, ...], classes: WordClasses) -> NameParts:
    """Split a name into given names and family name."""
    compared = plain(" ".join(words))
    if len(words) < 2:
        return NameParts(words, words, (), compared)
    gender = classes.gender(words[0])
    for at in range(1, len(words)):
        if words[at][0].islower():
            return NameParts(words, words[at:], words[:at], compared, gender)
    if _is_eastern(words, classes):
        return NameParts(words, words[:1], words[1:], compared, family_first=True)
    return NameParts(words, words[-1:], words[:-1], compared, gender)


def _is_eastern(words: tuple[str, ...], classes: WordClasses) -> bool:
    """Whether the family name stands first: a family name of that order, with no western given name behind it."""
    head, rest = words[0], words[1:]
    if head not in classes.first or any(word in classes.given and word not in classes.first for word in rest):
        return False
    return head not in classes.given or "-" in rest[0] or len(words) == 3


def same_person(one: NameParts, two: NameParts) -> bool:
    """Whether two names of one article are one person's: the same family name, given names that do not contradict."""
    mine, other = one.plain, two.plain
    if mine == other or "".join(mine) == "".join(other):
        return True
    short, long = (mine, other) if len(mine) <= len(other) else (other, mine)
    if len(short) < 2:
        return False
    if set(short) <= set(long):
        return True
    if one.family_first or two.family_first:
        return False
    if mine[-1] != other[-1]:
        return mine[:-1] == other[:-1] and alike(mine[-1], other[-1])
    if _compatible(mine, other):
        return True
    return one.gender == two.gender and alike(mine[0], other[0])


def alike(one: str, two: str) -> bool:
    """Whether two names differ as by a slip: by one letter, behind the third."""
    if one == two:
        return True
    if min(len(one), len(two)) < SLIP_LENGTH or one[:3] != two[:3] or abs(len(one) - len(two)) > 1:
        return False
    if len(one) == len(two):
        return sum(a != b for a, b in zip(one, two, strict=True)) == 1
    short, long = sorted((one, two), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(3, len(long)))


def _compatible(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Names with one family name, the first given name of one of which may be an initial of the other's."""
    first, second = one[0], two[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return first == second
