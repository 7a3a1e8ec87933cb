"""axe finds nothing against WCAG 2.2 AA on any view, on a phone in the dark and on a desk in the light."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.test_page import VIEWS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone dark", "desktop light"]
)
def test_axe_finds_nothing(open_page: Open, viewport: dict[str, int], scheme: str) -> None:
    page = open_page("/", viewport, color_scheme=scheme)
    for path in VIEWS.values():
        page.goto(path)
        page.locator("details:not(.more)").evaluate_all("all => all.forEach(details => { details.open = true; })")
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()


def test_axe_finds_what_is_wrong(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('.brand').style.color = '#eee'; document.querySelector('label').remove()")
    found = Axe().run(page, options=RULES).generate_snapshot()
    assert "color-contrast" in found
