"""Records as an index stores them, and back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from index.model import PartialDate, Record
from index.stored import record_of, stored_record

sentences = st.lists(st.integers(0, 10_000), max_size=20, unique=True).map(
    lambda numbers: [list(pair) for pair in zip(*[iter(sorted(numbers))] * 2, strict=False)]
)


@given(sentences, st.sampled_from([None, PartialDate(2024), PartialDate(2024, 10, 3)]))
def test_a_record_comes_back_as_it_was(spans: list[list[int]], day: PartialDate | None) -> None:
    made = Record(
        id="7",
        kind="article",
        article_id="7",
        title="Ein Titel",
        text="Ein Text.",
        date=day,
        outlet=None,
        agencies=("dpa",),
        persons=("Ada Berg",),
        speakers=(),
        figures=(),
        path="7.txt",
        stored={"sentences": spans, "number": 1},
    )
    assert record_of(json.loads(json.dumps(stored_record(made)))) == made
