"""What goes wrong, as a page in the reader's language, or as JSON below /api.

In: an exception. Out: an answer with its status and no traceback; what nobody expected is logged with one.
"""

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from index.errors import FundstelleError, IndexFolderError
from search.model import Request
from web.links import Links
from web.pages import Pages
from web.rendering import render_page

KNOWN = (400, 404, 500, 503)
"""The statuses that have messages of their own."""


def register_errors(app: Flask, pages: Pages) -> None:
    """Have every exception answered."""

    def index_unreadable(error: IndexFolderError) -> Response:
        pages.source.forget()
        app.logger.error("%s", error)
        from_here = request.remote_addr in ("127.0.0.1", "::1")  # others need not know where our files lie
        return error_page(pages, 503, str(error) if from_here else "")

    def refused(error: FundstelleError) -> Response:
        return error_page(pages, 400, str(error))

    def http_error(error: HTTPException) -> Response:
        answer = error_page(pages, error.code or 500)
        answer.headers.update({name: value for name, value in error.get_headers() if name != "Content-Type"})
        return answer

    def unexpected(error: Exception) -> Response:
        app.logger.exception("%s %s", request.method, request.full_path, exc_info=error)
        return error_page(pages, 500)

    app.register_error_handler(IndexFolderError, index_unreadable)
    app.register_error_handler(FundstelleError, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)


def error_page(pages: Pages, status: int, detail: str = "") -> Response:
    """The page, or JSON, for a status; `detail` is the exception's own message."""
    messages = pages.messages()
    name = str(status) if status in KNOWN else "other"
    title, text = messages(f"error_{name}"), messages(f"error_{name}_text", code=status)
    if request.path.startswith("/api/"):
        answer = jsonify({"error": detail or f"{title}. {text}"})
        answer.status_code = status
        return answer
    links = Links(Request(query=request.args.get("q", "").strip() or "*"), messages.language)
    other = Links(Request(), pages.other_language(messages)).home()
    return render_page(
        "error.html", messages, links, status, title=title, text=text, detail=detail, code=status, other_language=other
    )
