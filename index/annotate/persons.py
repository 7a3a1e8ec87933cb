"""The persons that a text names.

In: a text and its sentences. Out: mentions, sorted, each with the person's one full name in this article; and the
people with their gender and roles.

The way of the data: `names_tokens` cuts, `names_tagger` tags, `person_spans` finds the names in the tags,
`person_genitives` their ends, `person_book` joins what names one person, and a second reading finds the family names
that stand alone. `person_roles` reads what the text says about each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

import numpy as np

from index.annotate.names_classes import WordClasses
from index.annotate.names_model import load_model
from index.annotate.names_tagger import NameTagger
from index.annotate.names_tokens import Block, Runs, Tokenizer, runs
from index.annotate.person_book import NameBook
from index.annotate.person_genitives import Candidate, NameEnds
from index.annotate.person_names import parse_name
from index.annotate.person_roles import Person, RoleReader
from index.annotate.person_spans import PATTERN, stretches
from index.annotate.tables import Tables
from index.model import Mention, Span

__all__ = ["Person", "PersonFinder", "persons_of"]

_KNOWN_NAMES = frozenset({"given", "givens", "given+family", "family", "first"})

_KNOWN_OTHERS = frozenset({"place", "organization", "geography", "time", "work", "common", "noun", "role", "demonym"})

SURE_ALONE = 0.8
"""The least probability of a single word that no full name of the article explains."""

SURE_ADDRESSED = 0.5
"""The same, behind a role or a form of address."""


def persons_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The distinct names, by first mention."""
    return tuple(dict.fromkeys(mention.name for mention in mentions))


def _with_shared_names(names: Sequence[Candidate], classes: WordClasses) -> Iterator[Candidate]:
    """The names, and a given name that shares the family name behind it in full: "Sarah und Sascha Koch"."""
    for name, after in zip_longest(names, names[1:]):
        joined = after and name.behind in ("und", "sowie") and after.start - name.ends[-1] == len(name.behind) + 2
        given = len(name.words) == 1 and classes.name(name.words[0]) in ("given", "givens")
        if joined and given and after and len(after.words) > 1 and classes.name(after.words[0]) in _KNOWN_NAMES:
            yield replace(name, shared=parse_name(after.words, classes).family)
        else:
            yield name


@dataclass(slots=True)
class _Seen:
    """What the tagger saw in a text: the words that may be names with the places where they start, and the names."""

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    names: list[Candidate] = field(default_factory=list)


class PersonFinder:
    """Finds persons by one set of tables. Building it loads the tagger's model; `find` depends on its input alone."""

    def __init__(self, tables: Tables) -> None:
        self._classes = WordClasses(tables)
        self._tagger = NameTagger(load_model(), self._classes)
        short = (word for word in self._classes.honorifics if word.endswith("."))
        self._tokenizer = Tokenizer(short, self._classes.particles)
        self._phrases = frozenset(tables["not_persons"]["phrases"])
        self._before = tuple(tables["not_persons"]["bearers_before"])
        self._behind = frozenset(tables["not_persons"]["bearers_behind"])
        self._joined_to = frozenset(tables["not_persons"]["joined_to"])
        self._roles = RoleReader(tables, self._classes)

    def find(self, text: str, sentences: Sequence[Span]) -> tuple[Mention, ...]:
        """Return the mentions of persons in `text`, sorted and apart from each other."""
        return self.find_all([text], [sentences])[0]

    def find_all(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> list[tuple[Mention, ...]]:
        """Return the mentions in each text: what `find` returns, in less time, as they are tagged together."""
        seen = [_Seen() for _ in texts]
        for block in self._tokenizer.blocks(texts, sentences):
            self._see(block, seen)
        return [self._mentions(text, one) for text, one in zip(texts, seen, strict=True)]

    def _see(self, block: Block, seen: Sequence[_Seen]) -> None:
        """Tag a block; add what is found to each text's."""
        spans = runs(block)
        tokens = spans.tokens()
        words, starts = block.words_of(block.numbers[tokens]), block.starts[tokens].tolist()
        names = self._candidates(block, spans)
        tokens_behind = np.searchsorted(tokens, block.ends).tolist()
        names_behind = np.searchsorted([place for place, _ in names], block.ends).tolist()
        for (text, _, _), some, few in zip(
            block.stretches, pairwise((0, *tokens_behind)), pairwise((0, *names_behind)), strict=True
        ):
            one = seen[text]
            one.words += words[slice(*some)]
            one.starts += starts[slice(*some)]
            one.names += [name for _, name in names[slice(*few)]]

    def _mentions(self, text: str, seen: _Seen) -> tuple[Mention, ...]:
        names = list(_with_shared_names(seen.names, self._classes))
        ends = NameEnds(names, frozenset(seen.words), self._classes)
        read = [(name, ends.bare(name)) for name in map(ends.owner, names)]
        book = NameBook([(words, name.before) for name, words in read if len(words) > 1], self._classes)
        found = [mention for name, words in read if (mention := self._mention(text, name, words, book))]
        found += self._again(found, seen.words, seen.starts, book)
        return tuple(sorted(found, key=_start))

    def people(self, text: str, mentions: Sequence[Mention]) -> tuple[Person, ...]:
        """Return each person of `mentions` with gender and roles, as far as `text` and the tables tell them."""
        return self._roles.people(text, mentions)

    def _candidates(self, block: Block, spans: Runs) -> list[tuple[int, Candidate]]:
        """The names in a block, each with the number of its first token."""
        all_found: list[tuple[int, Candidate]] = []
        self._tagger.know(self._tokenizer.words)
        for span, chances in self._tagger.likely(block, spans, PATTERN):
            begin = max(0, span.first - 1)  # with the word before and the one behind
            near = slice(begin, span.last + 1)
            numbers, starts, sentences = (
                all_[near].tolist() for all_ in (block.numbers, block.starts, block.sentences)
            )
            words = [block.vocabulary[number] for number in numbers]
            run = slice(span.first - begin, span.last - begin)
            prepositions = [place for place, word in enumerate(words[run]) if word in self._classes.prepositions]
            for name in stretches(self._tagger.word_classes(numbers[run]), chances, prepositions):
                first, last = run.start + name.first, run.start + name.last
                found = Candidate(
                    starts[first],
                    tuple(words[first:last]),
                    tuple(starts[index] + len(words[index]) for index in range(first, last)),
                    name.probability,
                    words[first - 1] if first and sentences[first - 1] == sentences[first] else "",
                    words[last] if last < len(words) and sentences[last] == sentences[last - 1] else "",
                )
                if not self._is_other(found):
                    all_found.append((begin + first, found))
        return all_found

    def _is_other(self, name: Candidate) -> bool:
        """Whether a name is that of something else: in the tables, with or without the word before or behind it, or by
        what bears it ("Hurrikan Katrina")."""
        if name.before[:1].isupper() and name.before.lower().endswith(self._before):
            return True
        if name.behind[:1].isupper() and name.behind.lower() in self._behind:
            return True
        whole = " ".join(name.words)
        forms = (whole, f"{name.before} {whole}", f"{whole} {name.behind}", f"{name.before} {whole} {name.behind}")
        return not self._phrases.isdisjoint(forms)

    def _mention(self, text: str, name: Candidate, words: tuple[str, ...], book: NameBook) -> Mention | None:
        if len(words) > 1:
            full, rule = book.full_name(words), "full name"
        else:
            full, rule = self._alone(words[0], name, book)
        if full is None:
            return None
        return Mention(name.start, name.ends[-1], text[name.start : name.ends[-1]], full, rule)

    def _alone(self, word: str, name: Candidate, book: NameBook) -> tuple[str | None, str]:
        """Whom a single word means, and by which rule."""
        full = book.family_name(word)
        if full:
            return full, "family name"
        if book.is_shared(word):
            return book.addressed(word, name.before), "family name behind a role"
        full = book.given_name(word)
        if full:
            return full, "given name"
        full = book.slip_of(word)
        if full:
            return full, "family name with a slip"
        classes = self._classes
        addressed = bool(name.before) and classes.name(name.before) in ("role", "honorific")
        if addressed and name.probability >= SURE_ADDRESSED and classes.name(word) not in _KNOWN_OTHERS:
            return word, "name behind a role"
        is_word = classes.is_also_word(word) or classes.name(word) not in _KNOWN_NAMES
        return (word, "known name") if not is_word and name.probability >= SURE_ALONE else (None, "")

    def _again(
        self, found: Sequence[Mention], words: Sequence[str], starts: Sequence[int], book: NameBook
    ) -> Iterator[Mention]:
        """Mentions by family name where the tagger saw none: alone, or in a word like "Bush-Regierung".

        `words` are those that may be names, with the places where they start.
        """
        inside = {start for mention in found for start in range(mention.start, mention.end)}
        forms = {form: name for name in book.families() for form in (name + "s", name)}
        known = dict.fromkeys(words)
        places = {word: (forms[word], 0) for word in known if word in forms}
        places |= {
            word: owner for word in known if "-" in word and word not in forms and (owner := self._owner_in(word, book))
        }
        for word, start in zip(words, starts, strict=True) if places else ():
            if word not in places or start in inside:
                continue
            family, at = places[word]
            name = book.family_name(family) or (family if word not in forms else "")
            if name:
                text = word if word in forms else family
                yield Mention(start + at, start + at + len(text), text, name, "family name again")

    def _owner_in(self, word: str, book: NameBook) -> tuple[str, int] | None:
        """The name in "Bush-Regierung" or "Nach-Saddam-Ära", and its place in the word."""
        parts = word.split("-")
        if parts[-1].lower() not in self._joined_to:
            return None
        at = 0
        for part in parts[:-1]:
            known = part in self._classes.family and part not in self._classes.also_words
            if known or book.family_name(part):
                return part, at
            at += len(part) + 1
        return None


def _start(mention: Mention) -> int:
    return mention.start
