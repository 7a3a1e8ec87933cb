"""The evaluator on arrays against the slow way, Whoosh's own matchers: the same records, the same scores."""

import math
import random
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query

from index.collections import CollectionWriter, open_collections, open_view
from index.columns import open_column
from index.model import PartialDate, Record
from index.rows import open_rows, write_facets
from index.schema import TEXT_NAMES, schema
from search.evaluate import Evaluator
from search.facets import DateColumn
from search.figure_facet import FigureColumn
from search.matches import Lengths, Way, Word
from search.parser import parse
from search.ranges import Within
from search.scoring import Scorer
from search.sets import Found, Numbers
from search.words import Clue, Misspelled, Ways

WORDS = """der die und Minister Ministerin Haus Häuser Hausboot Raketen Artilleriegeschosse Geschosse sprach Truppen
Soldaten Grenze Präsident Präsidenten 12000 Ziel militärisch Militär sagte am Freitag in Kursk nicht""".split()  # noqa: SIM905
PERSONS = ("Ada Berg", "Bo Sund", "Käthe Ähre")
DATES = (None, PartialDate(2024), PartialDate(2024, 10), PartialDate(2024, 10, 3), PartialDate(2023, 5, 9))
SEEDS = range(5)


class Corpus:
    """One made-up collection, by the fast and by the slow way, and the terms that it has."""

    def __init__(self, generation: Path) -> None:
        self._searcher = open_collections(generation)["article"].searcher()
        view = open_view(generation, "article")
        columns = {field: open_column(generation, "article", field) for field in ("date", "figure", "amount")}
        rows = open_rows(generation, "article")
        self._dates = DateColumn(columns["date"], view, rows)
        self._figures = FigureColumn(columns["figure"], columns["amount"], view, rows)
        self.slow = Scorer(self._searcher)
        self.fast = Evaluator(view, self.within, self.slowly)
        self.terms = {field: view.terms(field) or ["nichts"] for field in [*TEXT_NAMES, "person"]}

    def within(self, node: Within) -> Numbers:
        return (self._dates if node.fieldname == "date" else self._figures).within(node.low, node.high)

    def slowly(self, tree: query.Query) -> Found:
        return self.slow.find(tree)


def made_up(rng: random.Random, number: int) -> Record:
    def text(most: int) -> str:
        return " ".join(rng.choices(WORDS, weights=range(len(WORDS), 0, -1), k=rng.randrange(most)))

    persons = tuple(rng.sample(PERSONS, rng.randrange(3)))
    key, day = f"r{number}", rng.choice(DATES)
    counted = tuple(
        f"Soldat\t{low}.0\t{low + rng.choice((0, 0, 5))}.0" for low in rng.sample(range(20), rng.randrange(3))
    )
    return Record(key, "article", key, text(6), text(60), day, None, (), persons, (), ("Soldat",), "a.txt", counted)


def corpus(seed: int, folder: Path) -> Corpus:
    """A collection of a few records or some hundred, in one segment or several, with records removed or without."""
    rng = random.Random(seed)
    before, generation = folder / "1", folder / "2"
    before.mkdir(parents=True)
    count = (1, 7, 40, 100, 150)[seed]
    records = [made_up(rng, number) for number in range(count)]
    with CollectionWriter(before) as writer:
        writer.add(records[: count * 3 // 4])
    shutil.copytree(before, generation)
    with CollectionWriter(generation) as writer:
        if seed % 2:
            for number in range(0, count // 2, 5):
                writer.remove(f"r{number}")
        writer.add(records[count * 3 // 4 :])
    write_facets(generation, {})
    return Corpus(generation)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> list[Corpus]:
    folder = tmp_path_factory.mktemp("corpora")
    return [corpus(seed, folder / str(seed)) for seed in SEEDS]


boosts = st.sampled_from([1.0, 0.5, 2.0, 0.3])


@st.composite
def leaves(draw: st.DrawFn, terms: dict[str, list[str]], field: str | None = None) -> query.Query:
    """A leaf over a field of text: a term, a phrase, a pattern, a word with typing errors."""
    name = field or draw(st.sampled_from(list(TEXT_NAMES)))
    term = st.sampled_from([*terms[name][:40], "fehlt"])
    boost = draw(boosts)
    match draw(st.sampled_from("tttwxf" if name.endswith("_parts") else "tttwxfp")):
        case "p":
            return query.Phrase(name, draw(st.lists(term, min_size=2, max_size=3)), draw(st.integers(1, 4)), boost)
        case "w":
            return query.Prefix(name, draw(term)[:2], boost)
        case "x":
            some, shape = draw(term), draw(st.sampled_from(["*{1}*", "{0}*{2}", "*{2}", "?{1}*", "{0}?*", "[{0}]*{2}"]))
            return query.Wildcard(name, shape.format(some[:1], some[1:3], some[3:]), boost)
        case "f":
            word, at = draw(term), draw(st.integers(1, 9))
            swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
            return Misspelled(name, swapped, boost, draw(st.integers(1, 2)), prefixlength=1)
        case _:
            return query.Term(name, draw(term), boost)


def values(terms: dict[str, list[str]]) -> st.SearchStrategy[query.Query]:
    person = st.sampled_from([*terms["person"], "Niemand"]).map(lambda name: query.Term("person", name))
    every: st.SearchStrategy[query.Query] = st.sampled_from([query.Every(), query.NullQuery])
    amounts = st.builds(Within, st.just("amount"), st.integers(-1, 20), st.integers(0, 25) | st.just(math.inf))
    days = st.sampled_from([date(2023, 1, 1), date(2024, 1, 1), date(2024, 10, 1), date(2024, 12, 31)]).map(
        date.toordinal
    )
    dates = st.builds(Within, st.just("date"), days | st.just(-math.inf), days | st.just(math.inf))
    return person | st.lists(person, min_size=1, max_size=3).map(query.Or) | every | amounts | dates


def trees(terms: dict[str, list[str]]) -> st.SearchStrategy[query.Query]:
    words = st.builds(lambda some, boost: Ways(some, boost), st.lists(leaves(terms), min_size=1, max_size=5), boosts)

    def inner(child: st.SearchStrategy[query.Query]) -> st.SearchStrategy[query.Query]:
        several = st.lists(child, min_size=1, max_size=3)
        clued = st.builds(lambda own, clue: query.DisjunctionMax([own, Clue(clue)]), words, child)
        return (
            st.builds(query.And, several, boosts)
            | st.builds(query.Or, several, boosts)
            | st.builds(query.DisjunctionMax, several, boosts)
            | child.map(query.Not)
            | clued
        )

    return st.recursive(words | leaves(terms) | values(terms), inner, max_leaves=8)


def assert_same(corpus: Corpus, tree: query.Query) -> None:
    slow, fast = corpus.slowly(tree), corpus.fast.evaluate(tree)
    assert fast.numbers.tolist() == slow.numbers.tolist()
    np.testing.assert_allclose(fast.scores, slow.scores, rtol=1e-5, atol=1e-6)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), seed=st.sampled_from(SEEDS))
def test_the_fast_way_finds_and_scores_as_the_slow_way(corpora: list[Corpus], data: st.DataObject, seed: int) -> None:
    chosen = corpora[seed]
    assert_same(chosen, data.draw(trees(chosen.terms)))
    assert chosen.fast.left_to_whoosh == 0


QUERIES = [
    "*", "Minister", "der Minister", "Minister ODER Haus", "Minister NICHT Haus", "NICHT Haus", "-Haus -Minister",
    '"der Minister"', '="der Minister"', '"Minister Haus"~5', "=Häuser", "Häus*", "*geschosse", "H?us", "Hauss~",
    "Huas~2",
    "titel:Minister", "text:(Minister Haus)", 'person:"Ada Berg"', "person:berg Minister", "Artillerie-Geschosse",
    "Artilleriegeschosse", "zahl:12000", "zahl:>5", "datum:2024", "datum:>2024-01-01 Minister", "...", "12000 Truppen",
    "(Minister ODER Haus) (Truppen ODER NICHT Grenze)", "Minister am Freitag", "agentur:dpa ODER Haus",
]  # fmt: skip


@pytest.mark.parametrize("any_word", [False, True])
@pytest.mark.parametrize("text", QUERIES)
def test_nothing_that_the_language_yields_is_left_to_whoosh(corpora: list[Corpus], text: str, any_word: bool) -> None:
    chosen = corpora[4]
    known = {name: chosen.terms.get(name, []) for name in ("person", "speaker", "outlet", "agency", "amount", "date")}
    values = {field: {term: [term] for term in terms} for field, terms in known.items()}
    tree = parse(text, schema(), values.__getitem__, any_word=any_word).tree
    assert_same(chosen, tree)
    assert chosen.fast.left_to_whoosh == 0


UNKNOWN = [
    query.AndMaybe(query.Term("text", "minist"), query.Term("text", "haus")),
    query.Regex("text", "min.*"),
    query.And([query.Regex("text_exact", "h.*"), query.Not(query.TermRange("text", "a", "m"))]),
    Ways([query.Term("text", "minist"), query.Regex("text_exact", "h.*")]),
    query.Every("person"),
]


@pytest.mark.parametrize("tree", UNKNOWN, ids=str)
def test_what_is_not_known_is_left_to_whoosh_and_counted(tree: query.Query, tmp_path: Path) -> None:
    chosen = corpus(3, tmp_path / "own")
    assert_same(chosen, tree)
    assert chosen.fast.left_to_whoosh > 0


def test_a_word_scores_what_is_asked_for() -> None:
    every = np.arange(10_000)
    lengths = Lengths(np.full(10_000, 4, np.uint8), 4.0)
    lists = [(0, np.array([7, 5_000], np.uint16), np.array([1, 3], np.uint8))]
    word = Word([Way(lists, lengths, 1.0)], 1.0, 10_000, None)
    own = word.scores(word.numbers)
    assert word.numbers.tolist() == [7, 5_000] and own[1] > own[0] > 0
    everywhere = word.scores(every)
    assert np.flatnonzero(everywhere).tolist() == [7, 5_000] and everywhere[[7, 5_000]].tolist() == own.tolist()
