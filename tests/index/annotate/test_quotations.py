"""Pairs of quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.quotations import MAX_LENGTH, QuotationFinder
from index.annotate.tables import load_tables

FINDER = QuotationFinder(load_tables())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er sagte „ja“ und “nein”.", ["„ja“", "“nein”"]),
        ('Er sagte "ja" und "nein".', ['"ja"', '"nein"']),
        ("Er sagte »ja« und «nein».", ["»ja«", "«nein»"]),
        ("Er sagte ''ja'' und ‚nein‘.", ["''ja''", "‚nein‘"]),
        ('Er sagte „ja".', ['„ja"']),
        ("„Er rief ‚ja‘ und ging.“", ["„Er rief ‚ja‘ und ging.“"]),
        ("„Er rief »ja« und ging.“", ["„Er rief »ja« und ging.“"]),
        ('Sein 5" großer Nagel.', []),
        ("Niemals geöffnet“, sagte er.", []),
        ("„Niemals geschlossen, sagte er.", []),
        ("„Offen.\n\n„Neu“, sagte er.", ["„Offen.", "„Neu“"]),
        ("(„ja“)", ["„ja“"]),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in FINDER.find(text)] == expected


def test_a_mark_that_is_not_closed_in_time_is_passed_over() -> None:
    text = "„" + "a" * MAX_LENGTH + " „b“ c"
    assert [text[q.start : q.end] for q in FINDER.find(text)] == ["„b“"]


@given(st.text(alphabet="„“”\"»«‚‘'ab .\n", max_size=80))
def test_quotations_are_apart_and_hold_their_words(text: str) -> None:
    end = 0
    for quotation in FINDER.find(text):
        assert end <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
        end = quotation.end
