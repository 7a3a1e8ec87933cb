"""The examples from which the tagger of names learns.

In: sentences of tagged tokens (GermEval 2014: PER, ORG, LOC, OTH with B- and I-), the tables, and the two files beside
this one: `person_sentences.txt`, news sentences with slots, and `person_organizations.txt`, what goes into one of them.
Out: runs of words with their features and tags.

Each sentence that names persons is also learned with other names in their places, drawn with a fixed seed, so that the
tagger learns from the words around a name and not the names by heart.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.annotate.names_classes import WordClasses
from index.annotate.names_features import POSITIONS, pair_features, place_features, word_features
from index.annotate.names_tokens import BOUNDARY, Run, Tokenizer, runs
from index.annotate.tables import Tables
from index.model import Span

SEED = 20141030
COPIES = 2
"""How often a sentence with persons is learned again with other names."""
TEMPLATES = 12
"""How often a sentence with slots is filled."""
PARTICLES = ("von", "van", "de", "van der", "von der", "da", "di", "del")

Token = tuple[str, str]


@dataclass(frozen=True)
class Example:
    """One run: its words' features (one list a word) and tags."""

    features: list[list[str]]
    tags: list[int]


def read(path: Path) -> Iterator[list[Token]]:
    """The sentences of a file, each a list of (token, tag)."""
    for sentence in path.read_text("utf-8").strip().split("\n\n"):
        yield [(token, tag) for token, _, tag in (line.partition("\t") for line in sentence.split("\n"))]


class Names:
    """Draws names of persons, each a list of words, from the tables; every third family name is made up of two."""

    def __init__(self, tables: Tables, chance: random.Random) -> None:
        self._chance = chance
        self._given = [*tables["given_names"]["male"], *tables["given_names"]["female"]]
        self._family = tables["family_names"]["common"]
        self._first = tables["family_names"]["first"]
        self._tables = tables

    def given(self) -> str:
        one, two = self._chance.choice(self._given), self._chance.choice(self._given)
        kind = self._chance.random()
        if kind < 0.08:
            return f"{one}-{two}"
        return self._mixed(one, two) if kind < 0.13 else one

    def family(self) -> str:
        one, two = self._chance.choice(self._family), self._chance.choice(self._family)
        return self._mixed(one, two) if self._chance.random() < 0.35 else one

    def _mixed(self, one: str, two: str) -> str:
        """A name that no table knows: the beginning of one and the end of another."""
        if min(len(one), len(two)) < 4 or not (one + two).isalpha():
            return one
        dash = "-" if self._chance.random() < 0.1 else ""
        end = two[len(two) // 2 :]
        return one[: len(one) // 2 + 1] + (dash + end.title() if dash else end.lower())

    def person(self) -> list[str]:
        """A full name in one of the forms in which names come."""
        forms = {
            "plain": 60, "double": 6, "hyphen": 6, "initial": 6, "particle": 6, "arabic": 4, "eastern": 8, "spanish": 4,
            "initials": 2, "noble": 2,
        }  # fmt: skip
        form = self._chance.choices(list(forms), list(forms.values()))[0]
        given, family = self.given(), self.family()
        if form == "double":
            return [given, self.given(), family]
        if form == "hyphen":
            return [given, f"{family}-{self.family()}"]
        if form == "initial":
            return [given, self._chance.choice("ABCDEFGHJKLMPRSTW") + ".", family]
        if form == "initials":
            return ["".join(self._chance.choice("ABCDEFGHJKLMPRSTW") + "." for _ in range(2)), family]
        if form == "particle":
            return [given, *self._chance.choice(PARTICLES).split(), family]
        if form == "noble":
            title = self._chance.choice(("Graf", "Gräfin", "Freiherr", "Prinz"))
            return [given, title, *self._chance.choice(("von", "zu", "von der", "")).split(), family]
        if form == "arabic":
            return [given, f"{self._chance.choice(('al', 'el', 'as'))}-{family}"]
        if form == "eastern":
            two = [self._chance.choice(self._first) for _ in range(2)]
            joined = self._chance.choice(("-", "", " "))
            second = two[1] if joined == " " else two[1].lower()
            return [self._chance.choice(self._first), *f"{two[0]}{joined}{second}".split()]
        return [given, family, self.family()] if form == "spanish" else [given, family]


def with_other_names(sentence: Sequence[Token], names: Names) -> list[Token]:
    """The sentence with each person under another name."""
    out: list[Token] = []
    for at, (token, tag) in enumerate(sentence):
        follows = sentence[at + 1][1] if at + 1 < len(sentence) else "O"
        if tag == "B-PER":
            out += _tagged(names.person() if follows == "I-PER" else [names.family()], "PER")
        elif tag != "I-PER":
            out.append((token, tag))
    return out


def _tagged(words: Sequence[str], tag: str) -> list[Token]:
    return [(word, f"{'I' if at else 'B'}-{tag}") for at, word in enumerate(words)]


class Templates:
    """News sentences with slots, written for this training, and what goes into the slots."""

    def __init__(self, tables: Tables, names: Names, nouns: Sequence[str], chance: random.Random) -> None:
        folder = Path(__file__).resolve().parent
        self._sentences = (folder / "person_sentences.txt").read_text("utf-8").splitlines()
        self._organizations = (folder / "person_organizations.txt").read_text("utf-8").splitlines()
        self._places, self._demonyms = tables["places"]["places"], tables["places"]["demonyms"]
        roles = tables["person_roles"]
        self._nouns = nouns
        self._roles = [role[0].upper() + role[1:] for key in ("male", "female") for role in roles[key]]
        self._names, self._chance = names, chance

    def sentences(self, times: int) -> Iterator[list[Token]]:
        """Each sentence `times` times, with other words in its slots."""
        for sentence in self._sentences * times:
            yield [token for part in re.split(r"({\w+}(?:-\w+|s\b)?)", sentence) for token in self._filled(part)]

    def _filled(self, part: str) -> list[Token]:
        slot = re.fullmatch(r"{(\w+)}(-\w+|s)?", part)
        if not slot:
            return [(word, "O") for word in re.findall(r"\w+[-\w]*|[^\w\s]", part)]
        kind, choice = slot[1], self._chance.choice
        if kind == "person":
            words = self._names.person()
            return _tagged([*words[:-1], words[-1] + (slot[2] or "")], "PER")
        if kind in ("given", "family"):
            return _tagged([getattr(self._names, kind)() + (slot[2] or "")], "PER")
        if kind == "role":
            prefix = choice(("", "", "", "", "US-", "EU-", "CDU-", "Ex-"))
            return [(prefix + choice(self._roles), "O")]
        if kind == "demonym":
            return [(choice(self._demonyms), "O")]
        if kind == "noun":
            return [(choice(self._nouns), "O")]
        if kind == "place":
            return [(choice(self._places), "B-LOC")]
        words = choice(self._organizations).split()
        return [(words[0] + slot[2], "B-ORGpart")] if slot[2] else _tagged(words, "ORG")


def as_text(sentence: Sequence[Token]) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence as it is printed, and each token's place in it with its tag."""
    text, spans = "", []
    for token, tag in sentence:
        if text and token not in {".", ",", ";", ":", "!", "?", ")", "%"} and text[-1] != "(":
            text += " "
        spans.append((len(text), len(text) + len(token), tag))
        text += token
    return text, spans


def examples(sentence: Sequence[Token], classes: WordClasses, tokenizer: Tokenizer) -> Iterator[Example]:
    """The runs of a sentence."""
    text, spans = as_text(sentence)
    block = next(tokenizer.blocks([text], [[Span(0, len(text))]]))
    gold = [_tag(start, spans) for start in block.starts.tolist()]
    names = [classes.names[classes.index(word)] for word in block.words]
    edge = classes.names[classes.index(BOUNDARY)]
    words = block.words
    for run in map(Run, *(places.tolist() for places in runs(block))):
        features = []
        for index in range(run.first, run.last):
            found: list[str] = []
            for position in POSITIONS:
                at = index + position
                word, name = (words[at], names[at]) if 0 <= at < len(names) else (BOUNDARY, edge)
                found += word_features(word, name, position)
            left = names[index - 1] if index else edge
            right = names[index + 1] if index + 1 < len(names) else edge
            kinds = ((left, names[index]), (names[index], right), (left, right))
            found += [pair_features(*pair)[kind] for kind, pair in enumerate(kinds)]
            found += place_features(min(run.last - run.first, 4), min(index - run.first, 3), names[index])
            features.append(found)
        yield Example(features, _repaired(gold[run.first : run.last]))


def _tag(start: int, spans: Sequence[tuple[int, int, str]]) -> int:
    for first, last, tag in spans:
        if first <= start < last:
            if tag in ("B-PER", "I-PER"):
                return 1 if tag[0] == "B" and start == first else 2
            return 0 if tag == "O" or tag.endswith(("deriv", "part")) else 3
    return 0


def _repaired(tags: list[int]) -> list[int]:
    """A person's first word is "begin", even where a cut fell into the name."""
    return [1 if tag == 2 and (at == 0 or tags[at - 1] not in (1, 2)) else tag for at, tag in enumerate(tags)]


def training_data(sentences: Sequence[Sequence[Token]], tables: Tables) -> list[Example]:
    """The runs of `sentences`, of the same with other names, and of the templates."""
    chance = random.Random(SEED)
    names, classes = Names(tables, chance), WordClasses(tables)
    tokenizer = Tokenizer((word for word in classes.honorifics if word.endswith(".")), classes.particles)
    with_persons = [sentence for sentence in sentences if any(tag == "B-PER" for _, tag in sentence)]
    again = [with_other_names(sentence, names) for sentence in with_persons for _ in range(COPIES)]
    nouns = sorted({word for s in sentences for word, tag in s[1:] if tag == "O" and len(word) > 3 and word.istitle()})
    made = Templates(tables, names, nouns, chance).sentences(TEMPLATES)
    return [example for sentence in [*sentences, *again, *made] for example in examples(sentence, classes, tokenizer)]
