"""A writer forgets what it has learned when that is too much: the files are the same."""

import weakref
from pathlib import Path

import pytest

from index.codec import SegmentBuilder, german_fields
from index.codec.segments import no_collection
from index.german import Chain
from index.model import Record

CHAIN = Chain()

BATCHES = (
    ("Der Minister reiste nach Kiel.", "Die US-Regierung sagte zu, die Kiel-Reise fiel aus."),
    ("Zwei Millionen Euro für die Hafen- und Bahnbrücken.", "Er sagte die Reise ab, die US-Regierung nicht."),
    ("Die Hafen-Bahn fuhr ab.", "Die Reise der US-Regierung: zwei Millionen Euro."),
)


def written(folder: Path) -> dict[str, bytes]:
    """What lies in all files of the fields after all batches were written."""
    folder.mkdir()
    builder = SegmentBuilder(CHAIN)
    for number, texts in enumerate(BATCHES):
        records = [Record(text, "article", text, "", text, None, None, (), (), (), (), "a.txt") for text in texts]
        builder.write(records, folder, f"s{number}")
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(("limit", "most"), [("_MOST_FORMS", 1), ("_MOST_FORMS", 20), ("_MOST_TOGETHER", 1)])
def test_what_was_forgotten_is_learned_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    expected = written(tmp_path / "remembered")
    times = 0
    forget = german_fields.GermanFields._forget_terms

    def counted(self: german_fields.GermanFields) -> None:
        nonlocal times
        times += 1
        forget(self)

    monkeypatch.setattr(german_fields, limit, most)
    monkeypatch.setattr(german_fields.GermanFields, "_forget_terms", counted)
    assert written(tmp_path / "forgotten") == expected
    assert times > 1


def test_what_was_forgotten_is_freed_without_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = german_fields.GermanFields(Chain())
    with no_collection():
        fields.read(BATCHES[0])
        forms = weakref.ref(fields._reader.forms)
        monkeypatch.setattr(german_fields, "_MOST_FORMS", 1)
        fields.read(BATCHES[1])
        assert forms() is None
