"""What is stored of a record in, what every hit on it shows out, whatever is asked.

No `Record` is made first: the ten hits of a page are a good part of what it costs.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from index.model import Kind, PartialDate
from index.stored import sentences_of
from search.names import PersonOf, rename_stored, renamed
from search.passages import Sentences

_date = lru_cache(1 << 12)(PartialDate.parse)


class Shown(NamedTuple):
    """A record as it is shown, each person by one name; of `stored` what is special to its kind."""

    id: str
    kind: Kind
    article_id: str
    title: str
    date: PartialDate | None
    outlet: str | None
    agencies: tuple[str, ...]
    path: str
    url: str | None
    text: str
    persons: tuple[str, ...]
    speakers: tuple[str, ...]
    stored: Mapping[str, Any]
    sentences: Sentences


def shown_of(values: Mapping[str, Any], person_of: PersonOf) -> Shown:
    """A record of which `values` are stored (see `index.stored`)."""
    text, stored = values.get("text", ""), values.get("stored", {})
    is_article = values["kind"] == "article"
    return Shown(
        id=values["id"],
        kind=values["kind"],
        article_id=values["article_id"],
        title=values.get("title", ""),
        date=_date(values["date"]) if "date" in values else None,
        outlet=values.get("outlet"),
        agencies=tuple(values.get("agencies", ())),
        path=values["path"],
        url=values.get("url"),
        text=text,
        persons=renamed(values.get("persons", ()), person_of),
        speakers=renamed(values.get("speakers", ()), person_of),
        stored=rename_stored({key: value for key, value in stored.items() if key != "sentences"}, person_of),
        sentences=Sentences(*sentences_of(stored)) if is_article else Sentences([0], [len(text)]),
    )
