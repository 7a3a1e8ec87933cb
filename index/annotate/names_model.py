"""The learned model of the tagger of names, and the algorithm that reads its weights.

In: `models/persons.npz`, made by `bench/train_persons.py`. Out: a `Model`; `decode` makes probabilities of weights.

It is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001, "Conditional Random Fields").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from importlib.resources import files

import numpy as np
import numpy.typing as npt

TAGS = ("other", "begin", "inside", "entity")
"""No name, a person's first word, its further words, the name of something else."""

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Model:
    """`weights[by_kind[kind][value], t]` speaks for tag t where the feature kind=value is seen, `transitions[s, t]` for
    tag t behind s. A run stands between words that are tagged "other".
    """

    by_kind: Mapping[str, Mapping[str, int]]
    weights: Floats
    transitions: Floats

    def weight(self, feature: str) -> Floats:
        """What speaks for each tag where `feature` is seen."""
        kind, _, value = feature.partition("=")
        row = self.by_kind.get(kind, {}).get(value)
        found: Floats = np.zeros(len(TAGS), np.float32) if row is None else self.weights[row]
        return found


def load_model() -> Model:
    """Return the shipped model."""
    with files("index.annotate").joinpath("models/persons.npz").open("rb") as file, np.load(file) as arrays:
        names = arrays["features"].tobytes().decode().split("\n")
        weights = arrays["weights"].astype(np.float32) * arrays["scale"]
        transitions = arrays["transitions"]
    by_kind: dict[str, dict[str, int]] = {}
    for row, name in enumerate(names):
        kind, _, value = name.partition("=")
        by_kind.setdefault(kind, {})[value] = row
    return Model(by_kind, weights, transitions)


def decode(emissions: Floats, lengths: Integers, transitions: Floats) -> Floats:
    """The probability of each word to be part of a person's name, by the forward-backward algorithm.

    `emissions` is an array (run, place, tag) with the longest runs first, the result an array (run, place); what lies
    behind a run's end means nothing.
    """
    width = emissions.shape[1]
    most = reduce(np.maximum, (emissions[:, :, tag, None] for tag in range(emissions.shape[2])))  # quicker than `max`
    potentials = np.exp(np.maximum(emissions - most, -30.0), dtype=np.float64)
    steps = np.exp(transitions, dtype=np.float64)  # in float64, a run's product cannot vanish
    alive = (lengths[:, None] > np.arange(width)).sum(axis=0).tolist()
    forward, backward = np.zeros_like(potentials), np.empty_like(potentials)
    forward[:, 0] = steps[0] * potentials[:, 0]
    for place in range(1, width):
        longer = alive[place]
        forward[:longer, place] = (forward[:longer, place - 1] @ steps) * potentials[:longer, place]
    backward[:] = steps[:, 0]
    for place in range(width - 2, -1, -1):
        longer = alive[place + 1]
        backward[:longer, place] = (backward[:longer, place + 1] * potentials[:longer, place + 1]) @ steps.T
    both = forward * backward
    persons: Floats = (both[:, :, 1] + both[:, :, 2]) / np.maximum(both.sum(axis=2), 1e-300)
    return persons
