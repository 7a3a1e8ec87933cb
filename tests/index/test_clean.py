"""Raw articles -> articles: pages with their dirt, headlines, credits, stamps; and what never happens."""

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.annotate.tables import load_tables
from index.clean import Cleaner
from index.cleaning.credits import Credits
from index.cleaning.headline import Headlines
from index.cleaning.stamps import Stamps
from index.errors import SettingsError
from index.model import Article, PartialDate, RawArticle
from index.readers import read_file

CASES = Path(__file__).parents[1] / "cases" / "cleaning"
PAGES = tomllib.loads((CASES / "pages.toml").read_text("utf-8"))["case"]
HEADLINES = tomllib.loads((CASES / "headlines.toml").read_text("utf-8"))
SHARED = Path(__file__).parents[3] / "shared"

TABLES = load_tables()
CLEANER = Cleaner(TABLES)
BODY = "Der Zoll hat am Montag zwei Millionen Zigaretten gefunden. Der Fahrer schwieg."


def clean(text: str, **known: Any) -> Article:
    return CLEANER.to_article(RawArticle("seite.txt", text, **known), "seite")


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_pages(case: dict[str, Any]) -> None:
    article = clean(case["raw"])
    assert article.title == case["title"]
    assert article.text.split("\n\n") == case["text"].strip().split("\n")
    assert str(article.date or "") == case.get("date", "")
    assert article.outlet == case.get("outlet")
    assert list(article.agencies) == case.get("agencies", [])


def split(line: str, body: str = "") -> str:
    kicker, title = Headlines(TABLES).split(line.replace(" | ", " "), body)
    return f"{kicker} | {title}"


@pytest.mark.parametrize("line", HEADLINES["lines"])
def test_kicker_and_title_are_parted(line: str) -> None:
    assert split(line, "Die IG Metall und der FC Bayern München teilten das mit.") == line


@pytest.mark.parametrize("case", HEADLINES["with_body"], ids=lambda case: case["line"])
def test_the_text_shows_which_words_belong_together(case: dict[str, str]) -> None:
    assert split(case["line"], case["body"]) == case["line"]


@pytest.mark.parametrize("line", HEADLINES["known_failures"])
@pytest.mark.xfail(strict=True, reason="known failure")
def test_kicker_and_title_known_failures(line: str) -> None:
    assert split(line) == line


@pytest.mark.parametrize(
    "line",
    ["Blinken erwartet Einsatz weiterer Soldaten", "Bundesrat billigt Gesetz", "Präsident Selenskyj bittet um Waffen"],
)
def test_a_title_without_a_kicker_stays_whole(line: str) -> None:
    assert Headlines(TABLES).split(line, "") == (None, line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Von Eva Muster", True),
        ("Von Tamme Harms, Norddeich", True),
        ("Ein Kommentar von Eva Muster", True),
        ("von Peter van den Berg und Eva Muster, dpa", True),
        ("Von Paris nach Rom in sechs Stunden", False),
        ("Von Mut und Freiheit", False),
        ("Vom Tellerwäscher zum Millionär", False),
        ("Von Eva Muster war nichts zu hören, sagte der Anwalt.", False),
    ],
)
def test_bylines(line: str, expected: bool) -> None:
    assert Headlines(TABLES).is_byline(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mrc/dpa", {"dpa"}),
        ("Quelle: ntv.de, mau/dpa", {"dpa"}),
        ("© dpa-infocom, dpa:241031-99-100000/3", {"dpa"}),
        ("Mit Informationen von dpa und AFP.", {"AFP", "dpa"}),
        ("Dieser Artikel wurde mit Material der Nachrichtenagenturen dpa und AFP erstellt.", {"AFP", "dpa"}),
        ("kle/haz (dpa, afp, rtr)", {"AFP", "dpa", "Reuters"}),
        ("Wien/Kiew (APA/dpa/AFP) – Die Regierung tagt.", {"AFP", "APA", "dpa"}),
        ("Frankfurt (dpa-AFX) - Der Dax steigt.", {"dpa-AFX"}),
        ("Von Markus Müller, dpa", {"dpa"}),
        ("Das sei noch offen. (APA/red.)", {"APA"}),
        ("Quelle: SWR Aktuell", set()),
        ("Er sprach von einem Fehler (wie immer)", set()),
        ("Nach dem Spiel (SC Freiburg)", set()),
        ("Das meldete die dpa (Hamburg).", set()),
    ],
)
def test_credits_of_the_text(line: str, expected: set[str]) -> None:
    assert Credits(TABLES).of_text(line, at_end=True) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bild: AP/Evan Vucci", True),
        ("APA/HANS KLAUS TECHT", True),
        ("picture alliance/dpa | Kay Nietfeld", True),
        ("IMAGO/ITAR-TASS", True),
        ("Kim Jong Un © APA/AFP/STR", True),
        ("Soldaten bei der Parade (Archivbild) | AFP", True),
        ("Ukrainian Presidential Press Ser / AFP", True),
        ("Gipfel in Brüssel – Foto: AP", True),
        ("Kiel BrückeAPA/AFP/XYZ VIA ABC/STR", True),
        ("AP fordert mehr Geld von Google", False),
        ("USA/Russland: Neue Gespräche", False),
        ("Foto-Ausstellung in Kiel eröffnet", False),
        ("Es fragt sich: Stimmt das Bild: Politiker packen nicht an?", False),
    ],
)
def test_picture_credits(line: str, expected: bool) -> None:
    assert Credits(TABLES).is_picture_credit(line) is expected


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Stand: 31.10.2024, 21:27 Uhr", "2024-10-31"),
        ("Aktualisiert am 31. Oktober 2024 um 21.27 Uhr", "2024-10-31"),
        ("Do., 31. Okt. 2024, 10 Uhr", "2024-10-31"),
        ("Von Max Muster | 31.10.2024", "2024-10-31"),
        ("31.10.2024 von Eva Muster", "2024-10-31"),
        ("Berlin, 31. Oktober 2024", "2024-10-31"),
        ("2024-10-31T21:27:00+01:00", "2024-10-31"),
        ("31.10.24 - 21:27 Uhr", "2024-10-31"),
        ("date 2024-10", "2024-10"),
        ("24. Okt 2024 · Lesedauer 2 min", "2024-10-24"),
        ("Stand: 31.02.2024 10:00 Uhr", None),
        ("Am 31. Oktober 2024 war es so weit", None),
        ("Bundestagswahl 2025", None),
        ("Die Lage am 31.10.2024", None),
    ],
)
def test_stamps(line: str, date: str | None) -> None:
    rest, found = Stamps(TABLES).take(line)
    assert [str(stamp.date) for stamp in found] == ([date] if date else [])
    assert rest == ("" if date else line)


def test_what_the_user_says_is_believed_before_what_the_text_says() -> None:
    known = {"title": "Mein Titel", "date": PartialDate(2020), "outlet": "Mein Blatt", "agencies": ("KNA",)}
    text = f"Zoll findet Zigaretten Stand: 31.10.2024 21:27 Uhr\n\n{BODY} (dpa)"
    article = clean(text, **known)
    assert {name: getattr(article, name) for name in known} == known


def test_an_address_names_the_outlet() -> None:
    assert clean(BODY, url="https://www.tagesschau.de/ausland/x-100.html").outlet == "tagesschau.de"
    assert clean(BODY, url="https://unbekannt.example/x").outlet is None
    assert clean(BODY, url="https://[kaputt").outlet is None


def test_text_that_is_not_scraped_is_kept_to_the_character() -> None:
    text = "  Lesen Sie auch: nichts.\r\n\r\nBerlin (dpa) -\u00a0" + BODY + " \nFoto: AFP\n"
    article = clean(text, scraped=False)
    assert article.text == text
    assert article.agencies == ("dpa",)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Am 3. Oktober sprach Dr. Brand. Danach nicht.", "Am 3. Oktober sprach Dr. Brand."),
        ("Wort " * 60, "Wort " * 19 + "Wort…"),
        ("x" * 300, "x" * 99 + "…"),
        ("\n\n  Nur dies", "Nur dies"),
    ],
)
def test_a_title_is_made_of_the_first_sentence(text: str, title: str) -> None:
    assert clean(text, scraped=False).title == title


def test_a_user_adds_an_outlet() -> None:
    added = {"outlets": {"Harzer Bote": {"domains": ["harz.example"], "lines": ["HB – gelesen im {any}"]}}}
    cleaner = Cleaner(load_tables(added))
    article = cleaner.to_article(
        RawArticle("a.txt", f"HB – gelesen im ganzen Harz\nZoll findet Zigaretten\n{BODY}"), "a"
    )
    assert article.outlet == "Harzer Bote"
    by_url = cleaner.to_article(RawArticle("a.txt", BODY, url="https://m.harz.example/1"), "a")
    assert by_url.outlet == "Harzer Bote"


@pytest.mark.parametrize(
    "added", [{"outlets": {"Bote": ["x"]}}, {"outlets": {"Bote": {"lines": "x"}}}, {"boilerplate": {"patterns": ["("]}}]
)
def test_a_mistake_in_a_users_table_is_said(added: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Cleaner(load_tables(added))


LINES = st.sampled_from(
    [
        "", BODY, "Zoll findet Zigaretten", "Lesen Sie auch", "Mehr zum Thema", "- Zoll", "- false", "showPaywall:",
        "Foto: dpa", "Stand: 31.10.2024 21:27 Uhr", "31.10.2024", "Zusammenfassung", "• Der Fahrer schwieg.", "© AFP",
        "(dpa)", "Teilen", "?!", "X/Y", "Talbote.example - Neues", "Kurz:", "Politik", "OZD / ©AFP", "https://www.spiegel.de/x",
        "© 2024 Talbote", "Von Eva Muster", "Artİkel vom 3.10.2024",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=12).map("\n".join))
def test_cleaning_never_fails_and_never_loses_a_sentence(text: str) -> None:
    article = clean(text)
    assert article.title
    assert (BODY in article.text) == (BODY in text)
    assert clean(text) == article


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000, "a " * 500_000, "\n" * 1_000_000, "(" * 500_000, "- x\n" * 20_000, "© " * 100_000,
        "1.1." * 200_000,
        "Stand: " * 100_000, "Lesen Sie auch\n" * 10_000, "A/B " * 200_000, "Zusammenfassung\n- a\n" * 5_000,
    ],
    ids=lambda text: repr(text[:10]),
)  # fmt: skip
def test_time_grows_with_length_only(text: str) -> None:
    began = time.process_time()
    clean(text)
    assert time.process_time() - began < 4


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the reference articles are not here")
def test_the_reference_articles() -> None:
    gold = json.loads((SHARED / "seeds-gold.json").read_text("utf-8"))
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        [raw] = read_file(path)
        assert isinstance(raw, RawArticle)
        article, expected = CLEANER.to_article(raw, path.stem), gold[path.name]
        assert article.title == expected["title"]
        assert str(article.date or "") == (expected["date"] or "")
        assert article.outlet == expected["outlet"]
        assert list(article.agencies) == expected["agencies"]
        assert not [dirt for dirt in gold["boilerplate"] if dirt in article.text or dirt in article.title]


def test_a_paragraph_of_many_lines_takes_linear_time() -> None:
    text = "Titel\n\n" + "Wo die Leute am Fluss wohnen und was sie von der Stadt noch wissen\n" * 12_000
    began = time.process_time()
    article = Cleaner(TABLES).to_article(RawArticle("a.txt", text), "a")
    assert time.process_time() - began < 20 and len(article.text) > 700_000
