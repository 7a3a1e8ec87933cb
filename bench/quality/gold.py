"""The five real articles against what a careful reader finds in them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.annotations import annotate_files

Values = Mapping[str, Any]


def report(shared: Path) -> str:
    """A line for everything that differs from the gold, and how many there are."""
    differences = list(compare(shared))
    return "\n".join([*differences, f"{len(differences)} differences from the gold of the five articles"])


def compare(shared: Path) -> Iterator[str]:
    """Every difference: metadata, boilerplate, persons, speakers, institutions, figures and their givers."""
    gold = json.loads((shared / "seeds-gold.json").read_text("utf-8"))
    same = [set(names) for names in gold["same_person"]]
    for line in annotate_files([shared / "seeds"], {}):
        found = line.values
        wanted = gold[f"{found['id']}.txt"]
        for difference in _article(found, wanted, gold["boilerplate"], same):
            yield f"{found['id'][:3]}: {difference}"


def _article(found: Values, wanted: Values, boilerplate: Iterable[str], same: list[set[str]]) -> Iterator[str]:
    for key in ("title", "date", "outlet", "agencies"):
        if found[key] != wanted[key]:
            yield f"{key}: {found[key]!r} instead of {wanted[key]!r}"
    yield from (f"boilerplate: {text!r}" for text in boilerplate if text in found["title"] + found["text"])
    speakers = {kind: _speakers(found, kind) for kind in ("person", "institution")}
    yield from _names("persons", found["persons"], wanted["persons"], same)
    yield from _names("speakers", speakers["person"], wanted["speakers"], same)
    missed = [name for name in wanted["institutions"] if name not in speakers["institution"]]
    if missed:
        yield f"institutions: missed {missed}; found {speakers['institution']}"
    yield from _figures(found["figures"], wanted)


def _speakers(found: Values, kind: str) -> list[str]:
    return sorted({s["speaker"] for s in found["statements"] if s["speaker_kind"] == kind})


def _names(what: str, found: Iterable[str], wanted: Iterable[str], same: list[set[str]]) -> Iterator[str]:
    def equal(one: str, other: str) -> bool:
        return one == other or any({one, other} <= names for names in same)

    missed = [name for name in wanted if not any(equal(name, other) for other in found)]
    wrong = [name for name in found if not any(equal(name, other) for other in wanted)]
    if missed or wrong:
        yield f"{what}: missed {missed}, wrong {wrong}"


def _figures(found: list[Values], wanted: Values) -> Iterator[str]:
    known = set[tuple[float, str | None]]()
    for figure in wanted["figures"]:
        value, noun, givers = figure["value"], figure["noun"], figure["said_by"]
        hits = [f for f in found if value in (f["value"], f["upper"]) and noun in (f["noun"], f["unit"])]
        known.update((f["value"], f["noun"]) for f in hits)
        if not hits:
            yield f"figure: missed {value} {noun}"
        elif givers and not any(f["said_by"] in givers for f in hits):
            yield f"figure: {value} {noun} given by {[f['said_by'] for f in hits]} instead of {givers}"
        elif givers is None and all(f["said_by"] for f in hits):
            yield f"figure: {value} {noun} given by {hits[0]['said_by']}, but it is the paper's own"
    more = {(f["value"], f["noun"] or f["unit"]): f["text"] for f in found if (f["value"], f["noun"]) not in known}
    if len(more) > 1:
        yield f"figures: {len(more)} too many: {list(more.values())}"
    yield from (f"never: {f['text']!r}" for f in found for never in wanted["never"] if f["text"] in never)
