"""An article's paragraphs, people and places as its page shows them."""

import pytest

from index.model import Annotations, Statement
from search.model import ArticlePage
from web.article import LONGEST_CROSSHEAD, article_paragraphs, longest_roles


def page(text: str, *statements: tuple[str, str], roles: tuple[tuple[str, str], ...] = ()) -> ArticlePage:
    """An article with statements (words, speaker) where the words stand first."""
    found = tuple(
        Statement(text.index(words), text.index(words) + len(words), words, "direct", "test", speaker=speaker)
        for words, speaker in statements
    )
    annotations = Annotations(statements=found, roles=roles)
    return ArticlePage(
        id="a",
        title="T",
        text=text,
        date=None,
        estimate=None,
        outlet=None,
        agencies=(),
        path="a.txt",
        url=None,
        annotations=annotations,
        title_marks=(),
        marks=(),
    )


def test_a_statement_stands_beside_the_paragraph_in_which_it_begins() -> None:
    text = "Erstens kam er.\n\n„Wir gehen.\nWir gehen alle“, rief Anna. „Jetzt“, sagte Ben.\nSo war es."
    shown = article_paragraphs(page(text, ("„Wir gehen.\nWir gehen alle“", "Anna"), ("„Jetzt“", "Ben")))
    beside = [[(n.number, n.statement.speaker) for n in paragraph.statements] for paragraph in shown]
    assert beside == [[], [(1, "Anna")], [(2, "Ben")], []]
    assert 'id="aussage-1"' in shown[1].html and 'id="aussage-1"' not in shown[2].html
    assert "statement direct" in shown[2].html


@pytest.mark.parametrize(
    ("line", "crosshead"),
    [
        ("Kritik aus Kiel", True),
        ("Was folgt daraus", True),
        ("Er schwieg.", False),
        ("Warum?", False),
        ("„Nein“", False),
        ("lang " * (LONGEST_CROSSHEAD // 5) + "genug", False),
    ],
)
def test_short_lines_without_a_full_stop_are_headings(line: str, crosshead: bool) -> None:
    first, second = article_paragraphs(page(line + "\nEin Satz mit Punkt."))
    assert (first.crosshead, second.crosshead) == (crosshead, False)


def test_the_role_that_says_most_is_shown() -> None:
    roles = (("Eva Kern", "US-Ministerin"), ("Eva Kern", "Ministerin"), ("Tom Ahl", "Chef"))
    assert longest_roles(page("x", roles=roles)) == {"Eva Kern": "US-Ministerin", "Tom Ahl": "Chef"}
