"""The comparison itself works: on a few sentences each engine finds what it must, and the same seed gives the same."""

import random
from pathlib import Path

import pytest

from bench.retrieval import figures
from bench.retrieval.disturb import disturbed, inflected, regrouped
from bench.retrieval.engines import ENGINES, MODES, Asked

BODIES = [
    "Die Kleinstadt bekommt einen neuen Bahnhof, der Bürgermeister freut sich.",
    "Am Hafen steht ein Kran; er ist groß und alt.",
    "Der Bürgermeister tritt zurück. Ein Nachfolger wird gesucht.",
]


def asked(typed: str) -> Asked:
    return Asked(typed, tuple(typed.split()))


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_finds_what_it_must(name: str, tmp_path: Path) -> None:
    if name.startswith("tantivy"):
        pytest.importorskip("tantivy", reason="tantivy is a tool of this measurement only")
    rank = ENGINES[name](BODIES, tmp_path)
    assert rank(asked("Bürgermeister Bahnhof"), "every word", 10) == [0]
    assert rank(asked("Bürgermeister Nachfolger"), "any word", 10) == [2, 0]
    assert rank(asked("Kleinstadt Bahnhof"), "as typed", 10) == [0]
    assert all(rank(asked("Leuchtturm"), mode, 10) == [] for mode in MODES)


def test_queries_are_disturbed_in_one_way_each_and_again_alike() -> None:
    titles = ["Regierung plant Küstenschutz", "US-Regierung zögert"]
    queries = disturbed(titles, seed=1)
    assert queries == disturbed(titles, seed=1)
    assert queries["plain"] == titles
    assert queries["inflected"][0] == "Regierungen plant Küstenschutz"
    assert queries["regrouped"] == ["Regierung plant Küsten-Schutz", "Usregierung zögert"] or queries["regrouped"] == [
        "Regierung plant Küsten Schutz",
        "Usregierung zögert",
    ]
    assert queries["respelled"] == ["Regierung plant Kuestenschutz", "US-Regierung zoegert"]


@pytest.mark.parametrize(
    ("word", "other"), [("Museum", "Museen"), ("Krieg", "Kriegen"), ("Rom", "Rom"), ("heute", "heute")]
)
def test_a_noun_gets_another_form(word: str, other: str) -> None:
    endings = {"eum": ["een"], "krieg": ["kriege"], "Krieg": ["Kriegen"]}
    assert inflected(word, endings, random.Random(1)) == other


def test_what_stands_around_a_compound_does_not_hide_it() -> None:
    parts = {"Küstenschutz": ["Küsten", "schutz"]}
    assert regrouped("„Küstenschutz“", parts, random.Random(1)).replace("-", " ") == "Küsten Schutz"


def test_figures_are_means_over_all_queries() -> None:
    ranked = {"a": [0], "b": [9, 1], "c": []}
    assert figures(lambda a, mode, depth: ranked[a.typed], [*map(asked, "abca")], "any word") == (1.5 / 4, 2 / 4)
