"""The archive's words with the number of articles that each stands in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.collections import CollectionWriter
from index.german import fold, spell
from index.model import Record
from index.vocabulary import read_vocabulary, update_vocabulary, write_vocabulary
from index.word_counts import count_words, key_of

COUNTED = [
    ("each text once", ["Soldaten und Soldaten", "Soldaten"], {"Soldaten": 2, "und": 1}),
    ("a sentence's first word", ["Die Lage, die bleibt, die Lage"], {"die": 1, "Lage": 1, "bleibt": 1}),
    ("small letters in a tie", ["Heute kommt er heute"], {"heute": 1, "kommt": 1, "er": 1}),
    ("a capital that stays", ["Reden ist Silber", "Das Reden"], {"Reden": 2, "ist": 1, "Silber": 1, "Das": 1}),
    ("ways of writing", ["Straße Strasse Straße", "Militaer, Militär, Militär"], {"Straße": 1, "Militär": 1}),
    ("no numbers", ["12.000 Euro, 8 Tage"], {"Euro": 1, "Tage": 1}),
    ("hyphen compounds by their members", ["US-Präsident"], {"US": 1, "Präsident": 1}),
    ("composed characters", ["Mu\u0308nchen"], {"München": 1}),
    ("invisible characters", ["Sol\u00addaten"], {"Soldaten": 1}),
    ("no words", ["", "…", "\x00"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "counts"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED])
def test_words_are_counted(texts: list[str], counts: dict[str, int]) -> None:
    assert count_words(texts) == counts


@given(st.lists(st.text("aAäÄsSßeuUÜ. -\u00ad\u0308", max_size=30), max_size=6))
def test_the_ways_of_a_word_add_up_to_its_texts(texts: list[str]) -> None:
    keys_of = [{key_of(word) for word in count_words([text])} for text in texts]
    totals: dict[str, int] = {}
    for word, count in count_words(texts).items():
        totals[key_of(word)] = totals.get(key_of(word), 0) + count
    assert totals == {key: sum(key in keys for keys in keys_of) for key in set().union(*keys_of)}


@given(st.text("aAäÄsSßẞeuUÜoöé\u00ad\u0308ŁI", max_size=12) | st.text(max_size=12))
def test_a_key_is_the_folded_spelling(word: str) -> None:
    assert key_of(word) == spell(fold(word))


def test_it_is_kept_in_a_generation(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) == {}
    write_vocabulary(tmp_path, {"Straße": 3, "gegangen": 0, "Ölpreis": 1})
    assert read_vocabulary(tmp_path) == {"Straße": 3, "Ölpreis": 1}


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ((), {"Hafen": 2, "Kran": 1, "Boot": 1, "Kai": 1}),
        (("1",), {"Hafen": 1, "Boot": 1, "Kai": 1}),
        (("1", "2"), {"Hafen": 1, "Kai": 1}),
        (("1", "2", "3"), {"Kai": 1}),  # nothing of what was there is read again
    ],
)
def test_what_is_gone_is_counted_no_longer(tmp_path: Path, gone: tuple[str, ...], left: dict[str, int]) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
    texts = {"1": "Hafen Kran", "2": "Boot", "3": "Hafen"}
    with CollectionWriter(before) as writer:
        writer.add(
            [Record(id, "article", id, "", text, None, None, (), (), (), (), "a.txt") for id, text in texts.items()]
        )
    write_vocabulary(before, count_words(texts.values()))
    update_vocabulary(after, before, count_words(["Kai"]), gone)
    assert read_vocabulary(after) == left
