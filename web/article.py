"""An article made ready for its page: paragraphs with what is marked in them, and people with their roles.

In: an article with its annotations. Out: frozen values that the template only has to write down.
"""

from dataclasses import dataclass

from markupsafe import Markup

from index.model import Statement
from search.model import ArticlePage
from web.markup import Element, Paragraph, mark_elements, paragraphs, render

LONGEST_CROSSHEAD = 80
"""A line of at most so many characters, without a full stop, is set as a heading between paragraphs."""


@dataclass(frozen=True)
class NumberedStatement:
    """A statement with its number in the article, counted from 1: the place `#aussage-N`."""

    number: int
    statement: Statement


@dataclass(frozen=True)
class ShownParagraph:
    """A paragraph's HTML, the statements that begin in it, and whether it looks like a heading between paragraphs."""

    html: Markup
    crosshead: bool
    statements: tuple[NumberedStatement, ...]


def article_paragraphs(page: ArticlePage) -> list[ShownParagraph]:
    """The article's text with its statements, figures and the query's words marked, paragraph by paragraph."""
    statements = [
        Element(s.start, s.end, "span", f"statement {s.kind}", f"aussage-{number}", number)
        for number, s in enumerate(page.annotations.statements, 1)
    ]
    figures = [
        Element(f.start, f.end, "span", "figure", f"zahl-{number}")
        for number, f in enumerate(page.annotations.figures, 1)
    ]
    elements = [*statements, *figures, *mark_elements(page.marks, page.words)]
    return [_shown(page, paragraph) for paragraph in paragraphs(page.text, elements)]


def longest_roles(page: ArticlePage) -> dict[str, str]:
    """Each person's role, the one that says most: "US-Außenminister" rather than "Außenminister"."""
    return dict(sorted(page.annotations.roles, key=lambda pair: len(pair[1])))


def _shown(page: ArticlePage, paragraph: Paragraph) -> ShownParagraph:
    beginning = tuple(
        NumberedStatement(element.number, page.annotations.statements[element.number - 1])
        for element in paragraph.elements
        if element.number is not None and element.start >= paragraph.start
    )
    line = page.text[paragraph.start : paragraph.end].strip()
    return ShownParagraph(
        html=render(page.text, paragraph.elements, paragraph.start, paragraph.end),
        crosshead=len(line) <= LONGEST_CROSSHEAD and line[-1].isalnum() and not beginning,
        statements=beginning,
    )
