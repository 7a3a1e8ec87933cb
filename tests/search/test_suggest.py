"""Help while typing: what the beginning of a word or a name becomes."""

import random
import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.german.fold import folded
from index.word_counts import key_of
from search import Archive
from search.facets import ValueColumn
from search.lexicon import Lexicon, Strings
from search.suggest import LIMIT, Suggester, completed
from tests.search.made_up import made_up_words

VOCABULARY = {
    "Soldaten": 40, "soldaten": 2, "SOLDATEN": 1, "Soldat": 20, "Solidarität": 10, "Sommer": 30, "sollte": 90,
    "sollen": 95, "militärisch": 12, "Militär": 25, "Militaria": 3, "Straße": 9, "STRASSE": 1, "Israel": 50,
    "aktuell": 8, "Duell": 4, "Bären": 6, "Baracke": 5, "Berlin": 80, "Blindgänger": 7, "Schifffahrt": 4,
    "Journalist:innen": 2, "und": 400, "Unda": 1, "Präsident": 33, "Kim": 11, "Kurve": 1,
}  # fmt: skip


class Names(ValueColumn):
    """A column of names made of plain values: name -> (records, other spellings)."""

    def __init__(self, names: dict[str, tuple[int, tuple[str, ...]]]) -> None:
        self.values = list(names)
        self.totals = np.array([count for count, _ in names.values()])
        self.terms_of = {name: [name, *others] for name, (_, others) in names.items()}


PERSONS = Names(
    {
        "Antony Blinken": (7, ("Anthony Blinken",)),
        "Wolodymyr Selenskyj": (9, ("Volodymyr Zelensky", "Selenskyj")),
        "Kim Yong-hyun": (3, ()),
        "Kim Jong Un": (5, ()),
        "J. D. Vance": (2, ()),
        "Jürgen Müller": (1, ()),
    }
)
OUTLETS = Names({"Berliner Kurier": (12, ()), "tagesschau.de": (8, ()), "Süd-Anzeiger": (2, ())})


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(Lexicon(VOCABULARY), PERSONS, OUTLETS)


SUGGESTED = [
    ("Sold", ["Soldaten 43", "Soldat 20"]),
    ("sold", ["Soldaten 43", "Soldat 20"]),
    ("Militä", ["Militär 25", "militärisch 12"]),
    ("Militae", ["Militär 25", "militärisch 12"]),
    ("milita", ["Militär 25", "militärisch 12", "Militaria 3"]),
    ("Bä", ["Bären 6"]),
    ("Bar", ["Bären 6", "Baracke 5"]),
    ("Straß", ["Straße 10"]),
    ("Stras", ["Straße 10"]),
    ("Isra", ["Israel 50"]),
    ("Israe", ["Israel 50"]),
    ("Aktue", ["aktuell 8"]),
    ("Due", ["Duell 4"]),
    ("Schiffahr", ["Schifffahrt 4"]),
    ("Schifff", ["Schifffahrt 4"]),
    ("Journalist:in", ["Journalist:innen 2"]),
    ("Un", ["Unda 1", "person Kim Jong Un 5"]),
    ("Bli", ["Blindgänger 7", "person Antony Blinken 7"]),
    ("blinken", ["person Antony Blinken 7"]),
    ("Antony Bli", ["person Antony Blinken 7", "Blindgänger 7"]),
    ("Anthony Bl", ["person Antony Blinken 7", "Blindgänger 7"]),
    ("Zelen", ["person Wolodymyr Selenskyj 9"]),
    ("Kim Y", ["person Kim Yong-hyun 3"]),
    ("Kim Yong-h", ["person Kim Yong-hyun 3"]),
    ("Kim", ["Kim 11", "person Kim Jong Un 5", "person Kim Yong-hyun 3"]),
    ("J. D. V", ["person J. D. Vance 2"]),
    ("Müll", ["person Jürgen Müller 1"]),
    ("Muell", ["person Jürgen Müller 1"]),
    ("juergen mul", ["person Jürgen Müller 1"]),
    ("Berl", ["Berlin 80", "outlet Berliner Kurier 12"]),
    ("Kur", ["Kurve 1", "outlet Berliner Kurier 12"]),
    ("Tagess", ["outlet tagesschau.de 8"]),
    ("tagesschau.d", ["outlet tagesschau.de 8"]),
    ("Sued", ["outlet Süd-Anzeiger 2"]),
    ("nordkoreanische Sold", ["Soldaten 43", "Soldat 20"]),
    ("US-Präs", ["Präsident 33"]),
    ('"junge Sold', ["Soldaten 43", "Soldat 20"]),
    ("(Sommer ODER Sold", ["Soldaten 43", "Soldat 20"]),
    ("-Sold", ["Soldaten 43", "Soldat 20"]),
    ("titel:Kur", ["Kurve 1"]),
    ("person:Bli", ["person Antony Blinken 7"]),
    ('Person:"Antony Bli', ["person Antony Blinken 7"]),
    ("sprecher:Selen", ["person Wolodymyr Selenskyj 9"]),
    ("quelle:Ber", ["outlet Berliner Kurier 12"]),
    ("agentur:Ber", []),
    ("datum:Ber", []),
    ("Soldaten ", []),
    ("Sold*", []),
    ("Soldaten UND", []),
    ("2024", []),
    ("Qx", []),
    ("", []),
    ("…", []),
]


@pytest.mark.parametrize(("typed", "suggestions"), SUGGESTED)
def test_what_is_typed_becomes(suggester: Suggester, typed: str, suggestions: list[str]) -> None:
    found = suggester.suggest(typed)
    shown = [f"{'' if s.kind == 'word' else s.kind + ' '}{s.text} {s.count}" for s in found]
    assert sorted(shown) == sorted(suggestions)


PLACES = [
    ("Soldaten Ber", {("Berlin", 9), ("Berliner Kurier", 9)}),
    ("US-Präs", {("Präsident", 3)}),
    ("Truppen Antony Bli", {("Antony Blinken", 8), ("Blindgänger", 15)}),
    ('person:"Antony Bli', {("Antony Blinken", 8)}),
]


@pytest.mark.parametrize(("typed", "places"), PLACES)
def test_a_suggestion_says_from_where_it_goes(suggester: Suggester, typed: str, places: set[tuple[str, int]]) -> None:
    assert {(s.text, s.start) for s in suggester.suggest(typed)} == places


COMPLETED = [
    ("junge Sold", "Soldaten", "junge Soldaten"),
    ('"junge Sold', "Soldaten", '"junge Soldaten'),
    ("titel:Kur", "Kurve", "titel:Kurve"),
    ("Bli", "Antony Blinken", 'person:"Antony Blinken"'),
    ("Truppen -Antony Bli", "Antony Blinken", 'Truppen -person:"Antony Blinken"'),
    ('Truppen "Antony Bli', "Antony Blinken", 'Truppen person:"Antony Blinken"'),
    ("Truppen „Antony Bli", "Antony Blinken", 'Truppen person:"Antony Blinken"'),
    ('"rote Linie" Antony Bli', "Antony Blinken", '"rote Linie" person:"Antony Blinken"'),
    ("sprecher:Bli", "Antony Blinken", 'sprecher:"Antony Blinken"'),
    ('sprecher:"Antony Bli', "Antony Blinken", 'sprecher:"Antony Blinken"'),
    ("sprecher:(NIS ODER Bli", "Antony Blinken", 'sprecher:(NIS ODER "Antony Blinken"'),
    ("Truppen Tagess", "tagesschau.de", 'Truppen quelle:"tagesschau.de"'),
    ("medium:Tagess", "tagesschau.de", 'medium:"tagesschau.de"'),
]


@pytest.mark.parametrize(("typed", "chosen", "query"), COMPLETED)
def test_a_suggestion_makes_a_query(suggester: Suggester, typed: str, chosen: str, query: str) -> None:
    (suggestion,) = (s for s in suggester.suggest(typed) if s.text == chosen)
    assert completed(typed, suggestion) == query


def test_kinds_have_shares_and_take_what_others_leave() -> None:
    words = {
        f"Bund{ending}": 100 + len(ending) for ending in ("", "e", "es", "esr", "esra", "esrat", "eslan", "espost")
    }
    persons = Names({f"Anna Bund{'a' * n}": (n, ()) for n in range(1, 9)})
    outlets = Names({"Bundblatt": (1, ())})
    suggest = Suggester(Lexicon(words), persons, outlets).suggest
    assert [s.kind for s in suggest("Bund")] == ["word"] * 5 + ["person"] * 4 + ["outlet"]
    assert [s.count for s in suggest("Bund")[5:9]] == [8, 7, 6, 5]
    none = Names({})
    assert [s.kind for s in Suggester(Lexicon(words), none, outlets).suggest("Bund")] == ["word"] * 8 + ["outlet"]
    assert len(Suggester(Lexicon({}), persons, none).suggest("Bund")) == 8
    assert len(suggest("Bund", limit=3)) == 3


def test_one_name_in_many_spellings_crowds_out_no_other() -> None:
    spellings = tuple(f"{letters}a Putin" for letters in map("".join, product("abcd", repeat=4)))
    persons = Names({"Anna Putin": (100, spellings), "Vera Putina": (90, ()), "Olga Putins": (80, ())})
    suggested = Suggester(Lexicon({}), persons, Names({})).suggest
    assert [s.text for s in suggested("Put")] == ["Anna Putin", "Vera Putina", "Olga Putins"]
    assert [s.text for s in suggested("a")] == ["Anna Putin"]


@given(st.dictionaries(st.text("aäbes", min_size=1, max_size=4), st.integers(1, 9)), st.text("aäbes", max_size=3))
def test_no_better_word_is_missed(vocabulary: dict[str, int], typed: str) -> None:
    lexicon = Lexicon(vocabulary)
    suggester = Suggester(lexicon, Names({}), Names({}))
    found = suggester.suggest(typed)
    readings = {typed, key_of(typed)}
    fits = {
        lexicon.shown[n]: int(lexicon.counts[n])
        for n, key in enumerate(lexicon.keys)
        if any(form.startswith(r) for r in readings for form in (key, key.replace("ä", "a")))
        and key not in folded("queries", "stop_words")
    }
    best = sorted(fits.values(), reverse=True)[:LIMIT] if typed else []
    assert [s.count for s in found] == best
    assert all(fits[s.text] == s.count for s in found)


@given(st.text(max_size=300))
def test_whatever_is_typed_there_is_an_answer(typed: str) -> None:
    suggester = Suggester(Lexicon(VOCABULARY), PERSONS, OUTLETS)
    assert all(0 <= s.start < len(typed) for s in suggester.suggest(typed))


@given(st.lists(st.text(max_size=5)))
def test_packed_strings_are_the_strings(strings: list[str]) -> None:
    packed = Strings(strings)
    assert list(packed) == packed[:] == [packed[at] for at in range(len(packed))] == strings


def test_an_archive_s_own_names_are_suggested(archive: Archive) -> None:
    columns = archive._current().collections["article"].columns
    suggester = Suggester(Lexicon({"Anzug": 1}), columns["person"], columns["outlet"])
    assert [(s.text, s.kind, s.count) for s in suggester.suggest("An")] == [
        ("Anzug", "word", 1),
        ("Anna Berg", "person", 2),
        ("Anzeiger", "outlet", 2),
    ]


@pytest.mark.slow
def test_a_large_archive_is_suggested_from_in_time() -> None:
    vocabulary = made_up_words(1_000_000)
    rng, words = random.Random(1), list(vocabulary)
    persons = Names({f"{rng.choice(words)} {rng.choice(words)}".title(): (1, ()) for _ in range(200_000)})
    suggester = Suggester(Lexicon(vocabulary), persons, OUTLETS)
    typed = [word[: rng.randint(1, 7)] for word in rng.sample(words, 200)]
    took = []
    for text in [*typed, *(f"{name} "[:-3] for name in persons.values[:100])]:
        began = time.perf_counter()
        assert suggester.suggest(text)
        took.append(time.perf_counter() - began)
    assert float(np.median(took)) < 0.02
