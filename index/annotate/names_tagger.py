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


class NameTagger:
    """Tags runs by one model and one set of word classes."""

    def __init__(self, model: Model, classes: WordClasses) -> None:
        self._words = WordWeights(model, classes)
        self._classes = ClassWeights(model, classes)
        self._transitions = model.transitions

    def chances(self, block: Block, runs: Sequence[Run]) -> list[list[float]]:
        """Return for each run the probability of each of its words to be part of a person's name."""
        if not runs:
            return []
        order = sorted(runs, key=lambda run: run.first - run.last)
        lengths = np.array([run.last - run.first for run in order])
        rows = decode(self._emissions(block, order, lengths), lengths, self._transitions).tolist()
        found = {run: row[: run.last - run.first] for run, row in zip(order, rows, strict=True)}
        return [found[run] for run in runs]

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
