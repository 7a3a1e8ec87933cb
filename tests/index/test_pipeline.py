"""What batches may take of memory is what `--memory` says, however much there is to read."""

from pathlib import Path

import pytest

from index import load_tables
from index.compound_words import write_compound_words
from index.model import RawArticle
from index.pipeline import Pipeline, Recipe, Task

TEXT = "Der Hafen liegt an der Küste. Am Kai warten die Kräne auf das nächste Schiff. " * 50
NEED = 120
"""Bytes that each character of a batch is taken to need."""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("memory", [24, 48])
def test_a_batch_is_no_larger_than_memory_allows(tmp_path: Path, memory: int, jobs: int) -> None:
    """All batches of all processes together; one article more may be begun."""
    write_compound_words(tmp_path, ())
    for kind in ("article", "statement", "figure"):
        (tmp_path / kind).mkdir()
    tasks = [Task(RawArticle(f"{number}.txt", TEXT, scraped=False), str(number)) for number in range(200)]
    with Pipeline(Recipe(tmp_path, load_tables()), jobs, memory) as pipeline:
        batches = [[task.task.id for task in batch.done] for batch in pipeline.run(iter(tasks), 10**9)]
    assert [one for batch in batches for one in batch] == [task.id for task in tasks]
    most = max(map(len, batches)) * len(TEXT)
    allowed = memory * 1_000_000 / NEED / jobs
    assert min(allowed, 100_000) <= most <= max(allowed, 100_000) + len(TEXT)
    assert len(batches) > 1
