"""What one process learns of forms is known to the other, who reads the same as it would alone."""

import os
from pathlib import Path

import pytest

from index.german import Chain, Exchange
from index.german.words import Word, Words

FIRST = ["Die Artilleriegeschosse trafen 8 Millionen Haushalte.", "Er reist morgen ab."]
SECOND = ["Die Haushalte trafen Artilleriegeschosse, die Journalist:innen nicht."]


def _exchange(folder: Path, monkeypatch: pytest.MonkeyPatch, process: int) -> Exchange:
    monkeypatch.setattr(os, "getpid", lambda: process)
    return Exchange(folder)


def test_what_one_learned_the_other_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (Chain().batches(_exchange(tmp_path, monkeypatch, process)) for process in (1, 2))
    one.read(FIRST)
    asked = list[str]()
    monkeypatch.setattr(other.forms, "_words", _Asked(asked))
    readings, alone = other.read(SECOND), Chain().batches()
    expected = alone.read(SECOND)
    assert sorted(asked) == ["Journalist:innen", "die", "nicht"]
    assert [other.forms.terms[n] for n in readings.forms] == [alone.forms.terms[n] for n in expected.forms]
    assert [other.forms.roles[n] for n in readings.forms] == [alone.forms.roles[n] for n in expected.forms]


def test_what_is_told_in_part_is_read_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (Chain().batches(_exchange(tmp_path, monkeypatch, process)) for process in (1, 2))
    one.read(FIRST)
    file = tmp_path / "1"
    told = file.read_bytes()
    file.write_bytes(told[:-1])
    other.read(["Ein"])
    assert "Artilleriegeschosse" not in other.forms
    file.write_bytes(told)
    other.read(["Zwei"])
    assert "Artilleriegeschosse" in other.forms


class _Asked(Words):
    """Words that keep what they were asked for."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self.asked = asked

    def read(self, token: str) -> Word:
        self.asked.append(token)
        return super().read(token)


def test_who_once_knows_enough_tells_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.german.exchange._MOST", 2)
    exchange = _exchange(tmp_path, monkeypatch, 1)
    Chain().batches(exchange).read(["Drei neue Wörter"])
    told = [file.read_bytes() for file in tmp_path.iterdir()]
    Chain().batches(exchange).read(["Wort"])  # as after forgetting
    Chain().batches(exchange).read(["Haus"])
    assert [file.read_bytes() for file in tmp_path.iterdir()] == told
