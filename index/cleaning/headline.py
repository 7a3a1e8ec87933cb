"""The lines above the first paragraph -> the title, and the kicker above or before it.

Where kicker and title share a line without a sign between them ("Krieg gegen die Ukraine Blinken erwartet ..."), the
title begins with its subject, the last noun group before the first verb. A German line shows where a noun group
begins by a capital letter that no word before it calls for.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.annotate.tables import Tables
from index.cleaning.lines import is_prose

_WORD = re.compile(r"\S+")
_TRIM = "„“”\"»«‚‘'()[],;:.!?…"
_OPENING = ("„", "“", '"', "»", "«", "‚", "'")
_VERB_ENDING = re.compile(r"[a-zäöüß]{2,}(?:t|te|ten|en)")
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][\w-]*(?:(?:[ts]i|li|eut)sche|liche|tige|bare|same|elle|ive|nische)[rs]?")
_MAYBE_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][\w-]{3,}(?:er|es)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BYLINE = re.compile(
    r"""
    (?: (?:Ein|Eine) \s [A-ZÄÖÜ]\w{3,20} \s )? [Vv]on:?                         # "Ein Kommentar von"
    \s (?P<name> [A-ZÄÖÜ][\w-]* ) \s (?: (?:van|von|de|den|der|dos|al) \s ){0,2}
    [A-ZÄÖÜ][\w.,-]* (?: \s (?: [A-ZÄÖÜ][\w.,/&-]* | und | van | den | aus | in | für | & | / | dpa | afp ) ){0,8}
    """,
    re.VERBOSE,
)
_SHORT_BYLINE = re.compile(r"[Vv]on:? [A-ZÄÖÜ][a-zäöüß-]+ [A-ZÄÖÜ][a-zäöüß-]+(?:, [A-ZÄÖÜ]\w+)?")
_STEM = 5
"""How many letters of a word are compared: enough to tell words, few enough to pass over endings."""


class Headlines:
    """Chooses and parts headlines by what German capital letters show."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables `headline`, `function_words`, `given_names` and `person_roles`."""
        table, small = tables["headline"], tables["function_words"]
        closed = {*small["articles"], *small["oblique_articles"], *small["prepositions"]}
        self._starts = frozenset(table["starts"]) | {word.capitalize() for word in closed}
        self._determiners = frozenset(closed) | {"und", "oder", "sowie", "bzw."}
        self._labels = re.compile("|".join(map(re.escape, table["labels"])))
        self._predicates = frozenset(table["predicates"])
        self._no_predicates = frozenset(table["no_predicates"]) | closed
        self._together = frozenset(pair for name in table["together"] for pair in pairwise(name.split()))
        names = tables["given_names"]
        self._given_names = frozenset(name for group in names.values() if isinstance(group, list) for name in group)
        roles = tables["person_roles"]
        self._roles = tuple({role for group in ("male", "female", "either") for role in roles[group] if len(role) > 3})

    def is_byline(self, line: str) -> bool:
        """Whether a line names the author: "Von Eva Muster, Berlin", "Ein Kommentar von Eva Muster"."""
        match = _BYLINE.fullmatch(line) if len(line) <= 120 else None
        if match is None or is_prose(line):
            return False
        return match["name"] in self._given_names or bool(_SHORT_BYLINE.fullmatch(line))

    def off_label(self, line: str) -> str:
        """Take off what says that a line is the title: "Titel: ..."."""
        match = self._labels.match(line)
        return line[match.end() :].strip() or line if match else line

    def choose(self, lines: Sequence[str]) -> int | None:
        """Which of the lines above the first paragraph is the title; None where none can be one.

        It is the first that is long enough for a headline, or the one below it if the first is a kicker.
        """
        numbers = [n for n, line in enumerate(lines) if line and not is_prose(line)]
        if not numbers:
            return None
        for number, following in zip(numbers, [*numbers[1:], None], strict=True):
            if following is None or not self._is_kicker(lines[number], lines[following]):
                return number
        return None

    def split(self, line: str, body: str) -> tuple[str | None, str]:
        """Part a line into kicker and title; the kicker is None where the line is all title.

        `body` is the article's text: words that stand side by side there are one noun group.
        """
        kicker, title = self.split_surely(line)
        if kicker:
            return kicker, title
        words = _WORD.findall(line)
        verb = self._verb(words)
        pairs = _pairs(body)
        weak = [i for i in range(1, verb) if self._starts_weakly(words, i, pairs)]
        if not weak:
            return None, line
        return _parted(words, weak[-1] if verb < len(words) else weak[0])

    def split_surely(self, line: str) -> tuple[str | None, str]:
        """Part a line where a word shows that a headline begins: "Neues Museum | Der Flügel, der ..."."""
        words = _WORD.findall(line)
        starts = [i for i in range(1, min(self._verb(words) + 1, len(words))) if self._starts_strongly(words, i)]
        return _parted(words, starts[-1]) if starts else (None, line)

    def _verb(self, words: Sequence[str]) -> int:
        """The number of the first word that is a predicate; that of the words where there is none."""
        found = (i for i, word in enumerate(words) if i and self._is_predicate(words[i - 1], word))
        return next(found, len(words))

    def _is_kicker(self, line: str, following: str) -> bool:
        """Whether a line is a few words above the real headline."""
        words, others = line.split(), following.split()
        if len(words) > 6 or line.endswith(("?", "!")) or is_prose(following) or len(following) > 200:
            return False
        if any(self._is_predicate(words[i - 1], word) for i, word in enumerate(words) if i) and len(words) > 3:
            return False
        return len(others) > len(words) or len(following) > 1.3 * len(line)

    def _is_predicate(self, before: str, word: str) -> bool:
        if not word[:1].islower() or word.strip(_TRIM) in self._no_predicates:
            return False
        bare = word.strip(_TRIM)
        if bare in self._predicates:
            return bare not in ("an", "ab", "fest", "frei")
        if not _VERB_ENDING.fullmatch(bare):
            return False
        # "der neuen", "mit starken": an ending in -en behind a small word is an adjective's
        return bare.endswith(("t", "te")) or before[:1].isupper() or before[:1].isdigit() or before == "sich"

    def _starts_strongly(self, words: Sequence[str], i: int) -> bool:
        word, before = words[i], words[i - 1]
        if before.lower().strip(_TRIM) in self._determiners or before.endswith((",", ":", "-", "–", "|", "&", "+")):
            return False
        if word.startswith(_OPENING) and not before.startswith(_OPENING) and len(word) > 1:
            return before[-1].isalnum() and before[:1].isupper() and not self._is_role(before)
        return word.strip(_TRIM) in self._starts and word[:1].isupper()

    def _starts_weakly(self, words: Sequence[str], i: int, pairs: frozenset[tuple[str, str]]) -> bool:
        before, word = words[i - 1], words[i]
        begins = word[:1].isupper() or (word[:1].isdigit() and not _YEAR.fullmatch(word))
        if not begins or not before[-1].isalnum() or not (before[:1].isupper() or _YEAR.fullmatch(before)):
            return False
        if before in self._given_names or self._is_role(before) or (before, word.strip(_TRIM)) in self._together:
            return False
        if _ADJECTIVE.fullmatch(before):
            return False
        if _MAYBE_ADJECTIVE.fullmatch(before) and any(first == before.casefold()[:_STEM] for first, _ in pairs):
            return False
        is_genitive = before.endswith("s") and i > 1 and words[i - 2][:1].isupper()
        return not is_genitive and _pair(before, word) not in pairs

    def _is_role(self, word: str) -> bool:
        bare = word.strip(_TRIM).lower()
        return bare.endswith(self._roles) or bare.removesuffix("in").endswith(self._roles)


def _parted(words: Sequence[str], i: int) -> tuple[str, str]:
    return " ".join(words[:i]).rstrip(" :|–-"), " ".join(words[i:])


def _pair(first: str, second: str) -> tuple[str, str]:
    return first.strip(_TRIM).casefold()[:_STEM], second.strip(_TRIM).casefold()[:_STEM]


def _pairs(body: str) -> frozenset[tuple[str, str]]:
    """The stems of words that stand side by side in a text, nothing but a space between them."""
    words = _WORD.findall(body[:20_000])
    return frozenset(_pair(a, b) for a, b in pairwise(words) if a[-1].isalnum())
