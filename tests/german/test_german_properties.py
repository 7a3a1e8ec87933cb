"""What holds for any text: exact offsets, one chain for index and query, folding that comes to rest, linear time."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.german import FIELDS, Chain, QueryChain, Term, archive_words, default_chain, fold, spell, tokenize
from index.german.fold import aligned
from index.german.forms import Forms
from index.german.hyphenated import Hyphenated

EXAMPLES = settings(max_examples=60, deadline=None)
CHAIN = default_chain()
QUERIES = QueryChain(CHAIN)

LETTERS = "abcdefghijklmnoprstuvwzäöüßÄÖÜABEGHKMSTWZeeeenns"
WORDS = st.text(LETTERS, min_size=1, max_size=14)
PIECES = """
Artillerie Geschosse Truppen Schiff Fahrt Haus Häuser Journalist Ärztin Präsident :innen *innen /-innen (inn)en Innen
- - – und oder zwölf tausend 12.000 165,41 8 Millionen traf ein . , ’ ' s ss ß ae oe ue 😀 \u0308 \u00ad \u200b
"""
REPEATED = "ei haus a- 1. 12.000 12_000_ Artillerie-_und_ e: (inn) Lehrer:innen traf_ein,_ \u0308 s ooo - zwei"
GERMAN = st.lists(st.one_of(WORDS, st.sampled_from(PIECES.split()), st.just(" "), st.just(" ")), max_size=30).map(
    "".join
)
TOGETHER = """
Artillerie- Raketengeschosse Regierungschefs -sprecher Rad- Autofahrer ein- aus- steigen und oder Traf traf kommt er ein
an, vor. zwölf 8 Millionen Tausend eine ein/e jede:r 12 000 .000 ,41 12.000 A-B-C Süd-Korea – . „Traf 𝐀bc ­x x­
"""
MEMBERS = """
Artillerie Raketengeschosse Innen Journalistinnen Ärztin LehrerInnen Bürger:innen zwölf 20 007 3D 90er é Schiff A ae
"""
SENTENCES = st.lists(st.one_of(st.sampled_from(TOGETHER.split()), st.sampled_from("\n\t\u00a0")), max_size=25).map(
    " ".join
)
ANYTHING = st.one_of(st.text(max_size=200), GERMAN)


@given(ANYTHING)
@EXAMPLES
def test_tokens_are_in_order_and_apart_and_their_offsets_are_exact(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        end = token.end


@given(ANYTHING)
@EXAMPLES
def test_terms_have_offsets_inside_the_text_and_positions_that_never_go_back(text: str) -> None:
    tokens = list(tokenize(text))
    position = 0
    for term in CHAIN.analyze(text):
        assert term.text
        assert position <= term.position < len(tokens)
        assert 0 <= term.start < term.end <= tokens[term.position].end
        position = term.position


@given(ANYTHING)
@EXAMPLES
def test_reading_in_numbers_says_what_analyzing_says(text: str) -> None:
    forms = CHAIN.forms()
    reading, tokens = CHAIN.read(text, forms), list(tokenize(text))
    assert (reading.starts, reading.ends) == ([t.start for t in tokens], [t.end for t in tokens])
    expanded = [
        Term(term, position, start + first, start + last, kind)
        for position, (number, start) in enumerate(zip(reading.words, reading.starts, strict=True))
        for kind, term, first, last in forms.terms[number]
    ]
    assert sorted(expanded + reading.extra, key=lambda term: term.position) == CHAIN.analyze(text)


@given(st.lists(st.one_of(ANYTHING, SENTENCES), max_size=6))
@settings(max_examples=300, deadline=None)
def test_reading_many_texts_at_once_says_what_reading_each_says(texts: list[str]) -> None:
    reader, forms = CHAIN.batches(), CHAIN.forms()
    found = reader.read(texts)
    words = [reader.forms.tokens[number] for number in found.forms.tolist()]
    assert len(found.counts) == len(texts)
    pairs = zip(found.tokens.tolist(), found.together.tolist(), strict=True)
    stand_together = [(at, term) for at, number in pairs for term in reader.together.terms[number]]
    before = 0
    for text, count in zip(texts, found.counts.tolist(), strict=True):
        each = CHAIN.read(text, forms)
        assert words[before : before + count] == [forms.tokens[number] for number in each.words]
        together = {(at - before, *term) for at, term in stand_together if before <= at < before + count}
        assert together == {(term.position, term.kind, term.text) for term in each.extra}
        before += count


@given(st.lists(st.one_of(WORDS, st.sampled_from(MEMBERS.split())), min_size=2, max_size=5), st.sampled_from("-–"))
@EXAMPLES
def test_a_hyphen_compound_is_what_its_members_forms_say(members: list[str], hyphen: str) -> None:
    text = hyphen.join(members)
    whole = CHAIN.words.read_compound(text)
    terms = [("stem", stem) for stem in whole.stems] + [("part", key) for key, _, _ in whole.keys]
    assert list(Hyphenated(CHAIN.words, Forms(CHAIN.words)).terms(text)) == terms


def test_many_texts_are_read_in_blocks_and_long_ones_whole() -> None:
    texts = ["Artillerie- und Raketengeschosse, traf er ein. 8 Millionen. " * size for size in (9000, 0, 1, 300, 9000)]
    reader = CHAIN.batches()
    assert reader.read(texts).counts.tolist() == [len(list(tokenize(text))) for text in texts]
    assert len(reader.forms) == 8


@given(ANYTHING)
@EXAMPLES
def test_every_word_finds_the_text_that_it_stands_in(text: str) -> None:
    fields = {(field, term.text) for term in CHAIN.analyze(text) for field in FIELDS[term.kind]}
    for word in QUERIES.words(text):
        assert any(all((a.field, term) in fields for term in a.terms) for a in word.alternatives)


@given(GERMAN)
@EXAMPLES
def test_a_word_alone_has_the_terms_that_it_has_in_a_text(text: str) -> None:
    whole = {(term.text, term.kind) for term in CHAIN.analyze(text)}
    for token in tokenize(text):
        alone = list(tokenize(token.text))
        if len(alone) == 1 and alone[0].text == token.text:
            assert {(term.text, term.kind) for term in CHAIN.analyze(token.text)} <= whole


@given(st.text(max_size=60))
@EXAMPLES
def test_folding_comes_to_rest(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(GERMAN)
@EXAMPLES
def test_spelling_keeps_its_places(text: str) -> None:
    for token in tokenize(text):
        spelled, places = aligned(token.text)
        assert spelled == spell(fold(token.text))
        assert len(places) == len(spelled) + 1
        assert list(places) == sorted(places)


@given(GERMAN)
@EXAMPLES
def test_composed_and_decomposed_text_have_the_same_terms(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    for one, other in zip(CHAIN.analyze(composed), CHAIN.analyze(decomposed), strict=True):
        assert (one.text, one.position, one.kind) == (other.text, other.position, other.kind)


@given(WORDS)
@EXAMPLES
def test_case_never_hides_a_word(word: str) -> None:
    for other in (word.lower(), word.capitalize(), word.upper()):
        exact = {term.text for term in CHAIN.analyze(other) if "text_exact" in FIELDS[term.kind]}
        assert exact == {term.text for term in CHAIN.analyze(word) if "text_exact" in FIELDS[term.kind]}


@given(st.dictionaries(WORDS, st.integers(1, 50), max_size=20), GERMAN)
@settings(max_examples=15, deadline=None)
def test_any_vocabulary_will_do(vocabulary: dict[str, int], text: str) -> None:
    chain = Chain(archive_words(vocabulary))
    queries = QueryChain(chain, lambda word: vocabulary.get(word, 0))
    fields = {(field, term.text) for term in chain.analyze(text) for field in FIELDS[term.kind]}
    for word in queries.words(text):
        assert any(all((a.field, term) in fields for term in a.terms) for a in word.alternatives)


@pytest.mark.parametrize("piece", REPEATED.split())
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def once(text: str) -> float:
        start = time.process_time()
        CHAIN.analyze(text)
        return time.process_time() - start

    def seconds(text: str) -> float:
        return min(once(text) for _ in range(3))  # collecting all garbage of this process may take longer than a text

    piece = piece.replace("_", " ")
    small, large = piece * (4_000 // len(piece)), piece * (40_000 // len(piece))
    seconds(small)
    assert seconds(large) < 40 * seconds(small) + 0.2


def test_the_archives_own_words_take_compounds_apart() -> None:
    text = "Die Quaxelschwemme überraschte alle."
    assert "quaxel+schwemm" not in {term.text for term in Chain().analyze(text)}
    chain = Chain(archive_words({"Quaxel": 9, "Schwemme": 9}))
    assert {"quaxel", "quaxel+schwemm", "schwemm"} <= {term.text for term in chain.analyze(text) if term.kind == "part"}


def test_a_part_is_marked_inside_its_word() -> None:
    text = "Die Artilleriegeschosse, die Schifffahrt und die Kriegs\u00adschiffe"
    marked = {(term.text, text[term.start : term.end]) for term in CHAIN.analyze(text) if term.kind == "part"}
    assert ("geschoss", "geschosse") in marked
    assert ("artilleri", "Artillerie") in marked
    assert ("fahrt", "fahrt") in marked
    assert ("schiff", "schiffe") in marked
    assert ("krieg", "Kriegs\u00ad") in marked or ("krieg", "Kriegs") in marked


def test_the_archives_words_are_nouns_and_no_compounds_of_others() -> None:
    counts = {"Quaxel": 9, "Quaxelschwemme": 5, "Schwemme": 4, "Drommel": 1, "Zirfen": 2, "zirfen": 9, "Soldat": 8}
    assert archive_words(counts) == ("quaxel", "schwemme")
    assert archive_words({**counts, "Drommel": 2, "Drommelquaxel": 3}) == ("quaxel", "drommel", "schwemme")


def test_a_word_in_small_letters_is_no_compound_of_the_archives_words() -> None:
    chain = Chain(archive_words({"Quaxel": 9}))
    assert not [term for term in chain.analyze("ein sonnenquaxel Tag") if term.kind == "part"]
    assert "sonne+quaxel" in {term.text for term in chain.analyze("ein Sonnenquaxel")}


def test_a_word_typed_without_umlauts_finds_the_archives_words() -> None:
    counts = {"präsident": 4, "bar": 3, "bär": 2, "bürger": 5, "häuser": 2, "häuserkampf": 1}
    queries = QueryChain(CHAIN, lambda word: counts.get(word, 0))

    def respelled(typed: str) -> set[tuple[str, ...]]:
        return {a.terms for a in queries.words(typed)[0].alternatives if a.reason == "spelling"}

    assert respelled("Prasident") == {("präsident",)}
    assert respelled("Prasidenten") == {("präsident",)}
    assert ("bürger",) in respelled("burgern")
    assert respelled("Hauserkampf") == {("häuserkampf",)}
    assert respelled("Bar") == set()
    assert respelled("Xanadu") == set()


def test_a_known_word_is_meant_as_it_is_typed() -> None:
    typed = ["fordern", "schon", "Bar", "zahlen", "drucken", "Kuchen", "Losung", "Raum"]
    queries = QueryChain(CHAIN, lambda word: 9 if set(word) & set("äöü") else 0)
    assert not [a for word in typed for a in queries.words(word)[0].alternatives if a.reason == "spelling"]


def test_a_word_is_not_respelled_as_a_stop_word() -> None:
    queries = QueryChain(CHAIN, lambda word: 9 if word == "sein" else 0)
    assert not [a for a in queries.words("Ware")[0].alternatives if a.reason == "spelling"]
    assert [word.is_stop_word for word in queries.words("Ware wäre")] == [False, True]


def test_the_exact_spelling_weighs_most() -> None:
    for word in QUERIES.words("Artilleriegeschosse Journalistinnen zwölftausend US-Präsident"):
        weights = {a.reason: a.weight for a in word.alternatives}
        assert max(weights, key=lambda reason: weights[reason]) == "exact"


def test_stop_words_are_left_out_beside_others_and_kept_alone() -> None:
    assert [word.text for word in QUERIES.needed(QUERIES.words("der Bericht und die Lage"))] == ["Bericht", "Lage"]
    assert [word.text for word in QUERIES.needed(QUERIES.words("sein oder nicht sein"))] == [
        "sein",
        "oder",
        "nicht",
        "sein",
    ]
