"""A corpus in, the twelve queries out that every engine is asked: from rare to very frequent, of every kind.

Words are chosen by the share of articles that they stand in; the same corpus and seed give the same queries.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from random import Random
from typing import Literal, TypeVar

from bench.comparison.corpus.item import Item
from index.german import QueryChain, default_chain

T = TypeVar("T")
How = Literal["all", "any", "not", "phrase", "prefix"]

SAMPLE = 20_000
"""So many articles at the beginning of a corpus tell how frequent words are."""

_PAIRED = 4_000
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
    counts, draw, chain = _Counts(sample), Random(seed), QueryChain(default_chain())

    def word(share: float) -> str:
        return _nearest(counts.words, share * counts.articles, draw, lambda word: _carries([word], chain))

    pair = _nearest(counts.pairs, 0.005 * counts.paired, draw, lambda pair: _carries(pair, chain))
    prefix = _nearest(_prefixes(counts.words), 0.05 * counts.articles, draw, lambda prefix: True)
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
        Query("phrase", "phrase", pair),
        Query("prefix", "prefix", (prefix,)),
        Query("filtered", "all", (word(0.2),), {"outlet": (outlet,), "date": (year,)}),
        Query("of a person", "all", (word(0.1),), {"person": (person,)}),
    )


class _Counts:
    """In how many articles words, neighbours (of the first `paired` articles) and values stand."""

    def __init__(self, sample: Iterable[Item]) -> None:
        self.articles = self.paired = 0
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, ...]] = Counter()
        self.values: dict[str, Counter[str]] = {name: Counter() for name in ("outlet", "date", "person")}
        for item in sample:
            tokens = _TOKEN.findall(item.text.lower())
            self.articles += 1
            self.words.update({token for token in tokens if _WORD.fullmatch(token)})
            if self.paired < _PAIRED:
                self.paired += 1
                self.pairs.update({pair for pair in pairwise(tokens) if all(map(_WORD.fullmatch, pair))})
            self.values["outlet"].update([item.outlet] if item.outlet else [])
            self.values["date"].update([item.year] if item.year else [])
            self.values["person"].update(item.persons)


def _carries(words: Sequence[str], chain: QueryChain) -> bool:
    """Whether a query of these and another word asks for all of them: stop words are passed over."""
    return len(chain.needed(chain.words(" ".join([*words, "Hafenkran"])))) == len(words) + 1


def _prefixes(words: Mapping[str, int]) -> Counter[str]:
    """Beginnings of five letters that every engine folds alike, with how often their words stand."""
    found: Counter[str] = Counter()
    for word, count in words.items():
        if len(word) > 6 and word[:5].isascii():
            found[word[:5]] += count
    return found


def _nearest(counts: Mapping[T, int], wanted: float, draw: Random, fits: Callable[[T], bool]) -> T:
    """One of those that fit whose count is nearest to the one wanted, by its ratio; what stands once is a misprint."""
    several = (key for key, count in counts.items() if count > 1)
    order = sorted(several, key=lambda key: (abs(math.log(counts[key] / wanted)), str(key)))
    return draw.choice(list(islice(filter(fits, order), _NEAREST)))
