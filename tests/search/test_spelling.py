"""Meinten Sie: mistyped words are put right by the archive's own, everything else stays."""

import random
import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.german import QueryChain, default_chain
from search.lexicon import Lexicon, Strings
from search.spelling import SimilarWords, Speller
from search.typing_errors import german_keyboard
from tests.search.made_up import made_up_words

VOCABULARY = {
    "Soldaten": 60, "Soldat": 40, "Selenskyj": 80, "Selenskij": 1, "Artillerie": 12, "Raketen": 25, "Russland": 90,
    "Rundfunk": 9, "militärische": 14, "Militär": 30, "Ziele": 22, "Straße": 18, "Präsident": 55, "Blinken": 20,
    "Wahlen": 45, "Verteidigung": 31, "Geheimdienst": 28, "Weizen": 3, "Kursk": 16, "Bundestag": 70, "Tisch": 8,
    "Fisch": 7, "ZIEL": 1, "Rhythmus": 4, "Kommission": 21, "nordkoreanische": 33, "UND": 1, "und": 900, "Zug": 12,
    "Haus": 50, "Grenze": 24, "Regierung": 66, "Regie": 5, "Phosphor": 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def chain() -> QueryChain:
    return QueryChain(default_chain())


@pytest.fixture(scope="module")
def speller(chain: QueryChain) -> Speller:
    return Speller(Lexicon(VOCABULARY), chain)


MISTYPED = [
    ("Sodlaten", "Soldaten"),  # swapped
    ("soldatwn", "Soldaten"),  # the key beside
    ("Solfaten", "Soldaten"),
    ("Ruasland", "Russland"),
    ("Russlnad", "Russland"),
    ("Rusland", "Russland"),  # a letter once instead of twice
    ("Komission", "Kommission"),
    ("Kommision", "Kommission"),
    ("Artilerie", "Artillerie"),
    ("Rakketen", "Raketen"),
    ("Strase", "Straße"),
    ("Strasse", None),
    ("Militar", "Militär"),
    ("Militaer", None),
    ("militearische", "militärische"),
    ("Presidemt", "Präsident"),  # ä as it is heard, n beside m
    ("Selenski", "Selenskyj"),
    ("Selenskij", "Selenskyj"),  # in the archive, but much rarer
    ("Selensky", "Selenskyj"),
    ("Verteitigung", "Verteidigung"),
    ("Ritmus", None),  # three letters off, and short
    ("Rythmus", "Rhythmus"),
    ("Geheimdiesnt", "Geheimdienst"),
    ("Gehiemdinst", "Geheimdienst"),
    ("Nordkoreansche", "nordkoreanische"),
    ("Fosfor", None),
    ("Phospor", "Phosphor"),
    ("Regieung", "Regierung"),
    ("Wahln", None),  # read as a form of Wahlen
    ("Soldat", None),
    ("Soldatinnen", None),  # a form of a word that is there
    ("Präsidenten", None),
    ("Tisch", None),
    ("Fischt", None),
    ("Zgu", None),  # too short to tell
    ("Zebra", None),
    ("Quantenphysik", None),
    ("und", None),
    ("", None),
]


@pytest.mark.parametrize(("word", "meant"), MISTYPED)
def test_a_word_is_put_right(speller: Speller, word: str, meant: str | None) -> None:
    assert speller.word(word) == meant


QUERIES = [
    ("Sodlaten Russland", "Soldaten Russland"),
    ("Sodlaten   Rusland!", "Soldaten   Russland!"),
    ("Sodlaten UND (Rusland ODER Kursk)", "Soldaten UND (Russland ODER Kursk)"),
    ("Sodlaten NICHT Rakketen", "Soldaten NICHT Raketen"),
    ("Kursk -Rakketen", "Kursk -Raketen"),
    ('"militearische Ziele"~3 Kursk', '"militärische Ziele"~3 Kursk'),
    ("titel:Sodlaten", "titel:Soldaten"),
    ("Titel:(Sodlaten Kursk)", "Titel:(Soldaten Kursk)"),
    ("sprecher:Blinkn Kursk", "sprecher:Blinken Kursk"),
    ("Russland-Rakketen", "Russland-Raketen"),
    ("Sodlaten datum:[2024-10 BIS 2024-11] zahl:zwolf", "Soldaten datum:[2024-10 BIS 2024-11] zahl:zwolf"),
    ("=Sodlaten", None),
    ("Sodlaten~", None),
    ("Sodlaten~2", None),
    ("Sodlat*", None),
    ("*odlaten", None),
    ("Sod?aten", None),
    ("quelle:Rusland", None),
    ('quelle:"Neue Rusland" Kursk', None),
    ("12000 2024-10-31", None),
    ("Soldaten Russland", None),
    ("*", None),
    ("", None),
    ("Sodlaten " * 100, None),  # too long to be a slip
]


@pytest.mark.parametrize(("query", "meant"), QUERIES)
def test_a_query_keeps_all_but_its_mistyped_words(speller: Speller, query: str, meant: str | None) -> None:
    assert speller.correct(query) == meant


def test_an_archive_without_words_proposes_none(chain: QueryChain) -> None:
    assert Speller(Lexicon({}), chain).correct("Sodlaten Rusland") is None


@given(st.text(max_size=120))
@example("((\"'*~=:)" * 12)
@example("a" * 500)
def test_whatever_is_typed_there_is_an_answer(query: str) -> None:
    speller = Speller(Lexicon(VOCABULARY), QueryChain(default_chain()))
    assert speller.correct(query) != query


CHEAPER = [
    ("soldatem", "soldaten", "soldatep"),  # beside on the keyboard, and not
    ("yug", "zug", "xxg"),
    ("sodlat", "soldat", "soklat"),
    ("militar", "militär", "militer"),
    ("rusland", "russland", "rustland"),
    ("soldat", "soldatt", "xsoldat"),
    ("pölitik", "politik", "palitik"),
]


@pytest.mark.parametrize(("typed", "nearer", "farther"), CHEAPER)
def test_likely_errors_cost_less(typed: str, nearer: str, farther: str) -> None:
    distance = german_keyboard().distance
    assert distance(typed, nearer, 9) < distance(typed, farther, 9)


NEIGHBOURS = ["zt", "zu", "yx", "ya", "öl", "öä", "üp", "nm", "gb"]


@pytest.mark.parametrize(("one", "other"), NEIGHBOURS)
def test_the_keyboard_is_german(one: str, other: str) -> None:
    distance = german_keyboard().distance
    assert distance(f"ro{one}", f"ro{other}", 9) == distance(f"ro{other}", f"ro{one}", 9) < 1
    assert distance("roz", "row", 9) == 1


WORDS = st.text("abnmäsz", min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_a_distance_is_symmetric_and_nought_for_equals_only(one: str, other: str) -> None:
    distance = german_keyboard().distance
    there, back = distance(one, other, 20), distance(other, one, 20)
    assert there == pytest.approx(back)
    assert (there == 0) == (one == other)
    assert distance(one, other, 1.0) == (there if there <= 1.0 else float("inf"))


EDIT = st.tuples(st.sampled_from(["swap", "drop", "add", "change"]), st.integers(0, 30), st.sampled_from("aäxz"))


@given(st.text("abcdefghäö", min_size=4, max_size=12), st.lists(EDIT, max_size=2))
def test_the_filter_lets_every_near_word_through(word: str, edits: list[tuple[str, int, str]]) -> None:
    typed, transpositions = word, 0
    for edit, place, letter in edits:
        at = place % max(1, len(typed) - 1)
        if edit == "swap":
            typed, transpositions = typed[:at] + typed[at : at + 2][::-1] + typed[at + 2 :], transpositions + 1
        else:
            new = {"drop": "", "add": letter + typed[at : at + 1], "change": letter}[edit]
            typed = typed[:at] + new + typed[at + 1 :]
    if typed and transpositions < 2:
        assert SimilarWords(Strings(["anderes", word])).to(typed, max(1, len(edits))).count(1) == 1


@pytest.mark.slow
def test_a_large_archive_puts_words_right_in_time(chain: QueryChain) -> None:
    vocabulary = made_up_words(1_000_000)
    speller, rng = Speller(Lexicon(vocabulary), chain), random.Random(2)
    took, right = [], 0
    for word in rng.sample([word for word in vocabulary if len(word) > 8], 60):
        at = rng.randrange(1, len(word) - 2)
        began = time.perf_counter()
        right += speller.correct(word[:at] + word[at + 1] + word[at] + word[at + 2 :]) == word
        took.append(time.perf_counter() - began)
    assert float(np.median(took)) < 0.05
    assert right > 30
