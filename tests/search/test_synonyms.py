"""The user's synonyms: which words find which, in any of their forms."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from index.german import QueryChain, default_chain
from search.synonyms import Synonyms, SynonymSettings, load_synonyms

FILE = """
groups = [
    ["Handy", "Mobiltelefon", "Smartphone"],
    ["öffentlich-rechtlicher Rundfunk", "ARD und ZDF"],
    ["Reporter", "Journalist"],
    ["Weißes Haus", "US-Regierung"],
]
[one_way]
Bundeswehr = ["Heer", "Marine"]
"Streitkräfte" = ["Bundeswehr"]
"""

EXPANDED = [
    ("Handy", ("Mobiltelefon", "Smartphone")),
    ("Handys", ("Mobiltelefon", "Smartphone")),
    ("handy", ("Mobiltelefon", "Smartphone")),
    ("Mobiltelefone", ("Handy", "Smartphone")),
    ("Mobil-Telefone", ("Handy", "Smartphone")),
    ("Journalistin", ("Reporter",)),
    ("Journalist:innen", ("Reporter",)),
    ("Bundeswehr", ("Heer", "Marine")),
    ("Streitkraefte", ("Bundeswehr",)),
    ("Heer", ()),
    ("Heeres", ()),
    ("Weißen Haus", ("US-Regierung",)),
    ("weisses haus", ("US-Regierung",)),
    ("US-Regierung", ("Weißes Haus",)),
    ("öffentlich-rechtlichen Rundfunks", ("ARD und ZDF",)),
    ("ARD und ZDF", ("öffentlich-rechtlicher Rundfunk",)),
    ("Haus", ()),
    ("Weißes", ()),
    ("Weißes Haus Handy", ()),
    ("Händler", ()),
    ("Handel", ()),
    ("", ()),
    ("…", ()),
]


@pytest.fixture(scope="module")
def chain() -> QueryChain:
    return QueryChain(default_chain())


@pytest.fixture(scope="module")
def synonyms(tmp_path_factory: pytest.TempPathFactory, chain: QueryChain) -> Synonyms:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "synonyms.toml").write_text(FILE, "utf-8")
    return Synonyms(load_synonyms(folder), chain)


@pytest.mark.parametrize(("words", "others"), EXPANDED)
def test_a_word_has_synonyms(synonyms: Synonyms, words: str, others: tuple[str, ...]) -> None:
    assert synonyms.expand(words) == others


RUNS = [
    ("Handys im Weißen Haus", [(0, 1, ("Mobiltelefon", "Smartphone")), (2, 4, ("US-Regierung",))]),
    ("Weißes Weißes Haus", [(1, 3, ("US-Regierung",))]),
    ("das Haus", []),
    ("", []),
]


@pytest.mark.parametrize(("query", "runs"), RUNS)
def test_synonyms_are_found_among_the_words_of_a_query(
    synonyms: Synonyms, chain: QueryChain, query: str, runs: list[tuple[int, int, tuple[str, ...]]]
) -> None:
    assert list(synonyms.runs(chain.words(query))) == runs


def test_a_word_of_two_groups_has_the_synonyms_of_both(chain: QueryChain) -> None:
    synonyms = Synonyms(SynonymSettings((("Bank", "Sparkasse"), ("Bank", "Sitzbank"))), chain)
    assert synonyms.expand("Banken") == synonyms.expand("Bank") == ("Sparkasse", "Sitzbank")
    assert synonyms.expand("Sparkasse") == ("Bank",)


def test_without_settings_no_word_has_any(tmp_path: Path, chain: QueryChain) -> None:
    assert load_synonyms(tmp_path) == SynonymSettings()
    assert Synonyms(load_synonyms(tmp_path), chain).expand("Handy") == ()


MISTAKES = [
    ("groups = [", "cannot be read"),
    ('[one_way]\nÄrzte = ["Mediziner"]', "stands in quotation marks"),
    ('group = [["a", "b"]]', "no setting 'group'"),
    ('groups = "a"', "`groups` is a list of lists"),
    ('groups = ["a", "b"]', "`groups`: a list of words is expected, not 'a'"),
    ('groups = [["a", 1]]', "`groups`: a list of words is expected"),
    ('groups = [["a"]]', "`groups`: ['a'] needs at least 2 words"),
    ('groups = [["a", "!"]]', "`groups`: '!' is no word"),
    ('groups = [["a", "b c d e f g h"]]', "up to 6 words"),
    ("one_way = []", "`one_way` is a table"),
    ('[one_way]\na = "b"', "`one_way.a`: a list of words is expected, not 'b'"),
    ("[one_way]\na = []", "`one_way.a`: [] needs at least 1 word"),
    ('[one_way]\n"…" = ["b"]', "`one_way`: '…' is no word"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "synonyms.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as raised:
        load_synonyms(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'synonyms.toml'}: ") and message in str(raised.value)
