"""What several tokens are together, numbered as `Forms` numbers single ones: an archive repeats its compounds, too."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from index.german.terms import TermKind

Terms = tuple[tuple[TermKind, str], ...]

_Key = TypeVar("_Key", bound=Hashable)


class _Numbers(dict[_Key, int]):
    """The number of each key, handed out in the order first asked for, and its terms put behind the others."""

    def __init__(self, terms: list[Terms], read: Callable[[_Key], Terms]) -> None:
        super().__init__()
        self._terms, self._read = terms, read

    def __missing__(self, key: _Key) -> int:
        terms = self._read(key)
        self[key] = number = len(self._terms)
        self._terms.append(terms)
        return number


class Together:
    """By number the terms of what tokens are together.

    `compounds` numbers hyphen compounds by their texts, `single` what is one term, by this.
    """

    def __init__(self, terms_of_compound: Callable[[str], Terms]) -> None:
        self.terms: list[Terms] = []
        self.compounds = _Numbers(self.terms, terms_of_compound)
        self.single = _Numbers[tuple[TermKind, str]](self.terms, lambda term: (term,))
