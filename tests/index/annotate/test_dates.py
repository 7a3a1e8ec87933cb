"""Dates: tables of examples, and properties on any text."""

import time
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.dates import DateFinder
from index.annotate.periods import easter, fourth_advent
from index.annotate.tables import load_tables
from index.model import DateMention, PartialDate

CASES = Path(__file__).parents[2] / "cases" / "dates"
DATES = DateFinder(load_tables())
ARTICLE_DATE = PartialDate(2024, 10, 31)

WORDS = [
    "Mai",
    "Okt.",
    "Montag",
    "vor",
    "in",
    "drei",
    "Wochen",
    "Jahr",
    "Ende",
    "letzten",
    "bis",
    "Advent",
    "erster",
    "am",
]
SIGNS = [*"0123456789./-–'", " ", "\n", "\u202f", "٣"]
texts = st.one_of(st.text(), st.lists(st.sampled_from([*WORDS, *SIGNS, " ", " "]), max_size=60).map("".join))
references = st.one_of(
    st.none(),
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(0, 12)),
)

SIZE = 60_000


def cases(name: str) -> list[tuple[str, list[str]]]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return [(row["text"], row["dates"]) for row in rows]


def shown(mention: DateMention) -> str:
    """A date as the tables write it."""
    if mention.first is None:
        return f"{mention.text}: {mention.precision}"
    last = "" if mention.last == mention.first else f" to {mention.last}"
    return f"{mention.text}: {mention.first}{last} {mention.precision}"


@pytest.mark.parametrize(("text", "expected"), cases("in_the_wild"))
def test_dates_in_the_wild(text: str, expected: list[str]) -> None:
    assert [shown(mention) for mention in DATES.find(text, ARTICLE_DATE)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("must_not_match"))
def test_what_is_no_date(text: str, expected: list[str]) -> None:
    assert [shown(mention) for mention in DATES.find(text, ARTICLE_DATE)] == expected == []


@pytest.mark.parametrize(("text", "expected"), cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failures(text: str, expected: list[str]) -> None:
    assert [shown(mention) for mention in DATES.find(text, ARTICLE_DATE)] == expected


@pytest.mark.parametrize(
    "words", ["gestern", "am Mittwoch", "Ende September", "vor drei Wochen", "im vergangenen Jahr", "am 31.10."]
)
def test_without_the_articles_date_a_relative_one_has_no_days(words: str) -> None:
    (mention,) = DATES.find(f"Das geschah {words} in Wien.", None)
    assert mention.first is None and mention.last is None and mention.precision


def test_a_coarse_article_date_gives_what_it_can() -> None:
    (year,) = DATES.find("Im vergangenen Jahr war das so.", PartialDate(2024))
    assert (year.first, year.last) == (date(2023, 1, 1), date(2023, 12, 31))
    (day,) = DATES.find("Das war gestern.", PartialDate(2024, 10))
    assert day.first is None


@pytest.mark.parametrize(
    "impossible", ["31.02.2024", "2024-02-30", "00.01.2024", "31. Februar 2024", "01.01.0000", "2023-13-01"]
)
def test_days_that_do_not_exist_are_no_days(impossible: str) -> None:
    assert not [
        mention for mention in DATES.find(f"Am {impossible} war es.", ARTICLE_DATE) if mention.precision == "day"
    ]


@pytest.mark.parametrize(
    "text",
    ["Im Jahr 9999 und am 31.12.9999.", "Vor 5000 Jahren.", "Im 99. Jahrhundert.", "Im nächsten Jahr, in 9 Jahren."],
)
@pytest.mark.parametrize("reference", [PartialDate(1), PartialDate(1, 1, 1), PartialDate(9999, 12, 31), None])
def test_the_ends_of_the_calendar_are_survived(text: str, reference: PartialDate | None) -> None:
    for mention in DATES.find(text, reference):
        assert mention.text in text


@given(texts, references)
def test_dates_lie_in_the_text_sorted_and_apart(text: str, reference: PartialDate | None) -> None:
    mentions = DATES.find(text, reference)
    assert mentions == DATES.find(text, reference)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert (mention.first is None) == (mention.last is None)
        assert mention.first is None or mention.last is None or mention.first <= mention.last
    for one, following in pairwise(mentions):
        assert one.end <= following.start


@pytest.mark.parametrize(
    ("year", "sunday"), [(1818, (3, 22)), (2000, (4, 23)), (2024, (3, 31)), (2025, (4, 20)), (2038, (4, 25))]
)
def test_easter(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


@given(st.integers(1583, 9998))
def test_the_fourth_advent_is_the_sunday_before_christmas(year: int) -> None:
    day = fourth_advent(year)
    assert day.weekday() == 6 and 18 <= day.day <= 24 and day.month == 12


@pytest.mark.parametrize(
    "unit", ["1", "1.", "1.1.", "1 bis ", "Mai ", "vor 1 ", "am 1. ", "2024-", "letzten ", "Montag "]
)
def test_time_is_linear(unit: str) -> None:
    """Much of the same is read in a second or two; a quadratic step would take many minutes."""
    text = unit * (SIZE // len(unit))
    before = time.process_time()
    DATES.find(text, ARTICLE_DATE)
    assert time.process_time() - before < 10
