"""What is stored of documents: written in runs, merged, read one by one."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec.arrays import write_arrays
from index.codec.documents import Stored, StoredDocuments, merge_documents, stored_arrays

LONG = "Der Rat der Stadt beriet über Brücken und Wege. "

documents = st.builds(
    lambda text, times, page: Stored({"text": text, "more": LONG * times}, page),
    st.text(max_size=20),
    st.integers(0, 200),
    st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=1),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(documents, min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_merged_documents_are_those_that_were_kept(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[Stored]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("documents")
    for number, run in enumerate(runs):
        write_arrays(folder / str(number), stored_arrays(run))
    expected = [one for run in runs for one in run]
    opened = [StoredDocuments(folder / str(number)) for number in range(len(runs))]
    for name in ("once", "again"):
        deleted = [data.draw(st.sets(st.integers(0, len(some) - 1)).map(sorted)) for some in opened]
        merge_documents(folder / name, opened, deleted)
        gone = {sum(map(len, opened[:at])) + one for at, some in enumerate(deleted) for one in some}
        expected = [one for at, one in enumerate(expected) if at not in gone]
        merged = StoredDocuments(folder / name)
        assert [(merged[at], merged.details(at)) for at in range(len(merged))] == [tuple(one) for one in expected]
        if not expected:
            break
        opened = [merged]


def test_what_documents_share_is_kept_once() -> None:
    texts = [{"text": f"{number}: {LONG}{number * 7919}"} for number in range(500)]
    together = stored_arrays([Stored(text, {}) for text in texts])
    alone = [stored_arrays([Stored(text, {})]) for text in texts]
    assert len(together["stored"]) * 2 < sum(len(one["stored"]) for one in alone)


def test_a_document_whose_bytes_are_damaged_is_told(tmp_path: Path) -> None:
    arrays = stored_arrays([Stored({"text": LONG * 5}, {})])
    damaged = arrays["stored"].copy()
    damaged[len(damaged) // 2] ^= 16
    write_arrays(tmp_path / "stored", {**arrays, "stored": damaged})
    with pytest.raises(ValueError, match="document 0"):
        StoredDocuments(tmp_path / "stored")[0]
