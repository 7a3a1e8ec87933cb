"""What a reindexing has to do, from values alone."""

from hypothesis import given
from hypothesis import strategies as st

from index.model import PartialDate, RawArticle
from index.plan import article_hash, lies_in, make_plan


def test_plan_tells_apart_what_is_new_changed_same_and_gone() -> None:
    known = {"a/1": "x", "a/2": "x", "a/3": "x", "b/1": "x"}
    plan = make_plan(known, {"a/1": "x", "a/2": "y", "a/4": "z", "a/5": None}, ["a"])
    assert plan.read == ("a/2", "a/4", "a/5")
    assert plan.same == ("a/1",)
    assert plan.gone == {"a/3"}  # b lies outside what was asked for


paths = st.sampled_from([f"{folder}/{name}" for folder in ("a", "a/b", "c") for name in range(4)])
hashes = st.sampled_from(["x", "y", "z"])


@given(st.dictionaries(paths, hashes), st.dictionaries(paths, hashes))
def test_carrying_out_a_plan_leaves_nothing_to_do(known: dict[str, str], found: dict[str, str]) -> None:
    plan = make_plan(known, found, ["."])
    assert sorted(plan.read + plan.same) == sorted(found)
    assert not set(plan.gone) & set(found)
    after = {path: found[path] for path in plan.read + plan.same}
    assert make_plan(after, found, ["."]) == type(plan)((), tuple(found), frozenset())


def test_lies_in() -> None:
    assert lies_in("a/b", {"c", "a"}) and lies_in("a/b", {"a/b"}) and lies_in("a/b", {"."}) and lies_in("/x/y", {"/"})
    assert not lies_in("ab/c", {"a"}) and not lies_in("a", {"a/b", "c"}) and not lies_in("/x/y", {"."})


def test_an_article_has_another_hash_when_anything_of_it_changes() -> None:
    raw = RawArticle("a.txt", "Text", title="Titel", date=PartialDate(2024, 10), line=3)
    again = RawArticle("a.txt", "Text", title="Titel", date=PartialDate(2024, 10), line=4)
    assert article_hash(raw, "r") == article_hash(again, "r")  # its line is no part of it
    others = [RawArticle("a.txt", "Text"), RawArticle("a.txt", "Text", title="Titel", date=PartialDate(2024))]
    assert len({article_hash(other, "r") for other in [raw, *others]} | {article_hash(raw, "s")}) == 4
