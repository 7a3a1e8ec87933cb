"""What processes that read the same archive learn of forms, told to one another: files in a folder, one a process.

Each begins without knowing a form, and all meet the same ones first. A process appends what it has learned to its own
file, and reads what the others have appended since. Terms are told, never numbers: those are each process's own.
"""

import marshal
import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.german.forms import Forms, Learned

_CHUNK = 1024
"""So many forms are learned before the others are told, and asked."""

_MOST = 1 << 17
"""Who knows so many forms tells and asks no more: the others' rare words are not worth their memory."""

_SIZE = struct.Struct("<I")


class Exchange:
    """One process's part in the exchange in a folder. Of a process that is killed the others read what is whole."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._own = folder, folder / str(os.getpid())
        self._read: dict[str, int] = {}
        self._takes_part = True  # until so many forms are known once, whatever is forgotten afterwards

    def learn(self, forms: Forms, tokens: Sequence[str]) -> list[int]:
        """The numbers of tokens; those that are new are learned here or taken from the others."""
        turn = os.getpid() * _CHUNK % max(1, len(tokens))  # who begins at the same place learns the same at once
        turned = [*tokens[turn:], *tokens[:turn]]
        for at in range(0, len(turned), _CHUNK):
            if self._takes_part:
                forms.take(self._others())
            known = len(forms)
            for token in turned[at : at + _CHUNK]:
                forms[token]
            self._takes_part = self._takes_part and len(forms) < _MOST
            if self._takes_part and known < len(forms):
                self._tell(forms.known(range(known, len(forms))))
        return [forms[token] for token in tokens]

    def _tell(self, learned: Iterable[Learned]) -> None:
        told = marshal.dumps(list(learned))
        with self._own.open("ab") as file:
            file.write(_SIZE.pack(len(told)) + told)

    def _others(self) -> Iterator[Learned]:
        """What the others have told since they were last asked."""
        for entry in os.scandir(self._folder):
            if entry.name != self._own.name:
                with open(entry.path, "rb") as file:
                    file.seek(self._read.get(entry.name, 0))
                    told = file.read()
                at = 0
                while len(told) - at >= _SIZE.size and len(told) - at >= _SIZE.size + (size := _size_at(told, at)):
                    yield from marshal.loads(told[at + _SIZE.size : at + _SIZE.size + size])
                    at += _SIZE.size + size
                self._read[entry.name] = self._read.get(entry.name, 0) + at


def _size_at(told: bytes, at: int) -> int:
    (size,) = _SIZE.unpack_from(told, at)
    return int(size)
