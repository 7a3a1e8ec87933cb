"""Word -> index terms: tokens, folding, stems; one chain for index and query.

The way of the data: `tokens` cuts, `fold` folds, `chain` stems and numbers the positions.
"""

from index.german.chain import Term, analyze, term_of
from index.german.fold import fold
from index.german.tokens import Token, tokenize

__all__ = ["Term", "Token", "analyze", "fold", "term_of", "tokenize"]
