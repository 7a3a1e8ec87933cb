"""The application: an index folder in, a Flask application out that waitress (or any WSGI server) can serve."""

import secrets
from pathlib import Path

from flask import Flask
from werkzeug.routing import BaseConverter

from search import SynonymSettings
from web.errors import register_errors
from web.messages import load_messages
from web.pages import Pages
from web.remembered import Remembered
from web.security import secured
from web.source import ArchiveSource


class ArticleId(BaseConverter):
    """The rest of the path: an article's own id may hold slashes."""

    regex = r"(?s:.+)"
    part_isolating = False


def create_app(
    index_dir: Path, synonyms: SynonymSettings | None = None, remembered: int = 0, start: str | None = None
) -> Flask:
    """The application over the archive in `index_dir`, which is opened at the first request and may come later.

    `synonyms` are the user's, from `synonyms.toml`. Answers given before are remembered in so many bytes; `start` names
    the start of the server where several processes answer (see `web.remembered`).
    """
    app = Flask("web")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # facets have an order
    app.url_map.merge_slashes = False
    app.url_map.converters["article_id"] = ArticleId
    source = ArchiveSource(index_dir, synonyms)
    pages = Pages(source, load_messages())
    app.add_url_rule("/", view_func=pages.results, endpoint="results")
    app.add_url_rule("/artikel/<article_id:article_id>", view_func=pages.article, endpoint="article")
    app.add_url_rule("/api/suggest", view_func=pages.suggest, endpoint="suggest")
    app.add_url_rule("/api/search", view_func=pages.json, endpoint="json")
    app.add_url_rule("/api/search.csv", view_func=pages.csv, endpoint="csv")
    register_errors(app, pages)
    apart = f"{app.static_url_path}/"  # files have validators of their own
    answering = Remembered(app.wsgi_app, source.state, remembered, start or secrets.token_hex(8), apart)
    app.wsgi_app = secured(answering)  # type: ignore[method-assign,assignment]
    return app
