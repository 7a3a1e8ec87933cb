"""Rows hold what the columns hold, record by record, whatever is written at once; what does not fit is named."""

from pathlib import Path

import numpy as np
import pytest

from index import load_tables, reindex
from index.codec import open_arrays, write_arrays
from index.columns import open_column
from index.folder import IndexFolder
from index.model import KINDS
from index.rows import COUNTED, open_rows, write_rows

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    reindex([SEEDS], tmp_path / "index", load_tables())
    return IndexFolder(tmp_path / "index").require_current()


@pytest.mark.parametrize("at_once", [1, 7, 1 << 16])
def test_a_row_has_the_codes_of_all_columns(generation: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr("index.rows._AT_ONCE", at_once)
    write_rows(generation, KINDS)
    for kind in KINDS:
        rows, columns = open_rows(generation, kind), {name: open_column(generation, kind, name) for name in COUNTED}
        for number in range(columns["date"].size):
            tallied = rows.tally(np.array([number]))
            for name, column in columns.items():
                codes = column.pairs_of(np.array([number]))[1]
                assert np.flatnonzero(tallied[rows.own(name)]).tolist() == codes.tolist()


def test_all_records_have_what_the_totals_say(generation: Path) -> None:
    for kind in KINDS:
        rows = open_rows(generation, kind)
        for name in COUNTED:
            column = open_column(generation, kind, name)
            assert rows.tally(np.arange(column.size))[rows.own(name)].tolist() == column.totals.tolist()


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("ends", None),
        ("ends", np.zeros(0)),
        ("bounds", np.arange(3)),
        ("bounds", np.arange(1, 7)),
        ("bounds", np.array([0, 9, 3, 9, 9, 9])),
        ("codes", np.zeros(1)),
    ],
)
def test_arrays_that_do_not_fit_are_named(generation: Path, name: str, array: np.ndarray | None) -> None:
    file = generation / "article" / "facets.rows"
    arrays = {key: values.copy() for key, values in open_arrays(file).items()}
    if array is None:
        del arrays[name]
    else:
        arrays[name] = array.astype(arrays[name].dtype)
    write_arrays(file, arrays)
    with pytest.raises(ValueError, match=r"facets\.rows"):
        open_rows(generation, "article")
