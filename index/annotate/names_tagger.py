"""A tagger of names: which words of a run are a person's name.

In: a block of tokens and its runs. Out: the probability of each word to be part of a person's name.

Every feature of the model depends on one word or on two words' classes, so a word's weights are added up once and then
looked up, and all runs of a block are decoded together, step by step, as arrays.
"""

from collections.abc import Sequence

import numpy as np

from index.annotate.names_classes import WordClasses
from index.annotate.names_model import Floats, Integers, Model, decode
from index.annotate.names_tokens import BOUNDARY, Block, Run
from index.annotate.names_weights import ClassWeights, WordWeights

_EDGE = [BOUNDARY, BOUNDARY]


def _length(run: Run) -> int:
    return run.last - run.first


class NameTagger:
    """Tags runs by one model and one set of word classes."""

    def __init__(self, model: Model, classes: WordClasses) -> None:
        self._words = WordWeights(model, classes)
        self._classes = ClassWeights(model, classes)
        self._transitions = model.transitions

    def likely(self, block: Block, runs: Sequence[Run], least: float) -> list[tuple[Run, list[float]]]:
        """Return the runs that have a word which is part of a person's name with a probability of `least` or more, in
        order, each with the probabilities of all its words."""
        if not runs:
            return []
        by_length = sorted(runs, key=_length, reverse=True)
        lengths = np.array(list(map(_length, by_length)))
        persons = decode(self._emissions(block, by_length, lengths), lengths, self._transitions)
        hot = np.flatnonzero(persons.max(axis=1) >= least).tolist()
        return sorted((by_length[row], persons[row, : lengths[row]].tolist()) for row in hot)

    def word_classes(self, words: Sequence[str]) -> list[str]:
        """The classes of words."""
        return self._words.names(words)

    def _emissions(self, block: Block, runs: Sequence[Run], lengths: Integers) -> Floats:
        """The weight of each tag at each place: an array (run, place in the run, tag); `runs` come longest first."""
        numbers = self._words.rows([*_EDGE, *block.words, *_EDGE])
        boundary = numbers[0]
        heads = np.zeros(len(numbers) + 1, bool)
        heads[[head + 2 for head in block.sentence_starts]] = True
        owner = np.repeat(np.arange(len(runs)), lengths)
        place = np.arange(len(owner)) - (np.cumsum(lengths) - lengths)[owner]
        at = np.array([run.first + 2 for run in runs])[owner] + place
        before, behind = heads[at], heads[at + 1]
        near = (
            numbers[at],
            np.where(before, boundary, numbers[at - 1]),
            np.where(behind, boundary, numbers[at + 1]),
            np.where(before | heads[at - 1], boundary, numbers[at - 2]),
            np.where(behind | heads[at + 2], boundary, numbers[at + 2]),
        )
        weights, pairs = self._words.of, self._classes.pairs
        here, left, right = (self._words.classes[rows] for rows in near[:3])
        total = weights[near[0], 0]
        for slot in range(1, len(near)):
            total += weights[near[slot], slot]
        total += pairs[0][left, here]
        total += pairs[1][here, right]
        total += pairs[2][left, right]
        total += self._classes.places[np.minimum(lengths, 4)[owner], np.minimum(place, 3), here]
        emissions = np.zeros((len(runs), int(lengths[0]), total.shape[1]), np.float32)
        emissions[owner, place] = total
        return emissions
