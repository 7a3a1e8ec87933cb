"""The addresses and what they show: the start page and results, one article, the same search as JSON.

In: a URL. Out: a page or JSON. What goes wrong is raised and made into a page by `web.errors`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Response, abort, jsonify, request

from index.model import KINDS
from search.answer import answer_as_json
from search.export import as_csv
from search.model import Request
from search.request import request_from_params
from search.suggest import completed
from web.article import article_paragraphs, longest_roles
from web.figure_chart import figure_chart
from web.links import Links, article_path
from web.messages import Messages, choose_language
from web.rendering import render_page
from web.source import ArchiveSource
from web.timeline import timeline
from web.view import MOST, chips, facets, paging

MOST_EXPORTED = 10_000
"""How many hits a table for a spreadsheet holds at most."""


@dataclass(frozen=True)
class Pages:
    """The pages of one archive."""

    source: ArchiveSource
    catalogue: Mapping[str, Messages]

    def results(self) -> Response:
        """`/`: what a request found; without any parameter the start page with the newest articles."""
        messages = self.messages()
        asked = _asked()
        archive = self.source.archive()
        response = archive.search(_ordered(asked), listed=MOST)
        links = Links(asked, messages.language)
        return render_page(
            "results.html",
            messages,
            links,
            response=response,
            timeline=timeline(response.facets["date"]),
            figure_chart=figure_chart(archive, response, links, messages) if asked.kind == "figure" else None,
            facets=facets(response, messages),
            chips=chips(links, messages),
            paging=paging(response, links),
            most_exported=MOST_EXPORTED,
            start=asked == Request(),
            kinds=KINDS,
            other_language=links.in_language(self.other_language(messages)),
        )

    def article(self, article_id: str) -> Response:
        """`/artikel/<id>`: the whole article, with the words of `q` marked."""
        messages = self.messages()
        query = request_from_params(_Parameters({"q": [request.args.get("q", "")]})).query
        page = self.source.archive().article(article_id, "" if query == "*" else query)
        if page is None:
            abort(404)
        links = Links(Request(query=query), messages.language)
        return render_page(
            "article.html",
            messages,
            links,
            page=page,
            paragraphs=article_paragraphs(page),
            roles=longest_roles(page),
            other_language=links.in_language(self.other_language(messages), article_path(article_id)),
        )

    def json(self) -> Response:
        """`/api/search`: the same request and answer as the command line's `search --json`."""
        asked = _asked()
        return jsonify(answer_as_json(self.source.archive().search(asked)))

    def suggest(self) -> Response:
        """`/api/suggest`: what a query that is being typed may become."""
        typed = request.args.get("q", "")
        found = self.source.archive().suggest(typed)
        return jsonify(
            [{"text": s.text, "kind": s.kind, "count": s.count, "query": completed(typed, s)} for s in found]
        )

    def csv(self) -> Response:
        """`/api/search.csv`: all hits of the request, not only a page of them, as a table in the page's order."""
        asked = replace(_asked(), page=1, size=MOST_EXPORTED)
        response = self.source.archive().search(_ordered(asked))
        headers = {"Content-Disposition": f'attachment; filename="fundstelle-{response.request.kind}.csv"'}
        return Response(as_csv(response).encode("utf-8", "replace"), headers=headers, mimetype="text/csv")

    def messages(self) -> Messages:
        """The messages in the language that the address asks for."""
        return choose_language(request.args.get("lang"), self.catalogue)

    def other_language(self, messages: Messages) -> str:
        """The code of the language that a page with these messages is not in."""
        return next(code for code in self.catalogue if code != messages.language)


@dataclass(frozen=True, slots=True)
class _Parameters:
    """The parameters of an address. Flask's own raise and catch an error for every one that is asked for and absent."""

    values: Mapping[str, list[str]]

    def get(self, name: str, /) -> str | None:
        return next(iter(self.getlist(name)), None)

    def getlist(self, name: str, /) -> list[str]:
        return self.values.get(name, [])


def _asked() -> Request:
    """The request that the address makes."""
    return request_from_params(_Parameters(request.args.to_dict(flat=False)))


def _ordered(asked: Request) -> Request:
    """Where no words were asked for, nothing is more relevant than something else: the newest come first."""
    return replace(asked, sort="newest") if asked.query == "*" and asked.sort == "relevance" else asked
