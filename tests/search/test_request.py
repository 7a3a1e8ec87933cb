"""A request and its text form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.errors import RequestError
from index.model import KINDS, PartialDate
from search.model import SORTS, Request
from search.request import params_of, request_from_params


def read(*pairs: tuple[str, str]) -> Request:
    return request_from_params(MultiDict(list(pairs)))


def test_nothing_given_asks_for_everything() -> None:
    assert read() == Request() and read(("q", " "), ("page", ""), ("speaker", "")) == Request()


def test_every_parameter_is_read() -> None:
    request = read(
        ("q", "Soldaten"), ("kind", "statement"), ("from", "2024-10"), ("to", "2024-11-03"), ("date", "2024-10-18"),
        ("outlet", "a"), ("outlet", "b"), ("speaker", "Antony Blinken"), ("sort", "newest"), ("page", "2"),
        ("size", "5"),
    )  # fmt: skip
    assert request == Request(
        "Soldaten", "statement", PartialDate(2024, 10), PartialDate(2024, 11, 3),
        {"date": ("2024-10-18",), "outlet": ("a", "b"), "speaker": ("Antony Blinken",)}, "newest", 2, 5,
    )  # fmt: skip


values = st.text(min_size=1, max_size=8).filter(str.strip)
dates = st.builds(PartialDate, st.integers(1, 9999), st.integers(0, 12))
requests = st.builds(
    Request,
    query=values.map(str.strip),
    kind=st.sampled_from(KINDS),
    first=st.none() | dates.filter(lambda d: d.year < 2000),
    last=st.none() | dates.filter(lambda d: d.year >= 2000),
    selections=st.dictionaries(
        st.sampled_from(["outlet", "person", "speaker", "figure"]),
        st.lists(values, min_size=1, max_size=3, unique=True).map(tuple),
    ),
    sort=st.sampled_from(SORTS[:3]),
    page=st.integers(1, 99),
    size=st.integers(1, 100),
)


@given(requests)
def test_the_text_form_is_the_whole_request(request: Request) -> None:
    assert read(*params_of(request)) == request


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "book"), ("sort", "best"), ("sort", "highest"), ("page", "0"), ("page", "-1"), ("page", "abc"),
        ("outlet", "a" * 1_001), ("page", "9" * 30),
        ("page", "²"), ("size", "101"), ("size", "1.5"), ("from", "2024-13"), ("from", "2024-02-30"), ("to", "gestern"),
        ("date", "0000"), ("date", "31.10.2024"), ("q", "x" * 10_001),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(RequestError, match=name):
        read((name, value))


def test_too_many_values_are_named() -> None:
    read(*(("outlet", str(number)) for number in range(100)))
    with pytest.raises(RequestError, match="101 values"):
        read(("person", "Anna"), *(("outlet", str(number)) for number in range(100)))


def test_bounds_the_wrong_way_round_are_named() -> None:
    with pytest.raises(RequestError, match="swap"):
        read(("from", "2024-11"), ("to", "2024-10"))
