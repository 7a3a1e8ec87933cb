"""The reference material's own scorer on what `fundstelle annotate` prints."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def score(shared: Path, name: str = "dev") -> str:
    """Precision, recall and F1 on `wikinews/NAME.jsonl`, as the scorer prints them."""
    gold = shared / "wikinews" / f"{name}.jsonl"
    with tempfile.NamedTemporaryFile("w+", suffix=".jsonl") as found:
        subprocess.run([sys.executable, ROOT / "fundstelle.py", "annotate", gold], stdout=found, check=True, cwd=ROOT)
        scorer = [sys.executable, str(shared / "eval" / "score.py"), str(gold), found.name]
        done = subprocess.run(scorer, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout
