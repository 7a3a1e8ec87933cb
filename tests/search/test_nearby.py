"""What is cut near some words is cut as it is in the whole text, and nothing with these words is left out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.german.tokens import cut
from search.nearby import in_any_case, pieces_near, shortest

PIECES = [
    "Haus",
    "Rathaus-",
    "Bürger:innenrat",
    "(Haus)",
    "und",
    "12",
    "000",
    "Hau\u0308ser",
    "\u0301",
    "\u00a0",
    ",",
    "x",
]
WORDS = ["Haus", "haus", "innen", "Hau\u0308ser", "x", "und"]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).flatmap(
    lambda pieces: st.lists(st.sampled_from([" ", "\n", "", "\t"]), min_size=len(pieces), max_size=len(pieces)).map(
        lambda gaps: "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True))
    )
)


@given(texts, st.lists(st.sampled_from(WORDS), max_size=3, unique=True))
def test_near_words_tokens_are_those_of_the_whole_text(text: str, words: list[str]) -> None:
    whole = list(zip(*cut(text), strict=True))
    near = pieces_near(text, words)
    if near is not None:
        cuts = ((at, cut(piece)) for at, piece in near)
        tokens = [(word, at + start, at + end) for at, of in cuts for word, start, end in zip(*of, strict=True)]
        assert tokens == [token for token in whole if token in tokens]  # each once, in order
        assert {token for token in whole if any(word in token[0] for word in words)} <= set(tokens)


FEW = [
    ("Das Haus am See steht.\nEin Rathaus-Anbau auch.", ["haus"], ["Rathaus", "Anbau"]),
    ("Ein Haus, ein „Haus“", ["Haus"], ["Haus", "Haus"]),
    ("Bürger:innenrat tagt", ["rat"], ["Bürger:innenrat"]),
    ("Niemand da", ["Haus"], []),
    ("Niemand da", [], []),
    ("12 000 Häuser", ["Häuser"], ["Häuser"]),
]


@pytest.mark.parametrize(("text", "words", "tokens"), FEW)
def test_only_what_is_near_is_cut(text: str, words: list[str], tokens: list[str]) -> None:
    near = pieces_near(text, words)
    assert near is not None and [word for _, piece in near for word in cut(piece).words] == tokens


@pytest.mark.parametrize(("text", "words"), [("12 000", ["12"]), ("Haus " * 1000, ["Haus"]), ("Haus", ["x"] * 1000)])
def test_the_whole_text_is_cut_for_numbers_and_for_many_words(text: str, words: list[str]) -> None:
    assert pieces_near(text, words) is None


@pytest.mark.parametrize("text", ["Haus" * 500_000, "Haus " + "x" * 2_000_000, ("x" * 50_000 + " Haus ") * 40])
def test_a_monster_takes_linear_time(text: str) -> None:
    began = time.process_time()
    pieces_near(text, ["Haus", "x" * 100 + "y"])
    assert time.process_time() - began < 2


@given(texts, st.lists(st.sampled_from([*WORDS, "Haushalt", "xx", "rundum"]), max_size=6))
def test_the_shortest_words_stand_wherever_one_stands(text: str, words: list[str]) -> None:
    kept = shortest(words)
    assert set(kept) <= set(words)
    assert any(word in text for word in words) == any(word in text for word in kept)
    assert not any(one != other and one in other for one in kept for other in kept)


def test_of_many_words_the_beginnings_stand_wherever_one_stands() -> None:
    many = [f"beginnend{one}{other}" for one in "abcdefgh" for other in "abcdefgh"]
    assert shortest(many) == ["beginnen"]
    assert shortest([*many, "Haus"]) == ["Haus", "beginnen"]
    different = [f"{one}{other}beginn" for one in "abcdefgh" for other in "abcdefgh"]
    assert len(shortest(different)) > 48 and pieces_near("", shortest(different)) is None


@given(st.lists(st.sampled_from([*WORDS, "Haushalt", "haushalt", "rundum", "Rundum", "ßhalt"]), max_size=6))
def test_a_word_in_any_case_stands_wherever_one_stands(words: list[str]) -> None:
    found = in_any_case(words)
    assert all(any(one in word for one in found) for word in words)
    assert all(any(word.endswith(one) for word in words) for one in found)


def test_two_cases_are_one_word_where_enough_is_left() -> None:
    assert in_any_case(["Haushalt", "haushalt", "Haus", "haus", "Hafen"]) == {"aushalt", "Haus", "haus", "Hafen"}
