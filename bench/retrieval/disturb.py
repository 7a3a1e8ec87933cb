"""A query in, the query as somebody else might have typed it out: inflected, regrouped, respelled."""

import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from index.german import Chain, tokenize

_INFLECTIONS = Path(__file__).with_name("inflections.toml")
_SHORTEST = 5
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def disturbed(titles: Sequence[str], seed: int) -> dict[str, list[str]]:
    """The titles in each way, by the name of the way; the first is as they are. The same seed, the same queries."""
    draw, parts = random.Random(seed), compounds_of(titles)
    endings: Mapping[str, Sequence[str]] = tomllib.loads(_INFLECTIONS.read_text("utf-8"))["endings"]
    return {
        "plain": list(titles),
        "inflected": [inflected(title, endings, draw) for title in titles],
        "regrouped": [regrouped(title, parts, draw) for title in titles],
        "respelled": [title.translate(_UMLAUTS) for title in titles],
    }


def inflected(query: str, endings: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    """The query with its nouns in another form, as far as their endings tell it; names stay."""
    return " ".join(_inflect(word, endings, draw) for word in query.split())


def _inflect(word: str, endings: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    if len(word) < _SHORTEST or not word[0].isupper() or not word.isalpha():
        return word
    ending = next((ending for ending in endings if word.endswith(ending)), None)
    return word.removesuffix(ending) + draw.choice(endings[ending]) if ending else word


def regrouped(query: str, parts: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    """The query with its hyphen compounds joined and its compounds split, by a hyphen or by a space."""
    words = []
    for word in query.split():
        core = word.strip(".,:;!?„“\"'()")
        if re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)+", core):
            words.append(core.replace("-", "").capitalize())
        elif core in parts:
            words.append(draw.choice("- ").join(part.capitalize() for part in parts[core]))
        else:
            words.append(word)
    return " ".join(words)


def compounds_of(titles: Iterable[str]) -> dict[str, list[str]]:
    """The titles' compounds of two parts, with the parts as written (Küsten, schutz)."""
    words, found = Chain().words, {}
    for token in (token for title in titles for token in tokenize(title)):
        parts = words.word(token.text).parts
        if len(parts) == 2 and token.text[0].isupper():
            found[token.text] = [token.text[: parts[1].start], token.text[parts[1].start :]]
    return found
