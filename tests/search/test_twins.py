"""Records that say the same: which they are among those found, and how many are named."""

import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index import load_tables, reindex
from search import Request, open_archive
from search.answer import answer_as_json
from search.hits import MOST_TWINS
from search.twins import differences, groups_of


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.data())
def test_the_others_of_a_group_are_those_found(group_of: list[int], data: st.DataObject) -> None:
    groups = groups_of([[n for n, own in enumerate(group_of) if own == one] for one in set(group_of)], len(group_of))
    found = sorted(data.draw(st.sets(st.sampled_from(range(len(group_of))))))
    for number in range(len(group_of)):
        if groups is None:
            break
        others = [n for n in found if n != number and group_of[n] == group_of[number]]
        assert groups.others(number, np.array(found, np.intp)).tolist() == others


def test_few_of_many_that_say_the_same_are_named(tmp_path: Path) -> None:
    text = (
        "Die Soldaten warten seit Montag an der Grenze auf neue Befehle aus der Hauptstadt und frieren dort sehr. " * 3
    )
    lines = [json.dumps({"id": str(n), "outlet": f"Blatt {n}", "text": text}) for n in range(MOST_TWINS + 5)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reindex([tmp_path / "a.jsonl"], tmp_path / "index", load_tables())
    response = open_archive(tmp_path / "index").search(Request("Soldaten"))
    (hit,) = response.hits
    assert (len(hit.also), hit.also_left_out) == (MOST_TWINS, 4)
    (told,) = answer_as_json(response)["hits"]
    assert (len(told["also"]), told["also_left_out"]) == (MOST_TWINS, 4)


def test_long_texts_are_not_compared_word_by_word() -> None:
    assert differences("ja nein " * 2_000, "ja doch " * 2_000) == ()
    assert differences("ja nein", "ja doch") == ((3, 7),)
