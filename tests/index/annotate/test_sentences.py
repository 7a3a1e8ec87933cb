"""Sentences: what ends one and what does not, and how long it takes."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.sentences import SentenceSplitter
from index.annotate.tables import load_tables

SPLITTER = SentenceSplitter(load_tables())


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in SPLITTER.split(text)]


# Sentences side by side; "|" stands where one ends.
ENDS = [
    "Er kam am 3. Oktober nach Berlin. | Das sagte Dr. Merkel.",
    "Am 31. Oktober sprach George W. Bush. | Er blieb kurz.",
    "Tiere, z. B. Hunde und z.B. Katzen. | So ist es.",
    "Das kostet 5 Mio. Euro. | Nr. 5 lebt. | Das sind 3 Mio. | Die Firma zahlt.",
    "Wir, u. a. Frau Brand, kommen. | Sie nicht.",
    "Im 19. Jahrhundert lebte Ludwig XIV. in Paris. | Dort starb er.",
    "Papst Johannes Paul II. | Er starb 2005.",
    "Es war im Jahr 2010. | Putin kam. | Er wurde 3. | Danach ging er.",
    "Beim 100. Geburtstag war der 1. FC Köln da. | Das freute alle.",
    "Er kam zum 3. Mal. | Es waren 12. | Die Leute kamen.",
    "Der 2:1-Sieg am 3. 10. 2024 war gut. | Am 31.10. folgt der nächste.",
    "Der Angeklagte Rafik Y. | Die Polizei kam. | Die U.S. Army kam auch.",
    "Prof. Dr. h. c. mult. Maier kam. | Die anderen usw. | Die blieben fort.",
    "Er kam gegen 17.30 Uhr. | Ca. 50 Leute warteten.",
    "Artikel 5 Abs. 3 GG gilt. | Das regelt Art. 20. | Fragen dieser Art. | Die Antwort fehlt.",
    "St. Pölten liegt bei Wien. | Die Fa. Huber e. V. | Das ist so.",
    "130. Fahrt der Fähre: Alle an Bord. | 2. Bundesliga am Abend.",
    "Die kath. Kirche und die ev. Kirche feiern. | Ex-Präs. Müller kommt.",
    "„Warum?“, fragte er. | „Ja!“ | Das war alles.",
    "Sie rief: „Kommt!“ und ging. | Sie rief: „Kommt!“ | Und ging.",
    'Er sagte: "Das geht. | Wir gehen." | Dann ging er.',
    "»Ja.« | Er kam. | «Nein.» | Sie kam. | („Vielleicht.“) | Alle kamen.",
    "„Das war (für Trainer Otto) Merkur eine Qual.“ | Er ging.",
    "Er sprach … lange. | Was …? | Nichts (...) nach Russland. | (Siehe S. 5.) | Neu.",
    "Berlin (dpa). | Die Regierung tagt. | – Weiter geht es. | Wirklich?! | Ja.",
    "Ohne Punkt",
]


@pytest.mark.parametrize("text", ENDS)
def test_where_sentences_end(text: str) -> None:
    assert split(text.replace(" | ", " ")) == text.split(" | ")


def test_a_lost_space_behind_a_quotation_ends_the_sentence() -> None:
    assert split('Sie seien da, "um zu üben."Dies sagte er.') == ['Sie seien da, "um zu üben."', "Dies sagte er."]


@pytest.mark.parametrize("line_break", ["\n", "\n\n", "\r\n", " \n \n ", "\u2028"])
def test_a_line_break_ends_a_sentence(line_break: str) -> None:
    assert split(f"  Eine Zeile{line_break}noch eine. ") == ["Eine Zeile", "noch eine."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2029"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split(text) == []


PIECES = st.sampled_from(
    [" ", "\n", ".", "!", "…", "„", "“", '"', "Dr.", "z. B.", "Haus", "am", "3.", "er", "X", "ß", "(", ")", "1.2."]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_sentences_hold_all_that_is_not_white_space_in_order(text: str) -> None:
    spans = SPLITTER.split(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(
        span.start < span.end and text[span.start : span.end].strip() == text[span.start : span.end] for span in spans
    )
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.text(st.characters(exclude_characters="\n\r\u2028\u2029")), st.text())
def test_a_line_is_cut_as_if_it_stood_alone(first: str, second: str) -> None:
    assert split(f"{first}\n{second}") == split(first) + split(second)


@pytest.mark.parametrize(
    "text",
    [
        "Er kam. " * 100_000, "!" * 2_000_000, ". " * 100_000, "a. " * 200_000, '."' * 500_000, "a" * 5_000_000,
        "A.B." * 500_000, "1. " * 100_000, ("." + " " * 30) * 50_000, "„ " * 500_000,
    ],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_time_grows_with_length_only(text: str) -> None:
    began = time.process_time()
    SPLITTER.split(text)
    assert time.process_time() - began < 3
