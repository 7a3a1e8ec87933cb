"""A text's sentences, cut by nltk's Punkt with parameters for German news.

In: text. Out: spans, in order, without the white space around them; a line break always ends a sentence.

Punkt (Kiss and Strunk 2006) judges each full stop by the word before it and the word behind it. What is put before it
is German: which words are abbreviations, that a number with a full stop may be an ordinal ("am 3. Oktober"), and
that no sentence begins with a small letter. The parameters are trained by `bench/train_sentences.py`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from index.annotate.tables import Tables
from index.model import Span

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktParameters

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")

_END = re.compile(
    r"""
    (?P<mark> [.!?…] (?<! [.!?…]{2} ) [.!?…]*+ )  # begins with the mark itself, which is quicker to look for
    (?P<closing> [)\]"'’‘“”«»›‹]*+ )             # stays with its sentence
    (?= \s++ [\W_]{0,20}+ (?P<next> \w[\w-]{0,40}+ )?    # what follows, its opening quotation marks passed over
      | (?P<glued> [^\W\d_] )                     # a lost space behind a quotation: trainieren."Dies
    )
    """,
    re.VERBOSE,
)

_WINDOW = 60
"""How many characters in front of a full stop are looked at; no abbreviation and no ordinal needs more."""

_LONGEST_PART = 5
"""The longest word that may be a part of an abbreviation of several, or an ordinal in Roman letters."""

_ORDINAL = re.compile(r"\d{1,3} | (?:\d{1,2}\.){1,2} \d{0,2} | [IVX]{1,5}", re.VERBOSE)
_LETTERS = re.compile(r"(?:\w\.)+\w")
_OPENING = "([{„‚\"'“‘«»‹›–-/"


def load_parameters(data: Mapping[str, Any] | None = None) -> "PunktParameters":
    """Return Punkt's parameters from their JSON form, by default the shipped ones."""
    from nltk.tokenize.punkt import PunktParameters  # half a second: only who cuts sentences pays for it

    if data is None:
        data = json.loads(files("index.annotate").joinpath("punkt.json").read_text("utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(data["abbreviations"])
    parameters.collocations = {(first, second) for first, second in data["collocations"]}
    parameters.sent_starters = set(data["sentence_starters"])
    parameters.ortho_context.update(data["spellings"])
    return parameters


class SentenceSplitter:
    """Cuts texts into sentences; one instance serves any number of texts, one thread at a time or many."""

    def __init__(self, tables: Tables, parameters: "PunktParameters | None" = None) -> None:
        """Take the table `sentences` and Punkt's parameters, by default the shipped ones."""
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        table = tables["sentences"]
        self._inside = frozenset(_squeeze(word) for word in table["abbreviations_inside"])
        self._before_number = frozenset(_squeeze(word) for word in table["abbreviations_before_number"])
        self._before_ordinal = frozenset(table["before_ordinal"])
        self._after_ordinal = frozenset(table["after_ordinal"])
        parameters = parameters or load_parameters()
        opens = {_squeeze(word).lower() for word in table["abbreviations_open"]}
        parameters.abbrev_types |= opens
        self._in_doubt = parameters.abbrev_types | {first for first, _ in parameters.collocations}
        self._abbreviation = min(opens)
        self._punkt = PunktSentenceTokenizer(parameters)
        self._judge = lru_cache(maxsize=1 << 16)(self._punkt_judges)

    def split(self, text: str) -> tuple[Span, ...]:
        """Return the spans of the sentences. Takes time linear in the text's length."""
        return tuple(
            Span(start, end)
            for line in _LINE.finditer(text)
            for start, end in _trimmed(text, self._cut(text, line.start(), line.end()))
        )

    def _cut(self, text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        for end in _END.finditer(text, start, stop):
            if self._ends(text, start, end):
                yield start, end.end()
                start = end.end()
        yield start, stop

    def _ends(self, text: str, start: int, end: re.Match[str]) -> bool:
        """Whether the sentence that began at `start` ends with the mark."""
        mark, closing, following, glued = end.groups()
        if glued:
            return bool(closing) and glued.isupper()
        if not following:
            return True
        if following[0].islower():
            return False
        if mark not in (".", "...", "…"):
            return True
        if mark != ".":
            return self._judge(f"... {following}")
        word = text[max(text.rfind(" ", start, end.start()) + 1, start, end.start() - _WINDOW) : end.start()]
        if len(word) > _LONGEST_PART and word.isalpha() and not self._is_listed(word):
            return True  # most words; what follows says the same of them
        words = text[max(start, end.start() - _WINDOW) : end.start()].split()
        return not words or self._full_stop_ends(words, following)

    def _full_stop_ends(self, words: list[str], following: str) -> bool:
        """Whether a full stop behind `words` and in front of a capitalised word or a number ends the sentence."""
        word = self._last(words)
        if word in self._inside or (word in self._before_number and following[0].isdigit()):
            return False
        if _ORDINAL.fullmatch(word):
            if following in self._after_ordinal or not words:
                return False
            if self._may_be_ordinal(word, words[-1] if words else ""):
                word = self._abbreviation
        elif _LETTERS.fullmatch(word):
            word = self._abbreviation
        if len(word) > 1 and not word[0].isdigit() and word.rsplit("-", 1)[-1].lower() not in self._in_doubt:
            return True  # as Punkt would say; not asking it saves most of the time
        return self._judge(f"{word}. {following}")

    def _is_listed(self, word: str) -> bool:
        """Whether a full stop behind a word may belong to it by one of the lists."""
        return word in self._inside or word in self._before_number or word.lower() in self._in_doubt

    def _punkt_judges(self, context: str) -> bool:
        return bool(self._punkt.text_contains_sentbreak(context))

    def _last(self, words: list[str]) -> str:
        """Take the last word off `words`; an abbreviation of several parts ("z. B") is one word, without spaces."""
        word = words.pop().lstrip(_OPENING)
        while words and len(words[-1]) <= 3 and words[-1].endswith(".") and len(word) <= _LONGEST_PART:
            longer = words[-1].lstrip(_OPENING) + word
            if longer not in self._inside and longer.lower() not in self._in_doubt:
                break
            word = longer
            words.pop()
        return word

    def _may_be_ordinal(self, number: str, before: str) -> bool:
        before = before.lstrip(_OPENING).rstrip(",")
        if number[0] in "IVX":
            return before.istitle()
        return before.lower() in self._before_ordinal or bool(_ORDINAL.fullmatch(before.removesuffix(".")))


def _squeeze(abbreviation: str) -> str:
    """ "z. B." -> "z.B": the form in which abbreviations are compared, without spaces and the last full stop."""
    return abbreviation.replace(" ", "").removesuffix(".")


def _trimmed(text: str, cuts: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in cuts:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end
