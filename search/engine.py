"""A query tree in, matching records and their scores out, over one kind of record of one generation.

Whoosh is asked for postings only; scores, facets, order and passages are made of arrays and stored texts.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from whoosh import query

from index.checksums import damaged, require_whole
from index.codec import IndexView
from index.codec.missing import missing, watch
from index.collections import damage_named, open_collections, open_view
from index.columns import FIELDS, Column, open_column
from index.compound_words import chain_of
from index.copies import read_copies
from index.estimates import read_estimates
from index.memory import keep
from index.model import Annotations, Kind, Record
from index.open_files import allow_many
from index.people import read_identities
from index.rows import Rows, open_rows
from index.stored import annotations_of, record_of
from index.vocabulary import read_vocabulary
from index.wordings import read_wordings
from search.evaluate import Evaluator
from search.facets import DateColumn, ValueColumn
from search.figure_facet import FigureColumn
from search.lexicon import Lexicon
from search.names import PersonOf, rename_annotations, rename_record
from search.parser import TEXT_FIELDS, ParsedQuery, parse
from search.quotes import ArticlesOf
from search.ranges import Within
from search.scoring import Scorer
from search.sets import Found, Ints, Numbers
from search.shown import Shown, shown_of
from search.spelling import Speller
from search.suggest import Suggester
from search.synonyms import Synonyms, SynonymSettings
from search.twins import groups_of
from search.words import RememberingChain

_QUERIES = 128
"""So many queries are kept as they were read: who narrows what a query finds asks it again."""

_SHOWN = 256
"""So many records are kept as they were shown: who narrows or turns pages is shown many of them again."""


class Collection:
    """One kind of record, opened for searching. Safe to use from several threads."""

    def __init__(
        self,
        opened: Any,
        view: IndexView,
        columns: Mapping[str, Column],
        rows: Rows,
        person_of: PersonOf,
        same: Sequence[Sequence[int]] = (),
        statements: "Collection | None" = None,
    ) -> None:
        self.schema = opened.schema
        self._view, self._statements = view, statements
        # What is said is not what the title of the article says.
        self.text_fields = TEXT_FIELDS if statements else {"text": TEXT_FIELDS["text"]}
        self.person_of = person_of
        self._searcher = opened.searcher()
        self._lock = threading.RLock()  # a Whoosh reader keeps its place in its files
        said = self._said if statements else None
        self._scorer = Scorer(self._searcher, said)
        self._evaluator = Evaluator(view, self._within, self._by_whoosh, said)
        self.size = view.size
        self.dates = DateColumn(columns["date"], view, rows)
        self.figures = FigureColumn(columns["figure"], columns["amount"], view, rows)
        self.columns: dict[str, ValueColumn] = {
            name: ValueColumn(column, view, rows, name, person_of if name in ("person", "speaker") else None)
            for name, column in columns.items()
        } | {"date": self.dates, "figure": self.figures}
        self.groups = groups_of(same, view.size)
        self.shown: Callable[[int], Shown] = lru_cache(_SHOWN)(self._shown)
        """The record with a number, as every hit shows it."""

    def match(self, tree: query.Query) -> Found:
        """The records that match, and the score of each."""
        return self._evaluator.evaluate(tree)

    def few_terms(self, pattern: query.MultiTerm) -> tuple[str, ...]:
        """The terms that a word with wildcards or typing errors stands for in its field; none where they are many."""
        return self._evaluator.few_terms(pattern)

    def _within(self, node: Within) -> Numbers:
        """The records with a date or an amount within bounds."""
        return (self.dates if node.fieldname == "date" else self.figures).within(node.low, node.high)

    def _by_whoosh(self, tree: query.Query) -> Found:
        with self._lock:
            return self._scorer.find(tree)

    def _said(self, tree: query.Query) -> Found:
        """The records in whose articles a statement meets a tree."""
        assert self._statements
        return self._articles_of.find(self._statements.match(tree))

    @cached_property
    def _articles_of(self) -> ArticlesOf:
        assert self._statements
        return ArticlesOf(self._statements._view, self._view)

    def occurrences(self, terms: Iterable[tuple[str, str]], numbers: Numbers) -> Ints:
        """For each of some records at how many positions it has these terms of fields of text, added up."""
        return self._view.frequencies(terms, numbers)

    def _shown(self, number: int) -> Shown:
        return shown_of(self._view.stored(number)["record"], self.person_of)

    def record(self, number: int) -> Record:
        """The record with a number."""
        return rename_record(record_of(self._view.stored(number)["record"]), self.person_of)

    def annotations(self, number: int) -> Annotations:
        """What was found in the article with a number."""
        return rename_annotations(annotations_of(self._view.details(number)), self.person_of)

    def find(self, record_id: str) -> int | None:
        """The number of the record with an id."""
        return self._view.find("id", record_id)

    def count_of(self, stem: str) -> int:
        """In how many records' texts a stem stands."""
        with self._lock:
            return int(self._searcher.doc_frequency("text", stem))

    def values_of(self, field: str) -> Mapping[str, list[str]]:
        """All values of a field of exact values, each with the terms that stand for it in the index."""
        return self.columns[field].terms_of


class Engine:
    """All kinds of record of one generation, and the chain that reads queries as its texts were read.

    Raises what `damage_named` raises.
    """

    def __init__(self, generation: Path, synonyms: SynonymSettings | None = None) -> None:
        self.generation = generation
        self._lock = threading.RLock()
        keep()
        watch()
        allow_many()
        self.missing_before = missing()
        with damage_named(generation):
            require_whole(generation)
            self._opened = open_collections(generation)
            self.identities = read_identities(generation)
            self.estimates = read_estimates(generation)
            self.chain = chain_of(generation)
            statements = self._open("statement", same=read_wordings(generation))
            self.collections: dict[Kind, Collection] = {
                "article": self._open("article", read_copies(generation), statements),
                "statement": statements,
                "figure": self._open("figure", statements=statements),
            }
        self._queries = RememberingChain(self.chain, self.collections["article"].count_of)
        self._synonyms = Synonyms(synonyms, self._queries) if synonyms else None
        self.parse = lru_cache(_QUERIES)(self._parse)

    def require_whole(self) -> None:
        """Raise ValueError, naming the file, where one is damaged: every byte is read, the first time."""
        for name in self._damaged:
            raise ValueError(f"{name} is not as it was written")

    @cached_property
    def _damaged(self) -> list[str]:
        return damaged(self.generation, whole=True)

    def _open(self, kind: Kind, same: Sequence[Sequence[int]] = (), statements: Collection | None = None) -> Collection:
        view = open_view(self.generation, kind)
        columns = {field: open_column(self.generation, kind, field) for field in FIELDS}
        rows = open_rows(self.generation, kind)
        return Collection(self._opened[kind], view, columns, rows, self.identities.person_of, same, statements)

    def _parse(self, text: str, kind: Kind, any_word: bool) -> ParsedQuery:
        """A query as it is read for one kind of record (see `search.parser`)."""
        asked = self.collections[kind]
        return parse(
            text, asked.schema, asked.values_of, self._synonyms, asked.text_fields, any_word, chain=self._queries
        )

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
        return Speller(self._lexicon, self._queries)
