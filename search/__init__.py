"""A request in, hits and facets out. Imports `index`, never `web`.

The way of the data: `request` reads a request from a URL's parameters; `parser` makes a query tree; `engine` matches
it; `facets` counts; `highlight` marks; `archive` puts the response together; `answer` writes it as JSON,
`export` as CSV. `suggest` completes what is being typed, `spelling` says what was meant, `synonyms` what else to find.
"""

from search.answer import answer_as_json
from search.archive import Archive, open_archive
from search.export import as_csv
from search.model import ArticlePage, Hit, Request, Response
from search.request import params_of, request_from_params
from search.synonyms import SynonymSettings, load_synonyms

__all__ = [
    "Archive",
    "ArticlePage",
    "Hit",
    "Request",
    "Response",
    "SynonymSettings",
    "answer_as_json",
    "as_csv",
    "load_synonyms",
    "open_archive",
    "params_of",
    "request_from_params",
]
