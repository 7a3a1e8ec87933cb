"""Records that are shown in, hits out: what is stored of each, what is marked in it, and who says the same.

What is stored is not made a `Record` first: the ten hits of a page are a good part of what it costs.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from index.model import PartialDate
from index.schema import TEXTS
from index.stored import sentences_of
from search.engine import Collection, Engine
from search.highlight import Highlighted, Highlighter, passages, why
from search.model import Hit, Twin
from search.names import PersonOf, rename_stored, renamed
from search.passages import Sentences
from search.sets import Found, Ints, Numbers
from search.twins import differences

_date = lru_cache(1 << 12)(PartialDate.parse)


def hits_of(
    engine: Engine, collection: Collection, shown: Numbers, found: Found, highlighter: Highlighter
) -> Iterator[Hit]:
    """Some of the records found, marked by what the index knows of where they have the words of the query."""
    titles, texts = (collection.occurrences(highlighter.terms(base), shown).tolist() for base in TEXTS)
    scores = found.scores[np.searchsorted(found.numbers, shown)].tolist()
    for number, score, in_title, in_text in zip(shown.tolist(), scores, titles, texts, strict=True):
        values = collection.stored(number)
        title = highlighter.read("title", values.get("title", ""), in_title)
        text = highlighter.read("text", values.get("text", ""), in_text)
        groups = collection.groups
        same: Ints | None = None if groups is None else groups.others(number, found.numbers)
        twins = () if same is None else tuple(_twin(values, collection.stored(n), collection) for n in same.tolist())
        yield _hit(engine, values, score, title, text, collection.person_of, twins)


def _hit(
    engine: Engine,
    values: Mapping[str, Any],
    score: float,
    title: Highlighted,
    text: Highlighted,
    person_of: PersonOf,
    twins: tuple[Twin, ...],
) -> Hit:
    stored = values.get("stored", {})
    is_article = values["kind"] == "article"
    sentences = Sentences(*sentences_of(stored)) if is_article else Sentences([0], [len(text.text)])
    return Hit(
        id=values["id"],
        kind=values["kind"],
        article_id=values["article_id"],
        title=title.text,
        title_marks=title.marks,
        date=_date_of(values),
        outlet=values.get("outlet"),
        agencies=tuple(values.get("agencies", ())),
        path=values["path"],
        url=values.get("url"),
        text=text.text,
        score=score,
        passages=passages(text, sentences),
        persons=renamed(values.get("persons", ()), person_of),
        speakers=renamed(values.get("speakers", ()), person_of),
        stored=_beside_sentences(stored, person_of),
        why=why(title, text),
        estimate=engine.estimates.get(values["article_id"]),
        also=twins,
        title_words=title.words,
    )


def _twin(values: Mapping[str, Any], other: Mapping[str, Any], collection: Collection) -> Twin:
    """A record that says the same as the one of `values`; an article's text is as good as the same."""
    is_article = values["kind"] == "article"
    return Twin(
        id=other["id"],
        article_id=other["article_id"],
        title=other.get("title", ""),
        date=_date_of(other),
        outlet=other.get("outlet"),
        path=other["path"],
        text="" if is_article else other.get("text", ""),
        differences=() if is_article else differences(values.get("text", ""), other.get("text", "")),
        stored=_beside_sentences(other.get("stored", {}), collection.person_of),
    )


def _date_of(values: Mapping[str, Any]) -> PartialDate | None:
    return _date(values["date"]) if "date" in values else None


def _beside_sentences(stored: Mapping[str, Any], person_of: PersonOf) -> dict[str, Any]:
    return rename_stored({key: value for key, value in stored.items() if key != "sentences"}, person_of)
