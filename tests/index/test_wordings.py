"""Statements in the same words are grouped by who said them, however many others say the same."""

from pathlib import Path

import pytest

from index import alike
from index.collections import CollectionWriter
from index.fingerprint import STATEMENT, fingerprints
from index.model import Record
from index.wordings import read_wordings, write_wordings

TEXT = "Die Brücke über den Hafen wird im Herbst gesperrt und danach neu gebaut"
OTHER = "Niemand hat uns vor dem Winter gefragt, ob wir das Geld dafür haben"


def statement(number: int, speaker: str, text: str, article: str) -> Record:
    speakers = (speaker,) if speaker else ()
    prints = fingerprints(text, STATEMENT)
    return Record(
        str(number),
        "statement",
        article,
        "",
        text,
        None,
        None,
        (),
        speakers,
        speakers,
        (),
        "a.txt",
        fingerprints=prints,
    )


@pytest.mark.parametrize("at_once", [alike._MOST, 1, 50, 500])
def test_each_speaker_has_groups_of_his_own(tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of one person are joined, by whatever name; those of an article, of nobody, or in other words are not."""
    monkeypatch.setattr(alike, "_MOST", at_once)
    speakers = [f"Person {number}" for number in range(2 * alike.MOST_LEADERS)]
    said = [(speaker, TEXT + end, article) for end, article in (("", "a"), (" sofort", "b")) for speaker in speakers]
    said += [("P. 0", TEXT, "c"), (speakers[1], TEXT, "a"), ("", TEXT, "d"), ("", TEXT, "e"), (speakers[2], OTHER, "f")]
    with CollectionWriter(tmp_path) as writer:
        writer.add([statement(number, *one) for number, one in enumerate(said)])
    found = write_wordings(tmp_path, {"P. 0": speakers[0]})
    pairs = [[number, number + len(speakers)] for number in range(len(speakers))]
    pairs[0].append(2 * len(speakers))
    assert sorted(found) == pairs == sorted(read_wordings(tmp_path))
