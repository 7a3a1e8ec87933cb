"""The pages: a request's address in, HTML or JSON out. No search logic lives here.

The flow: `app` joins addresses to `pages`; these read the request (`search.request`), ask the archive (`source`) and
make the response page-ready (`view`, `article`, `markup`, `formats`, with addresses by `links` and words by
`messages`) for the templates (`rendering`). What is drawn is worked out apart from that: `timeline` for the dates,
`figure_chart` for the figures with `chart`, `scales` and `labels` below it. What goes wrong becomes a page in
`errors`; `security` puts the headers on every answer; `repeated` writes what stands on a page a hundred times. Before
all of it `remembered` gives again what was answered before. `server` answers in earnest, in one process or in several.
"""

from web.app import create_app
from web.server import Serving, serve

__all__ = ["Serving", "create_app", "serve"]
