"""Records as their articles name people in, records with each person's one name out.

`person_of` is what the index found out of who is who: only names that are shown as another stand in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from index.model import Annotations, Record

PersonOf = Mapping[str, str]


def rename_record(record: Record, person_of: PersonOf) -> Record:
    """A record with each person's one name, in its facets and in what is stored of a statement or a figure."""
    if not person_of:
        return record
    return replace(
        record,
        persons=renamed(record.persons, person_of),
        speakers=renamed(record.speakers, person_of),
        stored=rename_stored(record.stored, person_of),
    )


def rename_annotations(found: Annotations, person_of: PersonOf) -> Annotations:
    """Annotations with each person's one name."""
    if not person_of:
        return found
    return replace(
        found,
        persons=renamed(found.persons, person_of),
        mentions=tuple(replace(m, name=person_of.get(m.name, m.name)) for m in found.mentions),
        statements=tuple(replace(s, speaker=_one(s.speaker, person_of)) for s in found.statements),
        figures=tuple(replace(f, said_by=_one(f.said_by, person_of)) for f in found.figures),
    )


def renamed(names: Iterable[str], person_of: PersonOf) -> tuple[str, ...]:
    """Names as each person's one name, each once."""
    if not person_of:
        return tuple(names)
    return tuple(dict.fromkeys(person_of.get(name, name) for name in names))


def _one(name: str | None, person_of: PersonOf) -> str | None:
    return None if name is None else person_of.get(name, name)


def rename_stored(stored: Mapping[str, Any], person_of: PersonOf) -> dict[str, Any]:
    """What is stored of a statement or a figure, with each person's one name."""
    return {
        key: person_of.get(value, value) if key in ("speaker", "said_by") else value for key, value in stored.items()
    }
