"""A process given few files may hold as many open as a large index has."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.open_files import allow_many

INDEX = """
import sys
from pathlib import Path
from index.codec import SegmentBuilder
from index.collections import CollectionWriter, build_segments
from index.rows import write_facets
from index.folder import IndexFolder
from index.german import Chain
from search import Request, open_archive
from tests.search.conftest import record

folder = IndexFolder(Path(sys.argv[1]))
with folder.locked(), folder.next_generation(full=True) as generation:
    builder = SegmentBuilder(Chain())
    with CollectionWriter(generation) as writer:
        for number in range(80):
            writer.adopt(build_segments(builder, generation, f"b{number}", [record(number, "Ein Haus am See.")]))
    write_facets(generation, {})
print(open_archive(folder.path).search(Request("Haus")).total)
"""


def test_more_segments_are_merged_than_files_could_be_open(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    command = ["sh", "-c", 'ulimit -S -n 128; exec "$@"', "sh", sys.executable, "-c", INDEX, str(tmp_path / "index")]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.returncode, run.stdout.strip()) == (0, "80"), run.stderr


def test_the_limit_is_what_the_system_allows() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    allow_many()
    allow_many()
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert least in (most, 10_240) and most == before[1]
