"""The chart of the view Zahlen shows the figures that can be compared, each with its words and its place."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search import Archive, open_archive
from search.model import Request
from web.figure_chart import MOST, FigureChart, figure_chart
from web.links import Links
from web.messages import load_messages

MESSAGES = load_messages()["de"]
TROOPS = ("Soldat", "Mann", "Infanterist")


@pytest.fixture(scope="module")
def archive(index_dir: Path) -> Archive:
    return open_archive(index_dir)


def chart_of(archive: Archive, request: Request) -> FigureChart:
    chart = figure_chart(archive, archive.search(request), Links(request), MESSAGES)
    assert chart
    return chart


def test_the_most_frequent_noun_is_shown_and_others_are_offered(archive: Archive) -> None:
    request = Request("Soldaten", kind="figure")
    found = archive.search(Request("Soldaten", kind="figure", selections={"figure": ("Soldat",)}, size=100))
    chart = chart_of(archive, request)
    assert chart.title == "Soldat" and len(chart.figures) == found.total > 25
    assert {figure.hit.id for figure in chart.figures} == {hit.id for hit in found.hits}
    assert [choice.label for choice in chart.choices if choice.current] == ["Soldat"]
    other = next(choice for choice in chart.choices if not choice.current)
    assert "figure=" in other.url and other.count > 0


def test_a_noun_chosen_is_shown_and_the_address_says_so(archive: Archive, client: FlaskClient) -> None:
    chart = chart_of(archive, Request("Soldaten", kind="figure", selections={"figure": ("Infanterist",)}))
    assert chart.title == "Infanterist" and {figure.noun for figure in chart.figures} == {"Infanterist"}
    back = next(choice for choice in chart.choices if choice.label == "Soldat")
    html = client.get(back.url).text
    assert re.search(r'<h2 id="chart-title" lang="de">Soldat</h2>', html) and "figure=Soldat" in back.url


def test_nouns_selected_together_stand_in_one_chart_units_do_not(archive: Archive) -> None:
    together = chart_of(archive, Request("Soldaten", kind="figure", selections={"figure": TROOPS}))
    assert {figure.noun for figure in together.figures} == set(TROOPS)
    mixed = chart_of(archive, Request(kind="figure", selections={"figure": ("EUR", "Prozent")}))
    assert len({figure.hit.stored.get("unit") for figure in mixed.figures}) == 1


def test_how_1500_became_12000_and_from_whom(archive: Archive) -> None:
    selections = {"figure": TROOPS, "date": ("2024-10-18", "2024-10-31")}
    chart = chart_of(archive, Request("Soldaten", kind="figure", selections=selections))
    assert "von rund 1.500 (18. Oktober 2024, südkoreanischer Geheimdienst)" in chart.summary
    assert "bis rund 12.000 (18. Oktober 2024" in chart.summary
    values = [figure.hit.stored["value"] for figure in sorted(chart.figures, key=lambda figure: -figure.mark.y)]
    assert values == sorted(values) and values[0] == 1500 and values[-1] == 12_000
    named = {giver.name for giver in chart.chart.givers}
    assert {"südkoreanischer Geheimdienst", "Wolodymyr Selenskyj", "Kyrylo Budanow", "Antony Blinken"} <= named


def test_every_mark_is_a_link_to_its_place_with_its_words(archive: Archive, client: FlaskClient) -> None:
    chart = chart_of(archive, Request("Soldaten", kind="figure"))
    html = client.get("/?q=Soldaten&kind=figure").text
    marks = re.findall(r'<a class="mark[^"]*" href="([^"]*)">\s*<title>([^<]*)</title>', html)
    assert len(marks) == len(chart.figures)
    for (href, title), figure in zip(marks, chart.figures, strict=True):
        assert unescape(href) == figure.place
        assert figure.hit.text in unescape(title) and figure.quantity in unescape(title)
        assert (figure.hit.stored.get("said_by") or "ohne Angabe") in unescape(title)
    page, anchor = unescape(marks[0][0]).split("#")
    assert f'id="{anchor}"' in client.get(page).text


def test_the_chart_is_described_in_words(client: FlaskClient) -> None:
    html = client.get("/?q=Soldaten&kind=figure").text
    plot = re.search(r'<svg class="plot"[^>]*>', html)
    assert plot and 'aria-labelledby="chart-title"' in plot[0] and 'aria-describedby="chart-summary"' in plot[0]
    assert re.search(r'id="chart-summary">\d+ Zahlen zu Soldat, von [^<]* bis [^<]* Sprecher', html)


def test_a_chart_is_of_all_that_was_found_not_of_a_page(archive: Archive) -> None:
    first, second = (chart_of(archive, Request("Manöver", kind="figure", page=page)) for page in (1, 2))
    assert len(first.figures) == len(second.figures) == 25 <= MOST


def test_nothing_to_compare_is_no_chart(archive: Archive, client: FlaskClient) -> None:
    request = Request("Quastenflosser", kind="figure")
    assert figure_chart(archive, archive.search(request), Links(request), MESSAGES) is None
    assert 'class="chart"' not in client.get("/?q=Quastenflosser&kind=figure").text


def test_what_is_written_to_the_page_is_text(client: FlaskClient) -> None:
    html = client.get("/?q=warteten&kind=figure").text
    assert 'class="chart"' in html and "<script>document" not in html


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_chart_speaks_both_languages(client: FlaskClient, language: str) -> None:
    html = client.get(f"/?q=Soldaten&kind=figure&lang={language}").text
    assert ("Zahlen zu Soldat" in html) is (language == "de") and ("figures for Soldat" in html) is (language == "en")
