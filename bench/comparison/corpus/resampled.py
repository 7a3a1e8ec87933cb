"""Real articles in, new sentences out: each is one of theirs, with a share of its words exchanged.

Words are exchanged for others of the articles with the same ending, as often as those stand there, so frequencies stay
what they are in German while no two sentences need be alike; a few nouns become compounds, so the vocabulary goes on
growing.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from bench.comparison.corpus.words import compound
from index.annotate import Tables
from index.annotate.sentences import SentenceSplitter

FILES = ("news/articles.jsonl", "wikinews/train.jsonl", "wikinews/dev.jsonl")

_WORD = re.compile(r"(?<=\W)[^\W\d_]{5,}")  # not the first, which has a capital of its own
_EXCHANGED = 0.3
_COMPOUNDS = 0.02

_Template = list[str | list[str]]
"""A sentence: what stands as it is, and between, the words of which one is drawn."""


class Resampled:
    """Draws sentences and titles."""

    def __init__(self, shared: Path, tables: Tables, seed: int) -> None:
        articles = [json.loads(line) for name in FILES for line in (shared / name).read_text("utf-8").splitlines()]
        splitter, draw = SentenceSplitter(tables), Random(seed)
        sentences = [
            " ".join(article["text"][span.start : span.end].split())
            for article in articles
            for span in splitter.split(article["text"])
        ]
        titles = [article["title"] for article in articles if article.get("title")]
        pools = _pools([*sentences, *titles])
        self._sentences = [_template(sentence, pools, draw) for sentence in sentences]
        self._titles = [_template(title, pools, draw) for title in titles]

    def sentence(self, draw: Random) -> str:
        return _fill(draw.choice(self._sentences), draw)

    def title(self, draw: Random) -> str:
        return _fill(draw.choice(self._titles), draw)


_Pools = dict[tuple[bool, str], list[str]]


def _kind(word: str) -> tuple[bool, str]:
    return word[0].isupper(), word[-2:].lower()


def _pools(sentences: Iterable[str]) -> _Pools:
    """The words within the sentences by what they can stand for, each as often as it stands there."""
    pools: _Pools = defaultdict(list)
    for sentence in sentences:
        for match in _WORD.finditer(sentence):
            pools[_kind(match[0])].append(match[0])
    return pools


def _template(sentence: str, pools: _Pools, draw: Random) -> _Template:
    template: _Template = []
    at = 0
    for match in _WORD.finditer(sentence):
        if draw.random() < _EXCHANGED:
            template += [sentence[at : match.start()], pools[_kind(match[0])]]
            at = match.end()
    return [*template, sentence[at:]]


def _fill(template: _Template, draw: Random) -> str:
    return "".join(part if isinstance(part, str) else _drawn(part, draw) for part in template)


def _drawn(pool: Sequence[str], draw: Random) -> str:
    word = pool[int(draw.random() * len(pool))]
    if word[0].isupper() and draw.random() < _COMPOUNDS:
        return compound(pool[int(draw.random() * len(pool))], word)
    return word
