"""A corpus in, the twelve queries out that every engine is asked: from rare to very frequent, of every kind.

Words are chosen by the share of articles that they stand in; the same corpus and seed give the same queries.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Literal, TypeVar

from bench.comparison.corpus.item import Item
from index.german import QueryChain, default_chain

T = TypeVar("T")
How = Literal["all", "any", "not", "phrase", "prefix"]

SAMPLE = 20_000
"""So many articles at the beginning of a corpus tell how frequent words are."""

_PHRASE_SAMPLE = 4_000
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[a-zäöüß]{4,20}")
_NEAREST = 5
"""From so many words next to the share wanted, one is drawn."""


@dataclass(frozen=True, slots=True)
class Query:
    """Words and what is asked of them: all, any, the first but not the others, a phrase, one's beginning.

    `selections` maps a facet to the values chosen, as in a `search.Request`; all of them must hold.
    """

    name: str
    how: How
    words: tuple[str, ...]
    selections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        joint = {"all": " ", "any": " OR ", "not": " NOT ", "phrase": " ", "prefix": ""}[self.how]
        text = joint.join(self.words)
        text = {"phrase": f'"{text}"', "prefix": f"{text}*"}.get(self.how, text)
        return " ".join([text, *(f"[{name}: {', '.join(values)}]" for name, values in self.selections.items())])


def twelve_queries(sample: Iterable[Item], seed: int) -> tuple[Query, ...]:
    """Choose the queries by the articles in the sample."""
    counts = _Counts(sample)
    draw = Random(seed)

    def word(share: float) -> str:
        return _nearest(counts.words, share * counts.articles, draw)

    outlet, year, person = (counts.values[name].most_common(2)[-1][0] for name in ("outlet", "date", "person"))
    return (
        Query("rare word", "all", (word(0.0001),)),
        Query("word in 1 %", "all", (word(0.01),)),
        Query("frequent word", "all", (word(0.05),)),
        Query("very frequent word", "all", (word(0.25),)),
        Query("two words", "all", (word(0.1), word(0.05))),
        Query("three words", "all", (word(0.25), word(0.15), word(0.1))),
        Query("either word", "any", (word(0.05), word(0.02))),
        Query("not the other", "not", (word(0.15), word(0.05))),
        Query("phrase", "phrase", _nearest(counts.pairs, 0.005 * counts.phrase_articles, draw)),
        Query("prefix", "prefix", (_nearest(_prefixes(counts.words), 0.05 * counts.articles, draw),)),
        Query("filtered", "all", (word(0.2),), {"outlet": (outlet,), "date": (year,)}),
        Query("of a person", "all", (word(0.1),), {"person": (person,)}),
    )


class _Counts:
    """In how many articles words, neighbours and values stand; words that a query would pass over are left out."""

    def __init__(self, sample: Iterable[Item]) -> None:
        self.articles = self.phrase_articles = 0
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, ...]] = Counter()
        self.values: dict[str, Counter[str]] = {name: Counter() for name in ("outlet", "date", "person")}
        for item in sample:
            tokens = _TOKEN.findall(item.text.lower())
            self.articles += 1
            self.words.update({token for token in tokens if _WORD.fullmatch(token)})
            if self.articles <= _PHRASE_SAMPLE:
                self.phrase_articles += 1
                self.pairs.update({pair for pair in pairwise(tokens) if all(map(_WORD.fullmatch, pair))})
            self.values["outlet"].update([item.outlet] if item.outlet else [])
            self.values["date"].update([item.year] if item.year else [])
            self.values["person"].update(item.persons)
        chain = QueryChain(default_chain())
        passed = {word for word, count in self.words.items() if count > 1 and not _carries(word, chain)}
        for key in passed:
            del self.words[key]
        self.pairs = Counter({p: n for p, n in self.pairs.items() if n > 1 and not passed & set(p)})


def _carries(word: str, chain: QueryChain) -> bool:
    """Whether a query of this and another word asks for this one, too."""
    return len(chain.needed(chain.words(f"{word} Hafenkran"))) == 2


def _prefixes(words: Mapping[str, int]) -> Counter[str]:
    """Beginnings of five letters that every engine folds alike, with how often their words stand."""
    found: Counter[str] = Counter()
    for word, count in words.items():
        if len(word) > 6 and word[:5].isascii():
            found[word[:5]] += count
    return found


def _nearest(counts: Mapping[T, int], wanted: float, draw: Random) -> T:
    """One of those whose count is nearest to the one wanted, by its ratio."""
    order: Sequence[T] = sorted(counts, key=lambda key: (abs(math.log(counts[key] / wanted)), str(key)))
    return draw.choice(order[:_NEAREST])
