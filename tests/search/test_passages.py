"""Passages: the most different words close together, whole sentences where they fit, never a piece of a word."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Span
from search.nearby import Match
from search.passages import WIDTH, Sentences, first_span, passage_spans

Case = tuple[list[str], str, list[str]]


def matches_in(text: str, words: str) -> list[Match]:
    """A match for each of `words` wherever it stands in the text."""
    found: list[Match] = []
    for word in words.split():
        at = text.find(word)
        while at >= 0:
            found.append(Match(at, at + len(word), word, "exact", (at, at + len(word))))
            at = text.find(word, at + 1)
    return sorted(found)


def spans_of(sentences: list[str]) -> tuple[str, list[Span]]:
    """The sentences with a blank between them, and where each stands."""
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text[:-1], spans


FILLER = "Am Ufer liegen viele alte Boote und warten auf den Sommer."
FAR_APART = "Der Hafen " + "ist von hier aus noch sehr weit " * 7 + "bis zu den Kränen."
VERY_FAR_APART = "Der Hafen " + "ist von hier aus noch sehr weit " * 15 + "bis zu den Kränen."

ONE: dict[str, Case] = {
    "one sentence has both": (
        ["Der Hafen schläft.", "Im Hafen stehen Kräne.", "Die Kräne ruhen."], "Hafen Kräne", ["Im Hafen stehen Kräne."]
    ),
    "two stand close together across a border": (
        [FAR_APART, FILLER, "Wir sahen den Hafen.", "Kräne gab es keine."], "Hafen Krän",
        ["Wir sahen den Hafen. Kräne gab es keine."],
    ),
    "close together wins over first": (
        ["Ein Hafen ist dort, wo es Kräne gibt.", FILLER, "Hafen, Kräne."], "Hafen Kräne", ["Hafen, Kräne."]
    ),
    "equally close: the first": (["Hafen, Kräne!", FILLER, "Hafen, Kräne."], "Hafen Kräne", ["Hafen, Kräne!"]),
    "more of the same word is not more": (
        ["Hafen, Hafen, Hafen, Hafen.", FILLER, "Hafen und Kräne."], "Hafen Kräne", ["Hafen und Kräne."]
    ),
    "far apart in one sentence that fits": ([FILLER, FAR_APART], "Hafen Krän", [FAR_APART]),
    "nothing found": ([FILLER, "Hafen."], "Schiff", []),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "words", "shown"), ONE.values(), ids=ONE)
def test_the_best_passage(sentences: list[str], words: str, shown: list[str]) -> None:
    text, spans = spans_of(sentences)
    found = passage_spans(text, Sentences.of(spans), matches_in(text, words), most=1)
    assert [text[span.start : span.end] for span in found] == shown


SEVERAL: dict[str, Case] = {
    "in the order of the text": (["Kräne.", FILLER, "Hafen, Kräne.", FILLER, "Hafen."], "Hafen Kräne",
                                 ["Kräne.", "Hafen, Kräne.", "Hafen."]),
    "a word not shown yet before others once more": (
        ["Hafen, Kräne!", FILLER, "Hafen, Kräne.", FILLER, "Hafen; Kräne.", *[FILLER] * 6, "Schiff."],
        "Hafen Kräne Schiff",
        ["Hafen, Kräne!", "Hafen, Kräne.", "Schiff."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "words", "shown"), SEVERAL.values(), ids=SEVERAL)
def test_up_to_three_passages(sentences: list[str], words: str, shown: list[str]) -> None:
    text, spans = spans_of(sentences)
    found = passage_spans(text, Sentences.of(spans), matches_in(text, words), most=3)
    assert [text[span.start : span.end] for span in found] == shown


def test_what_is_too_far_apart_for_one_passage_makes_two() -> None:
    text, spans = spans_of([FILLER, VERY_FAR_APART])
    first, second = passage_spans(text, Sentences.of(spans), matches_in(text, "Hafen Kränen"), most=3)
    assert text[first.start : first.end].startswith("Der Hafen ist von")
    assert text[second.start : second.end].endswith("bis zu den Kränen.")
    assert first.end - first.start <= WIDTH and second.end == len(text)


def test_without_a_match_the_first_sentence_is_shown() -> None:
    text, spans = spans_of(["Der Hafen schläft.", FILLER])
    assert first_span(text, Sentences.of(spans)) == spans[0]
    assert first_span(text, Sentences([], [])) == Span(0, len(text))


words = st.sampled_from(["Hafen", "Kräne", "Schiff", "am", "Ufer", "x" * 90, "Hafen-Kräne", "\n"])
texts = st.lists(st.lists(words, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=8).map(spans_of)


@given(texts, st.sampled_from(["Hafen", "Hafen Kräne", "Hafen Kräne Schiff"]), st.integers(1, 4))
def test_passages_are_apart_short_and_begin_and_end_with_words(
    made: tuple[str, list[Span]], wanted: str, most: int
) -> None:
    text, spans = made
    matches = matches_in(text, wanted)
    found = passage_spans(text, Sentences.of(spans), matches, most)
    assert bool(found) == bool(matches) and len(found) <= most
    assert all(one.end <= other.start for one, other in pairwise(found))
    for span in found:
        assert 0 < span.end - span.start <= WIDTH + 2 * 90
        assert any(span.start <= match.start and match.end <= span.end for match in matches)
        assert span.start == 0 or text[span.start - 1].isspace()
        assert span.end == len(text) or text[span.end].isspace()


@given(texts)
def test_the_first_passage_has_as_many_different_words_as_any_window(made: tuple[str, list[Span]]) -> None:
    text, spans = made
    matches = matches_in(text, "Hafen Kräne Schiff")
    found = passage_spans(text, Sentences.of(spans), matches, 1)
    shown = {match.word for span in found for match in matches if span.start <= match.start and match.end <= span.end}
    most = max(
        (
            len({m.word for m in matches if first.start <= m.start and m.end <= first.start + WIDTH})
            for first in matches
        ),
        default=0,
    )
    assert len(shown) >= most


MONSTERS = {
    "one word without end": ("x" * 200_000, [Span(0, 200_000)]),
    "nothing but matches": ("Hafen " * 30_000, [Span(0, 180_000)]),
    "a sentence a word": spans_of(["Hafen"] * 30_000),
    "two words in turn": spans_of(["Hafen Ufer"] * 15_000 + ["Kräne"]),
}


@pytest.mark.parametrize(("text", "spans"), MONSTERS.values(), ids=MONSTERS)
def test_a_monster_takes_linear_time(text: str, spans: list[Span]) -> None:
    matches = matches_in(text, "Hafen Ufer Kräne xxxxx") if " " in text else [Match(500, 700, "x", None, (0, 9))]
    began = time.process_time()
    found = passage_spans(text, Sentences.of(spans), matches, 3)
    assert time.process_time() - began < 1
    assert found and all(span.end - span.start <= 2 * WIDTH for span in found)
