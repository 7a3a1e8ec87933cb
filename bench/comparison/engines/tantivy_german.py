"""Tantivy with its German stemmer, its snippets, and its aggregations over fast fields."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import tantivy

from bench.comparison.answers import FACETS, SIZE, Page, Shown, others
from bench.comparison.corpus.item import Item, items
from bench.comparison.queries import Query

_TEXTS = ("title", "text")
_HEAP = 500_000_000
_THREADS = 2
_YEARS = 100


class Tantivy:
    """Title and text stemmed and stored; the facets as fast fields, several values each but date and outlet."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        index = tantivy.Index(_schema(), path=str(folder))
        index.register_tokenizer("german", _analyzer())
        writer = index.writer(_HEAP, _THREADS)
        for item in items(corpus, limit):
            writer.add_document(tantivy.Document(**_fields(item)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> "TantivySearcher":
        return TantivySearcher(folder)


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in _TEXTS:
        schema = schema.add_text_field(name, stored=True, tokenizer_name="german")
    for name in FACETS[1:]:
        schema = schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return schema.add_integer_field("date", indexed=True, fast=True).build()


def _analyzer() -> tantivy.TextAnalyzer:
    steps = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return steps.filter(tantivy.Filter.stemmer("german")).build()


def _fields(item: Item) -> dict[str, Any]:
    known = {"date": int(item.year) if item.year else None, "outlet": item.outlet}
    lists = {"person": list(item.persons), "speaker": list(item.speakers), "figure": list(item.nouns)}
    fields = {"id": item.id, "title": item.title, "text": item.text, **known, **lists}
    return {name: value for name, value in fields.items() if value is not None}


class TantivySearcher:
    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._index.register_tokenizer("german", _analyzer())
        self._index.reload()
        self._searcher = self._index.searcher()
        self._schema = self._index.schema

    def page(self, query: Query) -> Page:
        words = self._words(query)
        whole = self._selected(words, query.selections)
        result = self._searcher.search(whole, SIZE)
        snippets = tantivy.SnippetGenerator.create(self._searcher, words, self._schema, "text")
        hits = tuple(self._shown(address, snippets) for _, address in result.hits)
        facets = self._count(whole, [name for name in FACETS if name not in query.selections])
        for name in query.selections:
            facets |= self._count(self._selected(words, others(query.selections, name)), [name])
        return Page(
            result.count,  # type: ignore[attr-defined]  # left out of its types
            hits,
            facets,
        )

    def _words(self, query: Query) -> tantivy.Query:
        match query.how:
            case "all":
                return _joined(tantivy.Occur.Must, map(self._parsed, query.words))
            case "any":
                return _joined(tantivy.Occur.Should, map(self._parsed, query.words))
            case "not":
                first, *rest = map(self._parsed, query.words)
                return first.and_must_not_match(*rest)
            case "phrase":
                return self._parsed(f'"{" ".join(query.words)}"')
            case "prefix":
                return _joined(tantivy.Occur.Should, self._beginning_with(query.words[0]))

    def _parsed(self, text: str) -> tantivy.Query:
        return self._index.parse_query(text, list(_TEXTS))

    def _beginning_with(self, start: str) -> Iterator[tantivy.Query]:
        """The terms that begin so, each for itself: of a query by a pattern there would be no snippets."""
        for name in _TEXTS:
            for term, _ in self._searcher.terms_with_prefix(name, start):
                yield tantivy.Query.term_query(self._schema, name, term)

    def _selected(self, words: tantivy.Query, selections: Mapping[str, tuple[str, ...]]) -> tantivy.Query:
        for name, values in selections.items():
            chosen = _joined(tantivy.Occur.Should, (self._value(name, value) for value in values))
            words = words.and_must_match(tantivy.Query.const_score_query(chosen, 0.0))
        return words

    def _value(self, facet: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, facet, int(value) if facet == "date" else value)

    def _shown(self, address: tantivy.DocAddress, snippets: tantivy.SnippetGenerator) -> Shown:
        document = self._searcher.doc(address)
        snippet = snippets.snippet_from_doc(document)
        return Shown(str(document.get_first("id")), snippet.to_html(), len(snippet.highlighted()))

    def _count(self, query: tantivy.Query, facets: list[str]) -> dict[str, dict[str, int]]:
        terms = {name: {"terms": {"field": name, "size": _YEARS if name == "date" else SIZE}} for name in facets}
        found = self._searcher.aggregate(query, terms)
        return {name: {str(bucket["key"]): bucket["doc_count"] for bucket in found[name]["buckets"]} for name in facets}


def _joined(how: tantivy.Occur, queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(how, query) for query in queries])
