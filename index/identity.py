"""One person, one name, across the whole archive.

In: the names that articles give their persons, with the roles they have there and how many articles name them so. Out:
for each name that is another form of a person's, that person's one name, and the evidence for it.

The joins depend on the set of names alone, not on the order in which they were read, and every one is made by a rule:

- `spelling`: nothing but hyphens, accents, capitals or the order of given and family name differs (Kim Yong-hyun)
- `transliteration`: given names that are transliterations of one name, family names that sound alike (Selenskyj)
- `short`: a part of exactly one longer name with that family name (Karl Guttenberg); a family name alone only where it
  is not common and the person is known from several articles
- `role`: a part of several longer names, of which exactly one has the same role
- `settings`: the user says so in `persons.toml`
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, takewhile

from index.annotate.tables import Tables
from index.german import fold


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name as articles give it: how many do, and which roles it has there."""

    name: str
    articles: int
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """What a user says in `persons.toml`: names of one person, of different persons, and forms to be shown."""

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[tuple[str, ...], ...] = ()
    preferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """Why two names are one person's."""

    name: str
    other: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Identities:
    """The outcome: `person_of` maps a name to its person's one name (only where they differ); `joins` say why."""

    person_of: Mapping[str, str] = field(default_factory=dict)
    joins: tuple[Join, ...] = ()

    def persons(self) -> list[tuple[str, list[str]]]:
        """Each person with several names: the one that is shown, and the others."""
        others = defaultdict(list)
        for name, person in self.person_of.items():
            others[person].append(name)
        return sorted((person, sorted(names)) for person, names in others.items())

    def why(self, person: str) -> list[Join]:
        """The joins that brought together the names of a person, told by any of them."""
        wanted = self.person_of.get(person, person)
        return [join for join in self.joins if self.person_of.get(join.name, join.name) == wanted]


def identify(uses: Iterable[NameUse], tables: Tables, settings: PersonSettings | None = None) -> Identities:
    """Join the names that are one person's."""
    settings = settings or PersonSettings()
    by_name = {use.name: use for use in sorted(uses, key=lambda use: use.name)}
    for name in (n for group in settings.same for n in group):
        by_name.setdefault(name, NameUse(name, 0))
    forms = _Forms(tables)
    classes = _Classes(by_name, settings.different)
    for group in settings.same:
        for name in group[1:]:
            classes.join(Join(group[0], name, "settings", "persons.toml says that they are the same"))
    for rule, key in (("spelling", forms.spelling), ("transliteration", forms.sound)):
        groups = defaultdict(list)
        for name in by_name:
            if (value := key(name)) is not None:
                groups[value].append(name)
        for names in groups.values():
            for name in names[1:]:
                classes.join(Join(names[0], name, rule, _EVIDENCE[rule].format(names[0], name)))
    for join in _short_forms(by_name, forms, classes):
        classes.join(join)
    return Identities(_preferred(classes, by_name, forms, settings), tuple(classes.joins))


KNOWN = 2
"""In how many articles a full name must stand before a family name alone, without a role, is taken for it."""

_EVIDENCE = {
    "spelling": "{} and {} differ in hyphens, accents or capitals alone",
    "transliteration": "{} and {} sound alike, and their given names are transliterations of one name",
}


class _Forms:
    """What a name is compared by."""

    def __init__(self, tables: Tables) -> None:
        variants = tables["name_variants"]
        self._given = {fold(name): number for number, line in enumerate(variants["transliterated"]) for name in line}
        self._sounds = {spelling: line[0] for line in variants["sounds"] for spelling in line}
        longest_first = sorted(self._sounds, key=lambda s: (-len(s), s))
        self._sound = re.compile("|".join(map(re.escape, longest_first)))
        given = (*tables["given_names"]["male"], *tables["given_names"]["female"])
        self._common = frozenset(_umlautless(fold(name)) for name in (*variants["common"], *given))
        self._family_first = frozenset(_umlautless(fold(name)) for name in tables["family_names"]["first"])
        particles = frozenset(fold(word) for word in tables["name_particles"]["particles"])

        # Each name is asked for often. What is kept does not refer to who keeps it: so it goes with him at once, and
        # need not wait for the collector of garbage.
        self.words = words = cache(_words)
        """The words of a name as they are compared."""
        self.core = cache(lambda name: tuple(word for word in words(name) if word not in particles))
        """The words of a name without particles."""

    def spelling(self, name: str) -> tuple[str, ...] | None:
        """Equal for names that differ in nothing but hyphens, accents and capitals; None for a single word."""
        words = self.words(name)
        return words if len(words) > 1 else None

    def sound(self, name: str) -> tuple[int, str] | None:
        """Equal for transliterations of one name; None for a name that is none."""
        words = [fold(word) for word in re.split(r"[\s]+", name) if word]
        number = self._given.get(words[0]) if len(words) == 2 else None
        return None if number is None else (number, self._sound.sub(lambda m: self._sounds[m.group()], words[1]))

    def families(self, name: str) -> set[str]:
        """The words of a name that may stand alone for it."""
        core = self.core(name)
        first = {core[0]} if core and core[0] in self._family_first else set()
        return {core[-1], *first} if core else set()

    def looks(self, name: str) -> set[tuple[str, str]]:
        """The looks of the names that may be short for this one: what else is none needs not be compared."""
        core = self.core(name)
        return {(word, "") for word in self.families(name)} | {(core[-1], word[:1]) for word in core[:-1]}

    def fullness(self, name: str) -> int:
        """2 for a given and a family name, 1 where one of them is missing or an initial."""
        return min(sum(len(word) > 1 for word in self.core(name)), 2)

    def may_be_another(self, word: str) -> bool:
        """Whether a word that stands alone is a common family name, or a given name."""
        return word in self._common

    def is_short_for(self, short: str, long: str) -> bool:
        """Whether `short` is the family name of `long`, or given names of it, or initials, with it."""
        some, all_ = self.core(short), self.core(long)
        if not some or some == all_ or len(some) > len(all_):
            return False
        middle, theirs = _initials(some[1:]), _initials(all_[1:])
        if middle and theirs and middle != theirs:  # George W. Bush and George H. W. Bush
            return False
        if len(some) == 1:
            return some[0] in self.families(long)
        if some[-1] != all_[-1]:
            return False
        rest = iter(all_[:-1])
        return all(any(_fits(word, other) for other in rest) for word in some[:-1])


def _words(name: str) -> tuple[str, ...]:
    """The folded words of a name, hyphens apart, umlauts and their spellings alike."""
    return tuple(_umlautless(fold(word)) for word in re.split(r"[\s\-‐‑.'’]+", name) if word)


def _look(core: tuple[str, ...]) -> tuple[str, str]:
    """The family name, and what the first given name before it begins with."""
    return core[-1], core[0][:1] if len(core) > 1 else ""


def _fits(given: str, other: str) -> bool:
    return given == other or (len(given) == 1 and other.startswith(given))


def _initials(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if len(word) == 1}


def _umlautless(word: str) -> str:
    return word.translate(_UMLAUTS).replace("ae", "a").replace("oe", "o").replace("ue", "u")


_UMLAUTS = str.maketrans("äöü", "aou")


class _Classes:
    """Names joined so far (a union-find forest); names that the user says are different never come together."""

    def __init__(self, names: Iterable[str], different: tuple[tuple[str, ...], ...]) -> None:
        self._members = {name: [name] for name in names}
        self._root = {name: name for name in names}
        self._apart = [frozenset(group) for group in different]
        self.joins: list[Join] = []

    def root(self, name: str) -> str:
        return self._root[name]

    def members(self, name: str) -> list[str]:
        return self._members[self._root[name]]

    def join(self, join: Join) -> None:
        """Bring two names' classes together, unless they are or may not be."""
        one, other = sorted((self._root[join.name], self._root[join.other]))
        if one == other or any(len(group.intersection(self._both(one, other))) > 1 for group in self._apart):
            return
        others = self._members.pop(other)
        for name in others:
            self._root[name] = one
        self._members[one] += others
        self.joins.append(join)

    def _both(self, one: str, other: str) -> Iterator[str]:
        return chain(self._members[one], self._members[other])


def _short_forms(by_name: Mapping[str, NameUse], forms: _Forms, classes: _Classes) -> Iterator[Join]:
    """Joins of names with longer ones, the longest short forms first."""
    by_look = defaultdict(list)
    for name in by_name:
        for look in forms.looks(name):
            by_look[look].append(name)
    for names in by_look.values():
        names.sort(key=lambda name: -len(forms.core(name)))
    found = []
    for name, use in by_name.items():
        core = forms.core(name)
        longer = _at_least(name, by_look.get(_look(core), ()), forms) if core else ()
        candidates = [long for long in longer if forms.is_short_for(name, long)]
        chosen = _choose(use, candidates, by_name, forms, classes)
        if chosen:
            found.append((-len(core), name, chosen))
    yield from (join for *_, join in sorted(found, key=lambda item: item[:2]))


def _at_least(name: str, others: Iterable[str], forms: _Forms) -> Iterator[str]:
    """Those of others, the longest first, that have more words than a name, or as many if it has an initial."""
    core = forms.core(name)
    least = len(core) + all(len(word) > 1 for word in core)
    return takewhile(lambda other: len(forms.core(other)) >= least, others)


def _choose(
    use: NameUse, candidates: list[str], by_name: Mapping[str, NameUse], forms: _Forms, classes: _Classes
) -> Join | None:
    persons: dict[str, set[str]] = defaultdict(set)
    for name in candidates:
        persons[classes.root(name)].update(_offices(by_name[name].roles))
    if not persons:
        return None
    offices = _offices(use.roles)
    fitting = [root for root, theirs in sorted(persons.items()) if offices & theirs]
    if len(fitting) == 1:
        role = ", ".join(sorted(offices & persons[fitting[0]]))
        return Join(fitting[0], use.name, "role", f"{use.name} and {fitting[0]} are both {role}")
    (only, theirs), *others = persons.items()
    contradicts = bool(offices and theirs)
    alone = len(forms.core(use.name)) == 1
    known = max(by_name[name].articles for name in classes.members(only))
    if others or (alone and (contradicts or known < KNOWN or forms.may_be_another(forms.core(use.name)[0]))):
        return None
    return Join(only, use.name, "short", f"{only} is the only longer name that {use.name} may stand for")


def _offices(roles: Iterable[str]) -> set[str]:
    """Roles as they are compared: the last part (US-Präsident), masculine and feminine alike, without case."""
    return {re.sub(r"(?:innen|in)$", "", fold(role.rsplit("-", 1)[-1])) for role in roles}


def _preferred(
    classes: _Classes, by_name: Mapping[str, NameUse], forms: _Forms, settings: PersonSettings
) -> dict[str, str]:
    """Each name's person's one name: what the user prefers, else the full form that most articles have."""
    wanted = Counter(settings.preferred)
    best_of: dict[str, str] = {}
    for name in by_name:
        if classes.root(name) in best_of:
            continue
        members = classes.members(name)
        full = max(forms.fullness(member) for member in members)
        best_of[classes.root(name)] = min(
            (member for member in members if forms.fullness(member) == full or wanted[member]),
            key=lambda member: (-wanted[member], -by_name[member].articles, -len(member), member),
        )
    persons = ((name, best_of[classes.root(name)]) for name in by_name)
    return {name: best for name, best in persons if best != name}
