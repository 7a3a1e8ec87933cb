"""A tagger of names: which words of a run are a person's name.

In: a block of tokens and its runs. Out: the probability of each word to be part of a person's name.

Every feature of the model depends on one word or on two words' classes, so a word's weights are added up once and then
looked up, and all runs of a block are decoded together, step by step, as arrays.
"""

from collections.abc import Iterable

import numpy as np

from index.annotate.names_classes import WordClasses
from index.annotate.names_features import POSITIONS
from index.annotate.names_model import Floats, Model, decode
from index.annotate.names_tokens import Block, Integers, Run, Runs
from index.annotate.names_weights import ClassWeights, WordWeights

_DISTANCES = np.array(POSITIONS)[:, None]
_SLOTS = np.arange(len(POSITIONS))[:, None]
_KINDS = np.arange(3)[:, None]
_ONE, _TWO = [1, 0, 1], [0, 2, 2]
"""Of which two classes each kind of pair is, as slots: before and here, here and behind, before and behind."""


class NameTagger:
    """Tags runs by one model and one set of word classes."""

    def __init__(self, model: Model, classes: WordClasses) -> None:
        self._words = WordWeights(model, classes)
        self._classes = ClassWeights(model, classes)
        self._transitions = model.transitions

    def likely(self, block: Block, runs: Runs, least: float) -> list[tuple[Run, list[float]]]:
        """Return the runs that have a word which is part of a person's name with a probability of `least` or more, in
        order, each with the probabilities of all its words."""
        if not len(runs.firsts):
            return []
        by_length = np.argsort(runs.firsts - runs.lasts, kind="stable")
        firsts = runs.firsts[by_length]
        lengths = runs.lasts[by_length] - firsts
        persons = decode(self._emissions(block, firsts, lengths), lengths, self._transitions)
        found = []
        for row in (persons.max(axis=1) >= least).nonzero()[0].tolist():
            first, length = int(firsts[row]), int(lengths[row])
            found.append((Run(first, first + length), persons[row, :length].tolist()))
        return sorted(found)

    def know(self, words: list[str]) -> None:
        """Learn the numbered words of a block that comes."""
        self._words.know(words)

    def word_classes(self, numbers: Iterable[int]) -> list[str]:
        """The classes of words, by their numbers."""
        return list(map(self._words.names.__getitem__, numbers))

    def _emissions(self, block: Block, firsts: Integers, lengths: Integers) -> Floats:
        """The weight of each tag at each place: an array (run, place in the run, tag); the longest run comes first."""
        places = np.arange(len(block.numbers)) + 2 * block.sentences + 2
        numbers = np.zeros(places[-1] + 3, np.intp)  # a boundary is two words wide: so no neighbour is beyond it
        numbers[places] = block.numbers
        owner = np.repeat(np.arange(len(firsts)), lengths)
        place = np.arange(len(owner)) - (lengths.cumsum() - lengths)[owner]
        at = firsts[owner] + place
        near = numbers[places[at] + _DISTANCES]
        kinds = self._words.classes[near[:3]]
        weights = np.concatenate(
            (
                self._words.of[near, _SLOTS],
                self._classes.pairs[_KINDS, kinds[_ONE], kinds[_TWO]],
                self._classes.places[np.minimum(lengths, 4)[owner], np.minimum(place, 3), kinds[0]][None],
            )
        )
        emissions = np.zeros((len(firsts), int(lengths[0]), weights.shape[2]), np.float32)
        emissions[owner, place] = weights.sum(axis=0)
        return emissions
