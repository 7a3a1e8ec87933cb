"""Fingerprints of several texts at once are those of each; texts in nearly the same words share one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import fingerprint
from index.fingerprint import ARTICLE, STATEMENT, Shape, agreement, fingerprints, fingerprints_of, runs

WORDS = st.lists(st.sampled_from(["Der", "Hafen", "bleibt", "heute", "zu", "Straße", "STRASSE", "\ud800", "–"]))
TEXTS = st.lists(WORDS.map(" ".join), max_size=6)
SHAPES = pytest.mark.parametrize("shape", [STATEMENT, ARTICLE])


@SHAPES
@given(texts=TEXTS)
def test_several_texts_at_once_are_each_by_itself(shape: Shape, texts: list[str]) -> None:
    assert fingerprints_of(texts, shape) == [fingerprints(text, shape) for text in texts]


@SHAPES
def test_a_long_text_is_hashed_in_parts(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(f"Wort{number}" for number in range(500))
    whole = fingerprints(text, shape)
    monkeypatch.setattr(fingerprint, "_MOST_VALUES", 100)
    assert fingerprints(text, shape) == whole
    assert len(whole) == shape.bands


def test_few_words_have_one_fingerprint_and_none_have_none() -> None:
    assert fingerprints("", STATEMENT) == fingerprints("– …", STATEMENT) == ()
    assert fingerprints("Er kam.", STATEMENT) == fingerprints("er KAM", STATEMENT)
    assert len(fingerprints("Er kam.", STATEMENT)) == 1


def test_nearly_the_same_words_share_a_fingerprint() -> None:
    one = "Der Hafen von Beispielstadt bleibt am Montag und am Dienstag wegen des Sturms für alle Schiffe geschlossen."
    other = one.replace("alle", "große")
    assert agreement(runs(one, STATEMENT), runs(other, STATEMENT)) > 0.7
    assert set(fingerprints(one, STATEMENT)) & set(fingerprints(other, STATEMENT))
