"""The one chain from text to index terms, for the index and for the query.

In: a text. Out: its terms, each with its kind, its position (counted in tokens) and its offsets into that text; or the
same as numbers of the forms that its tokens have, for a writer that inverts many texts at once.
"""

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from index.german.batches import BatchReader
from index.german.exchange import Exchange
from index.german.forms import Forms
from index.german.neighbours import Neighbours, Place
from index.german.terms import Term
from index.german.tokens import cut
from index.german.words import Words

_MOST_FORMS = 1 << 17

_by_position = attrgetter("position")


class Reading(NamedTuple):
    """A text as the chain reads it: for each token the number of its form and its offsets.

    `Forms.terms` are the terms of a form; `extra` are those that only several tokens give together, by position.
    """

    words: list[int]
    starts: list[int]
    ends: list[int]
    extra: list[Term]


class Chain:
    """Takes text to terms. `own` are the archive's words that compounds are made of, as `archive_words` gives them.

    Terms depend on them: an index is searched with the words that it was built with.
    """

    def __init__(self, own: Iterable[str] = ()) -> None:
        self.words = Words(own)
        self._neighbours = Neighbours(self.words)
        self._analyzed = Forms(self.words)

    def read(self, text: str, forms: Forms) -> Reading:
        """Read `text` into the numbers of `forms`."""
        tokens = cut(text)
        numbers = list(map(forms.__getitem__, tokens.words))
        place = Place(text, tokens.starts, tokens.ends, numbers, forms, 0, len(numbers))
        return Reading(numbers, tokens.starts, tokens.ends, self._neighbours.terms(place))

    def batches(self, exchange: Exchange | None = None) -> BatchReader:
        """What reads many texts at once, and remembers what it, or others in the exchange, learned of forms."""
        return BatchReader(self.words, self._neighbours, exchange)

    def forms(self) -> Forms:
        """The forms that single texts are read with, some 100,000 at most.

        Numbers are those of one `Forms`: who compares the readings of several texts asks once.
        """
        if len(self._analyzed) > _MOST_FORMS:
            self._analyzed = Forms(self.words)
        return self._analyzed

    def analyze(self, text: str) -> list[Term]:
        """All index terms of `text`, by position; what several tokens give together stands at the last of them."""
        forms = self.forms()
        reading = self.read(text, forms)
        known, new = forms.terms, tuple.__new__  # a Term without the cost of its constructor: this is the inner loop
        terms = [
            new(Term, (term, position, start + first, start + last, kind))
            for position, (number, start) in enumerate(zip(reading.words, reading.starts, strict=True))
            for kind, term, first, last in known[number]
        ]
        if reading.extra:
            terms += reading.extra
            terms.sort(key=_by_position)
        return terms


@lru_cache(maxsize=1)
def default_chain() -> Chain:
    """The chain that knows the shipped words alone."""
    return Chain()


def analyze(text: str) -> list[Term]:
    """All index terms of `text` by the shipped words alone; see `Chain.analyze`."""
    return default_chain().analyze(text)
