"""Postings that exact forms and stems have in common are kept once, and stay so in merges."""

from pathlib import Path

import pytest

from index.codec import SegmentBuilder, Source, do, merge_steps
from index.codec.codec import SegmentFields
from index.codec.sharing import NOT_SHARED
from index.german import Chain
from index.model import Record

CHAIN = Chain()


def record(text: str) -> Record:
    return Record(text, "article", text, "", text, None, None, (), (), (), (), "a.txt")


def shared(folder: Path, segment: str) -> set[str]:
    """The exact forms of a segment that have the list of a stem; each is asked for, to see that it is the right one."""
    exact = SegmentFields(folder, segment)["text_exact"]
    assert exact.shared is not None
    stems = exact.other
    assert stems is not None
    found = set()
    for number, term in enumerate(exact.terms):
        if exact.shared[number] != NOT_SHARED:
            found.add(term.decode())
            stem = int(exact.shared[number])
            assert exact.postings(number).documents.tolist() == stems.postings(stem).documents.tolist()
            assert exact.positions_of(number).tolist() == stems.positions_of(stem).tolist()
            assert exact.document_frequency(number) == stems.document_frequency(stem) > 0
    return found


def merged(folder: Path, parts: list[tuple[list[str], tuple[int, ...]]]) -> set[str]:
    sources = []
    for number, (texts, deleted) in enumerate(parts):
        SegmentBuilder(CHAIN).write([record(text) for text in texts], folder, f"s{number}")
        sources.append(Source(f"s{number}", len(texts), deleted))
    for step in merge_steps(folder, sources, "merged"):
        do(step)
    return shared(folder, "merged")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["und dann und wann"], {"und", "dann", "wann"}),
        (["Brücken", "alle Brücken"], {"brücken", "alle"}),
        (["Brücken", "die Brücke"], {"die"}),
    ],
)
def test_a_form_shares_the_list_of_a_stem_that_has_no_other_form(
    tmp_path: Path, texts: list[str], expected: set[str]
) -> None:
    SegmentBuilder(CHAIN).write([record(text) for text in texts], tmp_path, "s")
    assert shared(tmp_path, "s") == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(["und Brücken"], ()), (["Brücken"], ())], {"und", "brücken"}),
        ([(["und Brücken"], ()), (["die Brücke"], ())], {"und", "die"}),
        ([(["und Brücken", "weg und da"], (1,)), (["und"], ())], {"und", "brücken"}),
        ([(["weg", "und Brücken"], (0, 1)), (["die Brücken"], ())], {"die", "brücken"}),
    ],
)
def test_a_merge_keeps_what_is_shared_in_every_source(
    tmp_path: Path, parts: list[tuple[list[str], tuple[int, ...]]], expected: set[str]
) -> None:
    assert merged(tmp_path, parts) == expected
