"""The index on disk against Whoosh's own: the same records, written by Whoosh's writer and by ours."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh import query

from index.codec import ArraySegment, IndexView, SegmentBuilder, Source, do, merge_steps
from index.collections import CollectionWriter, damage_named, open_collections, open_view
from index.errors import IndexFolderError
from index.german import Chain
from index.model import PartialDate, Record
from index.schema import TEXT_FIELDS, TEXTS, field_of, schema, value_terms

WORDS = re.findall(r"\S+", "Der Minister Ministerin Haus Häuser Häusern und- Artillerie- Raketengeschosse traf ein .")
TEXT_NAMES = [field_of(base, field) for base in TEXTS for field in TEXT_FIELDS]

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
records = st.builds(
    lambda title, text, persons, day: ("", title, text, persons, day),
    texts,
    texts,
    st.lists(st.sampled_from(["Ada Berg", "Bo Sund", "Käthe Ähre"]), unique=True).map(tuple),
    st.sampled_from([None, PartialDate(2024), PartialDate(2024, 10, 3)]),
)
CHAIN = Chain()


def record(number: int, values: tuple[Any, ...]) -> Record:
    _, title, text, persons, day = values
    return Record(
        id=str(number),
        kind="article",
        article_id=str(number),
        title=title,
        text=text,
        date=day,
        outlet=None,
        agencies=(),
        persons=persons,
        speakers=(),
        figures=(),
        path=f"{number}.txt",
    )


def whoosh_own(folder: Path, made: Sequence[Record]) -> Any:
    """The records in an index of Whoosh's own codec, by Whoosh's own writer."""
    folder.mkdir()
    index = whoosh_index.create_in(str(folder), schema())
    writer = index.writer()
    for one in made:
        values = {name: list(terms) for name, terms in value_terms(one).items() if terms}
        german = {field_of(base, field): getattr(one, base) for base in TEXTS for field in TEXT_FIELDS}
        writer.add_document(**values, **german, record={"id": one.id})
    writer.commit()
    return index


def postings(reader: Any, field: str, term: bytes) -> list[tuple[int, set[int]]]:
    """A term's documents, each with the positions of the term, where the field has them."""
    matcher, found = reader.postings(field, term), []
    while matcher.is_active():
        positions = set(matcher.value_as("positions")) if matcher.supports("positions") else set()
        found.append((matcher.id(), positions))
        matcher.next()
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(records, min_size=1, max_size=8), st.integers(1, 8))
def test_holds_what_whooshs_own_index_holds(tmp_path_factory: Any, values: list[Any], batch: int) -> None:
    folder = tmp_path_factory.mktemp("twin")
    made = [record(number, one) for number, one in enumerate(values)]
    generation = folder / "1"
    generation.mkdir()
    with CollectionWriter(generation, chain=CHAIN) as writer:
        for at in range(0, len(made), batch):
            writer.add(made[at : at + batch])
            writer._flush()
    with (
        whoosh_own(folder / "own", made).searcher() as own,
        open_collections(generation)["article"].searcher() as ours,
    ):
        assert ours.doc_count() == own.doc_count() == len(made)
        in_own = [(field, term) for field, term in own.reader().all_terms()]
        assert [(field, term) for field, term in ours.reader().all_terms()] == in_own
        for field, term in in_own:
            expected = postings(own.reader(), field, term)
            if field.endswith("_parts"):
                expected = [(document, set()) for document, _ in expected]
            assert postings(ours.reader(), field, term) == expected, (field, term)
        for field in ("text", "title_exact"):
            for word in ("haus", "minister", "häuser", "der"):
                for tree in (
                    query.Term(field, word),
                    query.Phrase(field, ["der", word]),
                    query.Prefix(field, word[:2]),
                ):
                    assert found(ours, tree) == found(own, tree), tree
        fuzzy = query.FuzzyTerm("text_exact", "hauser", maxdist=1)
        assert found(ours, fuzzy) == found(own, fuzzy)


def found(searcher: Any, tree: query.Query) -> set[int]:
    return set(searcher.search(tree, limit=None).docs())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(records, min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_a_merged_segment_is_what_was_kept_written_at_once(tmp_path_factory: Any, parts: Any, data: Any) -> None:
    folder = tmp_path_factory.mktemp("merge")
    builder = SegmentBuilder(CHAIN)
    sources, kept = [], []
    for number, part in enumerate(parts):
        made = [record(100 * number + at, one) for at, one in enumerate(part)]
        deleted = data.draw(st.sets(st.integers(0, len(made) - 1)))
        builder.write(made, folder, f"s{number}")
        sources.append(Source(f"s{number}", len(made), tuple(sorted(deleted))))
        kept += [one for at, one in enumerate(made) if at not in deleted]
    for step in merge_steps(folder, sources, "merged"):
        do(step)
    builder.write(kept, folder, "once")
    merged, once = (IndexView(folder, [ArraySegment(name, len(kept))]) for name in ("merged", "once"))
    for field in [*TEXT_NAMES, *value_terms(record(0, parts[0][0]))]:
        assert merged.terms(field) == once.terms(field)
        for term in once.terms(field):
            assert_same(merged.postings(field, term), once.postings(field, term))
            if field in ("text", "text_exact", "title_exact"):
                assert placed(merged, field, term) == placed(once, field, term)
        if once.terms(field) and field in TEXT_NAMES:
            assert merged.lengths(field).tolist() == once.lengths(field).tolist()
    assert [merged.stored(n) for n in range(len(kept))] == [once.stored(n) for n in range(len(kept))]


def placed(view: IndexView, field: str, term: str) -> list[tuple[int, int]]:
    """Where a term stands: documents and positions."""
    found: list[tuple[int, int]] = []
    for postings, positions in view.position_lists(field, term):
        found += zip(np.repeat(postings.documents, postings.frequencies).tolist(), positions.tolist(), strict=True)
    return sorted(found)


def assert_same(one: Sequence[Any], other: Sequence[Any]) -> None:
    for first, second in zip(one, other, strict=True):
        np.testing.assert_array_equal(first, second)


def test_what_is_removed_is_not_found_and_goes_with_the_next_merge(tmp_path: Path) -> None:
    values = ("", "Haus", "Der Minister traf ein", ("Ada Berg",), None)
    for number, removed, added in ((1, "", range(10)), (2, "3", range(10, 11)), (3, "4", range(11, 30))):
        generation = tmp_path / str(number)
        if number == 1:
            generation.mkdir()
        else:
            shutil.copytree(tmp_path / str(number - 1), generation)
        with CollectionWriter(generation, chain=CHAIN) as writer:
            writer.remove(removed)
            writer.add(record(number, values) for number in added)
        view = open_view(generation, "article")
        left = [
            key for key in view.terms("id") if view.live is None or view.live[view.postings("id", key).documents[0]]
        ]
        assert removed not in left
    assert len(left) == 28
    assert view.live is None
    assert view.postings("text", "minister").documents.tolist() == list(range(28))


def test_a_segment_holds_no_more_than_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit of 10: what is full stays as it is, and the rest is merged as far as there is room."""
    monkeypatch.setattr("index.collections.MOST_DOCUMENTS", 10)
    values = [("", word, f"{word} Haus", ("Ada Berg",), None) for word in ("Minister", "Ministerin", "Häuser")]
    made = [record(number, values[number % 3]) for number in range(40)]
    sizes = []
    for number, (first, last) in enumerate([(0, 23), (23, 27), (27, 40)]):
        generation = tmp_path / str(number)
        if number:
            shutil.copytree(tmp_path / str(number - 1), generation)
        else:
            generation.mkdir()
        with CollectionWriter(generation, chain=CHAIN) as writer:
            for at in range(first, last, 4):
                writer.add(made[at : min(at + 4, last)])
                writer._flush()
        sizes.append([segment.doc_count() for segment in open_collections(generation)["article"]._segments()])
    assert sizes == [[8, 8, 7], [8, 8, 7, 4], [8, 8, 7, 8, 9]]
    view = open_view(generation, "article")
    (tmp_path / "once").mkdir()
    with CollectionWriter(tmp_path / "once", chain=CHAIN) as writer:
        monkeypatch.undo()
        writer.add(made)
    once = open_view(tmp_path / "once", "article")
    for field in [*TEXT_NAMES, "person", "id"]:
        assert view.terms(field) == once.terms(field)
        for term in once.terms(field):
            assert_same(view.postings(field, term), once.postings(field, term))
            assert view.document_frequency(field, term) == once.document_frequency(field, term)
    for term in once.terms("text"):
        assert placed(view, "text", term) == placed(once, "text", term)


def test_the_pairs_behind_a_prefix_are_those_of_its_terms(tmp_path: Path) -> None:
    names = ["Ada Berg", "Ada Bergmann", "Ada", "Bo Sund", "Ada Bergmannsohn", "Ada Bergmannweg"]
    builder, segments = SegmentBuilder(CHAIN), []
    for number in range(2):
        made = [record(at, ("", "", "", (name, names[number]), None)) for at, name in enumerate(names)]
        builder.write(made, tmp_path, f"s{number}")
        segments.append(ArraySegment(f"s{number}", len(made)))
    view = IndexView(tmp_path, segments)
    terms, codes, documents = view.pairs("person")
    keys, found = view.pairs_behind("person", "Ada ")
    expected = [
        (int.from_bytes(terms[code].removeprefix("Ada ").encode()[:8].ljust(8, b"\0"), "big"), number)
        for code, number in zip(codes.tolist(), documents.tolist(), strict=True)
        if terms[code].startswith("Ada ")
    ]
    assert sorted(zip(keys.tolist(), found.tolist(), strict=True)) == sorted(expected)


def test_a_merge_of_too_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="65536"):
        list(merge_steps(tmp_path, [Source("a", 40_000), Source("b", 40_000)], "c"))


@pytest.mark.parametrize("field", ["text.postings", "stored", "person.postings"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "head"])
def test_a_damaged_file_is_named(tmp_path: Path, field: str, damage: str) -> None:
    generation = tmp_path / "1"
    generation.mkdir()
    values = ("", "Haus", "Der Minister traf ein", ("Ada Berg",), None)
    with CollectionWriter(generation, chain=CHAIN) as writer:
        writer.add(record(number, values) for number in range(50))
    file = next((generation / "article").glob(f"*.{field}"))
    whole = file.read_bytes()
    changed = {"cut": whole[:-70], "emptied": b"", "head": whole[:12] + b"\0" * 40 + whole[52:]}
    file.write_bytes(changed[damage])
    with pytest.raises(IndexFolderError, match=file.name.split(".", 1)[0]), damage_named(generation):
        view = open_view(generation, "article")
        view.stored(0), view.position_lists("text", "minister"), view.postings("person", "Ada Berg").documents[0]


def test_what_is_mostly_deleted_is_written_anew(tmp_path: Path) -> None:
    values = ("", "Haus", "Der Minister traf ein", ("Ada Berg",), None)
    before, after = tmp_path / "1", tmp_path / "2"
    before.mkdir()
    with CollectionWriter(before, chain=CHAIN) as writer:
        writer.add(record(number, values) for number in range(10))
    shutil.copytree(before, after)
    with CollectionWriter(after, chain=CHAIN) as writer:
        for number in range(6):
            writer.remove(str(number))
    view = open_view(after, "article")
    assert view.size == 4
    assert [view.stored(number)["record"]["id"] for number in range(4)] == ["6", "7", "8", "9"]
