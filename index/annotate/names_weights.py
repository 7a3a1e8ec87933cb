"""A model's weights, laid out to be looked up by word and by class.

In: a model, the word classes, numbered words. Out: for each word its class and, as arrays, what speaks for each tag
where the word is seen at each of the POSITIONS.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from index.annotate.names_classes import WordClasses
from index.annotate.names_features import (
    CONTEXT,
    OWN,
    PLAIN,
    POSITIONS,
    context_values,
    own_values,
    pair_features,
    place_features,
)
from index.annotate.names_model import TAGS, Floats, Model
from index.annotate.names_tokens import Integers, with_values


class WordWeights:
    """The weights of numbered words, added up when a word is first seen: `of[number, slot, tag]`, the slots being
    POSITIONS'; `classes[number]` are their classes, `names[number]` what these are called."""

    def __init__(self, model: Model, classes: WordClasses) -> None:
        self._classes = classes
        self._context = _Table.of_context(model)
        self._own = _Table.of_own(model)
        self._words: list[str] = []
        self.names: list[str] = []
        self.of: Floats = np.zeros((1 << 10, len(POSITIONS), len(TAGS)), np.float32)
        self.classes: Integers = np.zeros(1 << 10, np.intp)

    def know(self, words: list[str]) -> None:
        """Learn what is new in the list of numbered words; all of it, where it is another list."""
        if words is not self._words:
            self._words, self.names = words, []
        if len(self.names) < len(words):
            self._learn(words[len(self.names) :])

    def _learn(self, words: Sequence[str]) -> None:
        first = len(self.names)
        kinds = [self._classes.index(word) for word in words]
        names = [self._classes.names[kind] for kind in kinds]
        self.names += names
        self.classes = with_values(self.classes, first, kinds)
        weights = self._context.sums(zip(*map(context_values, words, names), strict=True), len(words))
        whole = [at for at, name in enumerate(names) if name not in PLAIN]
        if whole:
            own = self._own.sums(zip(*(own_values(words[at]) for at in whole), strict=True), len(whole))
            weights[whole, 0] += own
        self.of = with_values(self.of, first, weights)


class _Table:
    """The weights of some kinds of features by their values; a value that the model does not know weighs nothing."""

    def __init__(self, rows: Sequence[Mapping[str, int]], weights: Floats) -> None:
        self._rows = rows
        self._weights = weights

    @classmethod
    def of_own(cls, model: Model) -> "_Table":
        rows: list[dict[str, int]] = []
        numbers = [0]
        for kind in OWN:
            known = model.by_kind.get(kind, {})
            rows.append(dict(zip(known, range(len(numbers), len(numbers) + len(known)), strict=True)))
            numbers += known.values()
        weights = model.weights[numbers]
        weights[0] = 0
        return cls(rows, weights)

    @classmethod
    def of_context(cls, model: Model) -> "_Table":
        rows: list[dict[str, int]] = []
        size = 1
        for kind in CONTEXT:
            values = sorted({value for at in POSITIONS for value in model.by_kind.get(f"{kind}{at:+d}", {})})
            rows.append(dict(zip(values, range(size, size + len(values)), strict=True)))
            size += len(values)
        weights = np.zeros((size, len(POSITIONS), len(TAGS)), np.float32)
        for kind, known in zip(CONTEXT, rows, strict=True):
            for slot, at in enumerate(POSITIONS):
                seen = model.by_kind.get(f"{kind}{at:+d}", {})
                weights[[known[value] for value in seen], slot] = model.weights[list(seen.values())]
        return cls(rows, weights)

    def sums(self, columns: Iterable[Sequence[str]], size: int) -> Floats:
        """The weights of `size` words, added up; `columns` are their values, kind by kind."""
        numbers = [known.get(value, 0) for known, values in zip(self._rows, columns, strict=True) for value in values]
        found: Floats = self._weights[numbers].reshape(len(self._rows), size, *self._weights.shape[1:]).sum(axis=0)
        return found


class ClassWeights:
    """The weights of pairs of classes, `pairs[kind, one, two, tag]`, and of places, `places[size, at, class, tag]`."""

    def __init__(self, model: Model, classes: WordClasses) -> None:
        count = len(classes.names)
        self.pairs: Floats = np.zeros((3, count, count, len(TAGS)), np.float32)
        self.places: Floats = np.zeros((5, 4, count, len(TAGS)), np.float32)
        for one, before in enumerate(classes.names):
            for two, behind in enumerate(classes.names):
                for kind, feature in enumerate(pair_features(before, behind)):
                    self.pairs[kind, one, two] = model.weight(feature)
        for size in range(1, 5):
            for at in range(4):
                for index, name in enumerate(classes.names):
                    self.places[size, at, index] = sum(map(model.weight, place_features(size, at, name)))
