"""Marks and passages from a tree and a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from index.german import analyze
from index.model import Span
from index.schema import schema
from search.highlight import Highlighter, passages, why
from search.parser import parse
from search.passages import Sentences

SCHEMA = schema()
TEXT = "Die Soldaten warten. Ein Soldat wartet lange auf Befehle. Niemand spricht. Befehle gibt es nicht für Soldaten."
SENTENCES = [Span(0, 20), Span(21, 57), Span(58, 74), Span(75, len(TEXT))]


def highlighter(text: str) -> Highlighter:
    return Highlighter(parse(text, SCHEMA, lambda field: {}).tree)


MARKS = [
    ("Soldat", ["Soldaten", "Soldat", "Soldaten"]),
    ('"Soldat wartet"', ["Soldaten", "warten", "Soldat", "wartet"]),
    ('"wartet Soldat"', []),
    ('"wartet Befehle"', []),
    ('"wartet Befehle"~3', ["wartet", "Befehle"]),
    ("Soldat NICHT Befehle", ["Soldaten", "Soldat", "Soldaten"]),
    ("titel:Soldat", []),
    ("*", []),
]


@pytest.mark.parametrize(("text", "marked"), MARKS)
def test_what_matched_is_marked(text: str, marked: list[str]) -> None:
    assert [TEXT[start:end] for start, end in highlighter(text).read("text", TEXT).marks] == marked


def test_passages_are_the_sentences_with_most_different_words_in_their_order() -> None:
    found = passages(highlighter("Soldaten Befehle").read("text", TEXT), Sentences.of(SENTENCES), most=2)
    assert [TEXT.index(p.text) for p in found] == [21, 75]
    assert [p.text[s:e] for p in found for s, e in p.marks] == ["Soldat", "Befehle", "Befehle", "Soldaten"]


def test_without_a_match_the_first_sentence_is_shown() -> None:
    (passage,) = passages(highlighter("*").read("text", TEXT), Sentences.of(SENTENCES))
    assert passage.text == "Die Soldaten warten." and passage.marks == ()


def test_a_long_sentence_is_cut_around_its_first_mark() -> None:
    text = "wort " * 200 + "Ziel " + "wort " * 200
    (passage,) = passages(highlighter("Ziel").read("text", text), Sentences([0], [len(text)]))
    assert [passage.text[s:e] for s, e in passage.marks] == ["Ziel"]
    assert len(passage.text) < 350 and passage.text.startswith("… wort") and passage.text.endswith("wort …")


words = st.sampled_from(["a", "b", "c", "Soldat", "Soldaten", ". ", "\n", "ö", "„", "x" * 400, " "])


@given(st.lists(words, max_size=80).map(" ".join), st.lists(st.integers(0, 400), max_size=8), st.booleans())
def test_marks_lie_in_the_text_in_order_and_apart(text: str, cuts: list[int], phrase: bool) -> None:
    borders = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    sentences = [Span(a, b) for a, b in pairwise(borders)]
    either = query.Or([query.Term("text", term) for term in ("a", "soldat")])
    tree = query.Phrase("text", ["a", "soldat"]) if phrase else either
    for passage in passages(Highlighter(tree).read("text", text), Sentences.of(sentences)):
        end = 0
        for mark in passage.marks:
            assert end <= mark[0] < mark[1] <= len(passage.text)
            assert passage.text[mark[0] : mark[1]] in ("a", "Soldat", "Soldaten")
            end = mark[1]


WHYS = [
    ("Soldaten", [("Soldaten", "Soldaten", "exact")]),
    ("Soldat", [("Soldat", "Soldat", "exact")]),
    ("warteten", [("warteten", "warten", "stem")]),
    ("Geschosse", [("Geschosse", "Artilleriegeschosse", "part")]),
    ("Artillerie-Geschosse", [("Artillerie-Geschosse", "Artilleriegeschosse", "compound")]),
    ("Roter-Platz", [("Roter-Platz", "Roter-Platz", "exact")]),
    ("Journalist", [("Journalist", "Journalist:innen", "gender")]),
    ("Wartende", []),
    ("=Soldat", []),
]


@pytest.mark.parametrize(("text", "whys"), WHYS)
def test_why_tells_how_a_word_was_found(text: str, whys: list[tuple[str, str, str]]) -> None:
    asked = highlighter(text)
    found = why(
        asked.read("title", ""),
        asked.read("text", TEXT + " Artilleriegeschosse trafen Journalist:innen am Roter-Platz."),
    )
    assert [(one.word, one.found, one.reason) for one in found] == whys


PARTS = [
    ("Geschosse", "Artilleriegeschosse trafen.", ["geschosse"], ["Artilleriegeschosse"]),
    ("Artillerie", "Artilleriegeschosse trafen.", ["Artillerie"], ["Artilleriegeschosse"]),
    ("Artilleriegeschosse", "Artilleriegeschosse trafen.", ["Artilleriegeschosse"], []),
    ("Artillerie Geschosse", "Die Artilleriegeschosse", ["Artillerie", "geschosse"], ["Artilleriegeschosse"]),
    ("Geschosse", "Artillerie-Geschosse trafen.", ["Geschosse"], ["Artillerie-Geschosse"]),
    ("Artilleriegeschosse", "Ein Artillerie-Geschoss traf.", ["Artillerie-Geschoss"], []),
    ("Präsident", "Der Ex-US-Präsident kam.", ["Präsident"], ["Ex-US-Präsident"]),
    ("Journalist", "Journalist:innen kamen.", ["Journalist:innen"], []),
    ("Rat", "Der Bürger:innenrat tagt.", ["rat"], ["Bürger:innenrat"]),
    ("Geschosse", "Geschosse trafen.", ["Geschosse"], []),
    ("Soldat", "Soldat - Befehl", ["Soldat"], []),
]


@pytest.mark.parametrize(("query", "text", "parts", "whole"), PARTS)
def test_of_a_compound_the_part_is_marked_and_the_word_told(
    query: str, text: str, parts: list[str], whole: list[str]
) -> None:
    asked = highlighter(query)
    found = asked.read("text", text)
    assert [text[start:end] for start, end in found.marks] == parts
    assert [text[start:end] for start, end in found.words] == whole
    (passage,) = passages(asked.read("text", "Es war so. " + text), Sentences([0, 11], [10, 11 + len(text)]))
    assert [passage.text[start:end] for start, end in passage.marks] == parts
    assert [passage.text[start:end] for start, end in passage.words] == whole


def test_a_phrase_is_found_whichever_of_its_words_stands_twice() -> None:
    text = "Haus Boot Boot Wald Kran."
    assert highlighter('"Haus Boot Kran"~2').read("text", text).marks == ((0, 4), (10, 14), (20, 24))


WORDS = [
    "Artilleriegeschosse", "Artillerie-", "und", "Raketengeschosse", "Geschoss", "Journalist:innen", "Präsidentin",
    "US-Präsident", "Häuser", "Rathaus", "12.000", "zwölftausend", "8", "Millionen", "traf", "ein.", "nicht",
    "Militaer",
]  # fmt: skip
QUERIES = [
    "Geschosse", "Artillerie", "Artilleriegeschosse", "Artillerie-Geschosse", "Journalist", "Präsident", "Haus",
    "12000", "8000000", "eintreffen", "Militär", "Rat*", "*geschosse", "Hauser~", '"und Häuser"', '"nicht ein"~3',
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.lists(st.sampled_from(QUERIES), min_size=1))
def test_marks_are_what_the_chain_says_of_the_whole_text(text: str, queries: list[str]) -> None:
    found = highlighter(" ODER ".join(queries)).read("text", text)
    marks, around = found.marks, found.words
    assert all(0 <= start < end <= len(text) for start, end in (*marks, *around))
    assert all(one[1] <= other[0] for row in (marks, around) for one, other in pairwise(row))
    assert all(any(start <= a and b <= end for a, b in marks) for start, end in around)
    places = {(term.start, term.end) for term in analyze(text)}
    assert set(marks) <= places
    alone = [set(highlighter(query).read("text", text).marks) for query in queries]
    assert set(marks) <= set().union(*alone) and all(
        any(start <= a < end or a <= start < b for start, end in marks) for row in alone for a, b in row
    )


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from(QUERIES[:7]))
def test_what_is_marked_has_a_term_of_the_word_or_of_its_parts(text: str, query: str) -> None:
    wanted = {term.text for term in analyze(query)}
    for start, end in highlighter(query).read("text", text).marks:
        assert wanted & {term.text for term in analyze(text[start:end])}
