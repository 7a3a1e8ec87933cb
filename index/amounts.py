"""A figure as one term of the index, so that a search can ask for what is counted and how many.

In: a `Figure`. Out: a term, and back: what is counted or measured, the value, and the upper bound of a range.
"""

from typing import NamedTuple

from index.model import Figure

_SEPARATOR = "\t"


class Amount(NamedTuple):
    """How many of what: `group` is the noun or unit, "" if bare; `upper` is `value` where there is no range."""

    group: str
    value: float
    upper: float

    @property
    def term(self) -> str:
        value = repr(float(self.value))
        upper = value if self.upper == self.value else repr(float(self.upper))
        return f"{self.group}{_SEPARATOR}{value}{_SEPARATOR}{upper}"


def figure_group(figure: Figure) -> str:
    """What a figure is a figure of: its counted noun, else its unit; "" for a bare number."""
    return figure.noun or figure.unit or ""


def amount_term(figure: Figure) -> str:
    """The term of a figure's amount."""
    return Amount(figure_group(figure), figure.value, figure.value if figure.upper is None else figure.upper).term


def amount_of(term: str) -> Amount:
    """The amount of a term."""
    group, value, upper = term.rsplit(_SEPARATOR, 2)
    return Amount(group, float(value), float(upper))
