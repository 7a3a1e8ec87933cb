"""axe finds nothing against WCAG 2.2 AA on any view.

All rules on a phone in the dark; on a desk in the light those again that colours and sizes decide.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.test_page import VIEWS

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": LEVELS, "resultTypes": ["violations"]}
LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]},
    "resultTypes": ["violations"],
}

PARTS = "/?q=Minister"
"""A search that marks parts of words."""


@pytest.mark.parametrize(
    ("viewport", "scheme", "rules"),
    [(PHONE, "dark", RULES), (DESKTOP, "light", LOOKS)],
    ids=["phone dark", "desktop light"],
)
def test_axe_finds_nothing(open_page: Open, viewport: dict[str, int], scheme: str, rules: dict[str, Any]) -> None:
    page = open_page("/", viewport, color_scheme=scheme)
    for path in (*VIEWS.values(), PARTS):
        page.goto(path)
        page.locator("details:not(.more)").evaluate_all("all => all.forEach(details => { details.open = true; })")
        results = Axe().run(page, options=rules)
        assert results.violations_count == 0, results.generate_report()


def test_axe_finds_what_is_wrong(open_page: Open) -> None:
    page = open_page("/?q=Quastenflosser")
    page.evaluate("document.querySelector('.brand').style.color = '#eee'; document.querySelector('label').remove()")
    found = Axe().run(page, options=LOOKS).generate_snapshot()
    assert "color-contrast" in found
