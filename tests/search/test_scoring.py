"""Arrays find what Whoosh's matchers find, and score what the formula says, reckoned here word by word."""

import math
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.collections import CollectionWriter, open_collections
from index.german import FIELDS, analyze
from index.schema import field_of, schema
from search.matches import K1, B
from search.parser import parse
from search.scoring import Scorer
from tests.search.conftest import RECORDS, record

ARTICLES = [
    *(r for r in RECORDS if r.kind == "article"),
    record(7, "Die US-Soldaten und der Soldat, Soldatinnen und ein Soldatenlied.", title="Lied"),
    record(8, "Am Kanal liegt ein Schiff. Das Schiff ist alt.", title="Schiff am Kanal", speakers=("NIS",)),
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """With a record that is gone."""
    folder: Path = tmp_path_factory.mktemp("scoring")
    before, generation = folder / "1", folder / "2"
    before.mkdir()
    with CollectionWriter(before) as writer:
        writer.add([*ARTICLES[:3], record(9, "Ein Soldat geht.")])
    shutil.copytree(before, generation)
    with CollectionWriter(generation) as writer:
        writer.remove("r9")
        writer.add(ARTICLES[3:])
    with open_collections(generation)["article"].searcher() as found:
        yield found


VALUES: dict[str, dict[str, list[str]]] = {
    "speaker": {"NIS": ["NIS"]}, "person": {}, "outlet": {}, "agency": {"dpa": ["dpa"]}, "amount": {}, "date": {},
}  # fmt: skip
atoms = st.sampled_from([
    "Soldat", "Soldaten", "US-Soldat", "Kanal", "Schiff", "Ziele", "=Soldat", "Sold*", "*lied", "Soldta~", "dpa",
    '"der Soldat"', '"Schiff Kanal"~4', "titel:Schiff", "sprecher:NIS", "agentur:dpa", "Soldatenlied", "nirgends",
])  # fmt: skip
queries = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" ", " UND ", " ODER ", " NICHT "]), inner).map("".join),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(queries, st.booleans())
def test_what_matches_is_what_whoosh_matches(searcher: Any, text: str, any_word: bool) -> None:
    tree = parse(text, schema(), VALUES.__getitem__, any_word=any_word).tree
    mask, scores = Scorer(searcher).evaluate(tree)
    assert set(mask.nonzero()[0]) == set(searcher.docs_for_query(tree))
    assert (scores >= 0).all()


@pytest.mark.parametrize("word", ["Soldat", "Schiff", "Lied"])
def test_scores_are_what_the_formula_says(searcher: Any, word: str) -> None:
    tree = parse(word, schema(), VALUES.__getitem__).tree
    weights = {(leaf.field(), leaf.text): leaf.boost for leaf in tree.leaves()}
    counts = [Counter(terms_of("title", r.title) + terms_of("text", r.text)) for r in ARTICLES]
    lengths = {
        base: [sum(n for (field, _), n in c.items() if field == base) for c in counts] for base in ("title", "text")
    }
    mean = {base: sum(lengths[base]) / len(ARTICLES) for base in lengths}
    norm = {base: [1 - B + B * length / mean[base] for length in lengths[base]] for base in lengths}
    frequencies = [
        sum(weight * c[key] / norm[key[0].split("_")[0]][n] for key, weight in weights.items())
        for n, c in enumerate(counts)
    ]
    having = sum(frequency > 0 for frequency in frequencies)
    rarity = math.log(1 + (len(ARTICLES) - having + 0.5) / (having + 0.5))
    scores = Scorer(searcher).evaluate(tree)[1]
    by_id = {searcher.stored_fields(n)["record"]["id"]: scores[n] for n in searcher.reader().all_doc_ids()}
    for r, frequency in zip(ARTICLES, frequencies, strict=True):
        assert by_id[r.id] == pytest.approx(rarity * frequency / (K1 + frequency))


def terms_of(base: str, text: str) -> list[tuple[str, str]]:
    return [(field_of(base, field), term.text) for term in analyze(text) for field in FIELDS[term.kind]]


def test_the_exact_spelling_comes_first_then_its_forms_then_parts(tmp_path: Path) -> None:
    with CollectionWriter(tmp_path) as writer:
        writer.add([record(1, "Das Soldatenlied."), record(2, "Die Soldaten."), record(3, "Ein Soldat."), ARTICLES[4]])
    with open_collections(tmp_path)["article"].searcher() as found:
        scores = Scorer(found).evaluate(parse("Soldat", schema(), VALUES.__getitem__).tree)[1]
    assert scores[2] > scores[1] > scores[0] > 0
