"""The tokenizer that remembers pieces gives what its pattern finds in the whole text; it forgets, and goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate import names_tokens
from index.annotate.names_tokens import BOUNDARY, LONGEST_RUN, Block, Tokenizer, runs, token_pattern
from index.model import Span

SHORT = ("Dr.", "Prof.", "Dipl.-Ing.")
TOKENIZER = Tokenizer(SHORT)

PIECES = st.sampled_from(
    ["Dr.", "Prof.", "XVI.", "W.", "C.Y.", "Dipl.-Ing.", "Roe", "Karl-Otto", "lief", "12.5", "„Ja“", "a_b", "İ", "ﬁ"]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(" \n\t.,_-XVaÄ1\u00a0", max_size=5)), max_size=12).flatmap(
    lambda pieces: st.sampled_from(["", " ", "\n", " \n ", "  "]).map(lambda space: space.join(pieces))
)


def only(tokenizer: Tokenizer, text: str, *sentences: Span) -> Block:
    (block,) = tokenizer.blocks([text], [sentences])
    return block


def runs_of(block: Block) -> list[tuple[int, ...]]:
    return list(zip(*(places.tolist() for places in runs(block)), strict=True))


@given(TEXTS.filter(bool))
def test_the_tokens_are_those_of_the_pattern(text: str) -> None:
    block = only(TOKENIZER, text, Span(0, len(text)))
    matches = list(token_pattern(SHORT).finditer(text))
    assert block.words == [match.group() for match in matches]
    assert block.starts.tolist() == [match.start() for match in matches]
    assert [TOKENIZER.words[number] for number in block.numbers.tolist()] == block.words
    capitals = [at for at, word in enumerate(block.words) if not word.islower() and word[0].isalpha()]
    assert block.capitals.tolist() == capitals


def test_an_abbreviation_with_a_space_is_one_token() -> None:
    assert only(Tokenizer(["Dr. med."]), "Frau Dr. med. Roe kam.").words == ["Frau", "Dr. med.", "Roe", "kam", "."]


def test_each_token_has_its_sentence() -> None:
    text = "Oben: Er kam. Sie ging."
    block = only(TOKENIZER, text, Span(6, 13), Span(14, 23))
    assert block.sentences.tolist() == [1, 1, 2, 2, 2, 3, 3, 3]


def test_what_is_forgotten_is_cut_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names_tokens, "KNOWN", 20)
    tokenizer, seen = Tokenizer(SHORT), []
    for number in range(40):
        text = f"Herr Roe{'x' * number} kam zum {number}. Mal."
        assert only(tokenizer, text).words == only(Tokenizer(SHORT), text).words
        seen.append(tokenizer.words)
    assert len({id(words) for words in seen}) > 2
    assert tokenizer.words[0] == BOUNDARY
    assert len(tokenizer.words) < 60


@pytest.mark.parametrize("size", [names_tokens.BLOCK + 7, 3 * names_tokens.BLOCK])
def test_a_long_text_comes_in_blocks_that_join(size: int) -> None:
    text = ("Karl Roe kam. " * (size // 14 + 1))[:size]
    blocks = list(TOKENIZER.blocks([text], [[Span(0, size)]]))
    assert len(blocks) > 1
    starts = [start for block in blocks for start in block.starts.tolist()]
    words = [word for block in blocks for word in block.words]
    assert starts == sorted(starts)
    assert all(text.startswith(word, start) for word, start in zip(words, starts, strict=True))


def test_texts_of_one_block_stay_apart() -> None:
    (block,) = TOKENIZER.blocks(["Karl", "", "Roe kam"], [[Span(0, 4)], [], []])
    assert block.starts.tolist() == [0, 0, 4]
    assert [(stretch.text, end) for stretch, end in zip(block.stretches, block.ends.tolist(), strict=True)] == [
        (0, 1),
        (2, 3),
    ]
    assert runs_of(block) == [(0, 1), (1, 2)]


def test_a_run_goes_over_particles_inside_a_sentence_and_ends_when_it_is_long() -> None:
    text = "Ursula von der Leyen und Karl. Roe kam"
    block = only(Tokenizer(SHORT, frozenset({"von", "der"})), text, Span(0, 30), Span(31, 38))
    assert runs_of(block) == [(0, 4), (5, 6), (7, 8)]
    assert block.words_of(block.numbers[runs(block).tokens()]) == ["Ursula", "von", "der", "Leyen", "Karl", "Roe"]
    long = only(TOKENIZER, "Roe " * (2 * LONGEST_RUN + 3))
    assert [last - first for first, last in runs_of(long)] == [LONGEST_RUN, LONGEST_RUN, 3]
