"""Files in, index out.

The way of the data: `readers` read files into raw articles; `clean` makes articles of them; `annotate` finds who said
what, which figure and when; `records` are what the index holds; `german` makes terms of words; `schema` and
`collections` lay them down in Whoosh; `identity` and `people` join the names of one person; `folder` keeps the
generations; `plan` and `reindexing` keep an index up to date.
"""

from index.annotate import Annotator, Tables, load_tables
from index.folder import IndexFolder
from index.people import load_person_settings
from index.reindexing import LeftOut, Report, reindex
from index.settings import Settings, load_settings

__all__ = [
    "Annotator",
    "IndexFolder",
    "LeftOut",
    "Report",
    "Settings",
    "Tables",
    "load_person_settings",
    "load_settings",
    "load_tables",
    "reindex",
]
