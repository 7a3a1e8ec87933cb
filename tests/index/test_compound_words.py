"""The words that compounds are made of: found in a sample, kept in a generation, the same chain from them."""

from itertools import repeat
from pathlib import Path

from index.compound_words import chain_of, read_compound_words, sample_words, write_compound_words

TEXTS = [
    "Die Quaxel am Fluss ist eine alte Quaxel. Die Schwemme lag daneben, und die Schwemme war leer.",
    "Von der Quaxel sieht man die Schwemme, aber keine Drommel.",
]


def test_words_of_two_texts_are_believed_and_make_compounds(tmp_path: Path) -> None:
    words = sample_words(TEXTS)
    assert words == ("quaxel", "schwemme")
    write_compound_words(tmp_path, words)
    assert read_compound_words(tmp_path) == words
    assert "quaxel+schwemm" in {term.text for term in chain_of(tmp_path).analyze("Quaxelschwemme")}


def test_a_generation_without_words_has_the_shipped_chain(tmp_path: Path) -> None:
    assert read_compound_words(tmp_path) == ()
    assert "quaxel+schwemm" not in {term.text for term in chain_of(tmp_path).analyze("Quaxelschwemme")}


def test_no_more_is_read_than_the_sample() -> None:
    assert sample_words(repeat(TEXTS[1]), 10 * len(TEXTS[1])) == ("quaxel", "drommel", "schwemme")
