"""What a reader does on the page, in a real browser: by mouse, by keys, on a phone, without scripts."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from search import open_archive
from search.model import Request
from tests.browser.conftest import DESKTOP, PHONE, TABLET, Open
from tests.web.sample import ARTICLES, HOSTILE

SPEAKER = "Antony Blinken"
VIEWS = {
    "start": "/",
    "articles": "/?q=Soldaten&speaker=Antony+Blinken&from=2020-01",
    "statements": "/?q=Soldaten&kind=statement",
    "figures": "/?q=Soldaten&kind=figure",
    "nothing": "/?q=Quastenflosser&outlet=Kreisblatt+1",
    "article": "/artikel/" + quote(str(ARTICLES[0]["id"]), safe="") + "?q=Soldaten",
    "long words": "/?q=gilt",
    "error": "/?page=0",
}
HOSTILE_PATHS = [
    "/?q=Wegesrand",
    "/?q=" + quote(HOSTILE),
    "/?q=Text&kind=statement",
    "/?q=warteten&kind=figure&speaker=" + quote(HOSTILE),
    VIEWS["article"],
    "/artikel/" + quote(HOSTILE, safe=""),
    "/?sort=" + quote(HOSTILE),
]


def titles(page: Page) -> set[str]:
    return {" ".join(title.split()) for title in page.locator(".hit h2").all_text_contents()}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_search_narrow_by_speaker_and_back(open_page: Open, index_dir: Path, scripts: bool) -> None:
    archive = open_archive(index_dir)
    found = archive.search(Request("Soldaten", size=100)).hits
    quoting = {
        " ".join(hit.title.split())
        for hit in found
        if (article := archive.article(hit.article_id))
        and any(statement.speaker == SPEAKER for statement in article.annotations.statements)
    }
    assert 0 < len(quoting) < len(found)

    page = open_page("/", java_script_enabled=scripts)
    page.get_by_role("searchbox").fill("Soldaten")
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{len(found)} Artikel für „Soldaten“")

    speakers = page.get_by_role("region", name="Sprecher", exact=True)
    speakers.get_by_role("link", name=SPEAKER).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{len(quoting)} Artikel")
    assert titles(page) == quoting
    expect(speakers.get_by_role("link", name=SPEAKER)).to_have_attribute("aria-current", "true")

    page.get_by_role("link", name=re.compile(f"Filter entfernen:.*{SPEAKER}")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{len(found)} Artikel")


def test_several_values_widen_and_are_removed_together(open_page: Open) -> None:
    page = open_page("/?q=Manöver")
    outlets = page.get_by_role("region", name="Quelle", exact=True)
    counts = []
    for number in (1, 2):
        link = outlets.get_by_role("link", name=re.compile(rf"Kreisblatt {number}\b"))
        if not link.is_visible():
            outlets.get_by_text("weitere anzeigen").click()
        link.click()
        counts.append(page.locator(".hit").count())
    assert 0 < counts[0] < counts[1]
    page.get_by_role("link", name="alle entfernen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("25 Artikel")
    assert "outlet" not in page.url and "q=Man" in page.url


def test_the_views_share_one_search(open_page: Open) -> None:
    page = open_page("/?q=Soldaten&speaker=Antony+Blinken")
    page.get_by_role("link", name="Aussagen").click()
    names = page.locator(".said h2").evaluate_all("all => all.map(h => h.firstChild.textContent.trim())")
    assert set(names) == {SPEAKER}
    page.locator(".said .place a").first.click()
    assert re.search(r"/artikel/.*#aussage-\d+$", page.url)
    expect(page.locator(":target")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="Zahlen").click()
    expect(page.get_by_role("columnheader")).to_have_text(["Wert", "Was", "Wer", "Datum", "Quelle", "Satz"])
    expect(page.locator("td.who").first).to_have_text(SPEAKER)
    page.locator("td.value a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_pages_turn_and_sorting_starts_again(open_page: Open) -> None:
    page = open_page("/?q=Manöver")
    first = titles(page)
    page.get_by_role("link", name="Weiter").click()
    expect(page.locator(".paging [aria-current=page]")).to_have_text("2")
    assert titles(page) and not titles(page) & first
    page.get_by_role("link", name="Älteste zuerst").click()
    expect(page.locator(".paging [aria-current=page]")).to_have_text("1")
    dates = page.locator(".hit time").evaluate_all("all => all.map(time => time.dateTime)")
    assert dates == sorted(dates) and len(dates) == 10


def test_the_period_narrows(open_page: Open) -> None:
    page = open_page("/?q=Manöver&sort=newest")
    page.get_by_label("Von").fill("2023-05-01")
    page.get_by_label("Bis").fill("2023-06-30")
    page.get_by_role("button", name="Zeitraum anwenden").click()
    months = set(page.locator(".hit time").evaluate_all("all => all.map(time => time.dateTime)"))
    assert months == {"2023-05", "2023-06"}
    assert "sort=newest" in page.url


def test_by_keys_alone(open_page: Open) -> None:
    page = open_page("/?q=Soldaten")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Artikel", exact=True)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Manöver/Keller")
    expect(page.get_by_role("searchbox")).to_have_value("Manöver/Keller")
    page.keyboard.press("Control+A")
    page.keyboard.type("Manöver")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Manöver")
    page.get_by_role("region", name="Quelle", exact=True).get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="alle entfernen")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_nothing_is_wider_than_the_window(open_page: Open, viewport: dict[str, int]) -> None:
    page = open_page("/", viewport)
    for view, path in VIEWS.items():
        page.goto(path)
        page.locator("details").evaluate_all("all => all.forEach(details => { details.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], view


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_filters_stand_open_where_there_is_room_and_fold_on_a_phone(open_page: Open, scripts: bool) -> None:
    wide = open_page("/?q=Soldaten", DESKTOP, java_script_enabled=scripts)
    expect(wide.get_by_role("heading", name="Sprecher")).to_be_visible()
    narrow = open_page("/?q=Soldaten", PHONE, java_script_enabled=scripts)
    expect(narrow.get_by_role("heading", name="Sprecher")).not_to_be_visible()
    expect(narrow.locator(".hit").first).to_be_visible()
    narrow.get_by_text("Filter", exact=True).click()
    expect(narrow.get_by_role("heading", name="Sprecher")).to_be_visible()


def test_markup_from_outside_stays_text(open_page: Open) -> None:
    page = open_page("/")
    for path in HOSTILE_PATHS:
        page.goto(path)
        assert page.locator("script").count() == 1 and page.locator("img").count() == 0, path
        assert page.title().endswith("– Fundstelle"), path
        assert page.locator("a[href^='javascript']").count() == 0, path


def test_the_article_shows_who_says_what(open_page: Open) -> None:
    page = open_page(VIEWS["article"])
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    said = page.locator(".body .statement.direct").first
    expect(said).to_contain_text("kein Text")
    page.get_by_role("list", name="Aussagen neben dem Absatz").get_by_role("link", name=SPEAKER).first.click()
    expect(said).to_be_in_viewport()
    expect(page.locator(".body mark").first).to_have_text("Soldaten")
    expect(page.locator(".body .figure").first).to_contain_text("4.200")
    page.get_by_role("complementary").get_by_role("link", name=f"Artikel mit {SPEAKER}").click()
    expect(page.get_by_role("link", name=re.compile(f"Filter entfernen: Person {SPEAKER}"))).to_be_visible()


def test_english_stays_english(open_page: Open) -> None:
    page = open_page("/?q=Soldaten")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Statements").click()
    page.get_by_role("searchbox").fill("Manöver")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("statements for “Manöver”")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("searchbox")).to_have_value("Manöver")


def test_what_is_typed_is_completed(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("searchbox").press_sequentially("Lena Bra")
    expect(page.locator("datalist option").first).to_be_attached()
    values = page.locator("datalist option").evaluate_all("options => options.map(option => option.value)")
    assert 'person:"Lena Brandt"' in values
    page.get_by_role("combobox").fill("Quastenflosser")
    expect(page.locator("datalist option")).to_have_count(0)
