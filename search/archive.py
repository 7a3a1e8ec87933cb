"""An index folder in, answers out: `Archive` is what the command line and the page search with.

A reindexing is seen with the first request after it; a request that is under way keeps what it began with.
"""

import gc
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.checksums import require_lengths
from index.codec.arrays import Array
from index.codec.missing import missing
from index.collections import damage_named
from index.errors import IndexFolderError
from index.folder import IndexFolder
from index.german import fold, tokenize
from index.identity import Identities
from index.memory import give_back
from index.model import Annotations, PartialDate
from search.engine import Collection, Engine
from search.facets import MOST, DateColumn, Records, all_but, date_label, filters, most_frequent, page_ready
from search.figure_facet import FigureColumn, figure_label, noun_of
from search.highlight import Highlighter
from search.hits import hits_of
from search.model import FACETS, UNKNOWN, ArticlePage, FacetValue, NamedPerson, Notice, Request, Response
from search.parser import ParsedQuery
from search.sets import Found, Mask, Numbers
from search.suggest import Suggestion
from search.synonyms import SynonymSettings
from search.topk import Greatest, Keys, first_distinct

Answer = TypeVar("Answer")

_FEW = 3
"""Up to so many hits a query may have been meant otherwise."""

_LOOK = 1.0
"""Every so many seconds it is looked whether the files are as long as they were."""

HALF_LIFE = 365
"""In the order "fresh", after so many days a score is worth half."""

_EVIDENCE = 500
"""How many articles are read to tell how a person is spelled."""

_LABELS: Mapping[str, Callable[[str], str]] = {
    "date": lru_cache(1 << 12)(lambda v: "ohne Datum" if v == UNKNOWN else date_label(PartialDate.parse(v))),
    "outlet": lambda value: "ohne Quelle" if value == UNKNOWN else value,
    "figure": figure_label,
}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a request finds: what matches its query, what each facet's filter lets through of it, and the rest of them.

    `total` counts records that say the same once; `shown` are the records of the page, in order.
    """

    parsed: ParsedQuery
    matched: Found
    masks: dict[str, Mask]
    chosen: Found
    total: int
    shown: Numbers


class _ZerosRead(IndexFolderError):
    """An answer may be made of zeros that were read where a file was cut off for a while: it is made again."""


class Archive:
    """Searches the current generation of an index folder. Safe to use from several threads."""

    def __init__(self, folder: IndexFolder, synonyms: SynonymSettings | None = None) -> None:
        self._folder = folder
        self._synonyms = synonyms
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._looked = 0.0

    def search(self, request: Request, listed: int = MOST) -> Response:
        """Answer a request; of each facet so many values are listed. Raises IndexFolderError where there is no index to
        search.
        """
        began = time.perf_counter()
        return self._with_engine(lambda engine: self._answer(engine, request, listed, began))

    def _answer(self, engine: Engine, request: Request, listed: int, began: float) -> Response:
        collection = engine.collections[request.kind]
        found = self._find(engine, request)
        meant = engine.speller().correct(request.query) if found.total <= _FEW else None
        if meant and self._find(engine, replace(request, query=meant)).total <= found.total:
            meant = None
        if not found.total and found.parsed.words > 1:
            found = self._with_any_word(engine, request) or found
        highlighter = Highlighter(found.parsed.tree, engine.chain, collection.few_terms)
        counted = _counted(collection, found, request, listed)
        return Response(
            request=request,
            total=found.total,
            hits=tuple(hits_of(engine, collection, found.shown, found.chosen, highlighter)),
            facets={name: values for name, (values, _) in counted.items()},
            values={name: number for name, (_, number) in counted.items()},
            notices=found.parsed.notices,
            meant=meant,
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _with_any_word(self, engine: Engine, request: Request) -> _Found | None:
        """What has some of the words, where nothing has them all; said, never silent."""
        found = self._find(engine, request, any_word=True)
        parsed = replace(found.parsed, notices=(*found.parsed.notices, Notice("some_words")))
        return replace(found, parsed=parsed) if found.total else None

    def _find(self, engine: Engine, request: Request, any_word: bool = False) -> _Found:
        collection = engine.collections[request.kind]
        parsed = self._parse(engine, request, any_word)
        matched = collection.match(parsed.tree)
        masks = filters(collection.columns, request, matched.numbers)
        passing = all_but(masks)
        chosen = matched if passing is None else Found(matched.numbers[passing], matched.scores[passing])
        end = request.page * request.size
        places = first_distinct(_keys(chosen, collection, request), end, collection.groups, chosen.numbers)
        shown = chosen.numbers[places[end - request.size :]]
        return _Found(parsed, matched, masks, chosen, _distinct(chosen.numbers, collection), shown)

    def _parse(self, engine: Engine, request: Request, any_word: bool = False) -> ParsedQuery:
        return engine.parse(request.query, request.kind, any_word)

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """What a query that is being typed may become. Raises IndexFolderError where there is no index."""
        return self._with_engine(lambda engine: engine.suggester().suggest(typed))

    def article(self, article_id: str, query: str = "") -> ArticlePage | None:
        """One article whole, with what `query` marks in it; None where there is none with that id."""
        return self._with_engine(lambda engine: self._article(engine, article_id, query))

    def _article(self, engine: Engine, article_id: str, query: str) -> ArticlePage | None:
        collection = engine.collections["article"]
        number = collection.find(article_id)
        if number is None:
            return None
        record = collection.record(number)
        highlighter = Highlighter(self._parse(engine, Request(query)).tree, engine.chain, collection.few_terms)
        title, text = highlighter.read("title", record.title), highlighter.read("text", record.text)
        return ArticlePage(
            id=record.id,
            title=record.title,
            text=record.text,
            date=record.date,
            estimate=engine.estimates.get(record.id),
            outlet=record.outlet,
            agencies=record.agencies,
            path=record.path,
            url=record.url,
            annotations=collection.annotations(number),
            title_marks=title.marks,
            marks=text.marks,
            title_words=title.words,
            words=text.words,
        )

    def named(self, words: str) -> tuple[NamedPerson, ...]:
        """The persons one of whose names has all these words, and how the articles that name them spell them."""
        return self._with_engine(lambda engine: self._named(engine, words))

    def _named(self, engine: Engine, words: str) -> tuple[NamedPerson, ...]:
        collection = engine.collections["article"]
        wanted = {fold(token.text) for token in tokenize(words)}
        column = collection.columns["person"]
        found = []
        for person, names in column.terms_of.items():
            if wanted and any(wanted <= {fold(token.text) for token in tokenize(name)} for name in (person, *names)):
                numbers = column.having([person])
                evidence = [collection.annotations(int(n)) for n in numbers[:_EVIDENCE]]
                found.append(_named(person, names, evidence, len(numbers)))
        return tuple(found)

    def forget_queries(self) -> None:
        """Read the next query as one that nobody has asked before."""
        engine = self._engine
        if engine:
            engine.parse.cache_clear()

    def identities(self) -> Identities:
        """Which names were joined to one person's, and why."""
        return self._current().identities

    def _current(self) -> Engine:
        """The engine of the current generation, opened if it is not yet."""
        return self._with_engine(lambda engine: engine)

    def _with_engine(self, answer: Callable[[Engine], Answer]) -> Answer:
        """What the engine of the current generation answers, which is opened if it is not yet."""
        for _ in range(3):
            try:
                engine = self._opened()
                with damage_named(engine.generation):
                    return self._answered(engine, answer)
            except (FileNotFoundError, _ZerosRead):
                continue  # reindexings took its generation away meanwhile, or somebody mended it
        raise IndexFolderError(
            f"{self._folder.path}: the index changes faster than it can be opened, or a file of it cannot be read. "
            "Try again, or ask fundstelle check."
        )

    def _answered(self, engine: Engine, answer: Callable[[Engine], Answer]) -> Answer:
        """What an engine answers. Raises ValueError, naming the file, where that stumbles over one that is damaged."""
        try:
            answered = answer(engine)
        except IndexFolderError:
            raise
        except Exception:
            self._require_all_read(engine)
            engine.require_whole()
            raise
        self._require_all_read(engine)
        return answered

    def _require_all_read(self, engine: Engine) -> None:
        """See that no zeros were read where a file was cut off; else the engine is opened anew.

        Raises ValueError, naming the file, where it is still cut off, and _ZerosRead where it was mended, or was not
        one of this index.
        """
        if missing() == engine.missing_before:
            return
        with self._lock:
            if self._engine is engine:
                self._engine = None
        require_lengths(engine.generation)
        raise _ZerosRead

    def _opened(self) -> Engine:
        with self._lock:
            engine, now = self._engine, time.monotonic()
            if engine and engine.generation == self._folder.current() and now - self._looked <= _LOOK:
                return engine
            generation = self._folder.require_current()
            if engine and engine.generation == generation:
                self._engine = None  # opened anew where somebody mends it
                with damage_named(generation):
                    require_lengths(generation)
                self._engine = engine
            else:
                self._engine = engine = Engine(generation, self._synonyms)
                _collect_frozen()
                give_back()  # what the one before it took lies below what this one took
            self._looked = now
            return engine


def _collect_frozen() -> None:
    """Give back what a server has had the collector of garbage pass over, if nothing needs it any more.

    An engine refers to itself: frozen, it would keep the files of its generation long after they are deleted.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def open_archive(index_dir: Path, synonyms: SynonymSettings | None = None) -> Archive:
    """Open an index folder for searching. Raises IndexFolderError where there is none that can be read.

    `synonyms` are the user's, from `synonyms.toml`.
    """
    archive = Archive(IndexFolder(index_dir), synonyms)
    archive._current()
    return archive


def _named(person: str, names: Sequence[str], evidence: Iterable[Annotations], articles: int) -> NamedPerson:
    forms: Counter[str] = Counter()
    for mentions in (found.mentions for found in evidence):
        forms.update({mention.text for mention in mentions if mention.name == person or mention.name in names})
    return NamedPerson(person, articles, tuple(sorted(forms.items(), key=lambda form: (-form[1], form[0]))))


def _distinct(numbers: Numbers, collection: Collection) -> int:
    """How many records there are, of those that say the same one."""
    return len(numbers) if collection.groups is None else collection.groups.count(numbers)


def _keys(found: Found, collection: Collection, request: Request) -> Keys:
    """What the order asked for goes by; what has no date comes last, ties go to the newer."""

    def last_day(at: Any) -> Array:
        days: Array = collection.dates.last_day[found.numbers[at]]
        return days

    def undated(at: Any) -> Array:
        return last_day(at) < 0

    def later(at: Any) -> Array:
        return -last_day(at)

    better = Greatest(found.scores)

    def fresher(at: Any) -> Array:
        days = last_day(at)
        age = collection.dates.last_day.max(initial=0) - np.where(days < 0, 0, days)  # whatever day it is today
        fresh: Array = better(at) * np.exp2(-age / HALF_LIFE)
        return fresh

    match request.sort:
        case "newest":
            return undated, later, better
        case "oldest":
            return undated, last_day, better
        case "highest":
            return lambda at: -collection.figures.amount(found.numbers[at]), later
        case "lowest":
            return lambda at: collection.figures.amount(found.numbers[at]), later
        case "fresh":
            return fresher, later
        case _:
            return better, later


def _counted(
    collection: Collection, found: _Found, request: Request, listed: int
) -> dict[str, tuple[tuple[FacetValue, ...], int]]:
    """By facet its values, counted over all selections but its own, and how many there are, listed or not."""
    every = Records(found.chosen.numbers, collection.groups)
    counted = {}
    for name in FACETS:
        records = every
        if name in found.masks:
            passing = all_but(found.masks, name)
            matched = found.matched.numbers
            records = Records(matched if passing is None else matched[passing], collection.groups)
        counted[name] = _facet(name, collection, records, request, listed)
    return counted


def _facet(
    name: str, collection: Collection, records: Records, request: Request, listed: int
) -> tuple[tuple[FacetValue, ...], int]:
    column, selected, left_out, unknown = collection.columns[name], request.selections.get(name, ()), 0, 0
    if isinstance(column, DateColumn):
        counted, unknown = column.histogram(records)
    else:
        tallied = column.tally(records)
        counted, there = most_frequent(tallied, column.value, listed)
        # What is selected, and what a selected range is of, is listed with the most frequent.
        for value in map(noun_of, selected) if name == "figure" else selected:
            code = column.code(value)
            if code >= 0 and tallied[code]:
                counted.setdefault(value, int(tallied[code]))
        left_out = there - len(counted)
        if name == "outlet":
            unknown = column.unknown(records)
    if isinstance(column, FigureColumn):
        counted |= column.ranges(counted, records, selected)
    ready = tuple(page_ready(column, counted, unknown, records, selected, _LABELS.get(name)))
    return ready, left_out + len(ready)
