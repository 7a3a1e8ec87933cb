"""What is stored of documents: written in batches, merged, read one by one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec.arrays import write_arrays
from index.codec.documents import DocumentWriter, Stored, StoredDocuments, merge_documents

LONG = "Der Rat der Stadt beriet über Brücken und Wege. "

documents = st.builds(
    lambda text, times, page: Stored({"text": text, "more": LONG * times}, page),
    st.text(max_size=20),
    st.integers(0, 200),
    st.dictionaries(st.sampled_from("ab"), st.integers(-(2**63), 2**63), max_size=1),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(documents, min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_merged_documents_are_those_that_were_kept(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[Stored]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("documents")
    writer = DocumentWriter()
    for number, run in enumerate(runs):
        write_arrays(folder / str(number), writer.arrays(run))
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
    together = DocumentWriter().arrays([Stored(text, {}) for text in texts])
    alone = [DocumentWriter().arrays([Stored(text, {})]) for text in texts]
    assert len(together["stored"]) * 2 < sum(len(one["stored"]) for one in alone)


def test_a_document_whose_bytes_are_damaged_is_told(tmp_path: Path) -> None:
    arrays = DocumentWriter().arrays([Stored({"text": LONG * 5}, {})])
    damaged = arrays["stored"].copy()
    damaged[len(damaged) // 2] ^= 16
    write_arrays(tmp_path / "stored", {**arrays, "stored": damaged})
    with pytest.raises(ValueError, match="document 0"):
        StoredDocuments(tmp_path / "stored")[0]


def test_one_dictionary_serves_many_segments_and_is_merged_once(tmp_path: Path) -> None:
    writer = DocumentWriter()
    batches = [[Stored({"text": f"{batch}-{n}: {LONG}{n * 7919}"}, {}) for n in range(4000)] for batch in range(4)]
    for number, batch in enumerate(batches):
        write_arrays(tmp_path / str(number), writer.arrays(batch))
    opened = [StoredDocuments(tmp_path / str(number)) for number in range(len(batches))]
    lengths = [len(one.dictionary("stored", 0)) for one in opened]
    assert 0 < lengths[0] < lengths[1] == lengths[2]  # made anew where it can be twice as long, as few times as that
    merge_documents(tmp_path / "merged", opened, [[], [5], list(range(4000)), []])
    merged = StoredDocuments(tmp_path / "merged")
    assert len(merged) == 11_999
    assert {len(merged.dictionary("stored", number)) for number in set(merged.dictionary_of.tolist())} == set(lengths)


def test_a_document_is_read_by_several_threads_at_once(tmp_path: Path) -> None:
    documents = [Stored({"text": f"{n}: {LONG * (n % 9)}"}, {"more": n}) for n in range(2000)]
    write_arrays(tmp_path / "stored", DocumentWriter().arrays(documents))
    opened = StoredDocuments(tmp_path / "stored")
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda n: Stored(opened[n], opened.details(n)), [*range(2000)] * 4))
    assert read == documents * 4
