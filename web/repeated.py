"""What stands on a page again and again, as HTML: the values of the facets, the bars of the timeline, articles found.

In: what `view` and `timeline` made ready, and hits. Out: `Markup` for the templates around it. These were most of the
time that a page took when templates wrote them.
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from index.model import PartialDate
from search.model import Hit
from web.formats import date_text, day_of, number_text
from web.links import Links
from web.markup import attribute, escaped, marked
from web.messages import Messages
from web.timeline import BASE, Bar, Timeline
from web.view import FacetLink, found_otherwise

_SPEAKERS = 5
"""Of an article so many of those whom it quotes are named."""

_NUMBER = "\0"
"""Where a number goes."""


def facet_values(values: Iterable[FacetLink], messages: Messages) -> Markup:
    """The items of a facet's list."""
    chosen = f'<span class="hidden"> ({escape(messages("facet_selected"))})</span>'
    one = str(escape(messages("facet_count", count="1")))
    several = str(escape(messages("facet_count", count=_NUMBER)))
    items = []
    for label, count, share, selected, url in values:
        current, said = (' aria-current="true"', chosen) if selected else ("", "")
        number = number_text(count, messages)
        counted = one if number == "1" else several.replace(_NUMBER, number)
        items.append(
            f"""\
<li><a class="value" rel="nofollow" href="{attribute(url)}"{current}>
  <span class="box" aria-hidden="true"></span><span class="label">{escaped(label)}{said}</span>
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
    """What a hit shows of an article: its title, where and when it stood, passages, who is quoted, why it is a hit."""
    title = marked(hit.title, hit.title_marks, hit.title_words)
    passages = [
        f'\n  <p class="passage" lang="de">{marked(part.text, part.marks, part.words)}</p>' for part in hit.passages
    ]
    return Markup(
        f"""\
<h2 lang="de"><a href="{attribute(links.article(hit.article_id))}">{title}</a></h2>
  <p class="meta">{_when(hit, messages)} {_where(hit, messages)} {_agencies(hit, messages)}</p>\
{"".join(passages)}
  {_quoted(hit, messages)}
  {why_found(hit, links, messages)}"""
    )


def why_found(hit: Hit, links: Links, messages: Messages) -> Markup:
    """Why a hit is one, where that is not plain to see."""
    found = found_otherwise(hit, links)
    if not found.words:
        return Markup()
    reasons = [
        f"<span>{escape(messages(f'why_{why.reason}', word=why.word, found=why.found))}</span> " for why in found.words
    ]
    exactly = (
        f'<a rel="nofollow" href="{attribute(found.exactly)}">{escape(messages("why_exactly"))}</a>'
        if found.exactly
        else ""
    )
    return Markup(f'<p class="why">{"".join(reasons)}{exactly}</p>')


def _when(hit: Hit, messages: Messages) -> str:
    if hit.date:
        return _dated(hit.date, messages)
    text = messages("none_date")
    if hit.estimate:
        text += ", " + messages("estimated", date=date_text(day_of(hit.estimate.day), messages))
    return f'<span class="unknown">{escape(text)}</span>'


@lru_cache(1 << 12)
def _dated(date: PartialDate, messages: Messages) -> str:
    return f'<time datetime="{date}">{escape(date_text(date, messages))}</time>'


def _where(hit: Hit, messages: Messages) -> str:
    if hit.outlet:
        return f'<span class="outlet">{escaped(hit.outlet)}</span>'
    return f'<span class="unknown">{escaped(messages("none_outlet"))}</span>'


def _agencies(hit: Hit, messages: Messages) -> str:
    if not hit.agencies:
        return ""
    return f'<span class="agencies">{escaped(messages("by"))} {escaped(", ".join(hit.agencies))}</span>'


def _quoted(hit: Hit, messages: Messages) -> str:
    if not hit.speakers:
        return ""
    names = ", ".join(hit.speakers[:_SPEAKERS]) + (" …" if len(hit.speakers) > _SPEAKERS else "")
    return f'<p class="quoted"><span>{escaped(messages("quoted"))}:</span> {escape(names)}</p>'


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
    address = attribute(links.toggle("date", value.value))
    return f"""\
    <a class="bar{" coarse" if bar.coarse else ""}" rel="nofollow" href="{address}"{current}>
      <title>{title}{chosen}</title>
      <rect class="area" x="{x}" width="{width}" y="0" height="{BASE}"/>
      <rect class="count" x="{x}" width="{width}" y="{round(BASE - bar.height, 1)}" height="{round(bar.height, 1)}"/>
{text}{mark}    </a>"""
