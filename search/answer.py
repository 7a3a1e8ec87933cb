"""A response in, the JSON that the command line and the page's API print out."""

from typing import Any

from search.model import Hit, Passage, Response, Twin


def answer_as_json(response: Response) -> dict[str, Any]:
    """The response as plain values; `notices` and `meant` only where there are any."""
    answer: dict[str, Any] = {
        "total": response.total,
        "took_ms": round(response.took_ms, 3),
        "hits": [_hit(hit) for hit in response.hits],
        "facets": {
            name: [{"value": v.value, "label": v.label, "count": v.count} for v in values]
            for name, values in response.facets.items()
        },
    }
    if response.notices:
        answer["notices"] = [{"code": notice.code, "what": notice.what} for notice in response.notices]
    if response.meant:
        answer["meant"] = response.meant
    return answer


def _hit(hit: Hit) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": hit.id,
        "kind": hit.kind,
        "title": hit.title,
        "date": str(hit.date) if hit.date else None,
        "outlet": hit.outlet,
        "agencies": list(hit.agencies),
        "path": hit.path,
        "score": round(hit.score, 6),
        "passages": [_passage(passage) for passage in hit.passages],
    }
    if hit.kind != "article":
        values |= {"article": hit.article_id, hit.kind: dict(hit.stored)}
    if hit.why:
        values["why"] = [{"word": why.word, "found": why.found, "reason": why.reason} for why in hit.why]
    if hit.estimate:
        because = {"article": hit.estimate.article_id, "date": hit.estimate.dated, "words": hit.estimate.words}
        values["estimated_date"] = {"date": str(hit.estimate.day), "weekday": hit.estimate.weekday, "because": because}
    if hit.also:
        values["also"] = [_twin(twin) for twin in hit.also]
    if hit.also_left_out:
        values["also_left_out"] = hit.also_left_out
    if hit.url:
        values["url"] = hit.url
    return values


def _passage(passage: Passage) -> dict[str, Any]:
    values: dict[str, Any] = {"text": passage.text, "marks": [list(mark) for mark in passage.marks]}
    if passage.words:
        values["words"] = [list(word) for word in passage.words]
    return values


def _twin(twin: Twin) -> dict[str, Any]:
    return {
        "id": twin.id,
        "article": twin.article_id,
        "title": twin.title,
        "date": str(twin.date) if twin.date else None,
        "outlet": twin.outlet,
        "path": twin.path,
        "text": twin.text,
        "differences": [list(mark) for mark in twin.differences],
    }
