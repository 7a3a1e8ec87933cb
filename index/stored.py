"""Records and annotations as the plain values that an index can store, and back.

Out: JSON-ready dicts and lists without the keys whose value is empty. In again: the same frozen values.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Any

from index.model import Annotations, DateMention, Figure, Mention, PartialDate, Record, Span, Statement

_NOT_STORED = ("amounts", "roles", "fingerprints", "details", "stored")
_STORED = tuple(field.name for field in dataclasses.fields(Record) if field.name not in _NOT_STORED)
_stored_of = attrgetter(*_STORED)
_ATOMS = frozenset((str, int, float, bool, type(None)))


def plain(value: Any) -> Any:
    """Dataclasses as dicts, dates in their text form, tuples as lists; keys with nothing in them are left out."""
    kind = type(value)
    if kind in _ATOMS:  # most values; asking this first halves what storing costs
        return value
    if kind is Span:
        return [value.start, value.end]
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if isinstance(value, date | PartialDate):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    names, values_of = _fields_of(kind)  # type: ignore[arg-type]
    return {
        name: item if type(item) in _ATOMS else plain(item)
        for name, item in zip(names, values_of(value), strict=True)
        if item is not None and item is not False and item != ()
    }


@lru_cache
def _fields_of(kind: type) -> tuple[Sequence[str], Callable[[Any], Sequence[Any]]]:
    """The names of a dataclass's fields, and what gives their values."""
    names = [field.name for field in dataclasses.fields(kind)]
    return names, attrgetter(*names)


def stored_record(record: Record) -> dict[str, Any]:
    """What the index stores of a record: all that a page shows of it."""
    kept = {
        name: value
        for name, value in zip(_STORED, _stored_of(record), strict=True)
        if value is not None and value != ()
    }  # tuples are written as lists; what stands in `stored` is plain already
    if record.date:
        kept["date"] = str(record.date)
    return {**kept, "stored": _with_sentences(record.stored, _gaps)}


def record_of(values: Mapping[str, Any]) -> Record:
    """The record that `stored_record` stored."""
    lists = {name: tuple(values.get(name, ())) for name in ("agencies", "persons", "speakers", "figures")}
    day = PartialDate.parse(values["date"]) if "date" in values else None
    stored = _with_sentences(values.get("stored", {}), _pairs)
    rest = {"outlet": None, "title": "", "text": "", **values, **lists, "date": day, "stored": stored}
    return Record(**rest)


def sentences_of(stored: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    """Where the sentences of a text begin and where they end, by what `stored_record` keeps under "stored"."""
    numbers = list(accumulate(stored.get("sentences", ())))
    return numbers[::2], numbers[1::2]


def _with_sentences(stored: Mapping[str, Any], changed: Callable[[Any], Any]) -> Mapping[str, Any]:
    return {**stored, "sentences": changed(stored["sentences"])} if "sentences" in stored else stored


def _gaps(pairs: Iterable[Sequence[int]]) -> list[int]:
    """Ascending pairs as how far each number is from the one before: small numbers, which compress well."""
    return [number - before for before, number in pairwise((0, *chain.from_iterable(pairs)))]


def _pairs(gaps: Iterable[int]) -> list[list[int]]:
    numbers = list(accumulate(gaps))
    return [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]


def annotations_of(values: Mapping[str, Any]) -> Annotations:
    """The annotations that `plain` made plain."""
    return Annotations(
        sentences=tuple(Span(*pair) for pair in values.get("sentences", ())),
        mentions=tuple(Mention(**item) for item in values.get("mentions", ())),
        persons=tuple(values.get("persons", ())),
        roles=tuple((name, role) for name, role in values.get("roles", ())),
        statements=tuple(_statement(item) for item in values.get("statements", ())),
        figures=tuple(Figure(**item) for item in values.get("figures", ())),
        dates=tuple(_date_mention(item) for item in values.get("dates", ())),
    )


def _statement(item: Mapping[str, Any]) -> Statement:
    cue_span = Span(*item["cue_span"]) if "cue_span" in item else None
    return Statement(**{**item, "cue_span": cue_span})


def _date_mention(item: Mapping[str, Any]) -> DateMention:
    days = {name: date.fromisoformat(item[name]) if name in item else None for name in ("first", "last")}
    return DateMention(**{**item, **days})
