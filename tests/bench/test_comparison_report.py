"""Results become tables, a page and a picture, and the page that is shipped is the one that its results give."""

import math
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.comparison.engines import CHAIN, FTS5, TANTIVY, WHOLE, WHOOSH
from bench.comparison.picture import Chart, picture
from bench.comparison.report import BEGIN, END, GOALS, read_results, report, write_report
from bench.comparison.results import Job, Result, this_machine, write_result
from bench.comparison.tables import cells_of, rounded

ROOT = Path(__file__).resolve().parents[2]

SECONDS = {CHAIN: 0.002, TANTIVY: 0.001, FTS5: 0.02, WHOOSH: 0.2}
COLD = {name: 2 * seconds for name, seconds in SECONDS.items()} | {CHAIN: 0.006}
SLOWER = {name: 3 * seconds for name, seconds in SECONDS.items()} | {WHOOSH: 1.2}


def result(job: Job, articles: int = 2000, **changes: Any) -> Result:
    rows: dict[str, list[dict[str, Any]]] = {
        "search": [
            {"query": "rare word", "text": "a|b [x]", "seconds": SECONDS, "cold": COLD,
             "found": dict.fromkeys(SECONDS, 3)},
            {"query": "frequent word", "text": "c", "seconds": SLOWER, "cold": COLD,
             "found": dict.fromkeys(SECONDS, 900)},
        ],
        "index": [
            {"engine": name, "articles": articles, "seconds": seconds, "peak": 5_000_000, "size": 1000 * number}
            for number, (name, seconds) in enumerate({CHAIN: 4, WHOLE: 8, TANTIVY: 2, WHOOSH: 20}.items(), 1)
        ],
        "serve": [
            {"clients": 1, "pause": 0.0, "answered": 10, "failed": 0, "seconds": 2.0, "memory": None, "engine": 0.004,
             "opening": 0.1, "waited": {"50": 0.005, "75": 0.006, "90": 0.01, "99": 0.02}},
            {"clients": 16, "pause": 0.25, "answered": 80, "failed": 1, "seconds": 2.0, "memory": 90e6, "engine": 0.004,
             "opening": 0.1, "waited": {"50": 0.0065, "75": 0.007, "90": 0.02, "99": 0.05}},
            {"clients": 16, "pause": 0.0, "remembered": True, "answered": 800, "failed": 0, "seconds": 2.0,
             "memory": 90e6, "engine": 0.004, "opening": 0.1,
             "waited": {"50": 0.003, "75": 0.007, "90": 0.02, "99": 0.05}},
        ],
    }  # fmt: skip
    values = {"source": "made", "seed": 1, "rounds": 9, "machine": "a machine", "rows": rows[job]}
    return Result(job=job, articles=articles, **{**values, **changes})


ALL = [result("search"), result("index"), result("serve")]


def test_the_tables_have_ratios_and_medians() -> None:
    head, first, second, median, cold = cells_of(ALL[0])
    assert head[-3:] == ["ours / tantivy", "ours / SQLite FTS5", "ours / stock Whoosh"]
    assert first == ["a|b [x]", "3 / 3 / 3 / 3", "2.00", "1.00", "20.0", "200", "2.00", "0.100", "0.0100"]
    assert second[-3:] == ["2.00", "0.100", "0.00500"]
    assert median == ["median", "", "4.00", "2.00", "40.0", "700", "2.00", "0.100", "0.00750"]
    assert cold == ["median, caches cold", "", "6.00", "2.00", "40.0", "400", "3.00", "0.150", "0.0150"]
    assert cells_of(ALL[1])[3] == ["tantivy", "2,000", "2.00", "1,000", "5.00", "0.00300", "2.00", "4.00", "0.333"]
    assert cells_of(ALL[2])[2][-4:] == ["4.00", "2.50", "90.0", "0.100"]
    assert cells_of(ALL[2])[1][-2] == "–"
    assert [row[0] for row in cells_of(ALL[2])[1:]] == ["1", "16, pausing 0.25 s", "16, given before"]


def test_goals_are_what_the_rows_say() -> None:
    rows = {each.job: each.rows for each in ALL}
    figures = [goal.figure(rows[goal.job]) for goal in GOALS]
    expected = [2.0, 3.0, 0.005, 0.015, 0.1, 0.15, 2.0, 0.4, 1 / 3, 2.5, None, None, -1.0]
    assert figures == [one if one is None else pytest.approx(one) for one in expected]


def test_an_engine_that_had_fewer_articles_is_compared_by_the_article_and_has_no_point() -> None:
    rows = [{**row, "articles": 200, "seconds": 2} if row["engine"] == WHOOSH else row for row in ALL[1].rows]
    shown = report([result("index", rows=rows)], "x.svg")
    assert "| indexing, annotated | stock Whoosh | 0.8 | 0.4 | 0.400 |" in shown
    assert "| Indexing, ms an article | tantivy | 1.00 |" in shown
    assert "| Indexing, ms an article | stock Whoosh |" not in shown


def test_results_come_onto_the_page_between_the_marks(tmp_path: Path) -> None:
    for number, each in enumerate([*ALL, result("search", articles=20_000)]):
        write_result(each, tmp_path / f"{number}.json")
    page, drawing = tmp_path / "page.md", tmp_path / "page.svg"
    page.write_text(f"before\n{BEGIN}stale\n{END}after\n", "utf-8")
    for _ in range(2):
        write_report(read_results(tmp_path), page, drawing)
        text = page.read_text("utf-8")
        assert text.startswith("before\n") and text.endswith("after\n") and "stale" not in text
        assert "| page of results | tantivy | 1.0 | 0.5 | 2.00 | 2.00 |" in text
        assert "a\\|b [x]" in text
    assert len(re.findall("^### ", text, re.MULTILINE)) == 4
    tables = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    page.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="no lines"):
        write_report(ALL, page, drawing)


def test_the_page_that_is_shipped_shows_the_results_that_are_shipped(tmp_path: Path) -> None:
    shipped = ROOT / "docs" / "performance.md"
    page, drawing = tmp_path / shipped.name, tmp_path / "performance.svg"
    page.write_text(shipped.read_text("utf-8"), "utf-8")
    write_report(read_results(ROOT / "bench" / "results"), page, drawing)
    assert page.read_text("utf-8") == shipped.read_text("utf-8"), "run: make report"
    assert drawing.read_text("utf-8") == shipped.with_suffix(".svg").read_text("utf-8")


SIZES = st.integers(1, 10_000_000)
LINES = st.dictionaries(st.text(max_size=9), st.lists(st.tuples(SIZES, st.floats(1e-6, 1e9)), max_size=4), max_size=6)


@settings(max_examples=30)
@given(st.lists(st.builds(Chart, st.text("<&>ab", max_size=9), LINES), max_size=3))
def test_a_picture_has_all_points_inside_it(charts: list[Chart]) -> None:
    plain = [Chart(chart.title, {f"<{n}>": line for n, line in enumerate(chart.lines.values())}) for chart in charts]
    root = ElementTree.fromstring(picture(plain))
    points = [circle for circle in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert len(points) == sum(len(line) for chart in plain for line in chart.lines.values())
    assert all(0 <= float(p.attrib["cx"]) <= 440 and 0 <= float(p.attrib["cy"]) <= 300 for p in points)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.00012345, "0.000123"), (1.0, "1.00"), (12.34, "12.3"), (123.4, "123"), (999.7, "1,000"), (1e6, "1,000,000")],
)
def test_numbers_have_three_digits(value: float, shown: str) -> None:
    assert rounded(value) == shown


def test_what_was_not_measured_is_a_dash() -> None:
    assert rounded(math.nan) == "–"


def test_the_machine_is_named() -> None:
    assert re.search(r"\d+ cores, \d+ GB; .*Python 3\.\d+\.\d+.*numpy \d", this_machine())
