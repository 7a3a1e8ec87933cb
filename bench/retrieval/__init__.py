"""Known-item retrieval: an article's title is the query, its body alone is indexed; where does the article come?

In: articles with title and text. Out: a table of mean reciprocal rank and recall at 10: a row for each engine, a column
for each way to disturb the queries, once for each mode: every word required, any word enough, and as typed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.retrieval.disturb import disturbed
from bench.retrieval.engines import ENGINES, MODES, Asked, Engine, Mode, Rank
from index.german import QueryChain, default_chain

DEPTH = 10
SEED = 5


def retrieval(shared: Path, limit: int | None = None) -> Iterator[str]:
    """The lines of the table, in Markdown. Stop words are left out of everyone's queries alike."""
    files = [shared / "wikinews" / name for name in ("train.jsonl", "dev.jsonl")]
    articles = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()][:limit]
    chain = QueryChain(default_chain())
    queries = {
        way: [Asked(title, tuple(word.text for word in chain.needed(chain.words(title)))) for title in titles]
        for way, titles in disturbed([article["title"] for article in articles], SEED).items()
    }
    rows = {
        name: _cells(engine, [article["text"] for article in articles], queries) for name, engine in ENGINES.items()
    }
    yield f"{len(articles)} articles; MRR@{DEPTH} / recall@{DEPTH}"
    for mode in MODES:
        yield f"\n| {mode} | {' | '.join(queries)} |"
        yield "|---" * (1 + len(queries)) + "|"
        for name, cells in rows.items():
            yield f"| {name} | {' | '.join(cells[mode])} |"


def _cells(engine: Engine, bodies: Sequence[str], queries: Mapping[str, Sequence[Asked]]) -> dict[str, list[str]]:
    """An engine's figures by mode, one for each way to ask."""
    with TemporaryDirectory() as folder:
        try:
            rank = engine(bodies, Path(folder))
        except ImportError:
            return {mode: ["not installed"] * len(queries) for mode in MODES}
        return {
            mode: ["{:.3f} / {:.3f}".format(*figures(rank, asked, mode)) for asked in queries.values()]
            for mode in MODES
        }


def figures(rank: Rank, queries: Sequence[Asked], mode: Mode) -> tuple[float, float]:
    """Mean reciprocal rank and recall at `DEPTH`; query n asks for article n."""
    reciprocal = found = 0.0
    for number, asked in enumerate(queries):
        ranked = rank(asked, mode, DEPTH)
        if number in ranked:
            reciprocal += 1 / (ranked.index(number) + 1)
            found += 1
    return reciprocal / len(queries), found / len(queries)
