"""A query string in, a Whoosh query tree out: the engine-neutral form of a search.

Whoosh's own parser does the work, with German operators beside the English ones and fields under German names.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import islice

from whoosh import query
from whoosh.fields import Schema
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from index.german import QueryChain, QueryWord, fold, spell, tokenize
from index.schema import TEXT_NAMES
from search import quotes
from search.mistakes import MOST_WORDS, MistakeError, objection
from search.model import Notice
from search.ranges import FIELDS, RangePlugin
from search.synonyms import Synonyms
from search.words import (
    LETTERS,
    FormNode,
    FormPlugin,
    GermanParser,
    PhrasePlugin,
    Ways,
    query_chain,
    synonym_leaves,
    word_tree,
)

TEXT_FIELDS: Mapping[str, float] = {"title": 2.0, "text": 1.0}
"""Where a plain word is looked for, and how much a find there weighs."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("titel",),
    "text": (),
    "person": (),
    "speaker": ("sprecher", "sprecherin"),
    "outlet": ("quelle", "source", "medium"),
    "agency": ("agentur",),
    quotes.FIELD: ("zitat",),
}
"""Each field that a query can name, with its other names."""

VALUE_FIELDS = ("person", "speaker", "outlet", "agency")
"""Fields of exact values, of which a query names words."""

ValuesOf = Callable[[str], Mapping[str, Iterable[str]]]
"""The values of a field, each with the terms that stand for it in the index."""

_LONG = 2_000
_OPERATOR = r"\b(?:UND|ODER|NICHT|AND|OR|NOT)\b"
_OPERATORS = re.compile(_OPERATOR)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTES = re.compile(r"[„“”»«]")
_MINUS = r"-(?=[\w\"(=*?])"
_WORDS_ALONE = re.compile(rf"(?!.*{_OPERATOR}) (?!.*(?<!\S)-) [\w\s'’.,!-]+", re.VERBOSE)
_LETTERS_ALONE = re.compile(r"[^\W\d_]+ (?: \x20 [^\W\d_]+ )*", re.VERBOSE)
_BEGINNING_ALONE = re.compile(rf"[^\W\d_]{{{LETTERS},}} \*", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query tree, and what the user is to be told about how it was read.

    `words` says how many words and phrases have to be found although no operator asks for it: a query that finds
    nothing can be read again with any of them.
    """

    tree: query.Query
    notices: tuple[Notice, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """How plain words are read."""

    chain: QueryChain
    synonyms: Synonyms | None
    fields: Mapping[str, float]
    any_word: bool


def parse(
    text: str,
    schema: Schema,
    values_of: ValuesOf,
    synonyms: Synonyms | None = None,
    fields: Mapping[str, float] = TEXT_FIELDS,
    any_word: bool = False,
    chain: QueryChain | None = None,
) -> ParsedQuery:
    """Read a query. What cannot be read as it stands is read as plain words, with a notice; this never raises.

    Plain words are looked for in `fields`, each with its weight, and found under their `synonyms`, too; an expression
    of several words where the query is of words alone. With `any_word`, one word or phrase is enough, and a compound's
    members are a clue; conditions stay. `chain` is that of the index; without it only the shipped words are known.
    """
    reading = _Reading(chain or query_chain(), synonyms, fields, any_word)
    text = " ".join(_CONTROLS.sub(" ", text).split())
    if text in ("", "*"):
        return ParsedQuery(query.Every())
    text = _QUOTES.sub('"', text)
    tree, notices = _read(text, schema, values_of, reading)
    is_joined = bool(_OPERATORS.search(_without_phrases(text)))
    parts = list(tree) if isinstance(tree, query.And) else [tree]
    words = [part for part in parts if _is_text(part)] if any_word or not is_joined else []
    if any_word and words:
        tree = query.And([query.Or(words), *(part for part in parts if not _is_text(part))]).normalize()
    return ParsedQuery(tree, notices, 0 if is_joined else len(words))


def _read(text: str, schema: Schema, values_of: ValuesOf, reading: _Reading) -> tuple[query.Query, tuple[Notice, ...]]:
    tree = _plainly(text, reading)
    mistake = objection(text, _ALL_NAMES) if tree is None else None
    if mistake:
        return _plain_words(text, reading), (mistake,)
    if reading.synonyms and reading.synonyms.longest > 1 and _WORDS_ALONE.fullmatch(text):
        words = reading.chain.words(text)
        if _expressions(words, reading.synonyms):
            return _all_of(words, reading), ()
    try:
        tree = _by_whoosh(text, schema, values_of, reading) if tree is None else tree
    except MistakeError as error:
        return _plain_words(text, reading), (error.notice,)
    except (query.QueryError, ValueError, RecursionError):
        return _plain_words(text, reading), (Notice("unreadable"),)
    if tree == query.NullQuery:
        return tree, (Notice("no_word"),)
    return tree, ()


def _by_whoosh(text: str, schema: Schema, values_of: ValuesOf, reading: _Reading) -> query.Query:
    return _parser(text, schema, values_of, reading).parse(text, normalize=False).normalize()


def _is_text(tree: query.Query) -> bool:
    """Whether a part of a query is a word or a phrase to be found in texts, and no condition."""
    return not isinstance(tree, query.Not) and all(leaf.field() in TEXT_NAMES for leaf in tree.leaves())


def _without_phrases(text: str) -> str:
    return re.sub(r'"[^"]*"', '""', text)


def _plain_words(text: str, reading: _Reading) -> query.Query:
    end = max((token.end for token in islice(tokenize(text), MOST_WORDS)), default=0)
    return _all_of(reading.chain.words(text[:end]), reading)


def _all_of(words: Sequence[QueryWord], reading: _Reading) -> query.Query:
    """All words, but in place of some of them in a row a synonym of those will do."""
    needed = set(reading.chain.needed(words))
    tree, end = [], 0
    for first, last, others in _expressions(words, reading.synonyms):
        tree += [_in_texts(word, reading) for word in words[end:first] if word in needed]
        own = query.And([_in_texts(word, reading) for word in words[first:last] if word in needed])
        name = " ".join(word.text for word in words[first:last])
        found = Ways([leaf for other in others for leaf in synonym_leaves(name, other, reading.fields, reading.chain)])
        tree.append(query.Or([own, found]) if own.subqueries else found)
        end = last
    tree += [_in_texts(word, reading) for word in words[end:] if word in needed]
    return query.And(tree).normalize()


def _plainly(text: str, reading: _Reading) -> query.Query | None:
    """The tree that Whoosh's parser would make of words of letters alone, without its taggers: of several words, or of
    words with the same operator between all of them; and of a word's beginning. None where there is more to read."""
    if _BEGINNING_ALONE.fullmatch(text):
        node = FormNode(text, None, None, 1, text)
        return node.of(reading.fields, reading.chain).normalize()
    words = text.split(" ")
    if len(words) > MOST_WORDS or not _LETTERS_ALONE.fullmatch(text):
        return None
    if not _OPERATORS.search(text):
        found = [word for alone in words for word in reading.chain.words(alone)]
        return query.And([_in_texts(word, reading) for word in reading.chain.needed(found)]).normalize()
    operators = set(words[1::2])
    joined = _JOINED.get(operators.pop()) if len(operators) == 1 else None
    if joined is None or len(words) % 2 == 0 or not _JOINED.keys().isdisjoint(words[::2]):
        return None
    parts = [[_in_texts(word, reading) for word in reading.chain.words(alone)] for alone in words[::2]]
    return joined([part[0] if len(part) == 1 else query.And(part) for part in parts]).normalize()


def _first_without(trees: list[query.Query]) -> query.Query:
    return query.And([trees[0], *map(query.Not, trees[1:])])


_JOINED: Mapping[str, Callable[[list[query.Query]], query.Query]] = {
    **dict.fromkeys(("UND", "AND"), query.And),
    **dict.fromkeys(("ODER", "OR"), query.Or),
    **dict.fromkeys(("NICHT", "NOT"), _first_without),
}
"""What operators make of the trees between which they stand."""


def _expressions(words: Sequence[QueryWord], synonyms: Synonyms | None) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where several words in a row have synonyms: from, to, and the synonyms."""
    return [run for run in synonyms.runs(words) if run[1] - run[0] > 1] if synonyms else []


def _in_texts(word: QueryWord, reading: _Reading) -> query.Query:
    return word_tree(word, reading.fields, reading.synonyms, reading.any_word)


class _ValueNode(syntax.TextNode):  # type: ignore[misc]
    """Words behind a field of exact values."""

    def __init__(self, node: syntax.TextNode, values_of: ValuesOf) -> None:
        super().__init__(node.text)
        self.fieldname, self.startchar, self.endchar = node.fieldname, node.startchar, node.endchar
        self._pattern = node.pattern if isinstance(node, FormNode) else None
        self._values_of = values_of
        if isinstance(node, FormNode) and node.fuzzy:
            raise MistakeError("words_only", node.text)

    def query(self, parser: QueryParser) -> query.Query:
        """All values that hold every word of the text; the words as they stand where there is none."""
        wanted = _words_of(self.text)
        found = [
            query.Term(self.fieldname, term)
            for value, terms in self._values_of(self.fieldname).items()
            if wanted and any(self._is_in(_words_of(form), wanted) for form in (value, *terms))
            for term in terms
        ]
        return query.Or(found) if found else query.Term(self.fieldname, self.text)

    def _is_in(self, words: set[str], wanted: set[str]) -> bool:
        if self._pattern:
            return any(fnmatchcase(word, spell(fold(self._pattern))) for word in words)
        return wanted <= words


def _words_of(text: str) -> set[str]:
    return {spell(fold(token.text)) for token in tokenize(text)}


class _ValuesPlugin(plugins.Plugin):  # type: ignore[misc]
    """Turns nodes in a field of exact values into value nodes, after fields have been given to nodes."""

    def __init__(self, values_of: ValuesOf) -> None:
        self._values_of = values_of

    def filters(self, parser: QueryParser) -> list[tuple[Callable[..., syntax.GroupNode], int]]:
        return [(self._replace, 105)]

    def _replace(self, parser: QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for i, node in enumerate(group):
            if isinstance(node, syntax.GroupNode):
                group[i] = self._replace(parser, node)
            elif node.has_fieldname and node.fieldname in VALUE_FIELDS and node.has_text:
                group[i] = _ValueNode(node, self._values_of)
        return group


@cache
def _plugins() -> list[plugins.Plugin]:
    """What reads all but values; it keeps nothing from one query to the next."""
    return [
        plugins.FieldsPlugin(expr=rf"(?<!\w)(?i:(?P<text>{'|'.join(_FIELD_NAMES)})):(?=\S)"),
        plugins.FieldAliasPlugin(_FIELD_NAMES_OF),
        quotes.QuotePlugin(),
        PhrasePlugin(),
        FormPlugin(),
        plugins.GroupPlugin(),
        plugins.OperatorsPlugin(
            And=r"(?<=[\s)\"])(?:UND|AND)(?=[\s(\"])",
            Or=r"(?<=[\s)\"])(?:ODER|OR)(?=[\s(\"])",
            Not=rf"(?:^|(?<=[\s(]))(?:(?:NICHT|NOT)(?=[\s(\"])|{_MINUS})",
            AndNot=None,
            AndMaybe=None,
            Require=None,
        ),
        RangePlugin(),
    ]


def _parser(text: str, schema: Schema, values_of: ValuesOf, reading: _Reading) -> GermanParser:
    parser = GermanParser(None, schema, plugins=[*_plugins(), _ValuesPlugin(values_of)])
    parser.chain = reading.chain
    parser.synonyms, parser.text_fields, parser.any_word = reading.synonyms, reading.fields, reading.any_word
    parser.drops_stop_words = _has_other_than_stop_words(text, reading.chain)
    return parser


def _has_other_than_stop_words(text: str, chain: QueryChain) -> bool:
    """Whether stop words can go: there are other words, and no operator that would stand alone without them."""
    if re.search(rf"{_OPERATOR}|[()]|(?<!\S){_MINUS}", text):
        return False
    return any(not word.is_stop_word for word in chain.words(re.sub(r'"[^"]*"|\S+:\S*', " ", text)[:_LONG]))


_FIELD_NAMES_OF = {
    name: [spelling for word in (name, *aliases) for spelling in {word, word.capitalize(), word.upper()} - {name}]
    for name, aliases in ALIASES.items()
}
_FIELD_NAMES = [word for name, aliases in ALIASES.items() for word in (name, *aliases)]
_ALL_NAMES = [*_FIELD_NAMES, *(name for names in FIELDS.values() for name in names)]
