"""Hits as a table for a spreadsheet."""

import csv
import io

import pytest

from search import Archive, Request, as_csv
from search.export import COLUMNS, _cell


@pytest.mark.parametrize("kind", ["article", "statement"])
def test_a_table_has_a_line_a_hit(archive: Archive, kind: str) -> None:
    response = archive.search(Request("Soldat", kind=kind, sort="newest"))  # type: ignore[arg-type]
    header, *rows = csv.reader(io.StringIO(as_csv(response)))
    assert header == list(COLUMNS[response.request.kind])
    assert [row[header.index("article")] for row in rows] == [hit.article_id for hit in response.hits]
    assert [row[header.index("title")] for row in rows] == [hit.title for hit in response.hits]


CELLS = [
    ("=1+1", "'=1+1"),
    ("@x", "'@x"),
    ("-5", "'-5"),
    ("Soldaten", "Soldaten"),
    (None, ""),
    (12000.0, "12000"),
    (0.5, "0.5"),
]


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_no_text_is_a_formula(value: str | float | None, cell: str) -> None:
    assert _cell(value) == cell
