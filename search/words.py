"""Words of a query in, query trees over the German fields out.

A plain word is found in any way that the German chain knows, the exact spelling weighing most; `=Wort` only as it is
written; `wort*`, `*wort` and `w?rt` by its letters; `wort~` with a typing error or two; a phrase by its stems in a row,
`="..."` by its words as they are written. A plain word is found under its synonyms, too.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, get_args

from whoosh import matching, query
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser
from whoosh.support.levenshtein import distance

from index.german import Alternative, Chain, Field, QueryChain, QueryWord, Reason, default_chain, fold, tokenize
from index.schema import TEXTS, field_of
from search.mistakes import MistakeError
from search.model import Way
from search.synonyms import Synonyms

WAYS: tuple[Way, ...] = (*get_args(Reason), "synonym")
"""The ways in which a word is found, the best first."""

ORIGIN = "origin"
"""The attribute of a leaf that holds the word of the query it is for, and the way: (word, Way)."""

SYNONYM_WEIGHT = 0.5
"""What a synonym counts against the word that stands in the query."""

MEMBERS_WEIGHT = 0.8
"""What a compound's members count against the compound."""

LETTERS = 2
"""The fewest letters that a word with wildcards must have."""

_REMEMBERED = 1 << 10


class RememberingChain(QueryChain):
    """A chain that remembers what it read last; of one generation, since it asks the archive how words are spelled."""

    def __init__(self, chain: Chain, count_of: Callable[[str], int] | None = None) -> None:
        super().__init__(chain, count_of)
        self.words = lru_cache(_REMEMBERED)(self.words)  # type: ignore[method-assign]


@lru_cache(maxsize=1)
def query_chain() -> QueryChain:
    """The query side of the chain that knows the shipped words alone."""
    return QueryChain(default_chain())


class Ways(query.CompoundQuery):  # type: ignore[misc]
    """The ways in which one word may stand in a record: its leaves count as one word, weighted by their boosts."""

    JOINT = " OR "
    intersect_merge = False

    def __hash__(self) -> int:
        """As those with the same first way: to hash all of them takes as long as all else that is done to a word."""
        return hash((len(self.subqueries), *self.subqueries[:1]))

    def normalize(self) -> query.Query:
        """Each way once. Ways are leaves that say something, or nothing at all: Whoosh would look for no more."""
        ways = [way for way in dict.fromkeys(self.subqueries) if way is not query.NullQuery]
        if len(ways) == 1:
            return ways[0].with_boost(ways[0].boost * self.boost)
        return Ways(ways, self.boost) if ways else query.NullQuery

    def _matcher(self, subs: Sequence[query.Query], searcher: object, context: object) -> object:
        return self._tree_matcher(subs, matching.UnionMatcher, searcher, context, None)


class Clue(query.Query):  # type: ignore[misc]
    """What finds nothing, but ranks a record that something else finds."""

    fieldname, boost = None, 1.0

    def __init__(self, tree: query.Query) -> None:
        self.tree = tree

    def __str__(self) -> str:
        return f"CLUE {self.tree}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Clue) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash(("clue", self.tree))

    def is_leaf(self) -> bool:
        return False  # and without children: nothing of it is marked

    def estimate_size(self, reader: object) -> int:
        return 0

    def matcher(self, searcher: object, context: object = None) -> object:
        return matching.NullMatcher()


def word_tree(
    word: QueryWord, bases: Mapping[str, float], synonyms: Synonyms | None = None, any_word: bool = False
) -> query.Query:
    """Any way in which a word may stand in texts, each of which has a weight.

    A compound's members are a clue, each by itself; with `any_word` they are enough.
    """
    own = word.alternatives
    ways = [_leaf(base, word.text, way, way.reason, boost) for base, boost in bases.items() for way in own]
    for other in synonyms.of([word]) if synonyms else ():
        ways += synonym_leaves(word.text, other, bases, synonyms.chain if synonyms else query_chain())
    if not word.members:
        return Ways(ways)
    members = query.Or([word_tree(member, bases, synonyms, any_word) for member in word.members], boost=MEMBERS_WEIGHT)
    return query.DisjunctionMax([Ways(ways), members if any_word else Clue(members)])


def synonym_leaves(words: str, synonym: str, bases: Mapping[str, float], chain: QueryChain) -> list[query.Query]:
    """Any way in which a synonym of words of a query may stand in texts; one of several words stands as a phrase."""
    found = chain.words(synonym)
    in_a_row = Alternative("stem", "text", tuple(stems_of(synonym, chain)), 1.0)
    ways = found[0].alternatives if len(found) == 1 else (in_a_row,)
    return [_leaf(base, words, way, "synonym", boost * SYNONYM_WEIGHT) for base, boost in bases.items() for way in ways]


def _leaf(base: str, word: str, way: Alternative, found: Way, boost: float) -> query.Query:
    field, weight = field_of(base, way.field), boost * way.weight
    single = len(way.terms) == 1
    leaf = query.Term(field, way.terms[0], weight) if single else query.Phrase(field, list(way.terms), boost=weight)
    setattr(leaf, ORIGIN, (word, found))
    return leaf


def stems_of(text: str, chain: QueryChain) -> Iterator[str]:
    """The stems of a phrase's words, in a row."""
    for word in chain.words(text):
        yield from next((way.terms for way in word.alternatives if way.field == "text" and way.reason == "stem"),
                        next((way.terms for way in word.alternatives if way.field == "text"), ()))  # fmt: skip


def forms_of(text: str, chain: QueryChain) -> Iterator[str]:
    """The words of a text as they are written, folded, in a row."""
    for word in chain.words(text):
        yield from next((way.terms for way in word.alternatives if way.reason == "exact"), ())


class GermanParser(QueryParser):  # type: ignore[misc]
    """Whoosh's parser, with what the German chain makes of a word."""

    drops_stop_words = False
    any_word = False
    chain: QueryChain
    synonyms: Synonyms | None = None
    text_fields: Mapping[str, float] = {}

    def bases(self, fieldname: str | None) -> Mapping[str, float]:
        """The texts that a word is looked for in, with their weights: the one it names, or all."""
        return {fieldname: 1.0} if fieldname else self.text_fields

    def term_query(
        self, fieldname: str | None, text: str, termclass: type, boost: float = 1.0, **options: object
    ) -> query.Query:
        """A word's tree in German text; all others as Whoosh does."""
        if fieldname and fieldname not in TEXTS:
            return super().term_query(fieldname, text, termclass, boost=boost, **options)
        words = self.chain.words(text)
        if self.drops_stop_words and words and all(word.is_stop_word for word in words):
            return query.NullQuery
        bases = self.bases(fieldname)
        return query.And([word_tree(word, bases, self.synonyms, self.any_word) for word in words])


_PATTERN = r"[\w?]* \* [\w*?]* | \w* \? [\w?]* \w"
_BY_LETTERS = re.compile(rf"= \w [\w'’-]* | \w [\w'’-]* ~ [12]? | {_PATTERN}", re.VERBOSE)


class PhrasePlugin(plugins.PhrasePlugin):  # type: ignore[misc]
    """Phrases by the stems of their words; "..."~3 allows words in between."""

    class _Node(plugins.PhrasePlugin.PhraseNode):  # type: ignore[misc]
        is_exact = False

        def query(self, parser: GermanParser) -> query.Query:
            terms = list(forms_of(self.text, parser.chain) if self.is_exact else stems_of(self.text, parser.chain))
            kind: Field = "text_exact" if self.is_exact else "text"
            bases = parser.bases(self.fieldname) if terms else {}
            if len(terms) == 1:
                return Ways([query.Term(field_of(b, kind), terms[0], boost) for b, boost in bases.items()])
            return Ways([query.Phrase(field_of(b, kind), terms, self.slop, boost) for b, boost in bases.items()])

    def __init__(self) -> None:
        super().__init__(expr=r'(?P<exact>=)?"(?P<text>[^"]*)"(?:~(?P<slop>[1-9][0-9]?))?')

    def taggers(self, parser: QueryParser) -> list[tuple[object, int]]:
        (tagger, priority), *_ = super().taggers(parser)
        tagger.create = self._create
        return [(tagger, priority)]

    def _create(self, parser: QueryParser, match: re.Match[str]) -> "PhrasePlugin._Node":
        """A node for a phrase. Raises MistakeError for one with a word by its letters in it."""
        for word in match["text"].split():
            if _BY_LETTERS.fullmatch(word) and [token.text for token in tokenize(word)] != [word]:
                raise MistakeError("in_phrase", word)
        node = self._Node(match["text"], match.start("text"), int(match["slop"] or 1))
        node.is_exact = bool(match["exact"])
        return node


class Misspelled(query.FuzzyTerm):  # type: ignore[misc]
    """The words within some typing errors of one: a letter wrong, missing, too many, or two swapped.

    Whoosh's readers count two swapped letters as one error or as two, by how many segments there are; for its matchers,
    too, they always are one.
    """

    def _btexts(self, reader: Any) -> Iterator[bytes]:
        for term in reader.expand_prefix(self.fieldname, self.text[: self.prefixlength]):
            if distance(term.decode(), self.text, limit=self.maxdist) <= self.maxdist:
                yield term


class FormPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """Words by their letters: `=Wort`, `wort*`, `*wort`, `w?rt`, `wort~`, `wort~2`."""

    priority = -5
    expr = re.compile(
        rf"""(?<![\w*?=~]) (?: = (?P<exact>\w[\w'’-]*)
            | (?P<fuzzy>\w[\w'’-]*) ~ (?P<edits>[12])?
            | (?P<pattern> {_PATTERN} ) ) (?![\w*?~="])""",
        re.VERBOSE,
    )

    def create(self, parser: QueryParser, match: re.Match[str]) -> "FormNode | None":
        """A node for a form; None for a gender mark. Raises MistakeError for a pattern that says too little."""
        pattern = match["pattern"]
        if pattern and sum(char not in "*?" for char in pattern) < LETTERS:
            raise MistakeError("pattern", pattern)
        if pattern and [token.text for token in tokenize(pattern)] == [pattern]:
            return None  # Bürger*innen
        return FormNode(match.group(), match["exact"], match["fuzzy"], int(match["edits"] or 1), pattern)


class FormNode(syntax.TextNode):  # type: ignore[misc]
    """A word by its letters, in one field or, before a field is given, in all."""

    def __init__(self, text: str, exact: str | None, fuzzy: str | None, edits: int, pattern: str | None) -> None:
        super().__init__(text)
        self._exact, self.fuzzy, self._edits, self.pattern = exact, fuzzy, edits, pattern

    def _leaf(self, field: str, boost: float, chain: QueryChain) -> query.Query:
        if self._exact:
            terms = list(forms_of(self._exact, chain))
            if not terms:  # an underscore is no word
                return query.NullQuery
            return query.Term(field, terms[0], boost) if len(terms) == 1 else query.Phrase(field, terms, boost=boost)
        if self.fuzzy:
            return Misspelled(field, fold(self.fuzzy), boost=boost, maxdist=self._edits, prefixlength=1)
        pattern = "".join(part if part in "*?" else fold(part) for part in re.split(r"([*?])", self.pattern or ""))
        if pattern.endswith("*") and not re.search(r"[*?]", pattern[:-1]):
            return query.Prefix(field, pattern[:-1], boost=boost)
        return query.Wildcard(field, pattern, boost=boost)

    def of(self, bases: Mapping[str, float], chain: QueryChain) -> query.Query:
        """The tree over the exact forms of some texts, with their weights."""
        return Ways([self._leaf(field_of(base, "text_exact"), boost, chain) for base, boost in bases.items()])

    def query(self, parser: GermanParser) -> query.Query:
        """The tree over the exact forms of the fields."""
        return self.of(parser.bases(self.fieldname), parser.chain)
