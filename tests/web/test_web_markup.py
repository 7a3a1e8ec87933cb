"""Whatever overlaps, the HTML is well nested, says the text to the letter, and every letter has its elements."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from web.markup import Element, escaped, mark_elements, marked, paragraphs, render

Attributes = list[tuple[str, str | None]]


class Reader(HTMLParser):
    """Reads the HTML back: each character with the classes around it, the anchors, and every end tag matched."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.letters: list[tuple[str, tuple[str, ...]]] = []
        self.anchors: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        self.open.append((tag, values.get("class") or tag))
        if values.get("id"):
            self.anchors.append(str(values["id"]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.letters += [(letter, tuple(sorted(css for _, css in self.open))) for letter in data]

    @property
    def text(self) -> str:
        return "".join(letter for letter, _ in self.letters)


texts = st.text(alphabet="aä <>&\"'“\n/;", max_size=40)
elements = st.lists(
    st.builds(
        lambda start, length, tag, name: Element(start, start + length, tag, name, f"id-{name}"),
        st.integers(-5, 45),
        st.integers(-2, 20),
        st.sampled_from(["span", "mark"]),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=8,
)


@given(texts, elements)
def test_every_letter_has_its_elements_and_nothing_is_lost(text: str, spans: list[Element]) -> None:
    read = Reader(render(text, spans))
    assert read.text == text
    for place, (_, classes) in enumerate(read.letters):
        assert classes == tuple(sorted(e.css for e in spans if e.start <= place < e.end))


@given(texts, elements, st.integers(0, 40), st.integers(0, 40))
def test_a_part_is_the_part_of_the_whole(text: str, spans: list[Element], one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert Reader(render(text, spans, start, end)).letters == Reader(render(text, spans)).letters[start:end]


@given(texts, elements)
def test_paragraphs_are_the_lines_that_are_not_blank(text: str, spans: list[Element]) -> None:
    found = list(paragraphs(text, spans))
    assert [text[p.start : p.end] for p in found] == [line for line in text.split("\n") if line.strip()]
    for paragraph in found:
        whole = Reader(render(text, spans, paragraph.start, paragraph.end))
        assert Reader(render(text, paragraph.elements, paragraph.start, paragraph.end)).letters == whole.letters


def test_an_anchor_stands_once_where_its_element_begins() -> None:
    text = "Er sagte: Wir kommen.\nUnd wir bleiben."
    spans = [Element(10, 38, "span", "statement", "aussage-1", 1), Element(5, 15, "mark")]
    pieces = [Reader(render(text, p.elements, p.start, p.end)) for p in paragraphs(text, spans)]
    assert [piece.anchors for piece in pieces] == [["aussage-1"], []]


def test_overlapping_spans_are_closed_and_opened_again() -> None:
    spans = [Element(0, 4, "span", "x"), Element(2, 6, "mark")]
    assert render("abcdef", spans) == '<span class="x">ab<mark>cd</mark></span><mark>ef</mark>'


def test_markup_in_a_text_stays_text() -> None:
    assert marked("<b>&</b>", ((0, 3),)) == "<mark>&lt;b&gt;</mark>&amp;&lt;/b&gt;"


def test_a_part_is_marked_strongly_and_its_word_lightly() -> None:
    html = marked("Die Artilleriegeschosse und Geschosse", ((14, 23), (28, 37)), ((4, 23),))
    assert html == 'Die <mark class="word">Artillerie<b>geschosse</b></mark> und <mark>Geschosse</mark>'


def test_a_long_text_takes_linear_time() -> None:
    text = "Wort \n" * 50_000
    spans = mark_elements([(at, at + 4) for at in range(0, len(text), 6)])
    html = [render(text, p.elements, p.start, p.end) for p in paragraphs(text, spans)]
    assert len(html) == 50_000 and set(html) == {"<mark>Wort</mark> "}


@given(texts)
def test_a_text_is_escaped_as_templates_escape_it(text: str) -> None:
    assert escaped(text) == str(escape(text))


@given(texts, st.lists(st.integers(0, 40), max_size=8, unique=True))
def test_marks_alone_are_written_as_elements_are(text: str, bounds: list[int]) -> None:
    inside = sorted(bound for bound in bounds if bound <= len(text))
    marks = list(zip(inside[::2], inside[1::2], strict=False))
    assert marked(text, marks) == render(text, mark_elements(marks))
