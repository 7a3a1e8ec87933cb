"""A word as written in, its folded spelling out: the one function for index and query."""

import unicodedata

_KEPT = "\u0308"  # the diaeresis: ä, ö and ü are letters of their own, é is an e with an accent
_DROPPED = {0x00AD: None, 0x2019: "'"}


def fold(word: str) -> str:
    """Fold case, composed and decomposed characters, ß and ss, accents; drop soft hyphens.

    Umlauts stay: whether "ae" spells one is the stemmer's to decide (`Militaer` is Militär, `Israel` is no Isräl).
    """
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.translate(_DROPPED)).casefold()
    parts = "".join(c for c in parts if c == _KEPT or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", parts)
