"""How a query is read; whatever is typed, there is an answer."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from whoosh import query

from index.schema import schema
from search import Archive, Request
from search.model import Notice
from search.parser import TEXT_FIELDS, ParsedQuery, _by_whoosh, _plainly, _Reading, parse
from search.words import ORIGIN, query_chain

VALUES: dict[str, dict[str, list[str]]] = {
    "speaker": {"Antony Blinken": ["Antony Blinken"], "US-Regierung": ["US-Regierung"]},
    "person": {"Kim Yong-hyun": ["Kim Yong Hyun", "Kim Yong-hyun"]},
    "agency": {"dpa": ["dpa"]},
    "outlet": {},
}
SCHEMA = schema()


def read(text: str) -> ParsedQuery:
    return parse(text, SCHEMA, VALUES.__getitem__)


LETTERS = [
    "Soldaten", "der", "und", "Artilleriegeschosse", "zwölf", "Millionen", "traf", "ein", "Journalistin", "Müller",
    "ODE", "Straße", "NICHTS", "Ärzte",
]  # fmt: skip
alone = st.sampled_from(LETTERS) | st.text(st.characters(categories=["L"]), min_size=1, max_size=4)


beginnings = st.builds(
    "{}*".format,
    st.sampled_from(["Mü", "ein", "Straß"]) | st.text(st.characters(categories=["L"]), min_size=2, max_size=4),
)
operators = st.sampled_from([" UND ", " ODER ", " NICHT ", " AND ", " OR ", " NOT "])


@settings(deadline=None)
@given(
    st.lists(alone, min_size=1, max_size=6).flatmap(
        lambda words: (
            st.sampled_from([" ".join(words), "der " + " ".join(words)]) | operators.map(lambda by: by.join(words))
        )
    )
    | beginnings,
    st.booleans(),
)
def test_a_plain_query_has_the_tree_that_whoosh_makes(text: str, any_word: bool) -> None:
    reading = _Reading(query_chain(), None, TEXT_FIELDS, any_word)
    quick, slow = _plainly(text, reading), _by_whoosh(text, SCHEMA, VALUES.__getitem__, reading)
    assume(quick is not None)  # as is not with an operator for a word
    assert quick == slow
    assert origins(quick) == origins(slow)


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Haus und Hof", True), ("Haus UND Hof", True), ("Haus ODER Hof OR Tor", False),
        ("Haus NICHT Hof NOT Tor", False), ("Haus NICHT Hof NICHT Tor", True),
        ("ODER", False), ("Haus ODER", False), ("ODER Haus ODER", False), ("Haus ODER NICHT Hof", False),
        ("Haus Hof ODER Tor", False), ("Ha*", True), ("H*", False), ("Ha* Hof", False), ("Haus2", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_plain_is_not_left_to_whoosh(text: str, is_plain: bool) -> None:
    reading = _Reading(query_chain(), None, TEXT_FIELDS, any_word=False)
    assert (_plainly(text, reading) is not None) == is_plain


def origins(tree: query.Query) -> list[object]:
    return [getattr(leaf, ORIGIN, None) for leaf in tree.leaves()]


TREES = [
    ("text:=a ODER text:=b text:=c", "((text_exact:a OR text_exact:b) AND text_exact:c)"),
    ("text:=a text:=b ODER text:=c", "(text_exact:a AND (text_exact:b OR text_exact:c))"),
    (
        "text:=a ODER text:=b UND text:=c text:=d",
        "((text_exact:a OR (text_exact:b AND text_exact:c)) AND text_exact:d)",
    ),
    ("zitat:=a", "QUOTE(text_exact:a)"),
    ("zitat:(=a ODER =b) titel:=c", "(QUOTE((text_exact:a OR text_exact:b)) AND title_exact:c)"),
    ("zitat:(=a sprecher:Blinken)", "QUOTE((text_exact:a AND speaker:Antony Blinken))"),
    ("-zitat:=a text:=b", "(NOT QUOTE(text_exact:a) AND text_exact:b)"),
    ("titel:=Soldat", "title_exact:soldat"),
    ("Titel:=Soldat", "title_exact:soldat"),
    ("text:=a ODER text:=b", "(text_exact:a OR text_exact:b)"),
    ("text:=a UND NICHT text:=b", "(text_exact:a AND NOT text_exact:b)"),
    ("text:=a -text:=b", "(text_exact:a AND NOT text_exact:b)"),
    ("text:(=a ODER =b)", "(text_exact:a OR text_exact:b)"),
    ("text:Sold*", "text_exact:sold*"),
    ("text:S?ldat", "text_exact:s?ldat"),
    ("text:*geschosse", "text_exact:*geschosse"),
    ("text:Soldat~", "text_exact:soldat~"),
    ("text:Soldat~2", "text_exact:soldat~2"),
    ("text:12.000", "(text_exact:12000 OR text:12000^0.9 OR text_parts:12000^0.55)"),
    ("sprecher:Blinken", "speaker:Antony Blinken"),
    ('sprecher:"antony blinken"', "speaker:Antony Blinken"),
    ("person:Kim", "(person:Kim Yong Hyun OR person:Kim Yong-hyun)"),
    ("agentur:dpa", "agency:dpa"),
    ("sprecher:Niemand", "speaker:Niemand"),
    ("text:„legitime Ziele“", 'text:"legitim ziel"'),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_a_query_is_read(text: str, tree: str) -> None:
    parsed = read(text)
    assert str(parsed.tree) == tree
    assert not parsed.notices


AS_WORDS = [
    ("(a", Notice("bracket")),
    ("a)", Notice("bracket")),
    ('"a', Notice("quote")),
    ("a UND", Notice("operator", "UND")),
    ("ODER b", Notice("operator", "ODER")),
    ("NICHT", Notice("operator", "NICHT")),
    ("(" * 99 + "a" + ")" * 99, Notice("nested")),
]


@pytest.mark.parametrize(("text", "notice"), AS_WORDS)
def test_a_mistake_is_read_as_words_and_said(text: str, notice: Notice) -> None:
    assert read(text).notices == (notice,)


def test_a_hyphen_compound_in_a_mistake_stays_one_word() -> None:
    tree = str(read("(text US-Panzer").tree)
    assert 'text:"us panzer"' in tree


REQUIRED = [("a", 1), ("a b", 2), ("a UND b", 0), ("a -b", 1), ("a b -c", 2), ("a b sprecher:NIS", 2), ('a "b c"', 2),
            ('a "b UND c"', 2), ("*", 0), ("(a b", 2), ("titel:a b", 2), ("sprecher:NIS", 0)]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REQUIRED)
def test_the_words_that_no_operator_requires_are_counted(text: str, words: int) -> None:
    assert read(text).words == words


def test_any_word_leaves_conditions_and_not() -> None:
    tree = parse("text:=a text:=b sprecher:Blinken -text:=c", SCHEMA, VALUES.__getitem__, any_word=True).tree
    assert str(tree) == "((text_exact:a OR text_exact:b) AND speaker:Antony Blinken AND NOT text_exact:c)"


def test_a_compound_is_found_by_its_members_where_any_word_will_do() -> None:
    whole, any_word = (
        str(parse("text:Küstenschutz", SCHEMA, VALUES.__getitem__, any_word=some).tree) for some in (False, True)
    )
    assert "CLUE" in whole and "CLUE" not in any_word


def test_no_word_at_all_is_said() -> None:
    assert read("... !?").notices == (Notice("no_word"),)


SYNTAX = ['"', *"()*?~=:[]^{-", "NICHT ", " UND ", " ODER ", " BIS ", "text:", "sprecher:"]
pieces = st.sampled_from([*SYNTAX, " ", "Soldat", "ü", "🙂", "\u202e", "\x00", "'", "\\", "/", "12.000", "a"])


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=60))
def test_whatever_is_typed_has_an_answer(archive: Archive, text: str) -> None:
    response = archive.search(Request(text or "*"))
    assert 0 <= response.total <= 5


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "wort " * 2_000, " ODER ".join(["a"] * 2_000), "(" * 500 + "a" + ")" * 500, '"' * 999, "-" * 5_000,
     "a:" * 3_000, "NICHT " * 400 + "a", "( " * 5_000],
)  # fmt: skip
def test_a_monster_is_answered_within_a_second(archive: Archive, text: str) -> None:
    began = time.perf_counter()
    archive.search(Request(text))
    assert time.perf_counter() - began < 1
