"""Lists that are out of order are named, though every byte is as it was written."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fundstelle import main
from index import load_tables, reindex
from index.checksums import write_checksums
from index.codec import dictionary_arrays, open_arrays, write_arrays
from index.folder import IndexFolder
from index.order import out_of_order

TEXT = "Titel\n\nDer Minister sprach am {}. Mai 2024. „Wir bleiben“, sagte Käthe Sund. „Wir gehen“, sagte Anna Berg.\n"


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    for day in range(1, 6):
        (tmp_path / f"{day}.txt").write_text(TEXT.format(day), "utf-8")
    reindex([tmp_path], tmp_path / "index", load_tables())
    return IndexFolder(tmp_path / "index").require_current()


def test_what_is_written_is_in_order(generation: Path) -> None:
    assert list(out_of_order(generation)) == []


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("*.text_exact.postings", "documents"),
        ("*.text_exact.postings", "posting_ends"),
        ("person.column", "codes"),
        ("facets.rows", "codes"),
    ],
)
def test_lists_that_do_not_ascend_are_named(generation: Path, name: str, array: str) -> None:
    (file,) = (generation / "article").glob(name)
    arrays = {key: values.copy() for key, values in open_arrays(file).items()}
    arrays[array] = np.where(np.arange(len(arrays[array])) % 2, 0, arrays[array]).astype(arrays[array].dtype)
    assert_named(generation, file, arrays)


def test_terms_that_do_not_ascend_are_named(generation: Path) -> None:
    (file,) = (generation / "article").glob("*.text_exact.postings")
    arrays = dict(open_arrays(file))
    terms = sorted(f"{number:04}".encode() for number in range(len(arrays["posting_ends"]) - 1))
    assert_named(generation, file, arrays | dictionary_arrays([terms[1], terms[0], *terms[2:]]))


def assert_named(generation: Path, file: Path, arrays: dict[str, np.ndarray]) -> None:
    write_arrays(file, arrays)
    write_checksums(generation, None)
    name = file.relative_to(generation).as_posix()
    assert list(out_of_order(generation)) == [name]
    result = CliRunner().invoke(main, ["check", "--index", str(generation.parent.parent)])
    assert (result.exit_code, f"out of order: {name}" in result.output, "--full" in result.output) == (1, True, True)
