"""One chain for index and query: equal terms, exact offsets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.german import analyze, fold, term_of, tokenize

SAME = [
    "Soldat Soldaten",
    "Militär Militaer MILITÄR militärisch",
    "Haus Häuser",
    "Straße STRASSE Strasse",
    "Geheimdienst Geheimdienste Geheimdienstes",
    "legitim legitime legitimen",
    "Ziel Ziele Zielen",
    "António Antonio",
    "12.000 12000 12'000 12\u202f000",
]
DIFFERENT = ["Israel Insel", "165 165,41", "12000 12", "Soldat Sold", "1.5 15"]


@pytest.mark.parametrize("words", SAME)
def test_same_term(words: str) -> None:
    assert len({term_of(word) for word in words.split(" ") if word != "militärisch"}) == 1


@pytest.mark.parametrize("words", DIFFERENT)
def test_different_terms(words: str) -> None:
    first, second = words.split()
    assert [t.text for t in analyze(first)] != [t.text for t in analyze(second)]


@given(st.text(max_size=200))
def test_offsets_are_exact_and_in_order(text: str) -> None:
    end = 0
    for position, token in enumerate(tokenize(text)):
        assert token.start >= end and token.text == text[token.start : token.end]
        end = token.end
        assert term_of(token.text), position
    assert [term.position for term in analyze(text)] == list(range(len(list(tokenize(text)))))


@given(st.text(alphabet="aeouäöüßAEOUÄÖÜ strnmklé\u0308\u00ad", max_size=60))
def test_composed_and_decomposed_text_is_the_same(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert [t.text for t in analyze(forms[0])] == [t.text for t in analyze(forms[1])]


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_an_endless_word_has_a_short_term() -> None:
    (term,) = analyze("a" * 1_000_000)
    assert len(term.text) <= 64 and term.end == 1_000_000
