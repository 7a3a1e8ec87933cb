"""The quick way to the matches of a text finds what the slow one finds, and what the index finds."""

import random
import time
from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.support.levenshtein import distance

from index.collections import CollectionWriter
from index.folder import IndexFolder
from index.german import FIELDS, Term, analyze, default_chain
from index.model import Record
from index.rows import write_facets
from index.schema import field_of, schema
from search import Archive, Request, open_archive
from search.highlight import Highlighter, passages
from search.matching import Matcher, leaves_of
from search.model import Passage
from search.parser import parse
from search.passages import Sentences
from tests.search.conftest import record

SCHEMA = schema()
WORDS = [
    "Artilleriegeschosse", "Artillerie-", "und", "Raketengeschosse", "Geschoss", "Journalist:innen", "Präsidentin",
    "US-Präsident", "Häuser", "Rathaus", "12.000", "zwölftausend", "8", "Millionen", "traf", "ein.", "nicht", "Militär",
    "-sprecher", "Regierungschefs", "Straße",
]  # fmt: skip
QUERIES = [
    "Geschosse", "Artillerie", "Artilleriegeschosse", "Artillerie-Geschosse", "Journalist", "Präsident", "Haus",
    "12000", "8000000", "eintreffen", "Militär", "Rat*", "*geschosse", "?äuser", "Häusar~", "=Häuser", '"und Häuser"',
    '"nicht ein"~3', '"Haus und"~2', '="und Häuser"', "Regierungssprecher", "Strasse", "Haus NICHT Geschoss",
]  # fmt: skip
WITHOUT_PATTERNS = [asked for asked in QUERIES if "NICHT" not in asked and not set(asked) & set("*?")]


def in_some_case(word: str, upper: int) -> str:
    """The word with some letters in the other case: a form that the chain has hardly seen before."""
    return "".join(char.swapcase() if upper >> at & 1 else char for at, char in enumerate(word))


words = st.sampled_from(WORDS) | st.builds(in_some_case, st.sampled_from(WORDS), st.integers(0, 2**9))
texts = st.lists(words, max_size=20).map(" ".join)


def tree_of(text: str) -> query.Query:
    return parse(text, SCHEMA, lambda field: {}).tree


def slowly(tree: query.Query, text: str) -> set[tuple[int, int]]:
    """The places that a tree without NOT asks for, by trying all terms of the text for each leaf.

    What several tokens give together is left out where the last of them has that term by itself.
    """
    together = set(default_chain().read(text, default_chain().forms()).extra)
    alone = {(term.text, term.position, FIELDS[term.kind]) for term in analyze(text) if term not in together}
    new = [
        term
        for term in analyze(text)
        if term not in together
        or not any((term.text, term.position) == own[:2] and set(FIELDS[term.kind]) & set(own[2]) for own in alone)
    ]
    terms = [(field_of("text", field), term) for term in new for field in FIELDS[term.kind]]
    found: set[tuple[int, int]] = set()
    for leaf in tree.leaves():
        inside = [term for field, term in terms if field == leaf.field()]
        if isinstance(leaf, query.Phrase):
            found |= {(term.start, term.end) for way in ways(leaf, inside) for term in way}
        else:
            found |= {(term.start, term.end) for term in inside if fits(leaf, term.text)}
    return found


def fits(leaf: query.Query, term: str) -> bool:
    """Whether a term is the leaf's, or has up to one error, its first letter apart."""
    if isinstance(leaf, query.FuzzyTerm):
        return bool(term[0] == leaf.text[0] and distance(term, leaf.text) <= 1)
    return bool(term == leaf.text)


def ways(phrase: query.Phrase, terms: list[Term]) -> Iterator[tuple[Term, ...]]:
    """All ways in which a phrase can stand in a text."""
    for way in product(*([term for term in terms if term.text == word] for word in phrase.words)):
        if all(0 < behind.position - before.position <= phrase.slop for before, behind in pairwise(way)):
            yield way


@settings(deadline=None)
@given(st.lists(texts, max_size=4), st.sampled_from(WITHOUT_PATTERNS))
def test_the_quick_way_finds_what_the_slow_one_finds(several: list[str], asked: str) -> None:
    tree = tree_of(asked)
    matcher = Matcher(leaves_of(tree)["text"], default_chain())
    for text in several:
        assert {(match.start, match.end) for match in matcher.matches(text)} == slowly(tree, text)


def made_up(number: int) -> Record:
    rng = random.Random(number)
    text, title = (" ".join(rng.choices(WORDS, k=rng.randint(1, most))) for most in (16, 3))
    return record(number, text, title=title)


RECORDS = [made_up(number) for number in range(120)]


GONE = ["r3", "r40", "r77"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Records in two segments, of the first of which some are deleted."""
    folder = IndexFolder(tmp_path_factory.mktemp("matching") / "index")
    for full, new, gone in ((True, RECORDS[:100], []), (False, RECORDS[100:], GONE)):
        with folder.locked(), folder.next_generation(full=full) as generation:
            with CollectionWriter(generation) as writer:
                writer.add(new)
                for key in gone:
                    writer.remove(key)
            write_facets(generation, {})
    return open_archive(folder.path)


@pytest.mark.parametrize("base", ["text", "title"])
@pytest.mark.parametrize("asked", [*QUERIES, "Raketengeschosse", "Haus ODER Artillerie-Geschosse ODER eintreffen"])
def test_what_the_index_counts_leads_to_the_same_matches(asked: str, base: str, archive: Archive) -> None:
    collection = archive._current().collections["article"]
    matcher = Matcher(leaves_of(tree_of(asked))[base], default_chain(), collection.few_terms)
    without = Matcher(leaves_of(tree_of(asked))[base], default_chain())
    terms = [(field_of(base, field), term) for field, term in matcher.terms]
    numbers = np.array([number for record in RECORDS if (number := collection.find(record.id)) is not None])
    for number, count in zip(numbers.tolist(), collection.occurrences(terms, numbers).tolist(), strict=True):
        record = collection.record(number)
        text = record.text if base == "text" else record.title
        assert matcher.matches(text, count) == without.matches(text)
    assert len(numbers) == len(RECORDS) - len(GONE)


@pytest.mark.parametrize("asked", QUERIES)
def test_marked_is_what_is_found(asked: str, archive: Archive) -> None:
    found = {hit.id for page in (1, 2) for hit in archive.search(Request(asked, size=100, page=page)).hits}
    in_title, in_text = (Matcher(leaves_of(tree_of(asked))[base], default_chain()) for base in ("title", "text"))
    there = [record for record in RECORDS if record.id not in GONE]
    marked = {record.id for record in there if in_title.matches(record.title) or in_text.matches(record.text)}
    assert found and (found <= marked if "NICHT" in asked else found == marked)


MONSTERS = {
    "tied by hyphens": ("Haus", "Haus-" * 20_000),
    "the same word": ('"Haus Haus Haus"~50', "Haus " * 20_000),
    "a phrase that never ends": ('"Haus Boot Kran"~50', "Haus Boot " * 10_000),
    "a phrase that says one word again and again": ('"' + "Haus " * 60 + '"', "Haus " * 5_000),
    "one long word": ("Haus*", "Haus" * 20_000),
    "wildcards": ("*a*s*h*s*", "Hausbesetzerhausbesitzer " * 4_000),
    "ellipses": ("Hausboot", "Haus- und Ruderboot " * 6_000),
}


@pytest.mark.parametrize(("asked", "text"), MONSTERS.values(), ids=MONSTERS)
def test_a_monster_takes_linear_time(asked: str, text: str) -> None:
    highlighted(asked, "Haus Boot Kran")  # the chain's tables are read
    began = time.process_time()
    found = highlighted(asked, text)
    assert time.process_time() - began < 2
    assert len(found) <= 3


def highlighted(asked: str, text: str) -> tuple[Passage, ...]:
    return passages(Highlighter(tree_of(asked)).read("text", text), Sentences([0], [len(text)]))
