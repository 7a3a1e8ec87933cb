"""Words of a query in, query trees over the German fields out.

A plain word is found in any way that the German chain knows, the exact spelling weighing most; `=Wort` only as it is
written; `wort*`, `*wort` and `w?rt` by its letters; `wort~` with a typing error or two; a phrase by its stems in a row,
`="..."` by its words as they are written. A plain word is found under its synonyms, too.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import get_args

from whoosh import query
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from index.errors import RequestError
from index.german import Alternative, QueryChain, QueryWord, Reason, default_chain, fold, tokenize
from index.schema import TEXTS, field_of
from search.model import Way
from search.synonyms import Synonyms

WAYS: tuple[Way, ...] = (*get_args(Reason), "synonym")
"""The ways in which a word is found, the best first."""

ORIGIN = "origin"
"""The attribute of a leaf that holds the word of the query it is for, and the way: (word, Way)."""

SYNONYM_WEIGHT = 0.5
"""What a synonym counts against the word that stands in the query."""

LETTERS = 2
"""The fewest letters that a word with wildcards must have."""


@lru_cache(maxsize=1)
def query_chain() -> QueryChain:
    """The query side of the chain that the index is made with."""
    return QueryChain(default_chain())


def word_tree(base: str, word: QueryWord, synonyms: Synonyms | None = None, boost: float = 1.0) -> query.Query:
    """Any way in which a word may stand in a text."""
    own = [_alternative_tree(base, word.text, way, way.reason, boost) for way in word.alternatives]
    others = synonyms.of([word]) if synonyms else ()
    return query.Or([*own, *(synonym_tree(base, word.text, other, boost) for other in others)])


def synonym_tree(base: str, words: str, synonym: str, boost: float = 1.0) -> query.Query:
    """Any way in which a synonym of words of a query may stand in a text; one of several words stands as a phrase."""
    boost *= SYNONYM_WEIGHT
    found = query_chain().words(synonym)
    in_a_row = Alternative("stem", "text", tuple(stems_of(synonym)), 1.0)
    ways = found[0].alternatives if len(found) == 1 else (in_a_row,)
    return query.Or([_alternative_tree(base, words, way, "synonym", boost) for way in ways])


def _alternative_tree(base: str, word: str, way: Alternative, found: Way, boost: float) -> query.Query:
    field, weight = field_of(base, way.field), boost * way.weight
    single = len(way.terms) == 1
    leaf = query.Term(field, way.terms[0], weight) if single else query.Phrase(field, list(way.terms), boost=weight)
    setattr(leaf, ORIGIN, (word, found))
    return leaf


def carrying(words: Sequence[QueryWord]) -> tuple[QueryWord, ...]:
    """The words that carry something: all but stop words, unless there is nothing else."""
    return query_chain().needed(words)


def stems_of(text: str) -> Iterator[str]:
    """The stems of a phrase's words, in a row."""
    for word in query_chain().words(text):
        yield from next((way.terms for way in word.alternatives if way.field == "text" and way.reason == "stem"),
                        next((way.terms for way in word.alternatives if way.field == "text"), ()))  # fmt: skip


def forms_of(text: str) -> Iterator[str]:
    """The words of a text as they are written, folded, in a row."""
    for word in query_chain().words(text):
        yield from next((way.terms for way in word.alternatives if way.reason == "exact"), ())


class GermanParser(QueryParser):  # type: ignore[misc]
    """Whoosh's parser, with what the German chain makes of a word."""

    drops_stop_words = False
    synonyms: Synonyms | None = None

    def term_query(
        self, fieldname: str, text: str, termclass: type, boost: float = 1.0, **options: object
    ) -> query.Query:
        """A word's tree in a field of German text; all others as Whoosh does."""
        if fieldname not in TEXTS:
            return super().term_query(fieldname, text, termclass, boost=boost, **options)
        words = query_chain().words(text)
        if self.drops_stop_words and words and all(word.is_stop_word for word in words):
            return query.NullQuery
        return query.And([word_tree(fieldname, word, self.synonyms, boost) for word in words])


class PhrasePlugin(plugins.PhrasePlugin):  # type: ignore[misc]
    """Phrases by the stems of their words; "..."~3 allows words in between."""

    class _Node(plugins.PhrasePlugin.PhraseNode):  # type: ignore[misc]
        is_exact = False

        def query(self, parser: QueryParser) -> query.Query:
            field = field_of(self.fieldname or parser.fieldname, "text_exact" if self.is_exact else "text")
            terms = list(forms_of(self.text) if self.is_exact else stems_of(self.text))
            return query.Phrase(field, terms, slop=self.slop, boost=self.boost) if terms else query.NullQuery

    def __init__(self) -> None:
        super().__init__(expr=r'(?P<exact>=)?"(?P<text>[^"]*)"(?:~(?P<slop>[1-9][0-9]?))?')

    def taggers(self, parser: QueryParser) -> list[tuple[object, int]]:
        (tagger, priority), *_ = super().taggers(parser)
        tagger.create = self._create
        return [(tagger, priority)]

    def _create(self, parser: QueryParser, match: re.Match[str]) -> "PhrasePlugin._Node":
        node = self._Node(match["text"], match.start("text"), int(match["slop"] or 1))
        node.is_exact = bool(match["exact"])
        return node


class FormPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """Words by their letters: `=Wort`, `wort*`, `*wort`, `w?rt`, `wort~`, `wort~2`."""

    priority = -5
    expr = re.compile(
        r"""(?<![\w*?=~]) (?: = (?P<exact>\w[\w'’-]*)
            | (?P<fuzzy>\w[\w'’-]*) ~ (?P<edits>[12])?
            | (?P<pattern> [\w?]* \* [\w*?]* | \w* \? [\w?]* \w ) ) (?![\w*?~="])""",
        re.VERBOSE,
    )

    def create(self, parser: QueryParser, match: re.Match[str]) -> "FormNode | None":
        """A node for a form; None for a gender mark. Raises RequestError for a pattern that says too little."""
        pattern = match["pattern"]
        if pattern and sum(char not in "*?" for char in pattern) < LETTERS:
            raise RequestError(f"{pattern} ist zu allgemein, zwei Buchstaben braucht es")
        if pattern and [token.text for token in tokenize(pattern)] == [pattern]:
            return None  # Bürger*innen
        return FormNode(match.group(), match["exact"], match["fuzzy"], int(match["edits"] or 1), pattern)


class FormNode(syntax.TextNode):  # type: ignore[misc]
    """A word by its letters, in one field or, before a field is given, in all."""

    def __init__(self, text: str, exact: str | None, fuzzy: str | None, edits: int, pattern: str | None) -> None:
        super().__init__(text)
        self._exact, self.fuzzy, self._edits, self.pattern = exact, fuzzy, edits, pattern

    def query(self, parser: QueryParser) -> query.Query:
        """The tree over the exact forms of a field."""
        field = field_of(self.fieldname or parser.fieldname, "text_exact")
        if self._exact:
            terms = list(forms_of(self._exact))
            return query.Term(field, terms[0], boost=self.boost) if len(terms) == 1 else query.Phrase(field, terms)
        if self.fuzzy:
            word = fold(self.fuzzy)
            return query.FuzzyTerm(field, word, boost=self.boost, maxdist=self._edits, prefixlength=1)
        pattern = "".join(part if part in "*?" else fold(part) for part in re.split(r"([*?])", self.pattern or ""))
        if pattern.endswith("*") and not re.search(r"[*?]", pattern[:-1]):
            return query.Prefix(field, pattern[:-1], boost=self.boost)
        return query.Wildcard(field, pattern, boost=self.boost)
