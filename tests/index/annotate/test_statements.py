"""Statements: tables of own examples (`tests/cases/statements`), properties, and texts made to be hard."""

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.annotate.persons import Person
from index.annotate.sentences import SentenceSplitter
from index.annotate.statements import StatementFinder
from index.annotate.tables import load_tables
from index.model import Mention, Span, Statement

CASES = Path(__file__).parents[2] / "cases" / "statements"
TABLES = load_tables()
SPLITTER = SentenceSplitter(TABLES)
FINDER = StatementFinder(TABLES)


def _cases(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in cases]


def _people(case: dict[str, Any]) -> list[Person]:
    return [Person(name, gender, tuple(roles)) for name, gender, roles in case.get("people", [])]


def _mentions(text: str, people: list[Person]) -> list[Mention]:
    """Every place of a full or a family name, a genitive -s with it."""
    found = []
    for person in people:
        family = person.name.split()[-1]
        pattern = rf"\b(?:{re.escape(person.name)}|{re.escape(family)})s?\b"
        found += [Mention(m.start(), m.end(), m[0], person.name, "test") for m in re.finditer(pattern, text)]
    return sorted(found, key=lambda mention: mention.start)


def _find(text: str, people: list[Person] | None = None) -> tuple[Statement, ...]:
    people = people or []
    return FINDER.find(text, SPLITTER.split(text), _mentions(text, people), people)


def _check(case: dict[str, Any]) -> None:
    found = _find(case["text"], _people(case))
    expected = sorted(case["said"], key=lambda said: (case["text"].index(said[1]), -len(said[1])))
    assert [(s.kind, s.text) for s in found] == [(kind, text) for kind, text, _ in expected]
    for statement, (_, _, speaker) in zip(found, expected, strict=True):
        if speaker != "*":
            assert (statement.speaker or "") == speaker


@pytest.mark.parametrize("case", [*_cases("direct"), *_cases("indirect")])
def test_finds_what_is_said_and_who_says_it(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize("case", _cases("speakers"))
def test_resolves_speakers(case: dict[str, Any]) -> None:
    people = _people(case)
    found = _find(case["text"], people)
    assert [s.speaker or "" for s in found] == case["speakers"]
    names = {person.name for person in people}
    for statement in found:
        expected = None if statement.speaker is None else "person" if statement.speaker in names else "institution"
        assert statement.speaker_kind == expected


@pytest.mark.parametrize("case", _cases("never"))
def test_takes_nothing_else_for_a_statement(case: dict[str, Any]) -> None:
    assert _find(case["text"], _people(case)) == ()


@pytest.mark.parametrize("case", _cases("known_failures"))
@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_known_failures(case: dict[str, Any]) -> None:
    _check(case)


def test_names_the_rule_and_the_cue() -> None:
    (statement,) = _find("Am Montag gab der Zoll in Ulm bekannt, dass die Grenze offen ist.")
    assert statement.rule == "dass"
    assert statement.cue == "gab der Zoll in Ulm bekannt"
    assert statement.cue_span == Span(10, 37)


def test_a_user_can_add_a_verb() -> None:
    text = "Anna Berg babbelte, dass der Hafen offen ist."
    people = [Person("Anna Berg", "f", ())]
    assert _find(text, people) == ()
    finder = StatementFinder(load_tables({"speech_verbs": {"weak": {"say": ["babbeln"]}}}))
    (statement,) = finder.find(text, SPLITTER.split(text), _mentions(text, people), people)
    assert (statement.text, statement.speaker) == ("dass der Hafen offen ist", "Anna Berg")


VOCABULARY = """
sagte sagten mitteilte teilte mit laut nach Angaben zufolge so wie dass ob und der die des dem Anna Berg Polizei er sie
sei habe werde würde soll haben hat erklärt „ “ ” " » « ‚ ‘ '' , . : ; – ( ) ! ? Er Das Demnach heißt es seiner Meinung
eigenen zu gehen nicht Ministerium 12 3,5 als wenn von hieß wurde bekannt
"""
WORDS = st.sampled_from(VOCABULARY.split())
PIECES = st.lists(WORDS | st.sampled_from([" ", "\n", "\n\n", "\x00", "\u2028", "é", "😀", "中文"]), max_size=60)


@settings(max_examples=300, deadline=None)
@given(PIECES, st.booleans())
def test_statements_lie_in_the_text_and_do_not_depend_on_anything_else(pieces: list[str], spaced: bool) -> None:
    text = (" " if spaced else "").join(pieces)
    people = [Person("Anna Berg", "f", ("Ministerin",))]
    found = _find(text, people)
    assert list(found) == sorted(found, key=lambda s: (s.start, -s.end, s.kind))
    for statement in found:
        assert 0 <= statement.start < statement.end <= len(text)
        assert statement.text == text[statement.start : statement.end]
        assert (statement.cue is None) == (statement.cue_span is None)
        if statement.cue_span is not None:
            assert statement.cue == text[statement.cue_span.start : statement.cue_span.end]
        assert (statement.speaker is None) == (statement.speaker_kind is None)
    assert found == _find(text, people)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for statement in _find(text):
        assert statement.text == text[statement.start : statement.end]


HARD = {
    "quotation marks": '"',
    "opening marks": "„",
    "opening marks and words": "„Haus ",
    "two marks": "''",
    "commas": "Haus, ",
    "cues": "sagte ",
    "clauses with cues": "er sagte, dass ",
    "cues with particles": "teilte er, ",
    "sources": "laut ",
    "sources with nouns": "nach Angaben ",
    "postpositions": "Berg zufolge ",
    "sentences that refer back": "Das sagte Berg. ",
    "Konjunktiv": "Er sei da. ",
    "NUL": "\x00",
    "capitals": "Haus",
    "colons": "Berg: „Ja!“ ",
    "pronouns": "sagte er. ",
    "roles": "Berg sagte, der Kanzler erklärte. ",
}


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in HARD.items()])
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    """Four times the text may take at most eight times as long (and some noise)."""
    people = [Person("Anna Berg", "f", ("Ministerin",))]

    def seconds(count: int) -> float:
        text = piece * count
        sentences = [Span(start, min(start + 1000, len(text))) for start in range(0, len(text), 1000)]
        mentions = _mentions(text, people)
        began = time.process_time()
        FINDER.find(text, sentences, mentions, people)
        return time.process_time() - began

    short = min(seconds(2_000), seconds(2_000))
    assert seconds(8_000) < 8 * short + 0.2


def test_one_sentence_without_end() -> None:
    text = "Er sagte, " * 20_000
    began = time.process_time()
    FINDER.find(text, [Span(0, len(text))], [], [])
    assert time.process_time() - began < 10
