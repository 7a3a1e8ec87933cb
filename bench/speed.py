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
    mentions = [persons.find(text, spans) for text, spans in zip(texts, sentences, strict=True)]
    people = [persons.people(text, found) for text, found in zip(texts, mentions, strict=True)]
    numbers = range(len(texts))
    work: dict[str, Callable[[int], object]] = {
        "sentences": lambda n: splitter.split(texts[n]),
        "persons": lambda n: persons.people(texts[n], persons.find(texts[n], sentences[n])),
        "statements": lambda n: speech.find(texts[n], sentences[n], mentions[n], people[n]),
        "figures and dates": lambda n: _quantities(texts[n], dates, figures),
        "all": lambda n: whole.annotate(texts[n]),
    }
    for name, function in work.items():
        seconds = statistics.median(_time(function, numbers) for _ in range(rounds))
        each = seconds / len(texts)
        yield f"{name:17} {1000 * each:6.2f} ms an article {1 / each:8.0f} articles a second"


def _quantities(text: str, dates: DateFinder, figures: FigureFinder) -> tuple[Figure, ...]:
    pieces = cut(text)
    return figures.find(text, dates.find(text, None, pieces), pieces)


def _time(function: Callable[[int], object], numbers: range) -> float:
    began = time.perf_counter()
    for number in numbers:
        function(number)
    return time.perf_counter() - began
