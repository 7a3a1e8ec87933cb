"""What stands on a page again and again, as HTML: the values of the facets, the bars of the timeline, articles found.

In: what `view` and `timeline` made ready, and hits. Out: `Markup` for the templates around it. These were most of the
time that a page took when templates wrote them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from search.model import Hit
from web.formats import date_text, day_of, number_text
from web.links import Links
from web.markup import marked
from web.messages import Messages
from web.timeline import BASE, Bar, Timeline

if TYPE_CHECKING:
    from web.view import FacetLink

_SPEAKERS = 5
"""Of an article so many of those whom it quotes are named."""

_escaped = lru_cache(1 << 13)(lambda text: str(escape(text)))  # the values that are found most are on most pages

_NUMBER = "\0"
"""Where a number goes."""


def facet_values(values: Iterable["FacetLink"], messages: Messages) -> Markup:
    """The items of a facet's list."""
    chosen = f'<span class="hidden"> ({escape(messages("facet_selected"))})</span>'
    one = str(escape(messages("facet_count", count="1")))
    several = str(escape(messages("facet_count", count=_NUMBER)))
    items = []
    for label, count, share, selected, url in values:
        address = url.replace("&", "&amp;")  # what else has a meaning in HTML is quoted in it
        current, said = (' aria-current="true"', chosen) if selected else ("", "")
        number = number_text(count, messages)
        counted = one if number == "1" else several.replace(_NUMBER, number)
        items.append(
            f"""\
<li><a class="value" rel="nofollow" href="{address}"{current}>
  <span class="box" aria-hidden="true"></span><span class="label">{_escaped(label)}{said}</span>
  <span class="count"><span aria-hidden="true">{number}</span><span class="hidden">{counted}</span></span>
  <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
<rect width="{share:.1f}" height="1"/></svg>
</a></li>
"""
        )
    return Markup("".join(items))


def timeline_bars(timeline: Timeline, links: Links, messages: Messages) -> Markup:
    """The bars of a timeline, each a link that chooses its date."""
    chosen = f" ({escape(messages('facet_selected'))})"
    return Markup("\n".join(_bar(bar, timeline.counts, links, messages, chosen) for bar in timeline.bars))


def article_found(hit: Hit, links: Links, messages: Messages) -> Markup:
    """What a hit shows of an article: its title, where and when it stood, its passages, who is quoted."""
    title = marked(hit.title, hit.title_marks, hit.title_words)
    passages = [
        f'<p class="passage" lang="de">{marked(part.text, part.marks, part.words)}</p>' for part in hit.passages
    ]
    quoted = ""
    if hit.speakers:
        names = escape(", ".join(hit.speakers[:_SPEAKERS]) + (" …" if len(hit.speakers) > _SPEAKERS else ""))
        quoted = f'<p class="quoted"><span>{escape(messages("quoted"))}:</span> {names}</p>'
    return Markup(
        "\n  ".join(
            [
                f'<h2 lang="de"><a href="{escape(links.article(hit.article_id))}">{title}</a></h2>',
                f'<p class="meta">{_when(hit, messages)} {_where(hit, messages)} {_agencies(hit, messages)}</p>',
                *passages,
                quoted,
            ]
        )
    )


def _when(hit: Hit, messages: Messages) -> str:
    if hit.date:
        return f'<time datetime="{hit.date}">{escape(date_text(hit.date, messages))}</time>'
    text = messages("none_date")
    if hit.estimate:
        text += ", " + messages("estimated", date=date_text(day_of(hit.estimate.day), messages))
    return f'<span class="unknown">{escape(text)}</span>'


def _where(hit: Hit, messages: Messages) -> str:
    if hit.outlet:
        return f'<span class="outlet">{escape(hit.outlet)}</span>'
    return f'<span class="unknown">{escape(messages("none_outlet"))}</span>'


def _agencies(hit: Hit, messages: Messages) -> str:
    if not hit.agencies:
        return ""
    return f'<span class="agencies">{escape(messages("by"))} {escape(", ".join(hit.agencies))}</span>'


def _bar(bar: Bar, counts: bool, links: Links, messages: Messages, chosen: str) -> str:
    value = bar.value
    number = number_text(value.count, messages)
    title = escape(messages("timeline_bar", date=date_text(bar.date, messages), count=number))
    current, chosen = (' aria-current="true"', chosen) if value.selected else ("", "")
    x, width, middle = f"{round(bar.x, 2)}%", f"{round(bar.width, 2)}%", f"{round(bar.x + bar.width / 2, 2)}%"
    text = f'<text x="{middle}" y="{round(BASE - bar.height - 4, 1)}">{number}</text>' if counts else ""
    mark = (
        f'<svg x="{middle}" y="{BASE}" width="1" height="1" overflow="visible">'
        '<path class="chosen" d="M0 2L6 10H-6Z"/></svg>'
        if value.selected
        else ""
    )
    return f"""\
    <a class="bar{" coarse" if bar.coarse else ""}" rel="nofollow" href="{escape(links.toggle("date", value.value))}"\
{current}>
      <title>{title}{chosen}</title>
      <rect class="area" x="{x}" width="{width}" y="0" height="{BASE}"/>
      <rect class="count" x="{x}" width="{width}" y="{round(BASE - bar.height, 1)}" height="{round(bar.height, 1)}"/>
{text}{mark}    </a>"""
