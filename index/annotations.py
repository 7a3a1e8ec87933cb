"""Files in, one plain annotation line an article out: what `fundstelle annotate` prints.

Only the article's own words count here: nothing is written, no index is needed.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from index.annotate import load_tables
from index.annotate.annotator import Annotator
from index.clean import Cleaner
from index.errors import NothingToReadError, UnreadableError
from index.model import Annotations, Article, DateMention, Figure, RawArticle, Statement
from index.readers import Unreadable, find_files, read_file

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One article's annotations, or why there are none."""

    values: Mapping[str, Any] = field(default_factory=dict)
    failure: str | None = None


def annotate_files(paths: Sequence[Path], rules: Mapping[str, Any]) -> Iterator[Line]:
    """Annotate every article in `paths`. Raises NothingToReadError where there is none."""
    tables = load_tables(rules)
    cleaner, annotator = Cleaner(tables), Annotator(tables)
    files = find_files(paths)
    if not files:
        raise NothingToReadError(f"{', '.join(map(str, paths))}: there are no articles here (.txt or .jsonl).")
    for path in files:
        try:
            for number, item in enumerate(read_file(path), 1):
                if isinstance(item, Unreadable):
                    yield Line(failure=f"{item.path}:{item.line}: {item.reason}")
                else:
                    yield _line(item, item.own_id or _id(item, number), cleaner, annotator)
        except UnreadableError as error:
            yield Line(failure=str(error))


def _line(raw: RawArticle, article_id: str, cleaner: Cleaner, annotator: Annotator) -> Line:
    try:
        article = cleaner.to_article(raw, article_id)
        return Line(_values(raw, article, annotator.annotate(article.text, article.date)))
    except Exception as error:  # whatever one article does, the others go on
        _log.debug("%s: cannot be annotated", raw.path, exc_info=True)
        return Line(failure=f"{raw.path}: cannot be annotated ({type(error).__name__}: {error}); please report it.")


def _id(raw: RawArticle, number: int) -> str:
    stem = Path(raw.path).stem
    return stem if raw.line is None else f"{stem}-{raw.line or number}"


def _values(raw: RawArticle, article: Article, found: Annotations) -> dict[str, Any]:
    values = {
        "id": article.id,
        "title": article.title,
        "date": str(article.date) if article.date else None,
        "outlet": article.outlet,
        "agencies": list(article.agencies),
        "persons": list(found.persons),
        "statements": [_statement(s) for s in found.statements],
        "figures": [_figure(f) for f in found.figures],
        "dates": [_date(d) for d in found.dates],
    }
    return values | ({"text": article.text} if raw.scraped else {})


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "start": s.start,
        "end": s.end,
        "text": s.text,
        "kind": s.kind,
        "cue": s.cue,
        "cue_span": [s.cue_span.start, s.cue_span.end] if s.cue_span else None,
        "speaker": s.speaker,
        "speaker_kind": s.speaker_kind,
        "rule": s.rule,
    }


def _figure(f: Figure) -> dict[str, Any]:
    values = {item.name: getattr(f, item.name) for item in fields(f)}
    return values | {name: _whole(values[name]) for name in ("value", "upper")}


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == value // 1 and abs(value) < 1e18 else value


def _date(d: DateMention) -> dict[str, Any]:
    return {
        "start": d.start,
        "end": d.end,
        "text": d.text,
        "from": d.first.isoformat() if d.first else None,
        "to": d.last.isoformat() if d.last else None,
        "precision": d.precision,
        "rule": d.rule,
    }
