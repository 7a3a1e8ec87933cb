"""Corpora are drawn as they should be: again alike, German in their distribution, readable; queries fit them."""

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.comparison.cache import Cache
from bench.comparison.corpus.item import Item, items
from bench.comparison.corpus.resampled import FILES, Resampled
from bench.comparison.corpus.values import Skewed
from bench.comparison.corpus.words import compound, past
from bench.comparison.corpus.writing import drawn, has_articles, write_corpus
from bench.comparison.engines.chain_only import record
from bench.comparison.queries import twelve_queries
from index import load_tables
from index.model import RawArticle
from index.readers import read_file

SENTENCES = [
    "Die Gemeinde plant seit Jahren eine Sporthalle neben dem Bahnhof.",
    "Nach einer Beratung stimmten die Abgeordneten für eine andere Lösung.",
    "Viele Bewohner hoffen auf bessere Verbindungen und eine ruhigere Umgebung.",
]


@pytest.fixture(scope="module")
def sample() -> list[Item]:
    return list(drawn(300, seed=1, shared=None))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder laid out like the reference material, with sentences of our own."""
    for name in FILES:
        file = tmp_path / "shared" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        values = {"text": " ".join(SENTENCES), "title": "Gemeinde plant Sporthalle"}
        file.write_text(json.dumps(values, ensure_ascii=False) + "\n", "utf-8")
    return tmp_path / "shared"


def test_a_seed_gives_the_same_articles_and_the_smaller_corpus_begins_the_larger(sample: list[Item]) -> None:
    assert list(drawn(5, seed=1, shared=None)) == sample[:5]
    assert list(drawn(5, seed=2, shared=None)) != sample[:5]


def test_articles_have_some_three_hundred_words(sample: list[Item]) -> None:
    assert 270 < sum(len(item.text.split()) for item in sample) / len(sample) < 330


def test_values_are_skewed_and_some_unknown(sample: list[Item]) -> None:
    persons = Counter(person for item in sample for person in item.persons)
    assert persons.most_common(1)[0][1] > 10
    assert sum(count == 1 for count in persons.values()) > len(persons) / 2
    assert any(item.date is None for item in sample) and any(item.outlet is None for item in sample)
    assert any(len(item.persons) > 1 and len(item.figures) > 1 for item in sample)


def test_words_follow_zipf(sample: list[Item]) -> None:
    ranked = [count for _, count in Counter(w for item in sample for w in item.text.split()).most_common()]
    assert ranked[0] > 20 * ranked[200] > 40 * ranked[5000]


def test_a_corpus_is_read_as_it_was_written(sample: list[Item], tmp_path: Path) -> None:
    write_corpus(tmp_path / "c.jsonl", 20, 1, None)
    assert list(items(tmp_path / "c.jsonl")) == sample[:20]
    assert list(items(tmp_path / "c.jsonl", 3)) == sample[:3]
    for raw, item in zip(read_file(tmp_path / "c.jsonl"), sample, strict=False):
        assert isinstance(raw, RawArticle)
        assert (raw.own_id, raw.title, raw.text, raw.outlet) == (item.id, item.title, item.text, item.outlet)


def test_sentences_are_where_the_record_says(sample: list[Item]) -> None:
    for item in sample[:50]:
        spans = record(item).stored["sentences"]
        cut = [item.text[start:end] for start, end in spans]
        assert "".join(cut).replace(" ", "") == item.text.replace(" ", "").replace("\n", "")
        assert all(piece == piece.strip() for piece in cut)


def test_resampled_sentences_have_new_words_in_old_places(shared: Path) -> None:
    assert has_articles(shared) and not has_articles(shared / "news")
    source, draw = Resampled(shared, load_tables(), seed=3), Random(3)
    sentences = [source.sentence(draw) for _ in range(200)]
    assert len(set(sentences)) > len(SENTENCES)
    lengths = {len(sentence.split()) for sentence in SENTENCES}
    assert all(len(sentence.split()) in lengths for sentence in sentences)
    short = {word for sentence in SENTENCES for word in sentence.split() if len(word) < 5}
    assert {word for sentence in sentences for word in sentence.split() if len(word) < 5} <= short
    assert source.title(draw).split()[0] == "Gemeinde"
    assert next(drawn(1, seed=3, shared=shared)).text.startswith(tuple(s[:3] for s in SENTENCES))


@given(st.lists(st.integers(), min_size=1, unique=True), st.integers(), st.floats(0.1, 5))
def test_some_values_are_different_ones(values: list[int], seed: int, mean: float) -> None:
    found = Skewed(values).some(Random(seed), mean)
    assert len(set(found)) == len(found)
    assert set(found) <= set(values)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (compound("Hafen", "Kran"), "Hafenkran"),
        (compound("Zeitung", "Markt"), "Zeitungsmarkt"),
        (past("spiel"), "spielte"),
        (past("arbeit"), "arbeitete"),
    ],
)
def test_words_are_german(made: str, wanted: str) -> None:
    assert made == wanted


def test_twelve_queries_go_from_rare_to_very_frequent(sample: list[Item]) -> None:
    queries = twelve_queries(iter(sample), seed=1)
    assert len({query.name for query in queries}) == len(queries) == 12
    assert queries == twelve_queries(iter(sample), seed=1)
    words = [set(item.text.lower().replace(".", " ").replace(",", " ").split()) for item in sample]
    counts = [sum(query.words[0] in found for found in words) for query in queries[:4]]
    assert counts == sorted(counts) and counts[0] <= 2 and counts[-1] > len(sample) / 10
    assert {query.how for query in queries} == {"all", "any", "not", "phrase", "prefix"}
    assert {name for query in queries for name in query.selections} == {"outlet", "date", "person"}


def test_what_is_built_is_built_once(tmp_path: Path) -> None:
    first = Cache(tmp_path, 20, 1, tmp_path).built("SQLite FTS5")
    index = Cache(tmp_path, 20, 1, tmp_path).index_of("SQLite FTS5")
    before = [file.stat().st_mtime_ns for file in index.iterdir()]
    again = Cache(tmp_path, 20, 1, tmp_path)
    assert again.built("SQLite FTS5") == first
    assert [file.stat().st_mtime_ns for file in index.iterdir()] == before
    assert again.built("SQLite FTS5", limit=5).articles == 5
    assert len(list(islice(items(again.corpus), 30))) == 20
    assert again.queries == Cache(tmp_path, 20, 1, tmp_path).queries
