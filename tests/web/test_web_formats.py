"""Dates and quantities as readers of either language write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import PartialDate
from web.formats import date_text, number_text, quantity_text
from web.messages import load_messages

CATALOGUE = load_messages()


@pytest.mark.parametrize(
    ("date", "german", "english", "short"),
    [
        (PartialDate(2024, 10, 31), "31. Oktober 2024", "31 October 2024", "31.10.2024"),
        (PartialDate(2024, 3), "März 2024", "March 2024", "3/2024"),
        (PartialDate(812), "812", "812", "812"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(date: PartialDate, german: str, english: str, short: str) -> None:
    assert (date_text(date, CATALOGUE["de"]), date_text(date, CATALOGUE["en"])) == (german, english)
    assert date_text(date, CATALOGUE["de"], short=True) == short


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (0.0, "0", "0"),
        (100, "100", "100"),
        (8000, "8.000", "8,000"),
        (165.41, "165,41", "165.41"),
        (0.125, "0,125", "0.125"),
        (-3.5, "-3,5", "-3.5"),
        (999_999, "999.999", "999,999"),
        (8_000_000, "8 Mio.", "8 million"),
        (1_250_000, "1,25 Mio.", "1.25 million"),
        (1_234_567, "1.234.567", "1,234,567"),
        (1.2e9, "1,2 Mrd.", "1.2 billion"),
        (3e12, "3 Bio.", "3 trillion"),
    ],
)
def test_numbers_are_grouped(value: float, german: str, english: str) -> None:
    assert (number_text(value, CATALOGUE["de"]), number_text(value, CATALOGUE["en"])) == (german, english)


@pytest.mark.parametrize(
    ("upper", "approximate", "bound", "unit", "text"),
    [
        (None, False, None, None, "3.000"),
        (4000.0, False, None, None, "3.000–4.000"),
        (None, True, None, None, "rund 3.000"),
        (None, False, "upper", None, "bis zu 3.000"),
        (None, False, "lower", "EUR", "mindestens 3.000 €"),
        (None, True, "lower", "km", "mindestens 3.000 km"),
    ],
)
def test_a_quantity_says_how_it_was_given(
    upper: float | None, approximate: bool, bound: str | None, unit: str | None, text: str
) -> None:
    assert quantity_text(3000, upper, approximate, bound, unit, CATALOGUE["de"]) == text


@given(st.floats(allow_nan=False))
def test_any_number_can_be_written(value: float) -> None:
    assert number_text(value, CATALOGUE["de"])
