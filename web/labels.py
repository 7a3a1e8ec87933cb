"""Names beside marks where there is room: boxes and texts in, the side that each text stands on out.

All measures are in pixels. What stands earlier is named first; a text that would cover a mark or another text on either
side is left out, and so is one that has been said before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["right", "left"]

LETTER, LINE = 6.6, 14.0
"""The width of a letter, on the safe side, and the height of a line."""

GAP = 2.0
"""What stays free between a mark and its name."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have a place in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def label_sides(marks: Sequence[Box], texts: Sequence[str | None], rooms: Sequence[Box]) -> list[Side | None]:
    """For each mark the side on which its text finds place inside its room, None where it finds none."""
    taken = list(marks)
    sides: list[Side | None] = [None] * len(marks)
    said = set[str]()
    for number, (mark, text, room) in enumerate(zip(marks, texts, rooms, strict=True)):
        if text is None or text in said:
            continue
        for side, box in _beside(mark, len(text) * LETTER):
            inside = room.left <= box.left and box.right <= room.right
            if inside and not any(box.overlaps(other) for other in taken):
                sides[number] = side
                said.add(text)
                taken.append(box)
                break
    return sides


def _beside(mark: Box, width: float) -> tuple[tuple[Side, Box], tuple[Side, Box]]:
    middle = (mark.top + mark.bottom) / 2
    top, bottom = middle - LINE / 2, middle + LINE / 2
    right, left = mark.right + GAP, mark.left - GAP
    return ("right", Box(right, right + width, top, bottom)), ("left", Box(left - width, left, top, bottom))
