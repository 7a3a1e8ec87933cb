"""The pages of a real index: what they show, in both languages, and that no input whatever makes them answer 500."""

import csv
import io
import json
import logging
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import fundstelle
from index.model import Kind
from search import open_archive
from search.model import Request
from search.words import WAYS
from tests.web.sample import ARTICLES, HOSTILE, make_index
from web import create_app
from web.links import Links
from web.messages import load_messages
from web.rendering import render_page
from web.security import HEADERS, web_address

VIEWS = [
    "/",
    "/?q=Soldaten",
    "/?q=Soldaten&kind=statement",
    "/?q=Soldaten&kind=figure",
    "/?kind=figure&figure=EUR",
    "/artikel/serie-1?q=Soldaten",
]


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize("url", VIEWS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_view_is_a_page_in_the_language_asked_for(client: FlaskClient, url: str, language: str) -> None:
    answer = client.get(url + ("&" if "?" in url else "?") + f"lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert ("Suchen" if language == "de" else "Search") in answer.text
    links = [tag[1]["href"] or "" for tag in Tags(answer.text).tags if tag[0] == "a"]
    inside = [link for link in links if link.startswith("/") and not link.startswith("/api/")]
    switched = [link for link in inside if ("lang=en" in link) is (language == "de")]
    assert inside and len(switched) == 1, "only the language switch leads to the other language"


@pytest.mark.parametrize("url", [*VIEWS, "/artikel/nirgends", "/?page=0", "/api/search?q=x", "/static/style.css"])
def test_every_answer_carries_the_headers(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", VIEWS)
def test_pages_have_no_inline_style_or_script(client: FlaskClient, url: str) -> None:
    for tag, attributes in Tags(client.get(url).text).tags:
        assert tag != "style" and "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or attributes["src"] == "/static/page.js"


def test_the_three_views_show_what_the_archive_found(client: FlaskClient, index_dir: Path) -> None:
    archive = open_archive(index_dir)
    for kind in ("article", "statement", "figure"):
        response = archive.search(Request("Soldaten", kind=kind))
        text = text_of(client.get(f"/?q=Soldaten&kind={kind}").text)
        assert response.hits
        for hit in response.hits:
            for passage in hit.passages:
                assert " ".join(passage.text.split()) in text


def test_the_whole_article_is_shown_and_every_place_has_its_anchor(client: FlaskClient, index_dir: Path) -> None:
    archive = open_archive(index_dir)
    for hit in archive.search(Request(size=100)).hits:
        page = archive.article(hit.article_id, "Soldaten")
        assert page is not None
        html = client.get("/artikel/" + quote(hit.article_id, safe=""), query_string={"q": "Soldaten"}).text
        shown = text_of(html)
        for line in page.text.split("\n"):
            assert " ".join(line.split()) in shown
        anchors = [attributes["id"] for _, attributes in Tags(html).tags if attributes.get("id")]
        assert len(anchors) == len(set(anchors))
        assert {f"aussage-{n}" for n in range(1, len(page.annotations.statements) + 1)} <= set(anchors)
        assert {f"zahl-{n}" for n in range(1, len(page.annotations.figures) + 1)} <= set(anchors)
        marks = [tag for tag, attributes in Tags(html).tags if tag == "b" or (tag == "mark" and not attributes)]
        assert len(marks) >= len(page.marks)


@pytest.mark.parametrize("kind", ["article", "statement", "figure"])
def test_a_part_is_marked_strongly_and_its_word_lightly(client: FlaskClient, index_dir: Path, kind: Kind) -> None:
    hits = open_archive(index_dir).search(Request("Minister", kind=kind, size=100)).hits
    words = {passage.text[start:end] for hit in hits for passage in hit.passages for start, end in passage.words}
    html = client.get(f"/?q=Minister&size=100&kind={kind}").text
    drawn = {text_of(word): word for word in re.findall('<mark class="word">(.*?)</mark>', html)}
    assert words and words <= drawn.keys()
    assert "Verteidigungs<b>minister</b>" in drawn["Verteidigungsminister"]


def test_the_article_and_its_legend_tell_parts_from_words(client: FlaskClient) -> None:
    parts, whole = (client.get(f"/artikel/truppen-verluste?q={word}").text for word in ("Minister", "Soldaten"))
    assert re.search(r'<div class="body">.*<mark class="word">Verteidigungs<b>minister</b></mark>', parts, re.DOTALL)
    assert "Wort, in dem es steckt" in parts and "Wort, in dem es steckt" not in whole


@pytest.mark.parametrize("kind", ["statement", "figure"])
def test_a_hit_leads_to_its_place_in_the_article(client: FlaskClient, kind: str) -> None:
    links = re.findall(r'href="(/artikel/[^"]*)#((?:aussage|zahl)-\d+)"', client.get(f"/?q=Soldaten&kind={kind}").text)
    assert links
    for url, anchor in links:
        assert f'id="{anchor}"' in client.get(unescape(url)).text


def test_the_same_words_in_two_outlets_stand_together(client: FlaskClient) -> None:
    html = client.get("/?q=Brücke&kind=statement&speaker=Tessa+Wolters").text
    text = text_of(html)
    assert "1 Aussage für „Brücke“" in text or "2 Aussagen für „Brücke“" in text
    assert html.count('class="hit said direct"') == 1
    assert "Auch bei" in text and "Hafenpost" in text and "Seeblatt" in text
    assert re.search(r'<em class="difference">(Jahr|Sommer)</em>', html)


def test_an_estimated_date_is_shown_as_one_with_its_reason(client: FlaskClient) -> None:
    text = text_of(client.get("/artikel/bruecke-undatiert").text)
    assert "ohne Datum, vermutlich 14. März 2024" in text
    assert "Geschätzt, nicht belegt: Hier steht „Donnerstag“" in text and "Neue Brücke in Sicht" in text
    assert "vermutlich 14. März 2024" in text_of(client.get("/?q=Brücke").text)


def test_markup_in_articles_stays_text(client: FlaskClient) -> None:
    article = "/artikel/" + quote(str(ARTICLES[0]["id"]), safe="")
    for url in ("/?q=Wegesrand", "/?q=Text&kind=statement", "/?q=warteten&kind=figure", article):
        html = client.get(url).text
        assert HOSTILE in text_of(html)
        tags = Tags(html).tags
        assert [attributes["src"] for tag, attributes in tags if tag == "script"] == ["/static/page.js"]
        assert not [tag for tag, _ in tags if tag == "img"]
        assert "javascript:" not in [str(attributes.get("href"))[:11] for _, attributes in tags]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://zeitung.example/a?b=c", "https://zeitung.example/a?b=c"),
        (" http://zeitung.example ", "http://zeitung.example"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT://x/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//zeitung.example/a", None),
        ("/artikel/1", None),
        ("http://[", None),
        ("https:", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, linked: str | None) -> None:
    assert web_address(url) == linked


def test_the_original_is_linked_without_telling_it_where_from(client: FlaskClient) -> None:
    links = [a for tag, a in Tags(client.get("/artikel/lang").text).tags if tag == "a" and a.get("rel")]
    assert [link["href"] for link in links] == [ARTICLES[1]["url"]]
    assert {"noopener", "noreferrer"} <= set(str(links[0]["rel"]).split())


def test_json_is_what_the_command_line_prints(client: FlaskClient, index_dir: Path) -> None:
    arguments = ["search", "Soldaten", "--json", "--kind", "statement", "--from", "2023-02", "--size", "5"]
    printed = CliRunner().invoke(fundstelle.main, [*arguments, "--index", str(index_dir)])
    assert printed.exit_code == 0
    answer = client.get("/api/search?q=Soldaten&kind=statement&from=2023-02&size=5")
    assert answer.is_json
    here, there = answer.get_json(), json.loads(printed.stdout)
    del here["took_ms"], there["took_ms"]
    assert here == there and here["hits"]


def test_csv_holds_all_hits_in_the_order_of_the_page(client: FlaskClient) -> None:
    answer = client.get("/api/search.csv?q=Soldaten&kind=figure&size=5&page=2&sort=highest")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    values = [float(row["value"]) for row in rows]
    assert len(rows) == client.get("/api/search?q=Soldaten&kind=figure").get_json()["total"] > 25
    assert values == sorted(values, reverse=True)
    assert {"date", "value", "noun", "said_by", "outlet", "sentence"} <= set(rows[0])
    assert client.get("/api/search.csv?page=0").status_code == 400


def test_an_article_names_its_file_and_no_folder(client: FlaskClient, index_dir: Path) -> None:
    text = text_of(client.get("/artikel/serie-1").text)
    assert "Datei: proben.jsonl" in text and str(index_dir.parent) not in text


@pytest.mark.parametrize(("kind", "query"), [("article", "Manöver"), ("statement", "Abend"), ("figure", "Manöver")])
def test_the_timeline_leads_to_its_dates(client: FlaskClient, kind: str, query: str) -> None:
    html = client.get(f"/?q={query}&kind={kind}").text
    bars = [attributes for tag, attributes in Tags(html).tags if tag == "a" and attributes.get("class") == "bar"]
    facet = client.get(f"/api/search?q={query}&kind={kind}").get_json()["facets"]["date"]
    assert len(bars) == len(facet) > 2
    for bar in bars[:2]:
        chosen = [attributes for tag, attributes in Tags(client.get(str(bar["href"])).text).tags if tag == "a"]
        selected = [a for a in chosen if a.get("class") == "bar" and a.get("aria-current") == "true"]
        assert len(selected) == 1 and "date=" not in str(selected[0]["href"])


def test_one_date_needs_no_timeline(client: FlaskClient) -> None:
    assert 'class="timeline"' not in client.get("/?q=Wegesrand").text


BAD = [
    "page=-1",
    "page=abc",
    "page=0",
    "page=99999999999999999999",
    "size=100000",
    "size=0",
    "kind=buch",
    "sort=zufall",
    "from=2024-13",
    "to=31.10.2024",
    "date=gestern",
    "from=2025&to=2024",
    "q=" + "a" * 10_001,
]


@pytest.mark.parametrize("query", BAD)
def test_an_impossible_request_says_so(client: FlaskClient, query: str) -> None:
    page = client.get("/?" + query)
    assert page.status_code == 400
    assert "Diese Anfrage geht so nicht" in page.text and "Meldung:" in page.text
    assert "Traceback" not in page.text
    answer = client.get("/api/search?" + query)
    assert answer.status_code == 400 and answer.get_json()["error"]


ODD = [
    "q=" + quote('"'),
    "q=" + quote("((((("),
    "q=" + quote('"a b'),
    "q=*&kind=figure",
    "q=" + quote("*a*"),
    "q=%00%01%1b",
    "q=%ff%fe",
    "q=%F0%9F%98%80",
    "q=%E2%80%AE",
    "q=NICHT",
    "q=" + "+".join(["a"] * 2000),
    "q=" + "ODER+".join(["a+"] * 1500),
    "q=" + quote("(" * 500),
    "q=" + "ä" * 5000,
    "q=titel%3A",
    "q=zahl%3A%5B1+BIS",
    "speaker=",
    "speaker=%00",
    "date=ohne&outlet=ohne&person=ohne",
    "page=9999",
    "lang=xx",
    "unbekannt=1",
    "q=a&q=b",
    "from=0001&to=9999",
]


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("path", ["/", "/artikel/serie-1", "/api/search"])
def test_an_odd_request_is_answered(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code in (200, 400)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "kind", "from", "to", "date", "outlet", "speaker", "figure", "sort", "page", "size", "lang"]
        ),
        st.binary(max_size=12) | st.sampled_from(b"statement figure 2024 newest 2 en soldat*".split()),
        max_size=5,
    )
)
def test_no_parameters_make_a_page_fail(client: FlaskClient, parameters: dict[str, bytes]) -> None:
    for path in ("/", "/artikel/serie-1", "/api/search"):
        assert client.get(f"{path}?{urlencode(parameters)}").status_code in (200, 400)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=30))
def test_no_path_makes_a_page_fail(client: FlaskClient, path: bytes) -> None:
    for beginning in ("/", "/artikel/"):
        assert client.get(beginning + quote(path)).status_code in (200, 308, 404)


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "/nirgends", 404), ("GET", "/artikel/", 404), ("POST", "/", 405), ("PUT", "/x", 404)],
)
def test_what_is_not_there_is_a_page_of_its_own(client: FlaskClient, method: str, url: str, status: int) -> None:
    answer = client.open(url, method=method)
    assert answer.status_code == status
    assert "Zur Startseite" in answer.text
    assert status != 405 or "GET" in answer.headers["Allow"]


def test_a_missing_index_says_what_to_do_and_is_found_once_there(tmp_path: Path) -> None:
    client = create_app(tmp_path / "index").test_client()
    for _ in range(2):
        answer = client.get("/?q=Soldaten")
        assert answer.status_code == 503 and "fundstelle index" in answer.text
    assert client.get("/api/search").status_code == 503
    make_index(tmp_path)
    assert client.get("/?q=Soldaten").status_code == 200
    shutil.rmtree(tmp_path / "index")
    assert client.get("/?q=Soldaten").status_code == 503


def test_a_folder_that_is_no_index_says_so(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("Guten Tag", "utf-8")
    assert create_app(tmp_path).test_client().get("/").status_code == 503


def test_a_mistake_of_ours_is_logged_and_shows_no_traceback(index_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    app: Flask = create_app(index_dir)

    def broken() -> str:
        raise ZeroDivisionError("geheim")

    app.add_url_rule("/kaputt", view_func=broken)
    app.add_url_rule("/api/kaputt", view_func=broken, endpoint="json_broken")
    client = app.test_client()
    with caplog.at_level(logging.ERROR):
        answer = client.get("/kaputt?lang=de")
    assert answer.status_code == 500
    assert "Hier ist etwas schiefgegangen" in answer.text
    assert "geheim" not in answer.text and "Traceback" not in answer.text
    assert "ZeroDivisionError: geheim" in caplog.text
    assert client.get("/api/kaputt").get_json()["error"].startswith("Hier ist etwas")


def test_what_utf8_cannot_say_is_shown_as_a_question_mark(app: Flask) -> None:
    """The path of a file whose name is not UTF-8 holds such characters."""
    with app.test_request_context():
        answer = render_page("error.html", load_messages()["de"], Links(Request()), detail="artikel-\udcff.txt")
    assert "artikel-?.txt" in answer.get_data(as_text=True)


def test_suggestions_are_queries_with_their_articles(client: FlaskClient) -> None:
    found = client.get("/api/suggest?q=Manöver+Lena+Bra").get_json()
    assert {"text": "Lena Brandt", "kind": "person", "count": 3, "query": 'Manöver person:"Lena Brandt"'} in found
    assert client.get("/api/suggest").get_json() == []


@pytest.mark.parametrize(("language", "words"), [("de", "Meinten Sie: Soldaten?"), ("en", "Did you mean: Soldaten?")])
def test_what_was_meant_is_a_link_behind_the_same_filters(client: FlaskClient, language: str, words: str) -> None:
    answer = client.get(f"/?q=Sodlaten&from=2023-01&sort=oldest&lang={language}")
    assert words in text_of(answer.text)
    links = [unescape(tag[1]["href"] or "") for tag in Tags(answer.text).tags if tag[0] == "a"]
    (link,) = [link for link in links if link.startswith("/?q=Soldaten&")]
    assert "from=2023-01" in link and "sort=oldest" in link
    assert "<h2" in client.get(link).text and "Meinten" not in client.get(link).text


def test_a_hit_says_how_it_was_found_and_leads_to_exactly_so(client: FlaskClient) -> None:
    page = client.get("/?q=Soldat+Manöver").text
    assert "„Soldat“ als „Soldaten“ (Stamm)" in text_of(page)
    assert "„Manöver“ als" not in text_of(page)
    links = [unescape(tag[1]["href"] or "") for tag in Tags(page).tags if tag[0] == "a"]
    assert "/?" + urlencode({"q": "=Soldat Manöver"}) in links
    assert "nur genau so" not in client.get("/?q=Soldaten").text
    assert "only exactly so" in client.get("/?q=Soldat&lang=en").text


def test_every_way_to_be_found_has_its_words() -> None:
    for messages in load_messages().values():
        for way in WAYS:
            if way != "exact":
                assert "Geschosse" in messages(f"why_{way}", word="Geschosse", found="Artilleriegeschosse")


def test_only_who_sits_at_the_machine_is_told_where_its_files_lie(tmp_path: Path) -> None:
    client = create_app(tmp_path / "nowhere").test_client()
    assert str(tmp_path) in client.get("/").text
    for path in ("/", "/api/search"):
        away = client.get(path, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
        assert away.status_code == 503 and str(tmp_path) not in away.text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?q=(Brücke", "Als einfache Wörter gelesen: eine Klammer hat kein Gegenstück."),
        ("/?q=(Brücke&lang=en", "Read as plain words: a parenthesis has no counterpart."),
        ("/?q=Brücke+Quastenflosser&lang=en", "Nothing has all the words. Shown is what has some of them."),
    ],
)
def test_notices_are_in_the_language_of_the_page(client: FlaskClient, address: str, said: str) -> None:
    assert said in text_of(client.get(address).text)
