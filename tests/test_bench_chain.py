"""The measurement of the German chain works on the sample articles."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.chain import main

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_every_way_to_read_is_measured() -> None:
    result = CliRunner().invoke(main, [str(ROOT / "seeds"), "--rounds", "1"])
    assert result.exit_code == 0
    assert [line.split("  ")[0] for line in result.output.splitlines()] == [
        "read, cold",
        "read, warm",
        "analyze, warm",
        "query, 3 words",
    ]
