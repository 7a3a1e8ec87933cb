"""Files in, index out.

The way of the data: `readers` read files into raw articles; `clean` makes articles of them; `annotate` finds who said
what, which figure and when; `records` are what the index holds; `german` makes terms of words; `schema`, `codec` and
`collections` lay them down as a Whoosh index of flat arrays, `columns` beside it what facets need; `identity` and
`people` join the names of one person; `folder` keeps the generations, `checksums` tell whether they are whole,
`order` whether their lists are in order; `plan`, `pipeline` and `reindexing` keep an index up to date; `processes`
work beside each other.

What stands here is imported when it is asked for: who only searches, or only writes segments, does without annotators.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.annotate import Tables, load_tables
    from index.annotate.annotator import Annotator
    from index.checksums import damaged as damaged_files
    from index.folder import IndexFolder
    from index.order import out_of_order
    from index.people import load_person_settings
    from index.reindexing import MEMORY, LeftOut, Report, reindex
    from index.settings import Settings, load_settings

_HOMES = {
    "MEMORY": "reindexing",
    "Annotator": "annotate.annotator",
    "IndexFolder": "folder",
    "LeftOut": "reindexing",
    "Report": "reindexing",
    "Settings": "settings",
    "Tables": "annotate",
    "damaged_files": "checksums",
    "load_person_settings": "people",
    "load_settings": "settings",
    "load_tables": "annotate",
    "out_of_order": "order",
    "reindex": "reindexing",
}
_NAMED_THERE = {"damaged_files": "damaged"}

__all__ = [
    "MEMORY",
    "Annotator",
    "IndexFolder",
    "LeftOut",
    "Report",
    "Settings",
    "Tables",
    "damaged_files",
    "load_person_settings",
    "load_settings",
    "load_tables",
    "out_of_order",
    "reindex",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), _NAMED_THERE.get(name, name))
