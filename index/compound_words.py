"""The words that an archive's compounds are made of: the first texts of a full run in, one list in a generation out.

The list is made once, when all of an index is written, and stays with it: a text that is added later is read with the
same words, and so is every query. What is new in the archive since takes part after the next `--full`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from index.german import Chain, archive_words
from index.values import read_values, write_values
from index.word_counts import count_words

SAMPLE = 10_000_000
"""How many characters of an archive are read for its words: some 4,000 articles, two or three seconds."""

_FILE = "compound_words.json"


_TOGETHER = 256

Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Does some work with each of some values, as `map` does."""


def sample_words(texts: Iterable[str], characters: int = SAMPLE, each: Each = map) -> tuple[str, ...]:
    """The words that the compounds of these texts are made of, found in their first so many characters."""
    counts: Counter[str] = Counter()
    for some in each(count_words, _parts(_first(texts, characters))):
        counts.update(some)
    return archive_words(counts)


def _parts(texts: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(texts, _TOGETHER)):
        yield part


def write_compound_words(generation: Path, words: Sequence[str]) -> None:
    """Write the words into a generation that is being built anew."""
    write_values(generation, _FILE, list(words))


def read_compound_words(generation: Path) -> tuple[str, ...]:
    """What `write_compound_words` wrote; nothing where it wrote nothing."""
    return tuple(read_values(generation, _FILE) or ())


def chain_of(generation: Path) -> Chain:
    """The chain that a generation is written and searched with."""
    return Chain(read_compound_words(generation))


def _first(texts: Iterable[str], characters: int) -> Iterator[str]:
    for text in texts:
        yield text
        characters -= len(text)
        if characters <= 0:
            return
