"""How a number is meant: about, more than, at most. In: a text and the place of a number. Out: a `Qualifier`."""

from dataclasses import dataclass
from typing import Literal

from index.annotate.tables import Tables

Bound = Literal["lower", "upper"]

_LOOK_BACK = 40
_MOST_WORDS = 4


@dataclass(slots=True)
class Qualifier:
    """Whether a value is approximate, and whether it is a limit; `start` is where the words that say so start."""

    start: int
    approximate: bool = False
    bound: Bound | None = None


class QualifierFinder:
    """Knows the table `approximations`."""

    def __init__(self, tables: Tables) -> None:
        table = tables["approximations"]
        meaning = table["meaning"]
        self._before: dict[str, tuple[bool, Bound | None]] = {}
        for group, phrases in table["before"].items():
            bound: Bound | None = (
                "lower" if group in meaning["lower"] else "upper" if group in meaning["upper"] else None
            )
            for phrase in phrases:
                self._before[phrase] = (group in meaning["approximate"], bound)
        self._last_words = {phrase.rpartition(" ")[2] for phrase in self._before}
        self._after_lower: tuple[str, ...] = tuple(f" {phrase}" for phrase in table["after"]["lower"])
        self._after_upper: tuple[str, ...] = tuple(f" {phrase}" for phrase in table["after"]["upper"])

    def before(self, text: str, pos: int) -> Qualifier:
        """What the words before a number say of it; several may stand in a row ("mindestens rund")."""
        found = Qualifier(pos)
        while phrase := self._phrase(text, found.start):
            approximate, bound = self._before[phrase[0]]
            found = Qualifier(phrase[1], found.approximate or approximate, found.bound or bound)
        return found

    def _phrase(self, text: str, pos: int) -> tuple[str, int] | None:
        window = text[max(0, pos - _LOOK_BACK) : pos]
        if not window or "\n\n" in window[-3:]:
            return None
        words = window.lower().split()[-_MOST_WORDS:]
        if words and words[-1] in ("~", "≈", ">", "<", "≥", "≤") and window[-1] in "~≈><≥≤ ":
            return words[-1], pos - len(window) + window.rindex(words[-1])
        if window[-1] not in " \u00a0\u202f\t\n~":
            return (window[-1], pos - 1) if window[-1] in self._before else None
        if not words or words[-1].lstrip('(„"“»«') not in self._last_words:
            return None
        for count in range(len(words), 0, -1):
            phrase = " ".join(words[-count:])
            if phrase.lstrip('(„"“»«') in self._before:
                start = pos - len(window) + window.lower().rindex(words[-count])
                return phrase.lstrip('(„"“»«'), start
        return None

    def after(self, text: str, pos: int) -> Bound | None:
        """The limit that words behind a figure say: "und mehr"."""
        following = text[pos : pos + 20]
        if following.startswith(self._after_lower):
            return "lower"
        return "upper" if following.startswith(self._after_upper) else None
