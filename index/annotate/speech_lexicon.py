"""What each word of a text can be in a clause that reports speech.

In: the tables `speech_verbs`, `attributions`, `konjunktiv` and `function_words`. Out: a `Lexicon` from a word, as it is
spelt, to its classes. A word that is not in it has none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from index.annotate.conjugation import VerbForm, strong_forms, weak_forms
from index.annotate.tables import Tables

ARTICLE: Final = 1 << 0
OBLIQUE: Final = 1 << 1
PREPOSITION: Final = 1 << 2
INNER: Final = 1 << 3
SUBORDINATOR: Final = 1 << 4
CONTENT: Final = 1 << 5
ADVERBIAL: Final = 1 << 6
RELATIVE: Final = 1 << 7
CONJUNCTION: Final = 1 << 8
HAVE: Final = 1 << 9
BE: Final = 1 << 10
BECOME: Final = 1 << 11
MODAL: Final = 1 << 12
HEARSAY: Final = 1 << 13
FILLER: Final = 1 << 14
PRONOUN: Final = 1 << 15
KONJUNKTIV: Final = 1 << 16
KONJUNKTIV_2: Final = 1 << 17
SPEECH: Final = 1 << 18
SOURCE_PREPOSITION: Final = 1 << 19
SOURCE_WITH_NOUN: Final = 1 << 20
SOURCE_POSTPOSITION: Final = 1 << 21
SOURCE_NOUN: Final = 1 << 22
CARRY_ON: Final = 1 << 23
SO: Final = 1 << 24
CLAUSE_NOUN: Final = 1 << 25
QUOTE: Final = 1 << 26
STOP: Final = 1 << 27
COMMA: Final = 1 << 28
VERB: Final = 1 << 29
NOT_VERB: Final = 1 << 30
CERTAIN_CONTENT: Final = 1 << 31
PURPOSE: Final = 1 << 32
AS_CLAUSE: Final = 1 << 33
BACK_REFERENCE: Final = 1 << 34
SHARED_SUBJECT: Final = 1 << 35
COORDINATION: Final = 1 << 36
IMPERSONAL: Final = 1 << 37
AGENT: Final = 1 << 38
ORIGIN: Final = 1 << 39
COMPANION: Final = 1 << 40
GENITIVE: Final = 1 << 41
NOMINATIVE: Final = 1 << 42
DEFINITE: Final = 1 << 43
HIS: Final = 1 << 44
HER: Final = 1 << 45
OWN: Final = 1 << 46
INFINITIVE_MARKER: Final = 1 << 47
DATIVE: Final = 1 << 48

FINITE: Final = HAVE | BE | BECOME | MODAL | KONJUNKTIV | KONJUNKTIV_2

_FUNCTION_WORDS: Final = {
    "articles": ARTICLE,
    "oblique_articles": OBLIQUE,
    "prepositions": PREPOSITION,
    "inner_prepositions": INNER,
    "subordinators": SUBORDINATOR,
    "content_clauses": CONTENT,
    "adverbial_clauses": ADVERBIAL,
    "relatives": RELATIVE,
    "conjunctions": CONJUNCTION,
    "have": HAVE,
    "be": BE,
    "become": BECOME,
    "modal": MODAL,
    "hearsay": HEARSAY,
    "fillers": FILLER,
    "personal_pronouns": PRONOUN,
    "not_verbs": NOT_VERB,
    "certain_content": CERTAIN_CONTENT,
    "purpose": PURPOSE,
    "as_clause": AS_CLAUSE,
    "back_reference": BACK_REFERENCE,
    "shared_subject": SHARED_SUBJECT,
    "coordination": COORDINATION,
    "impersonal": IMPERSONAL,
    "agent": AGENT,
    "origin": ORIGIN,
    "companion": COMPANION,
    "genitive": GENITIVE,
    "nominative": NOMINATIVE,
    "definite": DEFINITE,
    "his": HIS,
    "her": HER,
    "own": OWN,
    "infinitive_marker": INFINITIVE_MARKER,
    "dative": DATIVE,
}


_MARKS: Final = {**dict.fromkeys(",;:–—", COMMA), **dict.fromkeys(".!?…", STOP)}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The classes of each word, as bits, and the forms of speech verbs that it may be, those with a particle first.

    `particles` are those of which one has to stand beside a word that is a speech verb with a particle only: "gibt".
    """

    flags: Mapping[str, int]
    forms: Mapping[str, Sequence[VerbForm]]
    particles: Mapping[str, frozenset[str]]


def build_lexicon(tables: Tables) -> Lexicon:
    """All words of the tables and the marks, with their classes."""
    flags: dict[str, int] = dict(_MARKS)
    forms: dict[str, dict[tuple[str, str], VerbForm]] = {}

    def put(words: Iterable[str], flag: int, *, capital: bool = True) -> None:
        for word in words:
            flags[word] = flags.get(word, 0) | flag
            if capital and word[0].islower():
                upper = word[0].upper() + word[1:]
                flags[upper] = flags.get(upper, 0) | flag

    for name, flag in _FUNCTION_WORDS.items():
        put(tables["function_words"][name], flag, capital=not flag & (HAVE | BE | BECOME | MODAL | HEARSAY))
    sources = tables["attributions"]
    put(sources["prepositions"], SOURCE_PREPOSITION)
    put(sources["with_noun"], SOURCE_WITH_NOUN)
    put(sources["postpositions"], SOURCE_POSTPOSITION)
    put(sources["nouns"], SOURCE_NOUN)
    put(sources["carry_on"], CARRY_ON)
    put(sources["so"], SO)
    put(sources["clause_nouns"]["nouns"], CLAUSE_NOUN)
    put(_konjunktiv(tables["konjunktiv"], tables["speech_verbs"]), KONJUNKTIV, capital=False)
    put(tables["konjunktiv"]["second"], KONJUNKTIV_2)
    put(_finite_verbs(tables["konjunktiv"], tables["function_words"]), VERB, capital=False)
    for spelling, form in verb_forms(tables["speech_verbs"]):
        forms.setdefault(spelling, {})[form.lemma, form.role] = form
        flags[spelling] = flags.get(spelling, 0) | SPEECH
    by_word = {word: sorted(f.values(), key=lambda form: not form.particle) for word, f in forms.items()}
    particles = {word: frozenset(form.apart for form in known) for word, known in by_word.items()}
    return Lexicon(flags, by_word, {word: needed for word, needed in particles.items() if "" not in needed})


def verb_groups(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The groups of each speech verb, by its infinitive."""
    groups: dict[str, set[str]] = {}
    for kind in ("weak", "strong"):
        for group, entries in table[kind].items():
            for entry in entries:
                lemma = (entry if isinstance(entry, str) else entry[0]).replace("|", "")
                groups.setdefault(lemma, set()).add(group)
    return {lemma: frozenset(names) for lemma, names in groups.items()}


def verb_forms(table: Mapping[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    """Every form of every speech verb, by its spelling."""
    for entries in table["weak"].values():
        for entry in entries:
            yield from weak_forms(entry)
    for entries in table["strong"].values():
        for entry in entries:
            yield from strong_forms(entry)


def _konjunktiv(table: Mapping[str, list[str]], speech_verbs: Mapping[str, Any]) -> list[str]:
    """Konjunktiv I, third person: the infinitive without its -n, but for forms that are other words as well."""
    excluded = set(table["not_forms"])
    spoken = (entry.rpartition("|")[2] for entry in _infinitives(speech_verbs))
    built = (_stem(verb) + "e" for verb in (*table["verbs"], *spoken))
    return [*table["first"], *(form for form in built if form not in excluded)]


def _infinitives(speech_verbs: Mapping[str, Any]) -> Iterator[str]:
    for entries in speech_verbs["weak"].values():
        yield from entries
    for entries in speech_verbs["strong"].values():
        yield from (parts[0] for parts in entries)


def _finite_verbs(konjunktiv: Mapping[str, list[str]], words: Mapping[str, list[str]]) -> Iterator[str]:
    """Forms by which a clause is seen to have a verb: third person present, and the past of weak verbs, by guess."""
    yield from words["finite_verbs"]
    for verb in konjunktiv["verbs"]:
        stem = _stem(verb)
        yield from (stem + "t", stem + "te", stem + "ten", stem + "en")


def _stem(verb: str) -> str:
    return verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
