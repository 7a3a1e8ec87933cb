"""A query tree in, matching records and their scores out, over one kind of record of one generation.

Whoosh is asked for postings only; scores, facets, order and passages are made of arrays and stored texts.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from whoosh import query

from index.checksums import require_whole
from index.codec import IndexView
from index.collections import damage_named, open_collections, open_view
from index.estimates import read_estimates
from index.model import Annotations, Kind, Record
from index.people import read_identities
from index.schema import FACET_FIELDS
from index.stored import annotations_of, record_of
from index.vocabulary import read_vocabulary
from index.wordings import read_wordings
from search.facets import DateColumn, ValueColumn
from search.figure_facet import FigureColumn
from search.lexicon import Lexicon
from search.names import PersonOf, rename_annotations, rename_record
from search.parser import TEXT_FIELDS
from search.quotes import ArticlesOf
from search.scoring import Found, Scorer
from search.spelling import Speller
from search.suggest import Suggester
from search.twins import group_numbers
from search.words import query_chain


class Collection:
    """One kind of record, opened for searching. Safe to use from several threads."""

    def __init__(
        self,
        opened: Any,
        view: IndexView,
        kind: Kind,
        person_of: PersonOf,
        same: Sequence[Sequence[str]] = (),
        statements: "Collection | None" = None,
    ) -> None:
        self.schema = opened.schema
        self._view = view
        # What is said is not what the title of the article says.
        self.text_fields = {"text": TEXT_FIELDS["text"]} if kind == "statement" else TEXT_FIELDS
        self._person_of = person_of
        self._searcher = opened.searcher()
        self._lock = threading.RLock()  # a Whoosh reader keeps its place in its files
        reader = self._searcher.reader()
        self._statements = statements
        self._scorer = Scorer(self._searcher, self._said if statements else None)
        self.size: int = reader.doc_count_all()
        self.dates = DateColumn(reader)
        self.columns: dict[str, ValueColumn] = {
            name: ValueColumn(reader, name, person_of if name in ("person", "speaker") else None)
            for name in FACET_FIELDS
            if name not in ("date", "figure")
        }
        self.columns["date"] = self.dates
        self.figures = FigureColumn(reader)
        self.columns |= {"figure": self.figures, "amount": self.figures.amounts}
        self.group = group_numbers(same, self._numbers(chain.from_iterable(same)), self.size)

    def _numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of the records with these ids."""
        return {key: number for key in ids if (number := self.find(key)) is not None}

    def match(self, tree: query.Query) -> Found:
        """The records that match, and the score of each; both by record number. A score is 0 where nothing matched."""
        with self._lock:
            return self._scorer.evaluate(tree)

    def _said(self, tree: query.Query) -> Found:
        """The records in whose articles a statement meets a tree."""
        assert self._statements
        return self._articles_of.find(*self._statements.match(tree))

    @cached_property
    def _articles_of(self) -> ArticlesOf:
        assert self._statements
        return ArticlesOf(self._statements.articles, self.articles)

    @cached_property
    def articles(self) -> ValueColumn:
        """Which article each record is of; read when first asked for."""
        with self._lock:
            return ValueColumn(self._searcher.reader(), "article")

    def record(self, number: int) -> Record:
        """The record with a number."""
        return rename_record(record_of(self._view.stored(number)["record"]), self._person_of)

    def annotations(self, number: int) -> Annotations:
        """What was found in the article with a number."""
        return rename_annotations(annotations_of(self._view.details(number)), self._person_of)

    def find(self, record_id: str) -> int | None:
        """The number of the record with an id."""
        return self._view.find("id", record_id)

    def values_of(self, field: str) -> Mapping[str, list[str]]:
        """All values of a field of exact values, each with the terms that stand for it in the index."""
        return self.columns[field].terms_of


class Engine:
    """All kinds of record of one generation. Raises what `damage_named` raises."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self._lock = threading.RLock()
        with damage_named(generation):
            require_whole(generation)
            self._opened = open_collections(generation)
            self.identities = read_identities(generation)
            self.estimates = read_estimates(generation)
            statements = self._open("statement", same=read_wordings(generation))
            self.collections: dict[Kind, Collection] = {
                "article": self._open("article", statements=statements),
                "statement": statements,
                "figure": self._open("figure", statements=statements),
            }

    def _open(self, kind: Kind, same: Sequence[Sequence[str]] = (), statements: Collection | None = None) -> Collection:
        view = open_view(self.generation, kind)
        return Collection(self._opened[kind], view, kind, self.identities.person_of, same, statements)

    def suggester(self) -> Suggester:
        """Completes what is typed by the words and names of this generation; made when first asked for."""
        with self._lock:
            return self._suggester

    def speller(self) -> Speller:
        """Corrects queries by the words of this generation; made when first asked for."""
        with self._lock:
            return self._speller

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(read_vocabulary(self.generation))

    @cached_property
    def _suggester(self) -> Suggester:
        columns = self.collections["article"].columns
        return Suggester(self._lexicon, columns["person"], columns["outlet"])

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._lexicon, query_chain())
