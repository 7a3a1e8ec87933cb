"""Words as an archive writes them, with their counts, in; those that its compounds are made of, out.

An index is built with these words, and keeps them as long as its postings: `Chain(archive_words(counts))`.
"""

from collections.abc import Iterator, Mapping

from index.german.compounds import Splitter
from index.german.fold import fold, spell

MOST = 50_000
"""So many words at most; the most frequent."""

_SHORTEST = 5
_LONGEST = 24
_LEAST_COUNT = 2


def archive_words(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The nouns and names that are unknown to the tables and no compounds of others, folded and with their umlauts.

    `counts` has the words of the archive, or of a good part of it, as they are written. Believed are words that are
    written with a capital, and mostly so, at least twice and in at least five letters. Short words are looked at first,
    for the long ones may be made of them.
    """
    splitter, found = Splitter(), []
    for word in sorted(_believed(counts), key=lambda word: (len(word), word)):
        if not splitter.is_known(word) and not splitter.split(word):
            splitter.learn(word)
            found.append(word)
    return tuple(found)


def _believed(counts: Mapping[str, int]) -> Iterator[str]:
    nouns = {word: count for word, count in counts.items() if count >= _LEAST_COUNT and _is_noun(word, count, counts)}
    for word in sorted(nouns, key=lambda word: (-nouns[word], word))[:MOST]:
        yield spell(fold(word))


def _is_noun(word: str, count: int, counts: Mapping[str, int]) -> bool:
    is_capital = word[:1].isupper() and word[1:].islower() and word.isalpha()
    return is_capital and _SHORTEST <= len(word) <= _LONGEST and counts.get(word.lower(), 0) * 2 <= count
