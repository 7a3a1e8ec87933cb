"""The words for what the chain gives: a term, its kind, the field that holds it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

TermKind = Literal["plain", "exact", "stem", "gender", "number", "separable", "part"]
"""What a term is of its token. A "plain" one is the exact form and the stem (or the number) at once, told once."""

Field = Literal["text_exact", "text", "text_parts"]

FIELDS: Mapping[TermKind, tuple[Field, ...]] = {
    "plain": ("text_exact", "text"),
    "exact": ("text_exact",),
    "stem": ("text",),
    "gender": ("text",),
    "number": ("text",),
    "separable": ("text",),
    "part": ("text_parts",),
}
"""The fields that hold the terms of a kind."""


class Term(NamedTuple):
    """One index term. `position` counts tokens from 0; `start` and `end` are offsets of what it stands for."""

    text: str
    position: int
    start: int
    end: int
    kind: TermKind = "stem"
