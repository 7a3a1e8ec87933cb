"""The forms of German verbs that can carry a statement, made from their principal parts.

In: an infinitive ("mit|teilen") or the parts of a strong verb. Out: forms with what they can be in a clause.

Only the third person is made, present and past, singular and plural, and the participle: no news report says
"sagtest". Rules of weak conjugation after Duden, Die Grammatik, "Verb: Konjugation".
"""

from dataclasses import dataclass
from typing import Literal

Role = Literal["finite", "joined", "participle"]
"""How a form stands in a clause: finite (a separable particle stands at the end), finite with its particle joined
in front of it ("mitteilte"), or as a participle."""

_UNSTRESSED = (
    "be",
    "emp",
    "ent",
    "er",
    "ge",
    "ver",
    "zer",
    "miss",
    "wider",
    "unter",
    "über",
    "hinter",
    "voll",
    "wieder",
)
"""Prefixes whose verbs have no "ge-" in the participle."""


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form of a verb: `lemma` is the infinitive as one word, `plural` None where the form may be either number.

    `apart` is the word of the particle that has to stand in the text beside the form, if one has to: the last one of
    "zum Ausdruck".
    """

    lemma: str
    particle: str
    role: Role
    plural: bool | None
    apart: str = ""


def weak_forms(entry: str) -> list[tuple[str, VerbForm]]:
    """The forms of a weak verb, each with its spelling."""
    _, stem = _parts(entry)
    if entry.endswith(("eln", "ern")):
        present, first, plural = stem + "t", stem + "e", stem + "n"
    else:
        present, first, plural = stem + ("et" if _needs_e(stem) else "t"), stem + "e", stem + "en"
    augment = "" if stem.startswith(_UNSTRESSED) or stem.endswith("ier") else "ge"
    return _forms(entry, plural, (present, first, present + "e"), augment + present)


def strong_forms(parts: list[str]) -> list[tuple[str, VerbForm]]:
    """The forms of a strong or mixed verb from its infinitive, third person present, past and participle."""
    entry, present, past, participle = parts
    _, stem = _parts(entry)
    return _forms(entry, stem + "en", (present, stem + "e", past), participle)


def _parts(entry: str) -> tuple[str, str]:
    particle, _, verb = entry.rpartition("|")
    return particle, verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")


def _needs_e(stem: str) -> bool:
    if stem.endswith(("t", "d")):
        return True
    return stem.endswith(("m", "n")) and len(stem) > 2 and stem[-2] not in "aeiouäöüyhlrmn"


def _forms(entry: str, plural: str, singular: tuple[str, str, str], participle: str) -> list[tuple[str, VerbForm]]:
    past = singular[2]
    finite = {form: False for form in singular}
    finite |= {plural: True, past + ("n" if past.endswith("e") else "en"): True}
    lemma, particle = entry.replace("|", ""), entry.rpartition("|")[0]
    glue = particle.rpartition(" ")[2]
    forms = [(form, VerbForm(lemma, particle, "finite", number, glue)) for form, number in finite.items()]
    whole = ("", "") if not glue[:1].isupper() else (particle, glue)
    forms.append((glue + participle, VerbForm(lemma, whole[0], "participle", None, whole[1])))
    if particle:
        forms += [(glue + form, VerbForm(lemma, particle, "joined", number)) for form, number in finite.items()]
        forms.append((participle, VerbForm(lemma, particle, "participle", None, glue)))
    return forms
