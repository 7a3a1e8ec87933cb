"""The headers that every answer carries: nothing foreign is loaded, framed or guessed.

In: a response. Out: the same response with the headers. `web_address` says which links out of the archive are safe.
"""

from urllib.parse import urlsplit

from flask import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def add_headers(response: Response) -> Response:
    """The response with the security headers."""
    response.headers.extend(HEADERS)
    return response


def web_address(url: str | None) -> str | None:
    """The URL if it may be linked to: absolute, http or https; otherwise None."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return (url or "").strip() if parts.scheme in ("http", "https") and parts.netloc else None
