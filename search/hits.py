"""Records that are shown in, hits out: what every hit shows of each, what is marked in it, and who says the same."""

from collections.abc import Iterator

import numpy as np

from index.schema import TEXTS
from search.engine import Collection, Engine
from search.highlight import Highlighted, Highlighter, passages, why
from search.model import Hit, Twin
from search.sets import Found, Ints, Numbers
from search.shown import Shown
from search.twins import differences

MOST_TWINS = 20
"""How many of the others that say the same are named with a hit; how many more there are is told."""


def hits_of(
    engine: Engine, collection: Collection, shown: Numbers, found: Found, highlighter: Highlighter
) -> Iterator[Hit]:
    """Some of the records found, marked by what the index knows of where they have the words of the query."""
    titles, texts = (collection.occurrences(highlighter.terms(base), shown).tolist() for base in TEXTS)
    scores = found.scores[np.searchsorted(found.numbers, shown)].tolist()
    for number, score, in_title, in_text in zip(shown.tolist(), scores, titles, texts, strict=True):
        record = collection.shown(number)
        title = highlighter.read("title", record.title, in_title)
        text = highlighter.read("text", record.text, in_text)
        groups = collection.groups
        same: Ints | None = None if groups is None else groups.others(number, found.numbers)
        twins = () if same is None else tuple(_twin(record, collection.shown(n)) for n in same[:MOST_TWINS].tolist())
        left_out = 0 if same is None else len(same) - len(twins)
        yield _hit(engine, record, score, title, text, twins, left_out)


def _hit(
    engine: Engine,
    record: Shown,
    score: float,
    title: Highlighted,
    text: Highlighted,
    twins: tuple[Twin, ...],
    left_out: int,
) -> Hit:
    return Hit(
        id=record.id,
        kind=record.kind,
        article_id=record.article_id,
        title=record.title,
        title_marks=title.marks,
        date=record.date,
        outlet=record.outlet,
        agencies=record.agencies,
        path=record.path,
        url=record.url,
        text=record.text,
        score=score,
        passages=passages(text, record.sentences),
        persons=record.persons,
        speakers=record.speakers,
        stored=record.stored,
        why=why(title, text),
        estimate=engine.estimates.get(record.article_id),
        also=twins,
        also_left_out=left_out,
        title_words=title.words,
    )


def _twin(record: Shown, other: Shown) -> Twin:
    """A record that says the same as another; an article's text is as good as the same."""
    is_article = record.kind == "article"
    return Twin(
        id=other.id,
        article_id=other.article_id,
        title=other.title,
        date=other.date,
        outlet=other.outlet,
        path=other.path,
        text="" if is_article else other.text,
        differences=() if is_article else differences(record.text, other.text),
        stored=other.stored,
    )
