"""Made-up German words with counts, as many as a large archive has."""

import random
from itertools import product

_HEADS = [*"bdfghklmnprstwz", "sch", "st", "br", "tr", "kl"]
_VOWELS = [*"aaaeeeiiioooouuäöü", "ei", "au", "ie"]
_TAILS = ["", *"nrstl", "ch", "ng"]


def made_up_words(number: int) -> dict[str, int]:
    """Words as written, each with a count; few have a high one. The same each time."""
    rng = random.Random(5)
    syllables = ["".join(parts) for parts in product(_HEADS, _VOWELS, _TAILS)]
    words: dict[str, int] = {}
    while len(words) < number:
        word = "".join(rng.choices(syllables, k=rng.choice((2, 3, 3, 4))))
        words[word if rng.random() < 0.4 else word.capitalize()] = min(100_000, int(rng.paretovariate(0.8)))
    return words
