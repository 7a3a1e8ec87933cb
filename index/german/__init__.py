"""Word -> index terms: tokens, folding, stems, compound parts, gender forms, numbers; one chain for index and query.

The way of the data: `tokens` cuts a text, `fold` folds a word and settles how its umlauts are spelled, `words` reads
it (`stems`, `gender`, `numbers`, `compounds`), `forms` numbers what was read, `exchange` tells it to other processes,
`neighbours` sees what several tokens are together, `chain` gives the terms, `query` says what a query looks for. What
is known of German stands in `tables/`, and `archive_words` finds what an archive adds to it.

The index side: `Chain(own).analyze(text)` gives terms; `Chain(own).read(text)` says the same in numbers
of forms, for a writer that inverts many texts at once. A term has a text, a position (tokens counted from 0), offsets
of what to mark, and a kind; `FIELDS` says which fields hold a kind:

    text_exact   exact, plain            the folded form: for `=Wort`, wildcards, and to rank the exact spelling first
    text         stem, plain, number     stems, and normal forms of numbers
                 gender, separable       the masculine of a feminine or marked form; a verb with its prefix
    text_parts   part                    compounds: each part's stem, and runs of neighbouring parts with a plus
                                         between them: artilleri, geschoss, artilleri+geschoss

A part's offsets are those of the part inside the word. What several tokens give together (a hyphen compound as one
word, an ellipsis completed, 8 Millionen, traf ... ein) stands at the position of the last of them, with the offsets of
what it stands for; so positions never go back.

The query side: `QueryChain(chain, count_of).words(text)` gives one `QueryWord` for each word or hyphen compound, with
its alternatives: a field, one term (or several at consecutive positions), a reason and a weight, the exact spelling
weighing most. A compound is found by the run of all its parts, hence only where they stand together. `needed` leaves
stop words out; a phrase takes them all. `QueryWord.members` are a compound's parts: a clue where not every word must be
found.

The archive's own words decide, beside the shipped ones, how compounds come apart. An index keeps those that it was
built with, `archive_words(counts)`, and changes them only with all its postings.
"""

from index.german.archive_words import archive_words
from index.german.chain import Chain, Reading, analyze, default_chain
from index.german.exchange import Exchange
from index.german.fold import fold, spell
from index.german.forms import FormTerm
from index.german.query import Alternative, QueryChain, QueryWord, Reason
from index.german.terms import FIELDS, Field, Term, TermKind
from index.german.together import Together
from index.german.tokens import Token, tokenize

__all__ = [
    "FIELDS",
    "Alternative",
    "Chain",
    "Exchange",
    "Field",
    "FormTerm",
    "QueryChain",
    "QueryWord",
    "Reading",
    "Reason",
    "Term",
    "TermKind",
    "Together",
    "Token",
    "analyze",
    "archive_words",
    "default_chain",
    "fold",
    "spell",
    "tokenize",
]
