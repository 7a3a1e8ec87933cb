"""A source of sentences in, a corpus file out: articles of some 300 words, written as they are drawn."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Protocol

from bench.comparison.corpus.item import Item
from bench.comparison.corpus.made import Made
from bench.comparison.corpus.resampled import FILES, Resampled
from bench.comparison.corpus.values import Values
from index.annotate import load_tables

_WORDS = 300
"""The length of an article in words, in the mean."""


class Sentences(Protocol):
    """Where an article's words come from."""

    def sentence(self, draw: Random) -> str: ...
    def title(self, draw: Random) -> str: ...


def has_articles(shared: Path) -> bool:
    """Whether all the real articles to resample lie in the folder."""
    return all((shared / name).is_file() for name in FILES)


def write_corpus(target: Path, articles: int, seed: int, shared: Path | None) -> None:
    """Write so many articles; of the real ones in `shared`, or of our own sentences where it is None."""
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.writelines(item.line() + "\n" for item in drawn(articles, seed, shared))
    part.replace(target)


def drawn(articles: int, seed: int, shared: Path | None) -> Iterator[Item]:
    """Draw articles; of two corpora of one seed the smaller is the beginning of the larger."""
    tables, draw = load_tables(), Random(seed)
    values = Values(tables, seed)
    sentences: Sentences = Resampled(shared, tables, seed) if shared else Made(values, seed)
    for number in range(1, articles + 1):
        text, ends = _text(sentences, draw)
        yield Item(id=f"{number}", title=sentences.title(draw), text=text, ends=ends, **values(draw))


def _text(sentences: Sentences, draw: Random) -> tuple[str, tuple[int, ...]]:
    """A text of whole sentences, five to a paragraph, and where each ends."""
    wanted = draw.triangular(_WORDS / 3, 1.6 * _WORDS)
    found: list[str] = []
    ends: list[int] = []
    words = length = 0
    while words < wanted:
        sentence = sentences.sentence(draw)
        found += [sentence, " " if len(ends) % 5 != 4 else "\n\n"]
        ends.append(length + len(sentence))
        length = ends[-1] + len(found[-1])
        words += sentence.count(" ") + 1
    return "".join(found[:-1]), tuple(ends)
