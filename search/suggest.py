"""What is being typed in, words, persons and outlets that it may become out, each with its number of articles.

A word completes the last word typed; a name completes the last words, at any of its own words: "Antony Bli" and "Bli"
become Antony Blinken. Umlauts may be typed as ae or without their dots.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.german import tokenize
from index.german.fold import folded
from index.word_counts import key_of
from search.facets import ValueColumn
from search.lexicon import Counts, Lexicon, Strings
from search.parser import ALIASES
from search.ranges import FIELDS

SuggestionKind = Literal["word", "person", "outlet"]

LIMIT = 10
"""The most suggestions at once."""

_SHARES: Mapping[SuggestionKind, int] = {"word": 5, "person": 4, "outlet": 1}
"""How many of each kind there are where all have many; what one leaves the others take, in this order."""

_KINDS_OF_FIELD: Mapping[str, tuple[SuggestionKind, ...]] = {
    "person": ("person",),
    "speaker": ("person",),
    "outlet": ("outlet",),
    "agency": (),
    "date": (),
    "amount": (),
}
"""What a field holds; all others hold words."""

_FIELD_OF = {name: field for names in (ALIASES, FIELDS) for field, others in names.items() for name in (field, *others)}
_FIELD = re.compile(rf'\b(?P<name>{"|".join(_FIELD_OF)}):(?:=?|[„"(][^“")]*)$', re.IGNORECASE)
_FIELD_REACH = 100
_NAMED: Mapping[SuggestionKind, str] = {"person": "person", "outlet": "quelle"}
_OPERATORS = frozenset(["UND", "ODER", "NICHT", "AND", "OR", "NOT"])
_BETWEEN = re.compile(r"[ \-‐‑'’.]{1,3}")
_INSIDE = frozenset(".'’")  # not between words: tagesschau.de, O'Brien
_READ = 200
_MOST_WORDS = 4
_SORTED_WHOLE = 4_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the typed text may become from `start` on: `text`, which `count` articles have."""

    text: str
    kind: SuggestionKind
    count: int
    start: int


def completed(typed: str, suggestion: Suggestion) -> str:
    """The whole query that a suggestion makes of what is typed; a name is looked for in its field."""
    before = typed[: suggestion.start]
    if suggestion.kind == "word":
        return before + suggestion.text
    if before.count('"') % 2 or before.rfind("„") > before.rfind("“"):
        before = before[: max(before.rfind('"'), before.rfind("„"))]
    has_field = len(_kinds_behind(before[-_FIELD_REACH:])) == 1
    field = "" if has_field else _NAMED[suggestion.kind] + ":"
    name = suggestion.text.replace('"', " ")
    return f'{before}{field}"{name}"'


class Completions:
    """Which entries have a key that begins so. An entry may have several keys."""

    def __init__(self, keys: Iterable[tuple[str, int]], counts: Counts) -> None:
        texts, entries = [], array("L")
        for key, entry in keys:
            texts.append(key)
            entries.append(entry)
        order = sorted(range(len(texts)), key=texts.__getitem__)
        self._keys = Strings([texts[at] for at in order])
        self._entries: NDArray[np.int64] = np.array(entries, np.int64)[order]
        self._counts: NDArray[np.uint32] = counts.astype(np.uint32)[self._entries]

    def best(self, prefixes: Iterable[str], limit: int) -> list[tuple[int, int]]:
        """The entries that a prefix becomes: (entry, count), the highest counts first, ties by their keys."""
        found: dict[int, int] = {}
        for prefix in prefixes:
            first, last = self._keys.starting_with(prefix)
            highest = first + _highest(self._counts[first:last], 4 * limit)
            if len(set(self._entries[highest].tolist())) < limit:  # an entry may have many keys that begin so
                highest = first + _highest(self._counts[first:last], last - first)
            for at in highest:
                found.setdefault(int(self._entries[at]), int(self._counts[at]))
        return sorted(found.items(), key=lambda item: -item[1])[:limit]


def _highest(counts: NDArray[np.uint32], limit: int) -> NDArray[np.int64]:
    """Where the highest counts lie, the highest first."""
    at: NDArray[np.int64] = np.arange(len(counts))
    if len(counts) > _SORTED_WHOLE:
        at = np.sort(np.argpartition(counts, -limit)[-limit:])
    ordered: NDArray[np.int64] = at[np.argsort(-counts[at].astype(np.int64), kind="stable")][:limit]
    return ordered


class Suggester:
    """Suggests from one generation: `lexicon` are its words, `persons` and `outlets` the facets of its articles."""

    def __init__(self, lexicon: Lexicon, persons: ValueColumn, outlets: ValueColumn) -> None:
        stop_words = folded("queries", "stop_words")
        self._texts: dict[SuggestionKind, Sequence[str]] = {
            "word": lexicon.shown,
            "person": persons.values,
            "outlet": outlets.values,
        }
        words = [(key, entry) for entry, key in enumerate(lexicon.keys) if key not in stop_words]
        self._completions: dict[SuggestionKind, Completions] = {
            "word": Completions(_with_plain(words), lexicon.counts),
            "person": Completions(_with_plain(list(_name_keys(persons))), _articles(persons)),
            "outlet": Completions(_with_plain(list(_name_keys(outlets))), _articles(outlets)),
        }

    def suggest(self, typed: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """What `typed` may become, by kind; nothing where it does not end in a word. Never raises."""
        runs = list(_last_words(typed))
        if not runs:
            return ()
        found: dict[SuggestionKind, list[Suggestion]] = {kind: [] for kind in _SHARES}
        for prefixes, start, kinds in runs:
            for kind in kinds:
                if not found[kind]:
                    best = self._completions[kind].best(prefixes, limit)
                    texts = self._texts[kind]
                    found[kind] = [Suggestion(texts[entry], kind, count, start) for entry, count in best]
        return tuple(_shared(found, limit))


def _last_words(typed: str) -> Iterator[tuple[set[str], int, tuple[SuggestionKind, ...]]]:
    """The last words of what is typed, as many as belong together and one fewer each time.

    Each time with the beginnings of keys that they are, where they start, and the kinds that they may become.
    """
    offset = max(0, len(typed) - _READ)
    tokens = list(tokenize(typed[offset:]))
    if not tokens or offset + tokens[-1].end != len(typed) or tokens[-1].text in _OPERATORS:
        return
    run = 1
    while run < min(_MOST_WORDS, len(tokens)) and _BETWEEN.fullmatch(
        typed, offset + tokens[-run - 1].end, offset + tokens[-run].start
    ):
        run += 1
    for number in range(run, 0, -1):
        words = [token.text for token in tokens[-number:]]
        start = offset + tokens[-number].start
        if number == 1 and start and typed[start - 1] in _INSIDE:
            continue
        before, last = " ".join(map(key_of, words[:-1])), words[-1]
        prefixes = {f"{before} {ending}".strip() for ending in (last.casefold(), key_of(last))}
        kinds = _kinds_behind(typed[max(0, start - _FIELD_REACH) : start])
        yield prefixes, start, tuple(kind for kind in kinds if number == 1 or kind != "word")


def _kinds_behind(before: str) -> tuple[SuggestionKind, ...]:
    """What can stand behind a text: all kinds, unless it is that of a field."""
    field = _FIELD.search(before)
    return _KINDS_OF_FIELD.get(_FIELD_OF[field["name"].lower()], ("word",)) if field else tuple(_SHARES)


def _shared(found: Mapping[SuggestionKind, Sequence[Suggestion]], limit: int) -> Iterator[Suggestion]:
    """Each kind's share, and what other kinds leave."""
    shares = {kind: min(share * limit // LIMIT, len(found[kind])) for kind, share in _SHARES.items()}
    for kind in shares:
        shares[kind] = min(len(found[kind]), shares[kind] + limit - sum(shares.values()))
    for kind, share in shares.items():
        yield from found[kind][:share]


def _with_plain(keys: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The keys, and behind them, to keep those in their order, the ones with umlauts without their dots."""
    yield from keys
    for key, entry in keys:
        if not key.isascii() and (plain := _plain(key)) != key:
            yield plain, entry


def _plain(key: str) -> str:
    return key.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def _name_keys(names: ValueColumn) -> Iterator[tuple[str, int]]:
    """Each name from each of its words on, in all its spellings."""
    for entry, name in enumerate(names.values):
        spelled = ([key_of(token.text) for token in tokenize(form)] for form in {name, *names.terms_of[name]})
        keys = {" ".join(words[first:]) for words in spelled for first in range(len(words))}
        yield from ((key, entry) for key in sorted(keys))


def _articles(names: ValueColumn) -> Counts:
    """How many records each value has."""
    return names.totals.astype(np.int64)
