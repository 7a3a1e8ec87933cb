"""Words of a query that stand for themselves, and the same query with them looked for exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.plain_words import exactly, plain_words

EXACTLY = [
    ("Geschosse", ["Geschosse"], "=Geschosse"),
    ("Geschosse aus Artillerie", ["Geschosse", "Artillerie"], "=Geschosse aus =Artillerie"),
    ("geschosse", ["Geschosse"], "=geschosse"),
    ("Geschossen", ["Geschosse"], "Geschossen"),
    ("titel:Geschosse", ["Geschosse"], "titel:=Geschosse"),
    ("(Geschosse ODER Raketen)", ["Geschosse"], "(=Geschosse ODER Raketen)"),
    ("Raketen -Geschosse", ["Geschosse"], "Raketen -Geschosse"),
    ("=Geschosse Geschosse* Geschosse~", ["Geschosse"], "=Geschosse Geschosse* Geschosse~"),
    ('"die Geschosse" Geschosse', ["Geschosse"], '"die Geschosse" =Geschosse'),
    ("„die Geschosse“ Geschosse", ["Geschosse"], "„die Geschosse“ =Geschosse"),
    ("quelle:Kurier Kurier", ["Kurier"], "quelle:Kurier =Kurier"),
    ("Artillerie-Geschosse", ["Artillerie-Geschosse", "Geschosse"], "=Artillerie-Geschosse"),
    ("Journalist:innen", ["Journalist:innen"], '="Journalist:innen"'),
    ("Weißes Haus", ["Weißes Haus"], '="Weißes Haus"'),
    ("Geschosse", [], "Geschosse"),
    ("x" * 600 + " Geschosse", ["Geschosse"], "x" * 600 + " Geschosse"),
]


@pytest.mark.parametrize(("query", "words", "exact"), EXACTLY)
def test_words_become_exact(query: str, words: list[str], exact: str) -> None:
    assert exactly(query, words) == exact


@given(st.text(alphabet='aB "„“=*?~-():', max_size=40), st.lists(st.text(alphabet="aB-.", min_size=1), max_size=3))
def test_nothing_but_signs_is_added(query: str, words: list[str]) -> None:
    found = exactly(query, words)
    assert found.replace('="', "").replace('"', "").replace("=", "") == query.replace('="', "").replace(
        '"', ""
    ).replace("=", "")


def test_words_stand_for_themselves() -> None:
    query = 'Soldat UND titel:Ziel =Front Raket* datum:2024 "die Grenze"'
    assert [token.text for token in plain_words(query)] == ["Soldat", "Ziel", "die", "Grenze"]
