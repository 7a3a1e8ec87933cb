"""A template and its values in, an answer out; what every template may use is named here once.

Each language has its own templates: a text that the filter `m` gives for a key stands in them when they are compiled.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import PurePath
from typing import Any

from flask import Response
from jinja2 import Environment, PackageLoader

from index.model import PartialDate
from web.chart import SHAPES
from web.formats import date_text, day_of, number_text, quantity_text
from web.links import Links
from web.markup import marked
from web.messages import Messages
from web.repeated import (
    article_found,
    facet_values,
    kind_links,
    page_links,
    sort_links,
    timeline_bars,
    why_found,
)  # fmt: skip
from web.security import web_address
from web.timeline import BASE
from web.view import figure_passage, with_differences

_IN_A_LANGUAGE: tuple[Callable[..., str], ...] = (
    article_found, date_text, facet_values, kind_links, number_text, page_links, quantity_text, sort_links,
    timeline_bars, why_found,
)  # fmt: skip


def render_page(template: str, messages: Messages, links: Links, status: int = 200, **values: Any) -> Response:
    """The page as an HTML answer. Half a surrogate pair, which UTF-8 cannot say, becomes a question mark."""
    html = _templates(messages).get_template(template).render(links=links, **values)
    return Response(html.encode("utf-8", "replace"), status, mimetype="text/html")


@lru_cache
def _templates(messages: Messages) -> Environment:
    """The templates in one language, with what does not depend on the page."""
    templates = Environment(
        loader=PackageLoader("web"), autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    templates.globals = {"language": messages.language, "shapes": SHAPES, "timeline_base": BASE}  # without Jinja's own
    templates.filters |= {write.__name__: partial(write, messages=messages) for write in _IN_A_LANGUAGE}
    templates.filters |= {
        "m": messages,
        "day_of": day_of,
        "figure_passage": figure_passage,
        "file_name": lambda path: PurePath(path).name,
        "marked": marked,
        "parse_date": PartialDate.parse,
        "web_address": web_address,
        "with_differences": with_differences,
    }
    return templates
