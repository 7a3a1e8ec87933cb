"""Bodies of articles in, a way to rank them for a query out: each engine that is compared.

An engine is made of the bodies, in order; it ranks them for a query and gives the numbers of the best: every word
required, any word enough, or as it reads by default what somebody types. By default SQLite FTS5 requires every word, as
does BM25 here, which has no user; tantivy takes any word.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import snowballstemmer

from bench.retrieval.bm25 import Bm25, plain_terms
from index.collections import CollectionWriter
from index.folder import IndexFolder
from index.model import Record
from index.rows import write_facets
from search import Archive, Request, open_archive

Mode = Literal["every word", "any word", "as typed"]
MODES: tuple[Mode, ...] = get_args(Mode)


class Asked(NamedTuple):
    """A query as it is typed, and its words but for stop words."""

    typed: str
    words: tuple[str, ...]


Rank = Callable[[Asked, Mode, int], list[int]]
Engine = Callable[[Sequence[str], Path], Rank]


def no_stemming(bodies: Sequence[str], folder: Path) -> Rank:
    return _bm25(bodies, plain_terms)


def snowball(bodies: Sequence[str], folder: Path) -> Rank:
    stemmer = snowballstemmer.stemmer("german")
    return _bm25(bodies, lambda text: [str(stemmer.stemWord(term)) for term in plain_terms(text)])


def _bm25(bodies: Sequence[str], terms_of: Callable[[str], list[str]]) -> Rank:
    engine = Bm25(bodies, terms_of)
    return lambda asked, mode, depth: engine.rank(asked.words, mode != "any word", depth)


def fundstelle(bodies: Sequence[str], folder: Path) -> Rank:
    """The project's own index and search: the bodies without titles, queries through the parser."""
    index = IndexFolder(folder / "index")
    with index.locked(), index.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(_record(number, body) for number, body in enumerate(bodies))
        write_facets(generation, {})
    archive: Archive = open_archive(index.path)

    joints: Mapping[Mode, str] = {"every word": " UND ", "any word": " ODER "}

    def rank(asked: Asked, mode: Mode, depth: int) -> list[int]:
        query = asked.typed if mode == "as typed" else joints[mode].join(asked.words)
        return [int(hit.id) for hit in archive.search(Request(query, size=depth)).hits]

    return rank


def _record(number: int, body: str) -> Record:
    return Record(
        id=str(number),
        kind="article",
        article_id=str(number),
        title="",
        text=body,
        date=None,
        outlet=None,
        agencies=(),
        persons=(),
        speakers=(),
        figures=(),
        path=f"{number}.txt",
    )


def sqlite_fts5(bodies: Sequence[str], folder: Path) -> Rank:
    """SQLite's FTS5 with its tokenizer unicode61, ranked by its own bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE bodies USING fts5(body, tokenize='unicode61')")
    database.executemany("INSERT INTO bodies(rowid, body) VALUES (?, ?)", enumerate(bodies))

    def rank(asked: Asked, mode: Mode, depth: int) -> list[int]:
        query = (" OR " if mode == "any word" else " AND ").join(f'"{word}"' for word in asked.words)
        rows = database.execute("SELECT rowid FROM bodies WHERE bodies MATCH ? ORDER BY rank LIMIT ?", (query, depth))
        return [row[0] for row in rows]

    return rank


def tantivy_german(bodies: Sequence[str], folder: Path) -> Rank:
    """Tantivy with its German stemmer. Raises ImportError where the package tantivy is not installed."""
    tantivy: Any = import_module("tantivy")
    steps = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    analyzer = steps.filter(tantivy.Filter.stemmer("german")).build()
    schema = tantivy.SchemaBuilder().add_text_field("body", tokenizer_name="german")
    schema = schema.add_integer_field("number", stored=True).build()
    index = tantivy.Index(schema)
    index.register_tokenizer("german", analyzer)
    writer = index.writer()
    for number, body in enumerate(bodies):
        writer.add_document(tantivy.Document(body=body, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(asked: Asked, mode: Mode, depth: int) -> list[int]:
        sign = "+" if mode == "every word" else ""
        query = index.parse_query(" ".join(f'{sign}"{word}"' for word in asked.words), ["body"])
        return [searcher.doc(address)["number"][0] for _, address in searcher.search(query, depth).hits]

    return rank


ENGINES: Mapping[str, Engine] = {
    "no stemming": no_stemming,
    "Snowball alone": snowball,
    "SQLite FTS5": sqlite_fts5,
    "tantivy, German": tantivy_german,
    "this chain": fundstelle,
}
"""What is compared, by name."""
