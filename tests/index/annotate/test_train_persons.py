"""The training of the tagger of names: its slope is right, it learns what it is shown, the same each time."""

import numpy as np
import pytest

from bench.person_examples import Example, Token, training_data
from bench.train_persons import learn, likelihood
from index.annotate.tables import load_tables

LENGTHS = np.array([3, 2, 2, 1])


def problem() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(3)
    return chance.normal(size=(4, 3, 4)), chance.integers(0, 4, (4, 3)), chance.normal(size=(4, 4))


@pytest.mark.parametrize("place", [(0, 0, 1), (0, 2, 3), (1, 1, 0), (3, 0, 2)])
def test_the_slope_by_emissions_is_that_of_the_likelihood(place: tuple[int, int, int]) -> None:
    emissions, gold, transitions = problem()
    slope = likelihood(emissions, LENGTHS, gold, transitions)[1]
    near = emissions.copy()
    near[place] += 1e-6
    rise = likelihood(near, LENGTHS, gold, transitions)[0] - likelihood(emissions, LENGTHS, gold, transitions)[0]
    assert rise / 1e-6 == pytest.approx(slope[place], abs=1e-4)


@pytest.mark.parametrize("place", [(0, 1), (1, 2), (2, 0), (3, 3)])
def test_the_slope_by_transitions_is_that_of_the_likelihood(place: tuple[int, int]) -> None:
    emissions, gold, transitions = problem()
    slope = likelihood(emissions, LENGTHS, gold, transitions)[2]
    near = transitions.copy()
    near[place] += 1e-6
    rise = likelihood(emissions, LENGTHS, gold, near)[0] - likelihood(emissions, LENGTHS, gold, transitions)[0]
    assert rise / 1e-6 == pytest.approx(slope[place], abs=1e-4)


def test_learning_tells_apart_what_it_was_shown() -> None:
    data = [Example([["word=Herr"], ["word=Roe"]], [0, 1]), Example([["word=Ort"]], [3])] * 4
    learned = learn(data)
    best = {name: int(learned.weights[row].argmax()) for row, name in enumerate(learned.features)}
    assert best == {"word=Herr": 0, "word=Ort": 3, "word=Roe": 1}


def test_the_same_sentences_give_the_same_examples() -> None:
    sentence: list[Token] = [("Der", "O"), ("Kuchen", "O"), ("von", "O"), ("Jon", "B-PER"), ("Roe", "I-PER")]
    tables = load_tables()
    first = training_data([sentence], tables)
    assert first == training_data([sentence], tables)
    assert [0, 0, 1, 2] in [example.tags for example in first]
