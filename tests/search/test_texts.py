"""What C makes of texts is what Python makes of them, and what does not fit is an error."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import texts
from search.model import Passage
from search.nearby import Match, Read

PIECES = ["Hafen", "Kran", "Hafenkran", "im", "12", "…", "ﬂ", "𝔄", "\u00a0", "\u2028", ",", "x" * 400]
GAPS = [" ", "\n", "", "\t", "  "]


@st.composite
def whole(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30))
    return "".join(piece + draw(st.sampled_from(GAPS)) for piece in pieces)


def test_the_functions_were_compiled() -> None:
    assert texts.COMPILED, "the tests' machine has a compiler: make .venv/.runtime says what went wrong"
    assert all(getattr(texts, name) is getattr(texts.COMPILED, name) for name in texts.PLAIN)


def both(name: str, *given_: Any) -> Any:
    """What both give, which is the same."""
    found = getattr(texts.COMPILED, name)(*given_)
    assert found == texts.PLAIN[name](*given_)
    return found


WORDS = ["Hafen", "afen", "Kran", "n", "x", "𝔄", "ß"]


@given(whole(), st.lists(st.sampled_from(WORDS), max_size=4, unique=True))
def test_pieces_are_the_same(text: str, words: list[str]) -> None:
    for start, piece in both("pieces_near", text, words) or []:
        assert text[start : start + len(piece)] == piece


def read(piece: str) -> Read:
    """As if each letter a were of a word, with the first letter of its piece."""
    found = [Match(at, at + 1, "aA"[at % 2], "stem" if at % 3 else None, (0, at + 1)) for at in range(len(piece))]
    return len(piece), [match for match in found if piece[match.start] == "a"]


@given(whole(), st.lists(st.sampled_from(WORDS), max_size=4, unique=True))
def test_matches_near_words_are_the_same(text: str, words: list[str]) -> None:
    found = both("matches_near", text, words, {"Hafen": (9, [])}, read, Match)
    pieces = texts.pieces_near(text, words)
    assert (found is None) == (pieces is None)
    if found:
        assert all(isinstance(match, Match) and text[match.start] == "a" for match in found[0])
        assert found[1] == sum(9 if piece == "Hafen" else len(piece) for _, piece in pieces)


@st.composite
def matches(draw: st.DrawFn, text: str, most: int = 12) -> list[Match]:
    """Places in a text, by their start; they may overlap, or be the same."""
    inside = st.integers(0, len(text))
    found: list[Match] = []
    for first, last, begin, end in draw(st.lists(st.tuples(inside, inside, inside, inside), max_size=most)):
        start, stop = sorted((first, last))
        if not text[start:stop] or text[start:stop] != text[start:stop].strip():
            continue  # a word begins and ends with a letter
        around = (min(begin, start), max(end, stop)) if draw(st.booleans()) else (start, stop)
        found.append(Match(start, stop, draw(st.sampled_from(["Hafen", "Kran", "Tor"])), "stem", around))
    return sorted(found + found[: draw(st.integers(0, 2))])


@given(st.data())
def test_marks_are_the_same(data: st.DataObject) -> None:
    found = data.draw(matches("x" * data.draw(st.integers(0, 60)), 5))
    marks = both("marks_apart", found)
    if marks is not None:
        assert list(marks[0]) == sorted({(match.start, match.end) for match in found})


@given(st.data(), whole(), st.integers(1, 5))
def test_passages_are_the_same(data: st.DataObject, text: str, most: int) -> None:
    found = data.draw(matches(text))
    bounds = sorted(data.draw(st.lists(st.integers(0, len(text) + 2), max_size=20)))
    bounds = bounds[: len(bounds) // 2 * 2]
    marks = tuple((match.start, match.end) for match in found)
    words = tuple(match.around for match in found)
    shown = both("passages_of", text, found, marks, words, bounds[::2], bounds[1::2], most, Passage)
    assert all(isinstance(passage, Passage) for passage in shown) and len(shown) <= most


@given(
    whole(), st.lists(st.integers(-5, 999) | st.sampled_from([2**32, 2**62, -(2**62), 2**70]), max_size=9), st.data()
)
def test_sentences_that_lie_anywhere_end_nothing(text: str, numbers: list[int], data: st.DataObject) -> None:
    """As those of a damaged file may."""
    found = data.draw(matches(text))
    with suppress(ValueError, IndexError):
        texts.passages_of(text, found, (), (), numbers, numbers[::-1], 3, Passage)


@pytest.mark.parametrize(
    ("name", "given_"),
    [
        ("pieces_near", ("text",)),
        ("pieces_near", (b"text", [])),
        ("pieces_near", ("text", ("t",))),
        ("pieces_near", ("text", [1])),
        ("matches_near", ("text", ["t"], {}, read)),
        ("matches_near", ("text", ["t"], None, read, Match)),
        ("matches_near", ("text", ["t"], {}, None, Match)),
        ("matches_near", ("text", ["t"], {}, read, dict)),
        ("matches_near", ("text", ["t"], {"text": 1}, read, Match)),
        ("matches_near", ("text", ["t"], {"text": ("a", [])}, read, Match)),
        ("matches_near", ("text", ["t"], {"text": (1, [1])}, read, Match)),
        ("matches_near", ("text", ["t"], {"text": (1, [("a", 1, "", "", (0, 1))])}, read, Match)),
        ("matches_near", ("text", ["t"], {"text": (1, [(0, 1, "", "", (0,))])}, read, Match)),
        ("marks_apart", ()),
        ("marks_apart", ((),)),
        ("marks_apart", ([1],)),
        ("marks_apart", ([(0, 1, "", "", ("a", 1))],)),
        ("passages_of", ("text", [], (), (), [], [], 3)),
        ("passages_of", ("text", [], (), (), [0], [], 3, Passage)),
        ("passages_of", ("text", [], (), (), [0], ["a"], 3, Passage)),
        ("passages_of", ("text", [], (), (), [2**63], [4], 3, Passage)),
        ("passages_of", ("text", [], (), (), [], [], 0, Passage)),
        ("passages_of", ("text", [1], (), (), [], [], 3, Passage)),
        ("passages_of", ("text", [(0, 1, 2, 3, 4)], (), (), [], [], 3, Passage)),
        ("passages_of", ("text", [(0, 1)], (), (), [], [], 3, Passage)),
        ("passages_of", ("text", [], (1,), (), [], [], 3, Passage)),
        ("passages_of", (None, [], (), (), [], [], 3, Passage)),
        ("passages_of", ("text", [], (), (), [], [], 3, int)),
    ],
)
def test_what_does_not_fit_is_an_error(name: str, given_: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError)):
        getattr(texts.COMPILED, name)(*given_)


def test_an_error_of_who_reads_a_piece_comes_through() -> None:
    def fails(piece: str) -> Read:
        raise KeyError(piece)

    with pytest.raises(KeyError, match="text"):
        texts.matches_near("text", ["t"], {}, fails, Match)


def test_functions_of_another_version_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts._compiled() is texts.COMPILED
    monkeypatch.setattr(texts.COMPILED, "VERSION", texts.VERSION - 1)
    assert texts._compiled() is None
