"""The archive's words as they are written, with the number of articles that each stands in; kept in a generation."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import nlargest
from operator import itemgetter
from pathlib import Path

import numpy as np

from index.codec import AT_ONCE, IndexView
from index.collections import damage_named, open_view
from index.stored import record_of
from index.values import read_values, write_values
from index.word_counts import count_words

_FILE = "vocabulary.json"
_MOST_WORDS = 500_000


def write_vocabulary(generation: Path, counts: Mapping[str, int]) -> None:
    """Write the words into a generation that is being built; of more than 500,000 the most frequent."""
    kept = nlargest(_MOST_WORDS, counts.items(), key=itemgetter(1))
    write_values(generation, _FILE, {word: count for word, count in kept if count > 0})


def read_vocabulary(generation: Path) -> dict[str, int]:
    """What `write_vocabulary` wrote; nothing where it wrote nothing."""
    return read_values(generation, _FILE) or {}


def update_vocabulary(generation: Path, before: Path | None, new: Mapping[str, int], gone: Collection[str]) -> None:
    """Write the words of a generation: those of `before`, which it was made from, without the articles that are gone
    (replaced or removed; their ids), and with the `new` ones counted. Raises what `damage_named` raises.
    """
    counts = new
    if before:
        with damage_named(before):
            view = open_view(before, "article")
            if len(gone) < (view.size if view.live is None else np.count_nonzero(view.live)):
                known = Counter(read_vocabulary(before))
                known.subtract(count_words(_texts(view, gone)))
                known.update(new)
                counts = known
    write_vocabulary(generation, counts)


def _texts(view: IndexView, ids: Iterable[str]) -> Iterator[str]:
    """The articles with these ids, each with its title."""
    for done, article_id in enumerate(ids, start=1):
        if done % AT_ONCE == 0:
            view.let_go()
        for number in view.postings("id", article_id).documents.tolist():
            article = record_of(view.stored(number)["record"])
            yield f"{article.title}\n{article.text}"
