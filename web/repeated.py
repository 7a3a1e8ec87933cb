"""What stands on a page again and again, as HTML: lists of links, values of facets, bars of the timeline, articles.

In: what `view` and `timeline` made ready, and hits. Out: `Markup` for the templates around it. These were most of the
time that a page took when templates wrote them.
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from index.model import KINDS, PartialDate
from search.model import Hit, Sort
from search.plain_words import exactly
from web.formats import date_text, day_of, number_text
from web.links import Links, quoted, sorts_of
from web.markup import attribute, escaped, escaped_name, marked_html
from web.messages import Messages
from web.timeline import BASE, Bar, Timeline
from web.view import Facet, PageLink, value_label

_CURRENT = ' aria-current="true"'

_SPEAKERS = 5
"""Of an article so many of those whom it quotes are named."""


def kind_links(links: Links, messages: Messages) -> Markup:
    """The items of the list of kinds."""
    asked = links.request.kind
    items = [_item(links.kind(kind), messages(f"kind_{kind}"), "page" if kind == asked else "") for kind in KINDS]
    return Markup("".join(items))


def sort_links(links: Links, shown: Sort, messages: Messages) -> Markup:
    """The items of the list of orders; by relevance is none where no words were asked for."""
    sorts = [sort for sort in sorts_of(links.request.kind) if sort != "relevance" or links.request.query != "*"]
    items = [_item(links.sort(sort), messages(f"sort_{sort}"), "true" if sort == shown else "") for sort in sorts]
    return Markup("".join(items))


def page_links(pages: Iterable[PageLink], messages: Messages) -> Markup:
    """The items of the list of pages."""
    items = [
        _item(url, str(number), "page" if current else "", messages("page_number", number=number))
        if number
        else '<li class="gap" aria-hidden="true">…</li>\n'
        for number, url, current in pages
    ]
    return Markup("".join(items))


def facet_values(facet: Facet, links: Links, messages: Messages) -> Markup:
    """A facet's lists: the values in sight, and those in the fold."""
    chosen = links.request.selections.get(facet.name, ())
    before, after = map(attribute, links.around(facet.name))
    # Where figures are chosen the address of a range may leave out its noun.
    apart = {value.value for value in facet.values} if chosen and facet.name == "figure" else chosen
    said = _selected(messages)
    items = [
        f"""\
<li><a class="value" rel="nofollow" \
href="{attribute(links.toggle(facet.name, value)) if value in apart else f"{before}{quoted(value)}{after}"}"\
{_CURRENT if selected else ""}>
<span class="box" aria-hidden="true"></span><span class="label">{escaped_name(label)}{said if selected else ""}</span>
{_counted(count, messages)}
<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
<rect width="{100 * count / facet.greatest:.1f}" height="1"/></svg>
</a></li>
"""
        for value, label, count, selected in facet.values
    ]
    shown = f"<ul>{''.join(items[: facet.shown])}</ul>"
    more = len(items) - facet.shown
    if not more:
        return Markup(shown)
    left_out = number_text(facet.left_out, messages)
    return Markup(
        f"""\
{shown}
<details class="more"{" open" if facet.unfold else ""}>
<summary>{escaped(messages("facet_more", count=more))}</summary>
<ul>{"".join(items[facet.shown :])}</ul>
{f'<p class="none">{escaped(messages("facet_left_out", count=left_out))}</p>' if facet.left_out else ""}
</details>"""
    )


def timeline_bars(timeline: Timeline, links: Links, messages: Messages) -> Markup:
    """The bars of a timeline, each a link that chooses its date."""
    chosen = links.request.selections.get("date", ())
    before, after = map(attribute, links.around("date"))
    bars = []
    for bar in timeline.bars:
        date = bar.value.value
        address = attribute(links.toggle("date", date)) if date in chosen else f"{before}{quoted(date)}{after}"
        bars.append(_bar(bar, timeline.counts, address, messages))
    return Markup("\n".join(bars))


def article_found(hit: Hit, links: Links, messages: Messages) -> Markup:
    """What a hit shows of an article: its title, where and when it stood, passages, who is quoted, why it is a hit."""
    title = marked_html(hit.title, hit.title_marks, hit.title_words)
    passages = [
        f'\n  <p class="passage" lang="de">{marked_html(part.text, part.marks, part.words)}</p>'
        for part in hit.passages
    ]
    return Markup(
        f"""\
<h2 lang="de"><a href="{attribute(links.article(hit.article_id))}">{title}</a></h2>
  <p class="meta">{_when(hit, messages)} {_where(hit, messages)} {_agencies(hit, messages)}</p>\
{"".join(passages)}
  {_quoted(hit, messages)}
  {_why(hit, links, messages)}"""
    )


def why_found(hit: Hit, links: Links, messages: Messages) -> Markup:
    """Why a hit is one, where that is not plain to see."""
    return Markup(_why(hit, links, messages))


def _when(hit: Hit, messages: Messages) -> str:
    if hit.date:
        return _dated(hit.date, messages)
    text = messages("none_date")
    if hit.estimate:
        text += ", " + messages("estimated", date=date_text(day_of(hit.estimate.day), messages))
    return f'<span class="unknown">{escaped(text)}</span>'


@lru_cache(1 << 12)
def _dated(date: PartialDate, messages: Messages) -> str:
    return f'<time datetime="{date}">{escaped(date_text(date, messages))}</time>'


def _where(hit: Hit, messages: Messages) -> str:
    if hit.outlet:
        return f'<span class="outlet">{escaped_name(hit.outlet)}</span>'
    return f'<span class="unknown">{escaped_name(messages("none_outlet"))}</span>'


def _agencies(hit: Hit, messages: Messages) -> str:
    if not hit.agencies:
        return ""
    return f'<span class="agencies">{escaped_name(messages("by"))} {escaped_name(", ".join(hit.agencies))}</span>'


def _quoted(hit: Hit, messages: Messages) -> str:
    if not hit.speakers:
        return ""
    names = ", ".join(hit.speakers[:_SPEAKERS]) + (" …" if len(hit.speakers) > _SPEAKERS else "")
    return f'<p class="quoted"><span>{escaped_name(messages("quoted"))}:</span> {escaped(names)}</p>'


def _why(hit: Hit, links: Links, messages: Messages) -> str:
    words = [why for why in hit.why if why.reason != "exact"]
    if not words:
        return ""
    reasons = [
        f"<span>{escaped(messages(f'why_{why.reason}', word=why.word, found=why.found))}</span> " for why in words
    ]
    query = exactly(links.request.query, [why.word for why in words])
    if query != links.request.query:
        address = attribute(links.reworded(query))
        reasons.append(f'<a rel="nofollow" href="{address}">{escaped(messages("why_exactly"))}</a>')
    return f'<p class="why">{"".join(reasons)}</p>'


def _item(address: str, text: str, current: str, label: str = "") -> str:
    """An item of a list of links; what is `current` is so in the sense of `aria-current`."""
    said = f' aria-label="{escaped(label)}"' if label else ""
    here = f' aria-current="{current}"' if current else ""
    return f'<li><a href="{attribute(address)}"{said}{here}>{escaped(text)}</a></li>\n'


@lru_cache
def _selected(messages: Messages) -> str:
    return f'<span class="hidden"> ({escaped(messages("facet_selected"))})</span>'


@lru_cache(1 << 12)
def _counted(count: int, messages: Messages) -> str:
    number = number_text(count, messages)
    return (
        f'<span class="count"><span aria-hidden="true">{number}</span>'
        f'<span class="hidden">{escaped(messages("facet_count", count=number))}</span></span>'
    )


def _bar(bar: Bar, counts: bool, address: str, messages: Messages) -> str:
    value, label, count, selected = bar.value
    number = number_text(count, messages)
    date = value_label("date", value, label, messages)
    title = escaped(messages("timeline_bar", date=date, count=number))
    x, width, middle = _percent(bar.x), _percent(bar.width), _percent(bar.x + bar.width / 2)
    text = f'<text x="{middle}" y="{BASE - bar.height - 4:.1f}">{number}</text>' if counts else ""
    current, said, mark = _chosen_bar(middle, messages) if selected else ("", "", "")
    return f"""\
<a class="bar{" coarse" if bar.coarse else ""}" rel="nofollow" href="{address}"{current}>
<title>{title}{said}</title>
<rect class="area" x="{x}" width="{width}" y="0" height="{BASE}"/>
<rect class="count" x="{x}" width="{width}" y="{BASE - bar.height:.1f}" height="{bar.height:.1f}"/>
{text}{mark}</a>"""


def _chosen_bar(middle: str, messages: Messages) -> tuple[str, str, str]:
    """What says of a bar that it is chosen: an attribute, words for its title, a mark under it."""
    mark = (
        f'<svg x="{middle}" y="{BASE}" width="1" height="1" overflow="visible">'
        '<path class="chosen" d="M0 2L6 10H-6Z"/></svg>'
    )
    return _CURRENT, f" ({escaped(messages('facet_selected'))})", mark


@lru_cache(1 << 12)
def _percent(share: float) -> str:
    """A place, which is the same on all pages whose dates reach as far."""
    return f"{round(share, 2)}%"
