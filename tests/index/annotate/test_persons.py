"""Persons: tables of examples, roles and gender, and what must hold for any text."""

import random
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.annotate.persons import Person, PersonFinder, persons_of
from index.annotate.sentences import SentenceSplitter
from index.annotate.tables import load_tables
from index.model import Mention, Span

CASES = Path(__file__).resolve().parents[2] / "cases" / "persons"
TABLES = load_tables()
FINDER = PersonFinder(TABLES)
SENTENCES = SentenceSplitter(TABLES)


def cases(name: str) -> list[Any]:
    table = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))
    return [pytest.param(case, id=case["text"][:40]) for case in table["case"]]


def find(text: str, finder: PersonFinder = FINDER) -> tuple[Mention, ...]:
    return finder.find(text, SENTENCES.split(text))


def people(text: str) -> dict[str, Person]:
    return {person.name: person for person in FINDER.people(text, find(text))}


def check(case: dict[str, Any]) -> None:
    mentions = find(case["text"])
    assert list(persons_of(mentions)) == case["persons"]
    if "mentions" in case:
        assert [mention.text for mention in mentions] == case["mentions"]


@pytest.mark.parametrize("case", [*cases("found"), *cases("must_not_match"), *cases("made_up")])
def test_names_exactly_the_persons_of_a_text(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize(
    ("text", "name", "gender", "roles"),
    [
        ("US-Außenminister Antony Blinken reiste ab.", "Antony Blinken", "m", ("US-Außenminister",)),
        ("NATO-Sprecherin Farah Dakhlallah sagte nichts.", "Farah Dakhlallah", "f", ("NATO-Sprecherin",)),
        (
            "Das teilte der Leiter des Hafenamtes in Kiel, Otto Merkur, am Abend mit.",
            "Otto Merkur",
            "m",
            ("Leiter",),
        ),
        ("Armin Schuster, Innenminister von Sachsen, ging.", "Armin Schuster", "m", ("Innenminister",)),
        ("Lloyd Austin ist seit 2021 Verteidigungsminister.", "Lloyd Austin", "m", ("Verteidigungsminister",)),
        ("Petra Pau (Linke), die neue Vorsitzende, sprach.", "Petra Pau", "f", ("Vorsitzende",)),
        ("Das Büro des Präsidenten Hugo Chávez schwieg.", "Hugo Chávez", "m", ("Präsident",)),
        ("Angela Merkel traf Emmanuel Macron.", "Emmanuel Macron", "m", ()),
    ],
)
def test_reads_roles_and_gender(text: str, name: str, gender: str, roles: tuple[str, ...]) -> None:
    assert people(text)[name] == Person(name, gender, roles)  # type: ignore[arg-type]


def test_a_form_of_address_tells_the_gender() -> None:
    found = people("Frau Eldrine Haldessen kam. Herr Torwin Vascona ging.")
    assert [found[name].gender for name in found] == ["f", "m"]


def test_a_users_given_name_is_known() -> None:
    own = PersonFinder(load_tables({"given_names": {"female": ["Xanthippa"]}}))
    text = "Xanthippa Kleemeier gewann das Rennen."
    assert persons_of(find(text, own)) == ("Xanthippa Kleemeier",)


def test_a_users_phrase_is_no_person() -> None:
    own = PersonFinder(load_tables({"not_persons": {"phrases": ["Max Muster"]}}))
    text = "Der Pilot Max Muster kam."
    assert persons_of(find(text)) == ("Max Muster",)
    assert persons_of(find(text, own)) == ()


NAMES = ["Angela", "Merkel", "Merkels", "Putin", "von", "der", "al-Maliki", "Präsident", "Kim", "Jong-un", "W."]
MARKS = ["und", "sagte", ",", ".", "(", ")", "„", "“", "\n\n", "Bush-Regierung", "Ма", "李", "\x00", "2024", "ß", "-"]
WORDS = st.sampled_from([*NAMES, *MARKS, "Herr", "Dr.", "IWF"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_mentions_are_sorted_slices_of_the_text_and_apart(text: str) -> None:
    sentences = SENTENCES.split(text)
    mentions = FINDER.find(text, sentences)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert mention.name and mention.rule
        end = mention.end
    assert FINDER.find(text, sentences) == mentions
    assert [person.name for person in FINDER.people(text, mentions)] == list(persons_of(mentions))


def test_the_same_whatever_was_read_before() -> None:
    text = "Kanzler Olaf Scholz traf Wladimir Putin. Scholz reiste ab."
    fresh = PersonFinder(TABLES)
    assert fresh.find(text, ()) == FINDER.find(text, ())


def capitalised(count: int) -> str:
    chance = random.Random(7)
    return " ".join("".join(chance.choice("abcdefgh") for _ in range(6)).title() for _ in range(count))


def seconds(text: str) -> float:
    start = time.process_time()
    mentions = FINDER.find(text, (Span(0, len(text)),))
    FINDER.people(text, mentions)
    return time.process_time() - start


@pytest.mark.parametrize(
    "text",
    [
        capitalised(50_000),
        "Angela Merkel und " * 5_000,
        "Angela " * 20_000,
        "A" * 300_000,
        "von der " * 30_000,
        "\x00" * 100_000,
        "Путин 李明 " * 10_000,
        "Merkel-" * 40_000,
        "W." * 50_000,
    ],
    ids=["capitals", "names", "one-name", "one-word", "particles", "nul", "scripts", "hyphens", "initials"],
)
def test_bad_input_takes_no_more_than_linear_time(text: str) -> None:
    seconds(text)  # words seen for the first time cost more
    assert seconds(text) < 12 * max(seconds(text[: len(text) // 4]), 0.05)


def test_texts_that_are_read_together_have_what_each_has_alone() -> None:
    texts = [
        "Karl Roe kam mit Eva Berg. Roe sprach.",
        "",
        "Merkel",
        "Oben: Angela Merkel",
        "Berg sagte nichts",
        "Eva Berg",
    ]
    sentences = list(map(SENTENCES.split, texts))
    together = FINDER.find_all(texts, sentences)
    assert together == list(map(FINDER.find, texts, sentences))
    assert together[0] and not together[1]
