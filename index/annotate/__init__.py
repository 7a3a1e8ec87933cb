"""Text -> annotations; pure, no I/O, each annotation names the rule that made it.

The way of the data: `tables` holds the language knowledge; `sentences` cuts; `dates` and `figures` read quantities;
`persons` names people; `statements` finds what is said and by whom; `annotator` puts them together
(not imported here: who searches needs tables only).
"""

from index.annotate.tables import Tables, load_tables

__all__ = ["Tables", "load_tables"]
