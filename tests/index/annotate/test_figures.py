"""Figures: tables of examples, the five articles of the reference where they lie, and properties on any text."""

import json
import time
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.dates import DateFinder
from index.annotate.figures import FigureFinder
from index.annotate.numbers import normal_form
from index.annotate.tables import load_tables
from index.model import DateMention, Figure, PartialDate

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "figures"
SHARED = ROOT.parent / "shared"
TABLES = load_tables()
DATES, FIGURES = DateFinder(TABLES), FigureFinder(TABLES)
ARTICLE_DATE = PartialDate(2024, 10, 31)

WORDS = ["zwölf", "ein", "drei", "Millionen", "bis", "und", "Komma", "Prozent", "€", "Euro", "Uhr", "Soldaten", "Jahre"]
SIGNS = [*"0123456789.,:'’/-–%§()½²³", " ", "\n", "\u202f", "\u00a0", "٣", "۴", "१"]
texts = st.one_of(st.text(), st.lists(st.sampled_from([*WORDS, *SIGNS, " ", " "]), max_size=60).map("".join))

SIZE = 60_000


def cases(name: str) -> list[tuple[str, list[str]]]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [(row["text"], row["figures"]) for row in rows]


def found_in(text: str) -> tuple[Figure, ...]:
    return FIGURES.find(text, DATES.find(text, ARTICLE_DATE))


def shown(figure: Figure) -> str:
    """A figure as the tables write it."""
    value = normal_form(figure.value) + ("" if figure.upper is None else f"..{normal_form(figure.upper)}")
    bound = {"lower": ">=", "upper": "<=", None: ""}[figure.bound]
    unit = f"[{figure.unit}]" if figure.unit else ""
    parts = ["~" if figure.approximate else "", bound, value, unit, figure.noun or "", "(age)" * (figure.kind == "age")]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "expected"), cases("in_the_wild"))
def test_figures_in_the_wild(text: str, expected: list[str]) -> None:
    assert [shown(figure) for figure in found_in(text)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("made_up"))
def test_every_way_to_write_a_figure(text: str, expected: list[str]) -> None:
    assert [shown(figure) for figure in found_in(text)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("must_not_match"))
def test_what_is_no_figure(text: str, expected: list[str]) -> None:
    assert [shown(figure) for figure in found_in(text)] == expected == []


@pytest.mark.parametrize(("text", "expected"), cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failures(text: str, expected: list[str]) -> None:
    assert [shown(figure) for figure in found_in(text)] == expected


def test_the_tables_are_large_and_a_third_of_them_negative() -> None:
    positive, negative = cases("in_the_wild") + cases("made_up"), cases("must_not_match")
    assert len(positive) + len(negative) >= 300
    assert len(negative) * 3 >= len(positive) + len(negative)
    assert len({text for text, _ in positive + negative}) == len(positive) + len(negative)


def test_a_date_is_never_a_figure() -> None:
    text = "Es waren 20 Gäste."
    mention = DateMention(9, 11, "20", "made", date(2020, 1, 1), date(2020, 12, 31), "year")
    assert FIGURES.find(text, [mention]) == ()
    assert [figure.text for figure in FIGURES.find(text, [])] == ["20 Gäste"]


@given(texts)
def test_figures_lie_in_the_text_sorted_and_apart(text: str) -> None:
    figures = found_in(text)
    assert figures == found_in(text)
    for figure in figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert figure.upper is None or figure.upper >= figure.value
    for one, following in pairwise(figures):
        assert one.end <= following.start


@pytest.mark.parametrize(
    "malformed", ["1.2.3.4", "1..000", "1,2,3", "12.00", "12.34.56", "1,,2", "9" * 40, "10²", "٣٤٥", "2:1:0"]
)
def test_malformed_numbers_are_no_figures(malformed: str) -> None:
    assert found_in(f"Es steht {malformed} im Text.") == ()


@pytest.mark.parametrize(
    "unit",
    [
        *("1", "1.", "123.", "1,2,", "ein", "zweiund", "½", "1-", "2²", "٣", "9 ", "A-", "Komma ", "3x"),
        *("zwei Millionen ", "1 Million 200 Tausend "),
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Much of the same is read in a second or two; a quadratic step would take many minutes."""
    text = unit * (SIZE // len(unit))
    before = time.process_time()
    found_in(text)
    assert time.process_time() - before < 10


def test_a_megabyte_of_digits_is_no_figure() -> None:
    before = time.process_time()
    assert found_in("1234567890" * 100_000) == ()
    assert time.process_time() - before < 10


@pytest.mark.skipif(
    not (SHARED / "seeds-gold.json").exists(), reason="the reference articles lie beside the project only"
)
def test_the_reference_articles() -> None:
    gold = json.loads((SHARED / "seeds-gold.json").read_text("utf-8"))
    for name, expected in gold.items():
        if not name.endswith(".txt"):
            continue
        text = (SHARED / "seeds" / name).read_text("utf-8")
        figures = found_in(text)
        found = {(figure.value, figure.noun) for figure in figures}
        wanted = {(figure["value"], figure["noun"]) for figure in expected["figures"]}
        assert wanted <= found, name
        assert len(found - wanted) <= 1, name
        assert not [f.text for f in figures if any(never in f.text for never in expected["never"])]
