"""A query string in, a Whoosh query tree out: the engine-neutral form of a search.

Whoosh's own parser does the work, with German operators beside the English ones and fields under German names.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from whoosh import query
from whoosh.fields import Schema
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from index.errors import RequestError
from index.german import fold, tokenize
from search.ranges import RangePlugin, ValuesOf

TEXT_FIELDS: Mapping[str, float] = {"title": 2.0, "text": 1.0}
"""Where a plain word is looked for, and how much a find there weighs."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("titel",),
    "text": (),
    "person": (),
    "speaker": ("sprecher", "sprecherin"),
    "outlet": ("quelle", "medium"),
    "agency": ("agentur",),
}
"""Each field that a query can name, with its other names."""

VALUE_FIELDS = ("person", "speaker", "outlet", "agency")
"""Fields of exact values, of which a query names words."""

_MOST_OPERATORS = 500
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query tree, and what the user is to be told about how it was read."""

    tree: query.Query
    notices: tuple[str, ...] = ()


def parse(text: str, schema: Schema, values_of: ValuesOf) -> ParsedQuery:
    """Read a query. What cannot be read as it stands is read as plain words, with a notice; this never raises."""
    text = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", text).strip()
    if text in ("", "*"):
        return ParsedQuery(query.Every())
    notice = _objection(text)
    if notice:
        return ParsedQuery(_plain_words(text, schema), (notice,))
    try:
        tree = _parser(schema, values_of).parse(_straight_quotes(text))
    except RequestError as error:
        return ParsedQuery(_plain_words(text, schema), (_AS_WORDS.format(error),))
    except (query.QueryError, ValueError, RecursionError):
        return ParsedQuery(_plain_words(text, schema), (_AS_WORDS.format("die Anfrage lässt sich nicht deuten"),))
    tree = tree.normalize()
    if tree == query.NullQuery:
        return ParsedQuery(tree, ("Die Anfrage enthält kein Wort, nach dem sich suchen lässt.",))
    return ParsedQuery(tree)


_AS_WORDS = "Als einfache Wörter gelesen: {}."


def _objection(text: str) -> str | None:
    """Why a query is not read with its operators, if it is not."""
    depth = deepest = 0
    for char in re.sub(r'"[^"]*"', "", text):
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if text.count('"') % 2:
        return _AS_WORDS.format("ein Anführungszeichen hat kein Gegenstück")
    dangling = re.search(r"^(?:UND|ODER|AND|OR)\b|(?:^|\s)(?:UND|ODER|NICHT|AND|OR|NOT)\s*$", text)
    if dangling:
        return _AS_WORDS.format(f"neben {dangling.group().strip()} fehlt ein Wort")
    if depth:
        return _AS_WORDS.format("eine Klammer hat kein Gegenstück")
    if deepest > _DEEPEST or len(re.findall(r"\b(?:UND|ODER|NICHT|AND|OR|NOT)\b", text)) > _MOST_OPERATORS:
        return _AS_WORDS.format("die Anfrage ist zu verschachtelt")
    return None


def _straight_quotes(text: str) -> str:
    return re.sub(r"[„“”»«]", '"', text) if '"' not in text else text


def _plain_words(text: str, schema: Schema) -> query.Query:
    words = list(dict.fromkeys(token.text for token in tokenize(text)))[:_MOST_OPERATORS]
    return query.And([_in_text(word, schema) for word in words]).normalize()


def _in_text(word: str, schema: Schema) -> query.Query:
    terms = [
        query.Term(name, term, boost=boost)
        for name, boost in TEXT_FIELDS.items()
        for term in schema[name].process_text(word)
    ]
    return query.Or(terms)


class _ValueNode(syntax.TextNode):  # type: ignore[misc]
    """Words behind a field of exact values."""

    def __init__(self, node: syntax.TextNode, values_of: ValuesOf) -> None:
        super().__init__(node.text)
        self.fieldname, self.startchar, self.endchar = node.fieldname, node.startchar, node.endchar
        self._values_of = values_of

    def query(self, parser: QueryParser) -> query.Query:
        """All values that hold every word of the text; the words as they stand where there is none."""
        wanted = {fold(token.text) for token in tokenize(self.text)}
        found = [
            query.Term(self.fieldname, term)
            for value, terms in self._values_of(self.fieldname).items()
            if wanted and any(wanted <= {fold(token.text) for token in tokenize(form)} for form in (value, *terms))
            for term in terms
        ]
        return query.Or(found) if found else query.Term(self.fieldname, self.text)


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


def _parser(schema: Schema, values_of: ValuesOf) -> QueryParser:
    return QueryParser(
        None,
        schema,
        plugins=[
            plugins.FieldsPlugin(expr=rf"(?i:(?P<text>{'|'.join(_FIELD_NAMES)})):(?=\S)"),
            plugins.FieldAliasPlugin(_FIELD_NAMES_OF),
            plugins.PhrasePlugin(),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(
                And=r"(?<=\s)(?:UND|AND)(?=\s)",
                Or=r"(?<=\s)(?:ODER|OR)(?=\s)",
                Not=r"(?:^|(?<=[\s(]))(?:(?:NICHT|NOT)(?=\s)|-(?=[\w\"(]))",
                AndNot=None,
                AndMaybe=None,
                Require=None,
            ),
            plugins.MultifieldPlugin(list(TEXT_FIELDS), fieldboosts=dict(TEXT_FIELDS)),
            _ValuesPlugin(values_of),
            RangePlugin(values_of),
        ],
    )


_FIELD_NAMES_OF = {
    name: [spelling for word in (name, *aliases) for spelling in {word, word.capitalize(), word.upper()} - {name}]
    for name, aliases in ALIASES.items()
}
_FIELD_NAMES = [word for name, aliases in ALIASES.items() for word in (name, *aliases)]
