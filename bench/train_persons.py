"""Train the tagger of names: tagged sentences in, `index/annotate/models/persons.npz` out.

    python -m bench.train_persons ../shared/ner/germeval2014.tsv

The input has a token and its tag a line, a blank line between sentences (GermEval 2014, Benikova et al., CC BY 4.0);
`person_examples` makes examples of them. The model is a conditional random field, trained on the likelihood of the tags
with a quadratic penalty, by Adam (Kingma and Ba 2015) on the whole data. The same input and tables give the same model.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.person_examples import Example, read, training_data
from index.annotate.names_model import TAGS
from index.annotate.tables import load_tables

LEAST = 2
"""How often a feature must be seen to be kept."""
PENALTY = 1.0
ROUNDS = 120
RATE = 0.08
TARGET = Path(__file__).resolve().parent.parent / "index" / "annotate" / "models" / "persons.npz"

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Learned:
    """The names of the features, their weights for each tag, the weights of a tag behind another."""

    features: list[str]
    weights: Floats
    transitions: Floats


def learn(data: Sequence[Example]) -> Learned:
    """Fit the weights."""
    counts = Counter(feature for example in data for word in example.features for feature in word)
    kept = sorted(feature for feature, count in counts.items() if count >= LEAST)
    known = {feature: index for index, feature in enumerate(kept)}
    order = sorted(data, key=lambda example: -len(example.tags))
    lengths = np.array([len(example.tags) for example in order])
    width = int(lengths[0])
    inside = np.arange(width) < lengths[:, None]
    gold = np.zeros((len(order), width), np.intp)
    rows: list[int] = []
    ends = [0]
    for number, example in enumerate(order):
        gold[number, : len(example.tags)] = example.tags
        for word in example.features:
            rows += [known[feature] for feature in word if feature in known]
            ends.append(len(rows))
    flat = np.array(rows, np.intp)
    owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    weights = np.zeros((len(kept), len(TAGS)))
    transitions = np.zeros((len(TAGS), len(TAGS)))
    moments = [np.zeros_like(weights), np.zeros_like(weights), np.zeros_like(transitions), np.zeros_like(transitions)]
    for turn in range(1, ROUNDS + 1):
        scores = np.zeros((len(ends) - 1, len(TAGS)))
        for tag in range(len(TAGS)):
            scores[:, tag] = np.bincount(owner, weights[flat, tag], len(ends) - 1)
        emissions = np.zeros((len(order), width, len(TAGS)))
        emissions[inside] = scores
        loss, slope, steps = likelihood(emissions, lengths, gold, transitions)
        slope_words = slope[inside]
        gradient = np.stack([np.bincount(flat, slope_words[owner, tag], len(kept)) for tag in range(len(TAGS))], axis=1)
        _adam(weights, gradient + PENALTY * weights, moments[0], moments[1], turn)
        _adam(transitions, steps + PENALTY * transitions, moments[2], moments[3], turn)
        if turn % 20 == 0:
            print(f"round {turn}: loss {loss + PENALTY / 2 * float((weights**2).sum()):.0f}", file=sys.stderr)
    return Learned(kept, weights, transitions)


def _adam(values: Floats, gradient: Floats, mean: Floats, square: Floats, turn: int) -> None:
    mean += 0.1 * (gradient - mean)
    square += 0.001 * (gradient**2 - square)
    rate = RATE * min(1.0, 2.0 * (1 - turn / (ROUNDS + 1)))
    values -= rate * (mean / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.999**turn)) + 1e-8)


def likelihood(
    emissions: Floats, lengths: Integers, gold: Integers, transitions: Floats
) -> tuple[float, Floats, Floats]:
    """Minus the log likelihood of `gold`, and its slope by emissions and by transitions; runs come longest first."""
    count, width, _ = emissions.shape
    alive = [int((lengths > place).sum()) for place in range(width)]
    high = emissions.max(axis=2, keepdims=True)
    potentials, step = np.exp(emissions - high), np.exp(transitions)
    forward, backward = np.zeros_like(potentials), np.zeros_like(potentials)
    scale = np.ones((count, width))
    for place in range(width):
        n = alive[place]
        state = (forward[:n, place - 1] @ step if place else step[0]) * potentials[:n, place]
        scale[:n, place] = state.sum(axis=1)
        forward[:n, place] = state / scale[:n, place, None]
    rows = np.arange(count)
    last = (forward[rows, lengths - 1] * step[:, 0]).sum(axis=1)
    backward[rows, lengths - 1] = step[:, 0] / last[:, None]
    pairs = np.zeros_like(transitions)
    pairs[:, 0] = (forward[rows, lengths - 1] * backward[rows, lengths - 1]).sum(axis=0)
    for place in range(width - 1, 0, -1):
        n = alive[place]
        ahead = backward[:n, place] * potentials[:n, place] / scale[:n, place, None]
        pairs += (forward[:n, place - 1].T @ ahead) * step
        backward[:n, place - 1] = np.where((lengths[:n] == place)[:, None], backward[:n, place - 1], ahead @ step.T)
    slope = forward * backward
    pairs[0] += slope[:, 0].sum(axis=0)
    inside = np.arange(width) < lengths[:, None]
    total = float(np.log(scale[inside]).sum() + high[:, :, 0][inside].sum() + np.log(last).sum())
    previous = np.concatenate([np.zeros((count, 1), np.intp), gold[:, :-1]], axis=1)
    right = emissions[rows[:, None], np.arange(width), gold][inside].sum() + transitions[previous, gold][inside].sum()
    right += transitions[gold[rows, lengths - 1], 0].sum()
    np.subtract.at(slope, (rows[:, None] + 0 * gold, np.arange(width) + 0 * gold, gold), inside.astype(float))
    np.subtract.at(pairs, (previous[inside], gold[inside]), 1.0)
    pairs[:, 0] -= np.bincount(gold[rows, lengths - 1], minlength=len(pairs))
    return total - float(right), slope, pairs


def save(model: Learned, path: Path) -> None:
    """Write the model, weights in steps of a 127th of the greatest; features that say next to nothing are left out."""
    scale = float(np.abs(model.weights).max()) / 127
    small = np.round(model.weights / scale).astype(np.int8)
    names = np.array(model.features)
    heard = np.abs(small).max(axis=1) > 1
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names[heard]).encode(), np.uint8),
        weights=small[heard],
        scale=np.float32(scale),
        transitions=model.transitions.astype(np.float32),
    )


def main(source: str) -> None:
    save(learn(training_data(list(read(Path(source))), load_tables())), TARGET)


if __name__ == "__main__":
    main(sys.argv[1])
