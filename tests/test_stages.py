"""The measurement of indexing works on the sample articles, and its stages add up."""

from pathlib import Path

import pytest

from bench.stages import stages

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_every_stage_is_measured() -> None:
    count, seconds = stages([ROOT / "seeds"])
    assert count > 10
    assert list(seconds) == ["clean", "annotate", "make records", "make terms", "write"]
    assert all(value > 0 for value in seconds.values())
