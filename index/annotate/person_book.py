"""The names of one article, joined: which of them are one person's, and whom a name that is not full means.

In: the full names of an article. Out: a `NameBook`, which answers whom a name means; the one name of a person is the
fullest that the article gives, of these the most frequent, of these the first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.annotate.names_classes import WordClasses
from index.annotate.person_names import SLIP_LENGTH, NameParts, alike, parse_name, plain, same_person

MOST_NEAR = 40
"""How many persons of one name are compared, so that no text costs more than its length."""


@dataclass(slots=True, eq=False)
class _Person:
    parts: NameParts
    forms: list[NameParts] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)


class NameBook:
    """The persons of one article. `names` are the full names in order, each with the word before it."""

    def __init__(self, names: Sequence[tuple[tuple[str, ...], str]], classes: WordClasses) -> None:
        self._classes = classes
        self._by_word: dict[str, list[_Person]] = {}
        self._by_beginning: dict[str, list[_Person]] = {}
        self._by_form: dict[tuple[str, ...], _Person] = {}
        self._by_family: dict[str, list[_Person]] = {}
        self._by_given: dict[str, list[_Person]] = {}
        counts = Counter(words for words, _ in names)
        for words in sorted(counts, key=lambda words: (-len(words), -counts[words])):
            self._enter(words)
        for words, before in names:
            role = classes.role_of(before) if before[:1].isupper() else None
            if role:
                self._by_form[words].roles.add(role[1])

    def full_name(self, words: tuple[str, ...]) -> str | None:
        """The name of the person whom `words`, two or more, name."""
        return _name(self._by_form.get(words))

    def family_name(self, word: str) -> str | None:
        """The full name of the one person with this family name; None where there is none, or more than one."""
        return _name(_only(self._by_family.get(word, ())))

    def families(self) -> Iterable[str]:
        """The family names of the article's persons."""
        return self._by_family.keys()

    def given_name(self, word: str) -> str | None:
        """The full name of the one person with this given name; None where there is none, or more than one."""
        return _name(_only(self._by_given.get(word, ())))

    def slip_of(self, word: str) -> str | None:
        """The full name of the one person whose family name `word` is with a slip."""
        spelled = "".join(plain(word))
        if len(spelled) < SLIP_LENGTH:
            return None
        near = self._by_beginning.get(spelled[:3], ())
        return _name(_only([person for person in near if alike(spelled, _spelled(person.parts))]))

    def is_shared(self, word: str) -> bool:
        """Whether two persons of the article have this word in their names, so that alone it tells neither."""
        return len(self._by_family.get(word, ())) > 1 or len(self._by_given.get(word, ())) > 1

    def addressed(self, word: str, before: str) -> str | None:
        """The full name of the one person with this family name to whom the role or address before it belongs."""
        owners = self._by_family.get(word, ())
        gender = self._classes.address.get(before)
        if gender:
            return _name(_only([person for person in owners if person.parts.gender == gender]))
        role = self._classes.role_of(before) if before[:1].isupper() else None
        return _name(_only([person for person in owners if role and role[1] in person.roles]))

    def _enter(self, words: tuple[str, ...]) -> None:
        parts = parse_name(words, self._classes)
        split = _only(self._by_family.get("".join(words), ()))
        if split:  # "Mc Cain" beside "John McCain"
            self._by_form[words] = split
            return
        near = (person for word in parts.plain for person in self._by_word.get(word, ()))
        person = next((p for p in near if any(same_person(form, parts) for form in p.forms)), None) or _Person(parts)
        if len(person.forms) < MOST_NEAR:
            person.forms.append(parts)
        self._by_form[words] = person
        _note(self._by_word, (*parts.plain, "".join(parts.plain)), person)
        _note(self._by_beginning, (_spelled(parts)[:3],), person)
        _note(self._by_family, (parts.family[-1], " ".join(parts.family)), person)
        _note(self._by_given, parts.given, person)


def _spelled(parts: NameParts) -> str:
    """The last word of a family name as it is compared."""
    return "".join(plain(parts.family[-1]))


def _note(table: dict[str, list[_Person]], keys: Iterable[str], person: _Person) -> None:
    for key in keys:
        owners = table.setdefault(key, [])
        if len(owners) < MOST_NEAR and person not in owners:
            owners.append(person)


def _only(owners: Sequence[_Person]) -> _Person | None:
    return owners[0] if len(owners) == 1 else None


def _name(person: _Person | None) -> str | None:
    return person.parts.full if person else None
