"""What a tagger of names sees of a word: its class by the tables, its spelling, its neighbours.

In: words and their classes. Out: features as strings, `kind=value`. Everything that a feature says depends on one
word, or on the classes of two, so that a tagger can add up its weights once a word and look them up.
"""

LONGEST_WORD = 40
"""Words above this length are all alike: no name is so long."""

POSITIONS = (0, -1, 1, -2, 2)
"""The neighbours that are looked at, by their distance."""

CONTEXT = ("word", "class", "end")
OWN = ("length", "end1", "end2", "end4", "start2", "start3", "head", "tail", "tail3", "capitals")

PLAIN = frozenset(
    ["boundary", "comma", "quote", "open", "close", "stop", "mark", "number", "determiner", "und", "verb", "lower"]
)
"""Classes of words that are never part of a name."""


def context_values(word: str, name: str) -> tuple[str, str, str]:
    """What is seen of a word of the class `name` at each of the POSITIONS: itself, its class, its end."""
    lower = "<long>" if len(word) > LONGEST_WORD else word.lower()
    return lower, name, lower[-3:]


def own_values(word: str) -> tuple[str, ...]:
    """What is seen of a word at its own place only, a value for each of the OWN kinds ("" for none)."""
    lower = "<long>" if len(word) > LONGEST_WORD else word.lower()
    head, dash, tail = lower.rpartition("-")
    return (
        str(min(len(lower), 12)),
        lower[-1:],
        lower[-2:],
        lower[-4:],
        lower[:2],
        lower[:3],
        head if dash else "",
        tail if dash else "",
        tail[-3:] if dash else "",
        "yes" if word.isupper() else "",
    )


def word_features(word: str, name: str, position: int) -> list[str]:
    """The features of a word of the class `name`, seen at `position`."""
    found = [f"{kind}{position:+d}={value}" for kind, value in zip(CONTEXT, context_values(word, name), strict=True)]
    if position == 0 and name not in PLAIN:
        found += [f"{kind}={value}" for kind, value in zip(OWN, own_values(word), strict=True) if value]
    return found


def pair_features(one: str, two: str) -> tuple[str, str, str]:
    """The features of two classes: the word before with this, this with the word behind, the one before with the one
    behind."""
    return (f"pair-1+0={one},{two}", f"pair+0+1={one},{two}", f"pair-1+1={one},{two}")


def place_features(size: int, at: int, name: str) -> tuple[str, str]:
    """The features of a word's place in its run: the run's length (4 is four or more), the place from its start."""
    return (f"place={size},{at}", f"place={size},{at},{name}")
