"""Seven articles of which it is known what each query finds in them; no word of them is a part of another."""

from bench.comparison.corpus.item import Item


def item(number: int, text: str, date: str | None, outlet: str | None, persons: str = "", figures: str = "") -> Item:
    people = tuple(filter(None, persons.split(",")))
    nouns = tuple((noun, 1000.0 + number) for noun in figures.split())
    ends = tuple(place + 1 for place, letter in enumerate(text) if letter == ".")
    return Item(str(number), f"Meldung {number}", text, date, outlet, (), people, people[:1], nouns, ends)


ITEMS = (
    item(1, "Ein Kran steht am Hafen. Alles ruht.", "2019-05-01", "Kurier", "Anna Klein,Otto Groß", "Kran"),
    item(2, "Der Hafen ist leer. Nichts fährt mehr.", "2019-07-02", "Stern", "Anna Klein", "Boot Kran"),
    item(3, "Der Kran fiel um.\n\nNiemand sah es.", "2020-01-03", "Kurier", "Otto Groß"),
    item(4, "Leuchtende Farben am Museum.", "2021-02-04", "Kurier"),
    item(5, "Das Museum bleibt zu. Der Hafen auch.", None, "Stern", "Otto Groß", "Boot"),
    item(6, "Die Schule beginnt. Es regnet.", "2021-03-05", None),
    item(7, "Am Hafen brennt ein leuchtendes Feuer.", "2020-06-06", "Stern", "Anna Klein"),
)
