"""A small index of records made by hand, so that every count is known."""

from collections.abc import Iterator

import pytest

from index.collections import CollectionWriter
from index.folder import IndexFolder
from index.model import Kind, PartialDate, Record
from index.rows import write_facets
from search import Archive, open_archive


def record(
    number: int,
    text: str,
    *,
    title: str = "",
    kind: Kind = "article",
    date: str | None = None,
    outlet: str | None = None,
    speakers: tuple[str, ...] = (),
) -> Record:
    return Record(
        id=f"r{number}",
        kind=kind,
        article_id=f"r{number}",
        title=title or f"Titel {number}",
        text=text,
        date=PartialDate.parse(date) if date else None,
        outlet=outlet,
        agencies=("dpa",) if number % 2 else (),
        persons=speakers,
        speakers=speakers,
        figures=("Soldat",) if "Soldat" in text else (),
        path=f"{number}.txt",
        stored={"annotations": {"sentences": [[0, len(text)]]}},
    )


RECORDS = [
    record(1, "Die Soldaten stehen an der Grenze.", date="2024-10-18", outlet="Kurier", speakers=("Anna Berg",)),
    record(2, "Ein Soldat sprach mit dem Militaer.", date="2024-10-31", outlet="Kurier", speakers=("Anna Berg", "NIS")),
    record(3, "Truppen und legitime militärische Ziele.", date="2024-10", outlet="Anzeiger", speakers=("NIS",)),
    record(4, "Der Soldat schweigt. Seine Ziele sind militärisch.", outlet="Anzeiger"),
    record(5, "Das Wetter wird schön.", title="Soldaten im Regen", date="2024-11-02"),
    record(6, "„Wir warten“, sagte der Soldat.", kind="statement", date="2024-10-18", speakers=("Anna Berg",)),
]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = IndexFolder(tmp_path_factory.mktemp("archive") / "index")
    with folder.locked(), folder.next_generation(full=True) as generation:
        with CollectionWriter(generation) as writer:
            writer.add(RECORDS)
        write_facets(generation, {})
    yield open_archive(folder.path)
