"""A model's weights, laid out to be looked up by word and by class.

In: a model, the word classes, words. Out: for each word its class and, as arrays, what speaks for each tag where the
word is seen at each of the POSITIONS.
"""

from collections.abc import Sequence

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
from index.annotate.names_model import TAGS, Floats, Integers, Model

KNOWN_WORDS = 1 << 16
"""How many words' weights are kept; then they are forgotten all at once."""


class WordWeights:
    """The weights of words, added up when a word is first seen. `of[row, slot, tag]`, the slots being POSITIONS'."""

    def __init__(self, model: Model, classes: WordClasses) -> None:
        self._classes = classes
        self._context = [_Table.of_context(model, kind) for kind in CONTEXT]
        self._own = [_Table.of_own(model, kind) for kind in OWN]
        self._forget()

    def rows(self, words: Sequence[str]) -> Integers:
        """The row of each word in `of` and `classes`."""
        found = list(map(self._rows.get, words))
        if None in found:
            new = [word for word in dict.fromkeys(words) if word not in self._rows]
            if len(self._rows) + len(new) > KNOWN_WORDS:
                self._forget()
                new = list(dict.fromkeys(words))
            self._learn(new)
            found = list(map(self._rows.get, words))
        return np.array(found, np.intp)

    def names(self, words: Sequence[str]) -> list[str]:
        """The names of the classes of words."""
        return [self._names.get(word) or self._classes.name(word) for word in words]

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self.of: Floats = np.zeros((1 << 10, len(POSITIONS), len(TAGS)), np.float32)
        self.classes: Integers = np.zeros(1 << 10, np.intp)

    def _learn(self, words: Sequence[str]) -> None:
        first, last = len(self._rows), len(self._rows) + len(words)
        if last > len(self.classes):
            room = max(last, 2 * len(self.classes))
            self.of = np.resize(self.of, (room, *self.of.shape[1:]))
            self.classes = np.resize(self.classes, room)
        self._rows.update(zip(words, range(first, last), strict=True))
        kinds = [self._classes.index(word) for word in words]
        names = [self._classes.names[kind] for kind in kinds]
        self._names.update(zip(words, names, strict=True))
        self.classes[first:last] = kinds
        seen = zip(*map(context_values, words, names), strict=True)
        self.of[first:last] = sum(table.weights_of(values) for table, values in zip(self._context, seen, strict=True))
        whole = [at for at, name in enumerate(names) if name not in PLAIN]
        if whole:
            own = zip(*(own_values(words[at]) for at in whole), strict=True)
            total = sum(table.weights_of(values) for table, values in zip(self._own, own, strict=True))
            self.of[first + np.array(whole), 0] += total


class _Table:
    """The weights of one kind of feature by its value; a value that the model does not know weighs nothing."""

    def __init__(self, rows: dict[str, int], weights: Floats) -> None:
        self._rows = rows
        self._weights = weights

    @classmethod
    def of_own(cls, model: Model, kind: str) -> "_Table":
        rows = {"": 0}
        numbers = [0]
        for name, number in model.by_kind.get(kind, {}).items():
            rows[name] = len(numbers)
            numbers.append(number)
        weights = model.weights[numbers]
        weights[0] = 0
        return cls(rows, weights)

    @classmethod
    def of_context(cls, model: Model, kind: str) -> "_Table":
        by_position = [model.by_kind.get(f"{kind}{position:+d}", {}) for position in POSITIONS]
        values = sorted({value for known in by_position for value in known})
        rows = {value: row for row, value in enumerate(values, 1)}
        weights = np.zeros((len(rows) + 1, len(POSITIONS), len(TAGS)), np.float32)
        for slot, known in enumerate(by_position):
            weights[[rows[value] for value in known], slot] = model.weights[list(known.values())]
        return cls(rows, weights)

    def weights_of(self, values: Sequence[str]) -> Floats:
        get = self._rows.get
        found: Floats = self._weights[[get(value, 0) for value in values]]
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
