"""Number spellings: what is written is read back, whatever way it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.numbers import normal_form, parse_number

ONES = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
TEENS = ["zehn", "elf", "zwölf", *(f"{n}zehn" for n in ("drei", "vier", "fünf", "sech", "sieb", "acht", "neun"))]
TENS = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def in_words(number: int) -> str:
    """A whole number below a million in German words."""
    if number >= 1000:
        return f"{in_words(number // 1000)}tausend{in_words(number % 1000) if number % 1000 else ''}"
    if number >= 100:
        return f"{ONES[number // 100]}hundert{in_words(number % 100) if number % 100 else ''}"
    if number >= 20:
        return f"{ONES[number % 10]}und{TENS[number // 10]}" if number % 10 else TENS[number // 10]
    return TEENS[number - 10] if number >= 10 else ONES[number]


@given(st.integers(1, 999_999))
def test_number_words_are_read_back(number: int) -> None:
    words = in_words(number)
    assert parse_number(words) == number
    assert parse_number(words.capitalize()) == number
    assert parse_number(words.replace("ß", "ss").replace("fünf", "fuenf").replace("zwölf", "zwoelf")) == number


@given(st.integers(0, 10**15), st.sampled_from([".", " ", "'", "’", "\u00a0", "\u202f", "\u2009", ""]))
def test_grouped_digits_are_read_back(number: int, separator: str) -> None:
    assert parse_number(f"{number:,}".replace(",", separator)) == number


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_the_normal_form_is_read_back(whole: int, hundredths: int) -> None:
    value = whole + hundredths / 100
    assert parse_number(normal_form(value)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("null", 0),
        ("eins", 1),
        ("anderthalb", 1.5),
        ("eineinhalb", 1.5),
        ("zweieinhalb", 2.5),
        ("dreiviertel", 0.75),
        ("ein Viertel", 0.25),
        ("drei Achtel", 0.375),
        ("½", 0.5),
        ("2½", 2.5),
        ("2 ½", 2.5),
        ("3/4", 0.75),
        ("2 1/4", 2.25),
        ("ein Dutzend", 12),
        ("ein halbes Dutzend", 6),
        ("ein Drittel Dutzend", 4),
        ("zwei Drittel Dutzend", 8),
        ("fünf Dutzend", 60),
        ("1,2 Mrd.", 1.2e9),
        ("1,2mrd", 1.2e9),
        ("8 Mio", 8e6),
        ("50 Tsd.", 50_000),
        ("acht Millionen", 8e6),
        ("eine halbe Million", 500_000),
        ("zweieinhalbtausend", 2500),
        ("siebzehnhundert", 1700),
        ("zwei Komma fünf", 2.5),
        ("-5", -5),
        ("−5", -5),
        ("minus 1.200", -1200),
        (",75", 0.75),
        ("fünf und drei Viertel", 5.75),
        ("eine Million zweihunderttausend", 1_200_000),
        ("12,-", 12),
        ("0033", 33),
    ],
)
def test_one_number_each(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Haus",
        "1..000",
        "1.2.3.4",
        "1,2,3",
        "2:1",
        "21:27",
        "12.0000",
        "1.00.000",
        "12 00",
        "9" * 30,
        "10²",
        "٣٤",
        "zwölftau",
        "einzwei",
        "Tausende",
        "3 Soldaten",
        "§ 5",
        "1.000,5,5",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (12000, "12000"),
        (1.5, "1,5"),
        (0, "0"),
        (-0.0, "0"),
        (-3.25, "-3,25"),
        (1e15, "1000000000000000"),
        (2 / 3, "0,666667"),
        (1e20, "1" + "0" * 20),
    ],
)
def test_normal_forms(value: float, form: str) -> None:
    assert normal_form(value) == form


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    value = parse_number(text)
    assert value is None or parse_number(text) == value


@given(st.integers(1, 99_999), st.sampled_from([("Tausend", 1_000), ("Millionen", 1_000_000), ("Mrd.", 1_000_000_000)]))
def test_decimals_times_a_magnitude_are_what_is_written(hundredths: int, magnitude: tuple[str, int]) -> None:
    word, size = magnitude
    assert parse_number(f"{hundredths // 100},{hundredths % 100:02} {word}") == hundredths * size / 100
