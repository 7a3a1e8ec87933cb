"""What stems and their exact forms have in common is kept once, and stays so in merges."""

from pathlib import Path

import pytest

from index.codec import SegmentBuilder, Source, do, merge_steps
from index.codec.codec import SegmentFields
from index.german import Chain
from index.model import Record

CHAIN = Chain()


def record(text: str) -> Record:
    return Record(text, "article", text, "", text, None, None, (), (), (), (), "a.txt")


def members(folder: Path, segment: str) -> dict[str, str]:
    """The members of each stem of a segment, with a plus where the stem has lists of its own, too."""
    stems = SegmentFields(folder, segment)["text"]
    assert stems.members is not None
    assert stems.member_ends is not None
    assert stems.other is not None
    found = {}
    for number, stem in enumerate(stems.terms):
        forms = stems.members[stems.member_ends[number] : stems.member_ends[number + 1]]
        names = [stems.other.terms[int(form)].decode() for form in forms]
        own = stems.own.ends[number + 1] > stems.own.ends[number]
        found[stem.decode()] = " ".join([*names, "+"] if own else names)
    return found


def merged(folder: Path, parts: list[tuple[list[str], tuple[int, ...]]]) -> dict[str, str]:
    sources = []
    for number, (texts, deleted) in enumerate(parts):
        SegmentBuilder(CHAIN).write([record(text) for text in texts], folder, f"s{number}")
        sources.append(Source(f"s{number}", len(texts), deleted))
    for step in merge_steps(folder, sources, "merged"):
        do(step)
    return members(folder, "merged")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["und dann und wann"], {"und": "und", "dann": "dann", "wann": "wann"}),
        (["Brücken", "die Brücke"], {"brück": "brücke brücken", "die": "die"}),
        (["traf ein", "ein"], {"eintreff": "+", "ein": "ein", "treff": "traf"}),
    ],
)
def test_a_stem_has_the_lists_of_its_forms(tmp_path: Path, texts: list[str], expected: dict[str, str]) -> None:
    SegmentBuilder(CHAIN).write([record(text) for text in texts], tmp_path, "s")
    found = members(tmp_path, "s")
    assert {stem: found.get(stem) for stem in expected} == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(["und Brücken"], ()), (["die Brücke"], ())], {"und": "und", "brück": "brücke brücken", "die": "die"}),
        ([(["und Brücken", "weg und da"], (1,)), (["und"], ())], {"und": "und", "brück": "brücken"}),
        ([(["weg", "Brücke"], (1,)), (["die Brücken"], ())], {"brück": "brücken", "die": "die"}),
    ],
)
def test_a_merge_keeps_members(
    tmp_path: Path, parts: list[tuple[list[str], tuple[int, ...]]], expected: dict[str, str]
) -> None:
    found = merged(tmp_path, parts)
    assert {stem: found.get(stem) for stem in expected} == expected


def test_a_form_that_is_no_member_everywhere_is_none_any_more(tmp_path: Path) -> None:
    """As long as every *Brücke* is a *Land-Brücke* it is a member of that; then its list is written out."""
    texts = ["Land-Brücke und Land-Brücken", "die Brücke"]
    found = merged(tmp_path, [([text], ()) for text in texts])
    SegmentBuilder(CHAIN).write([record(text) for text in texts], tmp_path, "once")
    once, stems = SegmentFields(tmp_path, "once")["text"], SegmentFields(tmp_path, "merged")["text"]
    assert list(once.terms) == list(stems.terms)
    for number in range(len(once.terms)):
        assert stems.postings(number).documents.tolist() == once.postings(number).documents.tolist()
        assert stems.positions_of(number).tolist() == once.positions_of(number).tolist()
        assert stems.document_frequency(number) == once.document_frequency(number)
    assert found["landbrück"].endswith("+")


def test_members_that_cannot_stay_are_not_in_the_order_of_their_stems(tmp_path: Path) -> None:
    # The stems of the compounds have the forms Auto, Zoo and Buch: as many as stand from Auto to Buch, and others.
    compounds = ["Bahn-Auto", "Car-Zoo", "Dach-Buch"]
    merged(tmp_path, [(compounds, ()), (["Auto Zoo Buch"], ())])
    stems = SegmentFields(tmp_path, "merged")["text"]
    found = {stem: stems.postings(stems.terms.find(stem.encode())) for stem in ("bahnauto", "carzoo", "dachbuch")}
    assert [postings.documents.tolist() for postings in found.values()] == [[0], [1], [2]]
