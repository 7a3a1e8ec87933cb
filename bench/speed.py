"""What each stage of annotation costs: milliseconds an article, medians of several rounds in one process."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from index.annotate.annotator import Annotator
from index.annotate.dates import DateFinder
from index.annotate.figures import FigureFinder
from index.annotate.persons import PersonFinder
from index.annotate.pieces import cut
from index.annotate.sentences import SentenceSplitter
from index.annotate.statements import StatementFinder
from index.annotate.tables import load_tables
from index.model import Figure


def stages(corpus: Path, articles: int, rounds: int) -> Iterator[str]:
    """Yield a line a stage: milliseconds an article and articles a second."""
    with corpus.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, articles)]
    tables = load_tables()
    splitter, persons, speech = SentenceSplitter(tables), PersonFinder(tables), StatementFinder(tables)
    dates, figures, whole = DateFinder(tables), FigureFinder(tables), Annotator(tables)
    sentences = [splitter.split(text) for text in texts]
    mentions = persons.find_all(texts, sentences)
    people = [persons.people(text, found) for text, found in zip(texts, mentions, strict=True)]
    work: dict[str, Callable[[], object]] = {
        "sentences": lambda: list(map(splitter.split, texts)),
        "persons": lambda: list(map(persons.people, texts, persons.find_all(texts, sentences))),
        "statements": lambda: list(map(speech.find, texts, sentences, mentions, people)),
        "figures and dates": lambda: [_quantities(text, dates, figures) for text in texts],
        "all": lambda: whole.annotate_all(texts, [None] * len(texts)),
    }
    for name, function in work.items():
        seconds = statistics.median(_time(function) for _ in range(rounds))
        each = seconds / len(texts)
        yield f"{name:17} {1000 * each:6.2f} ms an article {1 / each:8.0f} articles a second"


def _quantities(text: str, dates: DateFinder, figures: FigureFinder) -> tuple[Figure, ...]:
    pieces = cut(text)
    return figures.find(text, dates.find(text, None, pieces), pieces)


def _time(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began
