"""What marks a statement: the values that the finders of cues hand to the rules of reach and of speakers.

All indices are of words. `first` and `last` of a cue are inclusive, of everything else `last` is exclusive.
"""

from dataclasses import dataclass
from typing import Literal

Place = Literal["subject", "agent", "phrase", "carry_on"]
"""Where the speaker stands: as the subject of a verb, behind "von" (agent), in a phrase beside the cue, or in
the statement before (carry_on)."""


@dataclass(slots=True)
class VerbCue:
    """A verb of saying: `verb` is the word that bears it, `first` and `last` (inclusive) its outermost words.

    `opening` is the clause with which the verb's clause begins: an aside may part the two ("wie Berg, die Chefin,
    mitteilte"). `finite` is the finite verb of the clause, which stands beside the subject. Of a `passive` the
    subject does not speak. `plural` is the number of the finite verb, None where the form does not tell.
    """

    clause: int
    opening: int
    verb: int
    first: int
    last: int
    finite: int
    lemma: str
    passive: bool
    subordinate: bool
    plural: bool | None


@dataclass(slots=True)
class Attribution:
    """A cue, where its speaker is named, and what it reports.

    `cue_first` to `cue_last` bound the cue, which stands in clause number `clause`; `speaker` bounds the words among
    which the speaker is named; `first` to `last` bound what is reported: nothing but quotations where they are equal.
    """

    rule: str
    cue_first: int
    cue_last: int
    clause: int
    place: Place
    speaker: tuple[int, int]
    first: int
    last: int
    verb: VerbCue | None = None
