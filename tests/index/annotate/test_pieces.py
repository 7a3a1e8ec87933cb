"""Pieces and words against the patterns that they stand for: the same places, whatever the text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from index.annotate.clauses import read_words
from index.annotate.dates import DateFinder
from index.annotate.figures import FigureFinder
from index.annotate.pieces import cut
from index.annotate.quotations import QuotationFinder
from index.annotate.speech_lexicon import build_lexicon
from index.annotate.tables import load_tables

TABLES = load_tables()
DATES, FIGURES, QUOTATIONS = DateFinder(TABLES), FigureFinder(TABLES), QuotationFinder(TABLES)
LEXICON = build_lexicon(TABLES)
WORD = re.compile(r"\d+(?:[.,:]\d+)+\b|\w+(?:[-’'.&/:]\w+)*|[^\w\s]")

MARKS = list(" \n.,:;\"-()!?„“”–/’'&%_+*[]…\t\u00a0\u202f\u2009½²")
WORDS = [
    "Montag",
    "montags",
    "So",
    "hl",
    "Buß",
    "und",
    "Mai",
    "In",
    "vor",
    "ein",
    "Eine",
    "eineinhalb",
    "einer",
    "Million",
    "Meter",
    "Haus",
    "elf",
    "elfjährig",
    "elfte",
    "zwölf",
    "drei",
    "2024",
    "7",
    "12",
    "3a",
    "sagte",
    "dass",
    "US",
    "ß",
]
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.text(max_size=2)), max_size=30)


@given(TEXTS.map("".join))
def test_a_piece_stands_at_its_place(text: str) -> None:
    pieces = cut(text)
    for number, start in pieces.places(n for n, piece in enumerate(pieces.pieces) if piece.isalpha()):
        assert text.startswith(pieces.pieces[number], start)
    assert [p for n, p in enumerate(pieces.pieces) if n not in pieces.odd and p and not p.isalpha()] == []


@given(TEXTS.map("".join))
def test_dates_begin_where_a_pattern_over_the_whole_text_finds_them(text: str) -> None:
    tokens = [(match.start(), match[0]) for match in DATES._candidate.finditer(text)]
    assert list(DATES._candidates(cut(text))) == tokens


@given(TEXTS.map("".join))
def test_figures_begin_where_a_pattern_over_the_whole_text_finds_them(text: str) -> None:
    expected = []
    for match in FIGURES._candidate.finditer(text):
        article = FIGURES._article.match(text, match.start()) if match[0].lower() in ("ein", "eine") else None
        if article is None or article[1] in FIGURES._after_article:
            expected.append(match.start())
    found = list(FIGURES._places(cut(text), []))
    left_out = sorted({*expected} - {*found})
    assert sorted([*found, *left_out]) == expected
    assert [place for place in left_out if FIGURES._at(text, place)] == []


@given(TEXTS.map("".join))
def test_words_stand_at_their_places(text: str) -> None:
    quotations, position, expected = QUOTATIONS.find(text), 0, []
    for quotation in quotations:
        expected += [(m.start(), m[0], m.end()) for m in WORD.finditer(text, position, quotation.start)]
        expected.append((quotation.start, "„“", quotation.end))
        position = quotation.end
    expected += [(m.start(), m[0], m.end()) for m in WORD.finditer(text, position)]
    words = read_words(text, quotations, LEXICON)
    assert [(words.start[i], words.spelling[i], words.end(i)) for i in range(len(words.start))] == expected
