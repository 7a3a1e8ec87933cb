"""A real index for the tests of the page: the project's seeds and some articles with markup where text should be."""

import json
from pathlib import Path

from index import load_tables, reindex

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

SURNAMES = ["Brandt", "Vogt", "Petersen", "Lindner", "Hartwig", "Sommer", "Kraus", "Wieland", "Thiele", "Busch"]

HOSTILE = "<script>document.title='x'</script><img src=x onerror=alert(1)>"

ARTICLES: list[dict[str, str]] = [
    {
        "id": "feind/1 ?#%",
        "title": f"Soldaten und {HOSTILE}",
        "text": f"Die Soldaten sahen {HOSTILE} am Wegesrand. „Das ist </mark></p> & kein Text“, sagte Antony Blinken."
        "\n\nWeiter unten standen 4.200 Soldaten &lt;und&gt; warteten auf den Befehl zum Abmarsch.",
        "date": "2024-05-02",
        "outlet": f"Bote {HOSTILE}",
        "url": "javascript:alert(1)",
    },
    {
        "id": "lang",
        "title": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3,
        "text": "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung" * 6 + " gilt für Soldaten.",
        "url": "https://zeitung.example/" + "a" * 300,
    },
    {
        "id": "bruecke-datiert",
        "title": "Neue Brücke in Sicht",
        "text": "„Wir werden die Brücke noch in diesem Jahr für alle öffnen“, sagte Tessa Wolters am Donnerstag.",
        "date": "2024-03-14",
        "outlet": "Hafenpost",
    },
    {
        "id": "bruecke-undatiert",
        "title": "Warten auf die Brücke",
        "text": "„Wir werden die Brücke noch in diesem Sommer für alle öffnen“, sagte Tessa Wolters am Donnerstag.",
        "outlet": "Seeblatt",
    },
    *(
        {
            "id": f"serie-{number}",
            "title": f"Manöver der Soldaten, Folge {number}",
            "text": f"Am Morgen rückten {1000 + number} Soldaten aus. „Wir sind bereit“, sagte Lena {surname}. "
            "Nach Angaben von Oberst Jonas Keller kehrten sie am Abend zurück.",
            "date": f"2023-{number % 12 + 1:02d}",
            "outlet": f"Kreisblatt {number % 11}",
        }
        for number, surname in enumerate((SURNAMES * 3)[:25])
    ),
]


def make_index(folder: Path) -> Path:
    """Write the articles below `folder` and index them with the seeds; the path of the index."""
    source = folder / "proben.jsonl"
    source.write_text("\n".join(json.dumps(article) for article in ARTICLES), "utf-8")
    report = reindex([SEEDS, source], folder / "index", load_tables())
    assert not [left for left in report.left_out if left.where.startswith(str(source))], report.left_out
    return folder / "index"
