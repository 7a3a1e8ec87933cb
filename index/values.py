"""Plain values as JSON files of a generation: written while it is built, read by who searches."""

import json
from pathlib import Path
from typing import Any


def write_values(generation: Path, name: str, values: Any) -> None:
    """Write plain values as the JSON file `name` of a generation that is being built.

    The file may be a link to the generation before, which stays as it is. A date is written in its text form.
    """
    file = generation / name
    file.unlink(missing_ok=True)
    file.write_text(json.dumps(values, ensure_ascii=False, default=str), "utf-8")


def read_values(generation: Path, name: str) -> Any:
    """What `write_values` wrote; None where nothing was written."""
    try:
        return json.loads((generation / name).read_text("utf-8"))
    except FileNotFoundError:
        return None
