"""The sample articles: clean once read, and what the demonstration needs."""

import re
from pathlib import Path

import pytest

from index.annotate.tables import load_tables
from index.clean import Cleaner
from index.model import Article, RawArticle
from index.readers import find_files, read_file

SEEDS = Path(__file__).parents[2] / "seeds"
SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    cleaner = Cleaner(load_tables())
    raw = [item for path in find_files([SEEDS]) for item in read_file(path)]
    assert all(isinstance(item, RawArticle) for item in raw)
    return [cleaner.to_article(item, str(n)) for n, item in enumerate(raw) if isinstance(item, RawArticle)]


def test_there_are_enough_and_of_all_shapes(articles: list[Article]) -> None:
    assert len(articles) >= 12
    for known in ("date", "outlet", "agencies"):
        assert {bool(getattr(article, known)) for article in articles} == {True, False}
    assert {article.date.precision for article in articles if article.date} >= {"day", "month"}
    assert all(90 <= len(article.text.split()) <= 350 for article in articles)


def test_no_dirt_is_left(articles: list[Article]) -> None:
    dirt = re.compile(
        r"""
        Cookie | Paywall | isPaid | Newsletter | Lesen\ Sie | Das\ könnte\ Sie | Mehr\ zum\ Thema | Foto: | ©
        | Impressum | Zum\ Inhalt | Stand: | Teilen | Kommentar | Video: | Zusammenfassung | \bdate\b | Veröffentlicht
        | Aktualisiert | Folgen\ Sie | Jetzt\ kostenlos | Lesezeit | Startseite
        """,
        re.VERBOSE,
    )
    assert not [(one.title, found[0]) for one in articles if (found := dirt.search(f"{one.title}\n{one.text}"))]


def test_soldiers_are_counted_differently_on_different_days(articles: list[Article]) -> None:
    count = re.compile(r"(\d[\d.]*\d) (?:\w+ )?(?:Soldaten|Mann|Infanteristen|Angehörige)")
    found = {article.title: set(count.findall(article.text)) for article in articles if "Soldaten" in article.text}
    assert len([title for title, counts in found.items() if counts]) >= 5
    assert len(set().union(*found.values())) >= 6


def test_a_speaker_is_quoted_in_several_articles(articles: list[Article]) -> None:
    quoted = [
        article for article in articles if re.search(r"“, sagte (?:US-Außenminister |Antony )*Blinken", article.text)
    ]
    assert len(quoted) >= 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference texts are not here")
def test_no_sentence_is_taken_from_elsewhere(articles: list[Article]) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    ours = set().union(*(runs(f"{article.title} {article.text}") for article in articles))
    for path in sorted(SHARED.rglob("*")):
        if path.suffix in (".txt", ".jsonl"):
            assert not ours & runs(path.read_text("utf-8")), path
