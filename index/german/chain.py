"""The one chain from text to index terms, for the index and for the query.

In: a text. Out: its terms, each with its kind, its position (counted in tokens) and its offsets into that text.
"""

from collections.abc import Mapping
from functools import lru_cache

from index.german.neighbours import Member, Neighbours
from index.german.terms import Term
from index.german.tokens import hyphens, token_spans
from index.german.words import Words


class Chain:
    """Takes text to terms. `vocabulary` are the archive's words as written, with their counts.

    The parts of compounds depend on it: an index keeps the vocabulary that it was built with.
    """

    def __init__(self, vocabulary: Mapping[str, int] | None = None) -> None:
        self.words = Words(vocabulary)

    def analyze(self, text: str) -> list[Term]:
        """All index terms of `text`, by position; what several tokens give together stands at the last of them."""
        neighbours = Neighbours(self.words, text)
        known, read, ties = self.words.known, self.words.entry, hyphens(text)
        terms: list[Term] = []
        add, new = terms.append, tuple.__new__  # a Term without the cost of its constructor: this is the inner loop
        for position, (start, end) in enumerate(token_spans(text)):
            raw = text[start:end]
            plain, is_plain, word = known.get(raw) or read(raw)
            for kind, term in plain:
                add(new(Term, (term, position, start, end, kind)))
            if is_plain and end not in ties and start - 1 not in ties and not neighbours.waiting:
                continue
            for term, first, last in word.keys:
                add(Term(term, position, start + first, start + last, "part"))
            terms.extend(neighbours.terms(Member(word, start, end, position)))
        return terms


@lru_cache(maxsize=1)
def default_chain() -> Chain:
    """The chain that knows the shipped words alone."""
    return Chain()


def analyze(text: str) -> list[Term]:
    """All index terms of `text` by the shipped words alone; see `Chain.analyze`."""
    return default_chain().analyze(text)
