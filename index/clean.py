"""A raw article in, an article out: title, body, date, outlet, agencies.

Of a scraped text, the lines are read for what they say about the article and dropped where they are no part of it. A
text that is not scraped is kept to the character. Metadata that came with the text is believed before what the text
says; what nobody says is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.annotate.sentences import SentenceSplitter
from index.annotate.tables import Tables
from index.cleaning.boilerplate import Boilerplate
from index.cleaning.credits import Credits, sorted_names
from index.cleaning.headline import Headlines
from index.cleaning.lines import is_prose, to_lines
from index.cleaning.outlets import Outlets
from index.cleaning.stamps import Stamp, Stamps
from index.model import Article, RawArticle

_LONGEST_TITLE = 100
_EDGE = 12
"""How many lines at either end of a text that is kept as it is are read for metadata."""


@dataclass(slots=True)
class _Findings:
    """What the lines of a text say about it."""

    stamps: list[Stamp] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    text_agencies: set[str] = field(default_factory=set)
    picture_agencies: set[str] = field(default_factory=set)
    stamped: set[str] = field(default_factory=set)
    """What is left of lines whose stamp was taken off."""
    with_kicker: set[str] = field(default_factory=set)
    """What is left of lines in which kicker and title stand side by side."""


class Cleaner:
    """Makes articles by one set of tables."""

    def __init__(self, tables: Tables) -> None:
        """Compile the tables. Raises SettingsError where a user's addition cannot be used."""
        self._boilerplate = Boilerplate(tables)
        self._stamps = Stamps(tables)
        self._outlets = Outlets(tables)
        self._credits = Credits(tables)
        self._headlines = Headlines(tables)
        self._sentences = SentenceSplitter(tables)

    def to_article(self, raw: RawArticle, id: str) -> Article:
        """Return the article; its title and its text are never empty unless `raw.text` is."""
        found = _Findings()
        lines = self._read(to_lines(raw.text), found)
        if raw.scraped:
            title, text = self._title_and_text(raw.title, lines, found)
            text = text or "\n\n".join(line for line in to_lines(raw.text) if line)
        else:
            title, text = raw.title, raw.text
        return Article(
            id=id,
            title=title or self._made_title(text),
            text=text,
            path=raw.path,
            date=raw.date or self._stamps.best(found.stamps),
            outlet=raw.outlet or self._outlet(raw.url, found),
            agencies=raw.agencies or sorted_names(found.text_agencies or found.picture_agencies),
            url=raw.url,
        )

    def _outlet(self, url: str | None, found: _Findings) -> str | None:
        of_url = self._outlets.of_url(url) if url else None
        return of_url or next(iter(found.outlets), None)

    def _read(self, lines: Sequence[str], found: _Findings) -> list[str]:
        """Note what the lines say about the article; return those that are not only metadata."""
        prose = [number for number, line in enumerate(lines) if self._boilerplate.is_text(line)]
        first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
        body = frozenset(prose)
        headline = max((number for number in range(first) if lines[number]), default=-1)
        kept = []
        for number, line in enumerate(lines):
            inside = first < number < last
            is_title = number == headline
            outlet = None if inside and number in body else self._outlets.of_line(line, is_title=is_title)
            if outlet:
                found.outlets.append(outlet)
                if (self._outlets.is_only_outlet(line) and not is_title) or (
                    number > last >= 0 and not self._stamps.take(line)[1]
                ):
                    continue
            is_below_teaser = inside and number not in body and number <= prose[min(2, len(prose) - 1)]
            kept.append(
                self._read_line(
                    line, found, stamped=not inside or is_below_teaser, at_end=number >= last or bool(outlet)
                )
            )
            if outlet and self._outlets.has_kicker(outlet):
                found.with_kicker.add(kept[-1])
        return kept

    def _read_line(self, line: str, found: _Findings, *, stamped: bool, at_end: bool) -> str:
        """Note what one line says; return what of it is the article's.

        `stamped` says that it stands where a date is the article's own, `at_end` where an agency is the text's.
        """
        if stamped:
            line, stamps = self._stamps.take(line)
            found.stamps += stamps + (self._stamps.closing(line) if at_end else [])
            if stamps:
                found.stamped.add(line)
        agencies = self._credits.of_text(line, at_end=at_end)
        found.text_agencies |= agencies
        if self._credits.is_text_credit(line, at_end=at_end):
            return ""
        if self._credits.is_picture_credit(line):
            found.picture_agencies |= self._credits.of_picture(line)
            return ""
        if self._headlines.is_byline(line):
            return ""
        return self._credits.off_end(line, may_be_caption=not at_end)

    def _title_and_text(self, given: str | None, lines: Sequence[str], found: _Findings) -> tuple[str | None, str]:
        lines = self._boilerplate.strip(lines)
        first = next((number for number, line in enumerate(lines) if is_prose(line)), None)
        head = lines[: first if first is not None else 1]
        number = None if given else self._headlines.choose(head)
        if number is None:
            return given, "\n\n".join(line for line in lines if line)
        body = [line for line in lines[number + 1 :] if line]
        kicker, title = None, head[number]
        if title in found.with_kicker:
            kicker, title = self._headlines.split(title, " ".join(body))
        elif title in found.stamped:
            kicker, title = self._headlines.split_surely(title)
        title, outlet = self._outlets.off_title(self._headlines.off_label(title))
        if outlet:
            found.outlets.append(outlet)
        above = [line for line in [*head[:number], kicker] if line]
        return title, "\n\n".join([*above, *body])

    def _made_title(self, text: str) -> str:
        """The first sentence of the first line, shortened at a word."""
        line = next((line for line in to_lines(text[: 20 * _LONGEST_TITLE]) if line), "")
        sentence = next((line[span.start : span.end] for span in self._sentences.split(line)), line)
        if len(sentence) <= _LONGEST_TITLE:
            return sentence or "(ohne Text)"
        cut = sentence.rfind(" ", 0, _LONGEST_TITLE)
        return sentence[: cut if cut > 0 else _LONGEST_TITLE - 1].rstrip(" ,;:–-") + "…"
