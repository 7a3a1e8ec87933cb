"""All annotators in their order. In: a text and the date it is read from. Out: its `Annotations`."""

import dataclasses
from collections.abc import Sequence

from index.annotate.dates import DateFinder
from index.annotate.figures import FigureFinder
from index.annotate.persons import Person, PersonFinder, persons_of
from index.annotate.pieces import cut
from index.annotate.sentences import SentenceSplitter
from index.annotate.statements import StatementFinder
from index.annotate.tables import Tables
from index.model import Annotations, DateMention, Figure, Mention, PartialDate, Span, Statement


class Annotator:
    """Annotates texts by one set of tables. Building it compiles the tables; `annotate` is a pure function."""

    def __init__(self, tables: Tables) -> None:
        self._sentences = SentenceSplitter(tables)
        self._persons = PersonFinder(tables)
        self._statements = StatementFinder(tables)
        self._dates = DateFinder(tables)
        self._figures = FigureFinder(tables)

    def annotate(self, text: str, reference: PartialDate | None = None) -> Annotations:
        """Find everything in `text`; `reference` is the article's date, from which "gestern" is read."""
        return self.annotate_all([text], [reference])[0]

    def annotate_all(self, texts: Sequence[str], references: Sequence[PartialDate | None]) -> list[Annotations]:
        """What `annotate` finds in each of some texts with their dates.

        One annotator reads all texts before the next one does: so its tables and its code stay in the processor's
        cache, which saves a third of the time.
        """
        sentences = list(map(self._sentences.split, texts))
        mentions = self._persons.find_all(texts, sentences)
        people = list(map(self._persons.people, texts, mentions))
        statements = list(map(self._statements.find, texts, sentences, mentions, people))
        pieces = list(map(cut, texts))
        dates = list(map(self._dates.find, texts, references, pieces))
        figures = list(map(self._figures.find, texts, dates, pieces))
        return list(map(_together, sentences, mentions, people, statements, dates, figures))


def _together(
    sentences: tuple[Span, ...],
    mentions: tuple[Mention, ...],
    people: Sequence[Person],
    statements: tuple[Statement, ...],
    dates: tuple[DateMention, ...],
    figures: tuple[Figure, ...],
) -> Annotations:
    return Annotations(
        sentences=sentences,
        mentions=mentions,
        persons=persons_of(mentions),
        roles=tuple((person.name, role) for person in people for role in person.roles),
        statements=statements,
        figures=_given_by(figures, statements),
        dates=dates,
    )


def _given_by(figures: Sequence[Figure], statements: Sequence[Statement]) -> tuple[Figure, ...]:
    """Each figure with its giver: the speaker of the narrowest statement around it that has one.

    Both come sorted by `start`; statements that ended before a figure are dropped as the figures go by.
    """
    given, open_statements, upcoming = [], list[Statement](), iter(statements)
    following = next(upcoming, None)
    for figure in figures:
        while following and following.start <= figure.start:
            if following.speaker:
                open_statements.append(following)
            following = next(upcoming, None)
        open_statements = [s for s in open_statements if s.end > figure.start]
        around = [s for s in open_statements if s.end >= figure.end]
        if around:
            narrowest = min(around, key=lambda s: s.end - s.start)
            figure = dataclasses.replace(figure, said_by=narrowest.speaker)
        given.append(figure)
    return tuple(given)
