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
EACH = 60
"""So many characters an article is taken to have besides."""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("memory", "title", "text", "number"),
    [(24, "", TEXT, 200), (48, "", TEXT, 200), (24, "", "Kurz.", 5_000), (24, TEXT, "Kurz.", 200)],
)
def test_a_batch_is_no_larger_than_memory_allows(
    tmp_path: Path, memory: int, title: str, text: str, number: int, jobs: int
) -> None:
    """All batches of all processes together; one article more may be begun."""
    write_compound_words(tmp_path, ())
    for kind in ("article", "statement", "figure"):
        (tmp_path / kind).mkdir()
    tasks = [Task(RawArticle(f"{at}.txt", text, scraped=False, title=title), str(at)) for at in range(number)]
    with Pipeline(Recipe(tmp_path, load_tables()), jobs, memory) as pipeline:
        batches = [[task.task.id for task in batch.done] for batch in pipeline.run(iter(tasks), 10**9)]
    assert [one for batch in batches for one in batch] == [task.id for task in tasks]
    each = len(title) + len(text) + EACH
    most = max(map(len, batches)) * each
    allowed = memory * 1_000_000 / NEED / jobs
    assert min(allowed, 100_000) <= most <= max(allowed, 100_000) + each
    assert len(batches) > 1
