"""Train the Punkt parameters that `index.annotate.sentences` ships, and measure them.

In: a file of German sentences, a token and its tag a line, an empty line between sentences (the form of GermEval 2014,
Benikova et al. 2014, CC BY 4.0). Out: a small JSON file of word types. Run from the project's root:

    python -m bench.train_sentences germeval2014.tsv index/annotate/punkt.json
    python -m bench.train_sentences germeval2014.tsv --measure
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from nltk.tokenize.punkt import PunktParameters, PunktTrainer

from index.annotate.sentences import SentenceSplitter, load_parameters
from index.annotate.tables import load_tables

_LOWER_CASE = 2**4 | 2**5 | 2**6
"""Punkt's flags for "seen in lower case" at the beginning, in the middle, at an unknown place of a sentence."""

_NO_SPACE_BEFORE = re.compile(r" (?=[.,;:!?…)\]“])")
_NO_SPACE_AFTER = re.compile(r"(?<=[(\[„]) ")


def read_sentences(path: Path) -> Iterator[str]:
    """Yield each sentence as running text, its punctuation put back onto the words."""
    for block in path.read_text("utf-8").split("\n\n"):
        words = [line.split("\t")[0] for line in block.splitlines() if line.strip()]
        if words:
            yield _NO_SPACE_AFTER.sub("", _NO_SPACE_BEFORE.sub("", " ".join(words)))


def train(sentences: Sequence[str]) -> PunktParameters:
    """Learn abbreviations, sentence starters, collocations and spellings (Kiss and Strunk 2006)."""
    trainer = PunktTrainer()
    trainer.INCLUDE_ABBREV_COLLOCS = True
    trainer.train("\n\n".join(sentences), finalize=True)
    parameters = trainer.get_params()
    inside = {word[:-1].lower() for sentence in sentences for word in sentence.split()[:-1] if word.endswith(".")}
    parameters.abbrev_types &= inside  # a word that only ever ends sentences is none, however often it does
    return parameters


def to_json(parameters: PunktParameters) -> dict[str, Any]:
    """Keep what a decision can depend on: of the spellings, the words that were seen in lower case."""
    spellings = sorted(parameters.ortho_context.items())
    return {
        "source": "GermEval 2014 Named Entity Recognition (Benikova, Biemann, Reznicek 2014), CC BY 4.0",
        "abbreviations": sorted(parameters.abbrev_types),
        "collocations": sorted(parameters.collocations),
        "sentence_starters": sorted(parameters.sent_starters),
        "spellings": {word: flags for word, flags in spellings if flags & _LOWER_CASE and word.isalpha()},
    }


def measure(sentences: Sequence[str], seed: int = 1) -> dict[str, float]:
    """Train on four fifths, split the last fifth run together, ten sentences a paragraph: precision and recall.

    Only sentences that end in a mark count, since nothing shows the end of the others.
    """
    ended = [sentence for sentence in sentences if sentence[-1] in ".!?"]
    random.Random(seed).shuffle(ended)
    cut = len(ended) * 4 // 5
    splitter = SentenceSplitter(load_tables(), load_parameters(to_json(train(ended[:cut]))))
    found = right = wanted = 0
    for first in range(cut, len(ended), 10):
        part = ended[first : first + 10]
        ends, place = set(), -1
        for sentence in part[:-1]:
            place += len(sentence) + 1
            ends.add(place)
        text = " ".join(part)
        ours = {span.end for span in splitter.split(text)} - {len(text)}
        found, right, wanted = found + len(ours), right + len(ours & ends), wanted + len(ends)
    return {"precision": right / found, "recall": right / wanted}


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--measure", "measuring", is_flag=True, help="Print precision and recall on a fifth held out.")
def main(source: Path, target: Path | None, measuring: bool) -> None:
    """Train Punkt on SOURCE and write its parameters to TARGET."""
    sentences = list(read_sentences(source))
    if measuring:
        click.echo(json.dumps(measure(sentences)))
    if target:
        text = json.dumps(to_json(train(sentences)), ensure_ascii=False, indent=0, separators=(",", ":"))
        target.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
