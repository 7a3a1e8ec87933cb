"""Both languages say the same things, and the pages say nothing that is in neither."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from search.model import NoticeCode
from web.messages import choose_language, load_messages

CATALOGUE = load_messages()
WEB = Path(__file__).resolve().parents[2] / "web"
SOURCES = [path.read_text("utf-8") for path in [*WEB.glob("*.py"), *WEB.glob("templates/*.html")]]

LITERAL = re.compile(
    r"""
    \b (?: messages | self ) \(
    \s* f? ["'] (?P<key> [a-z_]+ ) (?P<open> \{ )?                       # followed by { it is the beginning of a key
    """,
    re.VERBOSE,
)
IN_TEMPLATE = re.compile(r"""["'](?P<key>[a-z_]+)["'](?P<open> \+ [\w.]+\))?\|m\b""")
FOUND = [match for source in SOURCES for pattern in (LITERAL, IN_TEMPLATE) for match in pattern.finditer(source)]
USED = {match["key"] for match in FOUND if not match["open"]}
BEGINNINGS = {match["key"] for match in FOUND if match["open"]}
BY_NAME = {
    *("months", "short_day", "short_month", "at_least", "at_most", "millions", "billions", "trillions"),
    *("direct", "indirect", "value", "what", "said_by", "date", "outlet", "sentence"),
}
"""Keys that the code gets from a value: a kind of statement, a bound, a scale, a column."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert set(CATALOGUE) == {"de", "en"}
    assert list(CATALOGUE["de"].texts) == list(CATALOGUE["en"].texts)


@pytest.mark.parametrize("key", [key for key, text in CATALOGUE["de"].texts.items() if isinstance(text, str)])
def test_both_languages_fill_the_same_places(key: str) -> None:
    german, english = (CATALOGUE[language].texts[key] for language in ("de", "en"))
    assert places(german) == places(english)
    assert german.strip() and english.strip()


@pytest.mark.parametrize("code", get_args(NoticeCode))
def test_every_notice_is_said(code: str) -> None:
    assert f"notice_{code}" in CATALOGUE["de"].texts


def test_every_key_that_is_used_exists() -> None:
    assert USED - {"error_"} <= set(CATALOGUE["de"].texts)


def test_every_key_is_used() -> None:
    unused = {
        key
        for key in CATALOGUE["de"].texts
        if key not in USED | BY_NAME
        and not any(key.startswith(beginning) for beginning in BEGINNINGS)
        and key.removesuffix("_one") not in USED
    }
    assert unused == set()


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 Artikel"), ("1", "1 Artikel"), (0, "0 Artikel"), ("1.200", "1.200 Artikel")]
)
def test_one_has_its_own_words(count: object, text: str) -> None:
    assert CATALOGUE["de"]("total_article", count=count) == text


@pytest.mark.parametrize(("asked", "language"), [(None, "de"), ("en", "en"), ("de", "de"), ("xx", "de"), ("", "de")])
def test_german_unless_the_address_asks_for_another(asked: str | None, language: str) -> None:
    assert choose_language(asked, CATALOGUE).language == language
