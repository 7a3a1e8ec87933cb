"""SQLite's FTS5 with its tokenizer unicode61 (it has no German stemmer), its bm25 and snippets; facets by GROUP BY."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from bench.comparison.answers import FACETS, SIZE, Page, Shown, others
from bench.comparison.corpus.item import Item, items
from bench.comparison.queries import Query

_FILE = "fts5.sqlite"
_TABLES = """
    CREATE VIRTUAL TABLE article USING fts5(title, text, tokenize = "unicode61 remove_diacritics 0");
    CREATE TABLE value(number INTEGER PRIMARY KEY, name TEXT UNIQUE);
"""
_SETTINGS = """
    PRAGMA cache_size = -200000;
    PRAGMA mmap_size = 4000000000;
    PRAGMA temp_store = memory;
"""


class Fts5:
    """Titles and texts in a table of FTS5; for each facet a table of pairs (article, value), values by number."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        database = sqlite3.connect(folder / _FILE)
        database.executescript(_SETTINGS + "PRAGMA journal_mode = off; PRAGMA synchronous = off;" + _TABLES)
        for name in FACETS:
            database.execute(
                f'CREATE TABLE "{name}"(article INTEGER, value INTEGER, PRIMARY KEY(article, value)) WITHOUT ROWID'
            )
        numbers: dict[str, int] = {}
        with database:
            for item in items(corpus, limit):
                _insert(database, item, numbers)
            database.executemany("INSERT INTO value(name, number) VALUES (?, ?)", numbers.items())
            database.execute("INSERT INTO article(article) VALUES ('optimize')")
        database.executescript("ANALYZE")
        database.close()

    def open(self, folder: Path) -> "Fts5Searcher":
        return Fts5Searcher(folder)


def _insert(database: sqlite3.Connection, item: Item, numbers: dict[str, int]) -> None:
    row = int(item.id)
    database.execute("INSERT INTO article(rowid, title, text) VALUES (?, ?, ?)", (row, item.title, item.text))
    values = {"date": [item.year], "outlet": [item.outlet]}
    values |= {"person": [*item.persons], "speaker": [*item.speakers], "figure": [*item.nouns]}
    for name, of_item in values.items():
        pairs = {(row, numbers.setdefault(value, len(numbers))) for value in of_item if value}
        database.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', sorted(pairs))


class Fts5Searcher:
    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / _FILE)
        self._database.executescript(_SETTINGS + "CREATE TEMP TABLE matched(article INTEGER PRIMARY KEY);")

    def page(self, query: Query) -> Page:
        self._match(query, query.selections)
        total = self._database.execute("SELECT count(*) FROM matched").fetchone()[0]
        hits = self._hits(query)
        facets = {name: self._count(name) for name in FACETS if name not in query.selections}
        for name in query.selections:
            self._match(query, others(query.selections, name))
            facets[name] = self._count(name)
        return Page(total, hits, facets)

    def _match(self, query: Query, selections: Mapping[str, tuple[str, ...]]) -> None:
        """Put the articles that match into the table `matched`."""
        chosen, values = _chosen(selections)
        self._database.execute("DELETE FROM matched")
        self._database.execute(
            f"INSERT INTO matched SELECT rowid FROM article WHERE article MATCH ?{chosen}", (_words(query), *values)
        )

    def _hits(self, query: Query) -> tuple[Shown, ...]:
        chosen, values = _chosen(query.selections)
        rows = self._database.execute(
            "SELECT rowid, snippet(article, 1, '<b>', '</b>', '…', 32) FROM article"
            f" WHERE article MATCH ?{chosen} ORDER BY rank LIMIT {SIZE}",
            (_words(query), *values),
        )
        return tuple(Shown(str(row), passage, passage.count("<b>")) for row, passage in rows)

    def _count(self, facet: str) -> dict[str, int]:
        limit = "" if facet == "date" else f" LIMIT {SIZE}"
        rows = self._database.execute(
            "SELECT name, found FROM (SELECT value, count(*) AS found FROM matched CROSS JOIN"
            f' "{facet}" ON "{facet}".article = matched.article GROUP BY value ORDER BY found DESC{limit})'
            " JOIN value ON value.number = value"
        )
        return dict(rows)


def _words(query: Query) -> str:
    quoted = [f'"{word}"' for word in query.words]
    match query.how:
        case "all":
            return " AND ".join(quoted)
        case "any":
            return " OR ".join(quoted)
        case "not":
            return " NOT ".join(quoted)
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "prefix":
            return f"{quoted[0]} *"


def _chosen(selections: Mapping[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """The conditions for the selections, and the values in them."""
    conditions = [
        f' AND EXISTS (SELECT 1 FROM "{name}" AS pair WHERE pair.article = article.rowid AND pair.value IN'
        f" (SELECT number FROM value WHERE name IN ({', '.join('?' * len(values))})))"
        for name, values in selections.items()
    ]
    return "".join(conditions), [value for values in selections.values() for value in values]
