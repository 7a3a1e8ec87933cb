"""One person, one name: what is joined, what is not, and that order does not matter."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.tables import load_tables
from index.identity import Identities, NameUse, PersonSettings, identify

TABLES = load_tables()


def use(name: str, articles: int = 1, *roles: str) -> NameUse:
    return NameUse(name, articles, frozenset(roles))


def joined(*uses: NameUse, settings: PersonSettings | None = None) -> dict[str, str]:
    return dict(identify(uses, TABLES, settings).person_of)


PUTIN = [use("Wladimir Putin", 3, "Präsident"), use("Vladimir Putin")]

JOINED = [
    ("hyphens", [use("Kim Yong-hyun", 2), use("Kim Yong Hyun")], {"Kim Yong Hyun": "Kim Yong-hyun"}),
    ("accents", [use("António Guterres", 2), use("Antonio Guterres")], {"Antonio Guterres": "António Guterres"}),
    ("umlauts", [use("Jörg Müller", 2), use("Joerg Mueller")], {"Joerg Mueller": "Jörg Müller"}),
    ("capitals", [use("Antony Blinken", 2), use("ANTONY BLINKEN")], {"ANTONY BLINKEN": "Antony Blinken"}),
    ("transliteration", PUTIN, {"Vladimir Putin": "Wladimir Putin"}),
    (
        "transliterated family names",
        [use("Wolodymyr Selenskyj", 3), use("Volodymyr Zelensky"), use("Wolodymyr Selenski")],
        {"Volodymyr Zelensky": "Wolodymyr Selenskyj", "Wolodymyr Selenski": "Wolodymyr Selenskyj"},
    ),
    ("family name alone", [use("Selenskyj"), use("Wolodymyr Selenskyj", 2)], {"Selenskyj": "Wolodymyr Selenskyj"}),
    ("initial", [use("G. Schröder", 3), use("Gerhard Schröder", 2)], {"G. Schröder": "Gerhard Schröder"}),
    (
        "part of a name",
        [use("Karl Guttenberg"), use("Karl-Theodor zu Guttenberg")],
        {"Karl Guttenberg": "Karl-Theodor zu Guttenberg"},
    ),
    (
        "role among several of one family name",
        [use("Merkur", 1, "Kanzlerin"), use("Anna Merkur", 2, "Bundeskanzlerin", "Kanzlerin"), use("Otto Merkur", 9)],
        {"Merkur": "Anna Merkur"},
    ),
    (
        "role of a common family name",
        [use("Müller", 1, "Bundestrainer"), use("Gerd Müller", 2, "Ex-Bundestrainer", "Bundestrainer")],
        {"Müller": "Gerd Müller"},
    ),
]


@pytest.mark.parametrize(("uses", "person_of"), [case[1:] for case in JOINED], ids=[case[0] for case in JOINED])
def test_names_of_one_person_are_joined(uses: list[NameUse], person_of: dict[str, str]) -> None:
    assert joined(*uses) == person_of


APART = [
    ("spelling of a German family name", [use("Hans Maier"), use("Hans Meyer")]),
    ("two of one family name", [use("Kim"), use("Kim Jong-un"), use("Kim Yong-hyun")]),
    ("a common family name", [use("Müller"), use("Gerd Müller")]),
    ("another role", [use("Merkur", 1, "Trainer"), use("Anna Merkur", 1, "Kanzlerin")]),
    ("other given names", [use("Anna Merkur"), use("Otto Merkur")]),
    ("other middle initials", [use("George W. Bush"), use("George H. W. Bush")]),
    ("one part of several", [use("George Bush"), use("George W. Bush"), use("George H. W. Bush")]),
    ("a person hardly known", [use("Selenskyj"), use("Wolodymyr Selenskyj", 1)]),
    ("given name alone", [use("Anna"), use("Anna Merkur")]),
]


@pytest.mark.parametrize("uses", [case[1] for case in APART], ids=[case[0] for case in APART])
def test_names_of_two_persons_stay_apart(uses: list[NameUse]) -> None:
    assert joined(*uses) == {}


def test_the_user_has_the_last_word() -> None:
    same = PersonSettings(same=(("Der Zar", "Wladimir Putin"),), preferred=("Vladimir Putin",))
    assert joined(*PUTIN, use("Der Zar"), settings=same) == {
        "Wladimir Putin": "Vladimir Putin",
        "Der Zar": "Vladimir Putin",
    }
    assert joined(*PUTIN, settings=PersonSettings(different=(("Wladimir Putin", "Vladimir Putin"),))) == {}


def test_every_join_is_explained() -> None:
    identities = identify([*PUTIN, use("Putin", 1, "Präsident")], TABLES)
    assert {join.rule for join in identities.why("Putin")} == {"transliteration", "role"}
    assert identities.why("Vladimir Putin") == identities.why("Wladimir Putin")
    assert identities.why("Merkel") == []
    assert identities.persons() == [("Wladimir Putin", ["Putin", "Vladimir Putin"])]


words = st.sampled_from(
    ["Kim", "Yong-hyun", "Yong", "Hyun", "Wladimir", "Vladimir", "Putin", "W.", "George", "Bush", "von"]
)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
uses = st.builds(
    NameUse, names, st.integers(1, 5), st.frozensets(st.sampled_from(["Präsident", "Minister"]), max_size=1)
)


@given(st.lists(uses, max_size=12, unique_by=lambda u: u.name), st.integers())
def test_the_order_of_names_does_not_matter(found: list[NameUse], seed: int) -> None:
    shuffled = random.Random(seed).sample(found, len(found))
    first, second = identify(found, TABLES), identify(shuffled, TABLES)
    assert first == second
    assert not set(first.person_of) & set(first.person_of.values())  # one step leads to the one name
    assert isinstance(first, Identities) and len(first.joins) == len(first.person_of)


def test_many_names_alike_take_linear_time() -> None:
    spellings = [use("Anna Maria Müller", 9), *(use(f"Anna {letters}. Müller") for letters in "abcdefgh")]
    alike = [use(f"A{number:04} Müller") for number in range(3_000)]
    of_one = [use(f"Wladimir{'-' * n}Putin {'I' * m}") for n in range(1, 40) for m in range(1, 40)]
    began = time.process_time()
    identify([*spellings, *alike, *of_one], TABLES)
    assert time.process_time() - began < 5
