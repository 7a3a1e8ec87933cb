"""Records as their articles name people in, records with each person's one name out.

`person_of` is what the index found out of who is who: only names that are shown as another stand in it.
"""

from collections.abc import Mapping
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
        persons=_renamed(record.persons, person_of),
        speakers=_renamed(record.speakers, person_of),
        stored={key: _stored(key, value, person_of) for key, value in record.stored.items()},
    )


def rename_annotations(found: Annotations, person_of: PersonOf) -> Annotations:
    """Annotations with each person's one name."""
    if not person_of:
        return found
    return replace(
        found,
        persons=_renamed(found.persons, person_of),
        mentions=tuple(replace(m, name=person_of.get(m.name, m.name)) for m in found.mentions),
        statements=tuple(replace(s, speaker=_one(s.speaker, person_of)) for s in found.statements),
        figures=tuple(replace(f, said_by=_one(f.said_by, person_of)) for f in found.figures),
    )


def _renamed(names: tuple[str, ...], person_of: PersonOf) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person_of.get(name, name) for name in names))


def _one(name: str | None, person_of: PersonOf) -> str | None:
    return None if name is None else person_of.get(name, name)


def _stored(key: str, value: Any, person_of: PersonOf) -> Any:
    return person_of.get(value, value) if key in ("speaker", "said_by") else value
