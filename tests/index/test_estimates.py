"""An undated article that quotes the same words as a dated one: estimated, with its reason, or not at all."""

import json
from datetime import date
from pathlib import Path

import pytest

from index import load_tables, reindex
from index.estimates import Estimate, read_estimates
from index.folder import IndexFolder
from search import Request, open_archive

TABLES = load_tables()
DATED = "„Wir gehen davon aus, dass die Truppen in den nächsten Tagen eingreifen werden“, sagte Anna Berg in Bonn."
UNDATED = "Anna Berg äußerte sich {when}. „Wir gehen davon aus, dass die Truppen bald eingreifen werden“, sagte Berg."


def estimates(tmp_path: Path, *texts: tuple[str, str | None]) -> dict[str, Estimate]:
    lines = [{"id": f"a{n}", "title": f"T{n}", "text": text, "date": day} for n, (text, day) in enumerate(texts)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    reindex([tmp_path / "a.jsonl"], tmp_path / "index", TABLES)
    return read_estimates(IndexFolder(tmp_path / "index").require_current())


DAYS = [("am Donnerstag", "2024-10-31", date(2024, 10, 31)), ("am Dienstag", "2024-10-31", date(2024, 10, 29)),
        ("am Montag", "2024-10-31", date(2024, 10, 28)), ("am Samstag", "2024-10-31", date(2024, 11, 2))]  # fmt: skip


@pytest.mark.parametrize(("when", "dated", "day"), DAYS)
def test_weekday_and_wording_fix_the_day(tmp_path: Path, when: str, dated: str, day: date) -> None:
    (found,) = estimates(tmp_path, (DATED, dated), (UNDATED.format(when=when), None)).values()
    assert (found.day, found.weekday, found.article_id, found.dated) == (day, when.split()[1], "a0", dated)


NOTHING = [
    ("no weekday", UNDATED.format(when="in Bonn"), "2024-10-31"),
    ("two weekdays", UNDATED.format(when="am Montag und am Dienstag"), "2024-10-31"),
    (
        "other words",
        "Am Montag sagte Anna Berg: „Das Wetter bleibt in den nächsten Tagen schön.“",
        "2024-10-31",
    ),
    ("another speaker", UNDATED.format(when="am Montag").replace("Anna Berg", "Otto Merkur"), "2024-10-31"),
    ("a month is no day", UNDATED.format(when="am Montag"), "2024-10"),
]


@pytest.mark.parametrize(("text", "dated"), [case[1:] for case in NOTHING], ids=[case[0] for case in NOTHING])
def test_otherwise_nothing_is_estimated(tmp_path: Path, text: str, dated: str) -> None:
    assert estimates(tmp_path, (DATED, dated), (text, None)) == {}


def test_what_contradicts_itself_is_no_estimate(tmp_path: Path) -> None:
    again = DATED.replace("nächsten Tagen", "kommenden Tagen")
    assert (
        estimates(tmp_path, (DATED, "2024-10-31"), (again, "2024-12-05"), (UNDATED.format(when="am Montag"), None))
        == {}
    )


def test_an_estimate_is_shown_and_never_counted_as_a_date(tmp_path: Path) -> None:
    estimates(tmp_path, (DATED, "2024-10-31"), (UNDATED.format(when="am Montag"), None))
    archive = open_archive(tmp_path / "index")
    response = archive.search(Request("Truppen"))
    hits = {hit.id: hit for hit in response.hits}
    assert hits["a1"].date is None and hits["a1"].estimate and hits["a0"].estimate is None
    assert {value.value: value.count for value in response.facets["date"]} == {"2024-10-31": 1, "ohne": 1}
    page = archive.article("a1")
    assert page and page.estimate == hits["a1"].estimate
