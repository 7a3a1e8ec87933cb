"""A word as written in, its folded spelling out: the one function for index and query.

`fold` keeps letters that tell words apart (ä is not a); `spell` then reads ae, oe, ue as the umlauts that they spell
and writes three equal letters as two (Schifffahrt, Schiffahrt).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from index.german.tables import words

_DIAERESIS = "\u0308"  # ä, ö and ü are letters of their own; é is an e with an accent
_DROPPED = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])  # soft hyphen, zero-width characters
_PLAIN = _DROPPED | str.maketrans("łŁøØđĐ\u2019", "lLoOdD'")  # letters that Unicode does not take apart
_GERMAN = re.compile("[a-zA-ZäöüÄÖÜß]*")  # nothing here comes apart, which is quicker to see than to try
_UMLAUT = {"ae": "ä", "oe": "ö", "ue": "ü"}


def fold(word: str) -> str:
    """Fold case, composed and decomposed characters, ß and ss, accents; drop invisible characters. Idempotent."""
    if word.isascii():
        return word.lower()
    if _GERMAN.fullmatch(word):
        return word.lower().replace("ß", "ss")
    # Casefolding can give characters that come apart, and taking apart can give capitals: twice reaches rest.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word.translate(_PLAIN)).casefold()).casefold()
    kept = [
        char
        for before, char in zip(" " + parts, parts, strict=False)
        if not unicodedata.combining(char) or (char == _DIAERESIS and before in "aou")
    ]
    return unicodedata.normalize("NFC", "".join(kept)).translate(_PLAIN)


def folded(name: str, key: str) -> frozenset[str]:
    """The words of one list of the tables, folded."""
    return frozenset(map(fold, words(name, key)))


def spell(word: str) -> str:
    """The spelling with umlauts of a folded word: `militaer` -> `militär`; but `israel`, `neue`, `quelle` stay."""
    if "ae" in word or "oe" in word or "ue" in word:
        word = _digraphs().sub(lambda m: m["stays"] or _UMLAUT[m["umlaut"]], word)
    return _TRIPLE.sub(r"\1\1", word) if len(word) > _LONG and _TRIPLE.search(word) else word


_LONG = 6  # shorter ones are no compounds: III, www
_TRIPLE = re.compile(r"([^\W\d_])\1\1")


@lru_cache(maxsize=1)
def _digraphs() -> re.Pattern[str]:
    stays = "|".join(piece.replace("^", r"\b") for piece in words("spelling", "stays"))
    return re.compile(
        rf"""
        (?P<stays>  {stays} | oeu )
        | (?P<umlaut> ae | oe | (?<! [aeoqä] ) ue )
        """,
        re.VERBOSE,
    )


def aligned(word: str) -> tuple[str, tuple[int, ...]]:
    """`spell(fold(word))`, and for each of its characters and its end the offset into `word`."""
    letters = [(char, start) for start, end in _clusters(word) for char in fold(word[start:end])]
    text = "".join(char for char, _ in letters)
    umlauts = {m.start(): _UMLAUT[m["umlaut"]] for m in _digraphs().finditer(text) if m["umlaut"]}
    letters = [(umlauts.get(i, char), at) for i, (char, at) in enumerate(letters) if i - 1 not in umlauts]
    if len(letters) > _LONG:
        triples = {m.end() - 2 for m in _TRIPLE.finditer("".join(char for char, _ in letters))}
        letters = [letter for i, letter in enumerate(letters) if i not in triples]
    return "".join(char for char, _ in letters), (*(at for _, at in letters), len(word))


def _clusters(word: str) -> Iterator[tuple[int, int]]:
    """Where each character with its combining marks begins and ends."""
    start = 0
    for end in range(1, len(word) + 1):
        if end == len(word) or not (unicodedata.combining(word[end]) or ord(word[end]) in _DROPPED):
            yield start, end
            start = end
