"""The chart of figures and the timeline in a real browser: by mouse, by keys, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open

TROOPS = "figure=Soldat&figure=Mann&figure=Infanterist&date=2024-10-18&date=2024-10-31"
VIEW = f"/?q=Soldaten&kind=figure&{TROOPS}"


def mark_of(page: Page, words: str) -> Locator:
    return page.locator(".plot").get_by_role("link", name=re.compile(words))


def readout(page: Page) -> Locator:
    return page.locator(".readout:visible")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_scripts_a_mark_shows_its_sentence_and_opens_its_place(open_page: Open, viewport: object) -> None:
    page = open_page(VIEW, viewport, java_script_enabled=False)
    expect(page.get_by_role("heading", name="Soldat, Mann")).to_be_visible()
    lowest, highest = mark_of(page, r"^rund 1\.500"), mark_of(page, r"^rund 12\.000")
    below, above = lowest.bounding_box(), highest.bounding_box()
    assert below and above and below["y"] > above["y"] + 200
    expect(readout(page)).to_have_count(0)
    lowest.hover()
    expect(readout(page)).to_contain_text("südkoreanischer Geheimdienst, 18. Oktober 2024")
    expect(readout(page)).to_contain_text("1500 Soldaten")
    lowest.click()
    assert re.search(r"/artikel/.*#zahl-\d+$", page.url)
    expect(page.locator(":target")).to_contain_text("1500 Soldaten")


def test_by_keys_a_mark_shows_its_sentence_and_opens_its_place(open_page: Open) -> None:
    page = open_page(VIEW)
    page.get_by_role("link", name="Diagramm überspringen").focus()
    expect(page.get_by_role("link", name="Diagramm überspringen")).to_be_in_viewport()
    page.keyboard.press("Tab")
    first = page.locator(".mark").first
    expect(first).to_be_focused()
    expect(readout(page)).to_have_count(1)
    expect(readout(page)).to_contain_text("1500 Soldaten")
    assert first.locator(".focus").evaluate("ring => getComputedStyle(ring).stroke") != "none"
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_in_viewport()


def test_every_mark_is_inside_the_chart_and_nothing_is_wider_than_the_phone(open_page: Open) -> None:
    page = open_page("/?q=Soldaten&kind=figure", PHONE)
    plot = page.locator(".plot").bounding_box()
    shapes = page.locator(".mark .shape").evaluate_all(
        "all => all.map(s => s.getBoundingClientRect()).map(r => [r.left, r.right, r.top, r.bottom])"
    )
    assert plot and len(shapes) > 25
    for left, right, top, bottom in shapes:
        assert plot["x"] <= left and right <= plot["x"] + plot["width"]
        assert plot["y"] <= top and bottom <= plot["y"] + plot["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_another_noun_is_a_link_away_and_the_address_keeps_it(open_page: Open) -> None:
    page = open_page("/?q=Soldaten&kind=figure")
    choices = page.get_by_role("navigation", name="Anderes zeigen")
    expect(choices.get_by_role("link", name=re.compile("^Soldat "))).to_have_attribute("aria-current", "true")
    choices.get_by_role("link", name=re.compile("^Infanterist")).click()
    expect(page.get_by_role("heading", name="Infanterist")).to_be_visible()
    assert "figure=Infanterist" in page.url
    page.reload()
    expect(page.locator(".mark")).to_have_count(page.locator("table.figures tbody tr").count())


def test_the_table_sorts_by_every_column(open_page: Open) -> None:
    page = open_page(VIEW)
    who = page.get_by_role("columnheader", name="Wer", exact=True)
    for order in ("ascending", "descending"):
        who.get_by_role("button").click()
        expect(who).to_have_attribute("aria-sort", order)
        names = page.locator("td.who").all_inner_texts()
        assert len(set(names)) > 3
        assert [name.casefold() for name in names] == sorted(map(str.casefold, names), reverse=order == "descending")
    page.get_by_role("columnheader", name="Wert").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Wert")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("td.value").first).to_have_text("rund 12.000")
    page.get_by_role("columnheader", name="Wert").get_by_role("link").click()
    expect(page.locator("td.value").first).to_have_text("rund 1.500")


def test_the_timeline_narrows_and_shows_what_is_chosen(open_page: Open) -> None:
    page = open_page("/?q=Manöver", java_script_enabled=False)
    line = page.get_by_role("navigation", name="Zeitleiste")
    assert line.get_by_role("link").count() == 12
    line.get_by_role("link", name="Mai 2023: 2 Treffer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 Artikel")
    chosen = line.get_by_role("link", name="Mai 2023: 2 Treffer (ausgewählt, entfernen)")
    expect(chosen).to_have_attribute("aria-current", "true")
    chosen.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("25 Artikel")
