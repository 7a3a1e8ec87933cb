"""Whoosh as it comes: its default codec, its German analyzer, its facets and highlights.

Facets with several values are grouped by their column, which holds the values of an article as one string, and counted
apart here: Whoosh's own way (`allow_overlap`) reads the postings of every value for every search, and is slower still.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh import index, query
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.qparser import QueryParser
from whoosh.sorting import Count, FieldFacet

from bench.comparison.answers import FACETS, SIZE, Page, Shown, others
from bench.comparison.corpus.item import Item, items
from bench.comparison.queries import Query

_MEMORY_MB = 256
_SINGLE = ("date", "outlet")
_SEPARATOR = ","


class StockWhoosh:
    """Title and text in one stemmed field; the facets as columns, persons, speakers and figures with several values."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        writer = index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB)
        for item in items(corpus, limit):
            writer.add_document(**_fields(item))
        writer.commit()

    def open(self, folder: Path) -> "WhooshSearcher":
        return WhooshSearcher(folder)


def _schema() -> Schema:
    analyzer = LanguageAnalyzer("de")
    single = {name: ID(sortable=True) for name in _SINGLE}
    several = {name: KEYWORD(commas=True, sortable=True) for name in FACETS if name not in _SINGLE}
    return Schema(id=STORED(), text=TEXT(analyzer=analyzer, stored=True), **single, **several)


def _fields(item: Item) -> dict[str, Any]:
    lists = {"person": item.persons, "speaker": item.speakers, "figure": item.nouns}
    fields = {name: _SEPARATOR.join(values) for name, values in lists.items()}
    fields |= {"date": item.year or "", "outlet": item.outlet or ""}
    known = {name: value for name, value in fields.items() if value}
    return {"id": item.id, "text": f"{item.title}\n{item.text}", **known}


class WhooshSearcher:
    def __init__(self, folder: Path) -> None:
        opened = index.open_dir(str(folder))
        self._searcher = opened.searcher()
        self._parser = QueryParser("text", opened.schema)

    def page(self, query: Query) -> Page:
        rest = [name for name in FACETS if name not in query.selections]
        results = self._search(query, query.selections, rest, SIZE)
        hits = tuple(_shown(hit) for hit in results[:SIZE])  # with groups, results hold more than their limit
        facets = _counted(results, rest)
        for name in query.selections:
            facets |= _counted(self._search(query, others(query.selections, name), [name], 1), [name])
        return Page(len(results), hits, facets)

    def _search(self, asked: Query, selections: Mapping[str, tuple[str, ...]], facets: list[str], size: int) -> Any:
        chosen = [query.Or([query.Term(name, value) for value in values]) for name, values in selections.items()]
        return self._searcher.search(
            self._parser.parse(_words(asked)),
            limit=size,
            filter=query.And(chosen) if chosen else None,
            groupedby={name: FieldFacet(name, maptype=Count) for name in facets},
        )


def _words(asked: Query) -> str:
    match asked.how:
        case "all":
            return " AND ".join(asked.words)
        case "any":
            return " OR ".join(asked.words)
        case "not":
            return " NOT ".join(asked.words)
        case "phrase":
            return f'"{" ".join(asked.words)}"'
        case "prefix":
            return f"{asked.words[0]}*"


def _shown(hit: Any) -> Shown:
    passage = hit.highlights("text")
    return Shown(hit["id"], passage, passage.count('class="match'))


def _counted(results: Any, facets: list[str]) -> dict[str, dict[str, int]]:
    """The counts of the values of each facet; what Whoosh groups by is all values of an article, as one string."""
    found = {}
    for name in facets:
        counts: Counter[str] = Counter()
        for joined, count in results.groups(name).items():
            for value in joined.split(_SEPARATOR) if joined else ():
                counts[value] += count
        found[name] = dict(counts.most_common(None if name == "date" else SIZE))
    return found
