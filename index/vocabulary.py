"""The archive's words as they are written: texts in, how many of them each word stands in out; kept in a generation.

A word that is written in several ways (Soldaten, SOLDATEN) counts once in a text, under the way that the text writes it
most often. So the counts of all ways of a word add up to the number of texts that it stands in.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from index.collections import damage_named, open_view
from index.german import fold, spell
from index.german.tokens import cut
from index.stored import record_of
from index.values import read_values, write_values

_FILE = "vocabulary.json"
_MOST_WORDS = 500_000
_LONGEST = 64
_MOST_KEYS = 1 << 18  # with fewer those of an archive of 20,000 articles drive each other out
_GERMAN = re.compile("[A-Za-zÄÖÜäöüß]*").fullmatch  # of these letters folding leaves little to do


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts each word as written stands in. Counters of parts of an archive can be added up."""
    counts: Counter[str] = Counter()
    for text in texts:
        written = Counter(cut(unicodedata.normalize("NFC", text)).words)
        keys = list(map(_key, written))
        ways = dict(zip(keys, written, strict=True))  # of each word the way that comes last
        if len(ways) < len(written):
            for key, word in [pair for pair in zip(keys, written, strict=True) if ways[pair[0]] is not pair[1]]:
                if _rank(word, written) > _rank(ways[key], written):
                    ways[key] = word
        ways.pop("", None)
        counts.update(ways.values() if "".join(ways.values()).isprintable() else map(_without_marks, ways.values()))
    return counts


@lru_cache(_MOST_KEYS)
def _key(word: str) -> str:
    """The key of a word that counts; "" of a number, and of what is too long to be a word."""
    return key_of(word) if word[0].isalpha() and len(word) <= _LONGEST else ""


def _rank(word: str, written: Mapping[str, int]) -> tuple[int, bool, str]:
    """What decides between the ways of a word; in a tie small letters win, a capital may be a sentence's first."""
    return written[word], word.islower(), word


def key_of(word: str) -> str:
    """What all ways to write a word have in common: folded, with its umlauts."""
    return spell(word.lower().replace("ß", "ss") if _GERMAN(word) else fold(word))


def write_vocabulary(generation: Path, counts: Mapping[str, int]) -> None:
    """Write the words into a generation that is being built; of more than 500,000 the most frequent."""
    kept = Counter(counts).most_common(_MOST_WORDS)
    write_values(generation, _FILE, {word: count for word, count in kept if count > 0})


def read_vocabulary(generation: Path) -> dict[str, int]:
    """What `write_vocabulary` wrote; nothing where it wrote nothing."""
    return read_values(generation, _FILE) or {}


def update_vocabulary(generation: Path, before: Path | None, new: Mapping[str, int], gone: Iterable[str]) -> None:
    """Write the words of a generation: those of `before`, which it was made from, without the articles that are gone
    (replaced or removed; their ids), and with the `new` ones counted. Raises what `damage_named` raises.
    """
    counts: Counter[str] = Counter()
    if before:
        with damage_named(before):
            counts.update(read_vocabulary(before))
            counts.subtract(count_words(_texts(before, gone)))
    counts.update(new)
    write_vocabulary(generation, counts)


def _texts(generation: Path, ids: Iterable[str]) -> Iterator[str]:
    """The articles with these ids, each with its title."""
    view = open_view(generation, "article")
    for article_id in ids:
        for number in view.postings("id", article_id).documents.tolist():
            article = record_of(view.stored(number)["record"])
            yield f"{article.title}\n{article.text}"


def _without_marks(word: str) -> str:
    """A word without soft hyphens and other characters that nobody sees."""
    return "".join(char for char in word if char.isprintable())
