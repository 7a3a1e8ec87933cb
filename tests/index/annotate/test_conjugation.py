"""The forms of verbs, from their principal parts."""

import pytest

from index.annotate.conjugation import strong_forms, weak_forms


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("sagen", {"sagt", "sage", "sagte", "sagen", "sagten", "gesagt"}),
        ("antworten", {"antwortet", "antworte", "antwortete", "antworten", "antworteten", "geantwortet"}),
        ("behaupten", {"behauptet", "behaupte", "behauptete", "behaupten", "behaupteten"}),
        ("zitieren", {"zitiert", "zitiere", "zitierte", "zitieren", "zitierten"}),
        ("äußern", {"äußert", "äußere", "äußerte", "äußern", "äußerten", "geäußert"}),
        ("ahnen", {"ahnt", "ahne", "ahnte", "ahnen", "ahnten", "geahnt"}),
    ],
)
def test_weak_verbs(entry: str, expected: set[str]) -> None:
    assert {spelling for spelling, _ in weak_forms(entry)} == expected


def test_separable_verbs_stand_apart_and_joined() -> None:
    forms = weak_forms("mit|teilen")
    roles = {(spelling, form.role) for spelling, form in forms}
    assert {("teilte", "finite"), ("mitteilte", "joined"), ("mitgeteilt", "participle")} <= roles
    assert {form.lemma for _, form in forms} == {"mitteilen"}


def test_strong_verbs() -> None:
    forms = strong_forms(["an|geben", "gibt", "gab", "gegeben"])
    numbers = {spelling: form.plural for spelling, form in forms}
    assert numbers["gab"] is False
    assert numbers["gaben"] is True
    assert numbers["angegeben"] is None
    assert {"gibt", "angab", "angeben"} <= numbers.keys()


def test_mixed_verbs_have_a_plural_in_n() -> None:
    assert "nannten" in {spelling for spelling, _ in strong_forms(["nennen", "nennt", "nannte", "genannt"])}
