"""The docs are true: their commands and settings run, their links resolve, and nothing a user can do is missing.

What a block of code is, its language says: `console` is a session, run line by line and compared with what is shown
(`...` stands for anything); `sh` are commands that serve or build, only checked to exist; `http` is a request to the
search page; `toml` is a file of settings, whose name its first line gives.
"""

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

import fundstelle
from index import load_person_settings, load_settings, load_tables, reindex
from index.identity import PersonSettings
from index.settings import Settings
from search import Archive, load_synonyms, open_archive
from search.model import MAX_SIZE, Request
from search.parser import ALIASES
from search.ranges import FIELDS
from web import create_app
from web.messages import choose_language, load_messages

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")


def blocks(text: str, language: str) -> list[str]:
    return [block["code"] for block in BLOCK.finditer(text) if block["language"] == language]


def each(language: str) -> list[Any]:
    """All blocks of a language, as parameters of a test."""
    found = [(page, code) for page, text in TEXTS.items() for code in blocks(text, language)]
    return [pytest.param(code, id=f"{page}-{number}") for number, (page, code) in enumerate(found, 1)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample articles."""
    folder = tmp_path_factory.mktemp("docs") / "index"
    assert reindex([ROOT / "seeds"], folder, load_tables()).left_out == []
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page, text in TEXTS.items() if blocks(text, "console")])
def test_sessions_run_and_show_what_is_shown(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    for session in blocks(TEXTS[page], "console"):
        for step in COMMAND.finditer(session):
            done = subprocess.run(
                ["bash", "-c", step["command"]],
                cwd=tmp_path,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{step['command']}\n{done.stdout}"
            assert not step["output"] or looks_like(step["output"], done.stdout), f"{step['command']}\n{done.stdout}"


def looks_like(wanted: str, got: str) -> bool:
    return doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)


@pytest.mark.parametrize("code", each("sh"))
def test_commands_exist(code: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in code.splitlines():
        program, *arguments = shlex.split(line, comments=True) or [""]
        if program == "make":
            assert {word for word in arguments if "=" not in word} <= targets, line
        elif program == "fundstelle":
            name, *rest = arguments
            fundstelle.main.commands[name].make_context(name, rest)  # reads the options and raises where one is wrong
        else:
            assert line in ("", ". .venv/bin/activate"), f"{line}: a command of another program belongs into a session"


@pytest.mark.parametrize("code", each("http"))
def test_requests_are_answered(code: str, index: Path) -> None:
    method, path = code.split()
    answer = create_app(index).test_client().open(path, method=method)
    assert answer.status_code == 200
    if not answer.is_json:
        assert answer.text.splitlines()[1:]  # below the head of a table
    elif path.startswith("/api/search"):
        assert answer.get_json()["hits"]
    else:
        assert answer.get_json()


@pytest.mark.parametrize("code", each("toml"))
def test_settings_are_understood(code: str, tmp_path: Path) -> None:
    name = re.match(r"# (?P<name>\w+\.toml)\n", code)
    assert name, "the first line is a comment with the file's name"
    (tmp_path / name["name"]).write_text(code, "utf-8")
    load_tables(load_settings(tmp_path).rules)
    load_person_settings(tmp_path)
    load_synonyms(tmp_path)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, made as the usual viewers make them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_links_resolve(page: str) -> None:
    for link in LINK.finditer(TEXTS[page]):
        target = (ROOT / page).parent / link["path"] if link["path"] else ROOT / page
        assert target.exists(), link[0]
        assert not link["anchor"] or link["anchor"] in anchors(target.read_text("utf-8")), link[0]


def options() -> list[str]:
    """Every command and option of the command line, as it is written."""
    commands = fundstelle.main.commands
    names = [f"fundstelle {name}" for name in commands]
    return names + sorted({o.opts[0] for c in commands.values() for o in c.params if isinstance(o, click.Option)})


WHAT_THERE_IS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "commands and options": ("docs/howto.md", options),
    "settings": ("docs/howto.md", lambda: [f"`{f.name}`" for f in fields(Settings) if f.name != "rules"]),
    "settings of persons": ("docs/howto.md", lambda: [f"`{f.name}`" for f in fields(PersonSettings)]),
    "tables of rules": ("docs/howto.md", lambda: [f"`{name}`" for name in load_tables().tables]),
    "make targets": ("docs/howto.md", lambda: re.findall(r"^[a-z]+(?=:.*##)", (ROOT / "Makefile").read_text(), re.M)),
    "fields of queries": ("docs/query.md", lambda: [f"`{name}:`" for name in query_fields()]),
    "packages and modules": ("docs/architecture.md", lambda: [f"`{name}`" for name in modules()]),
    "dependencies": ("docs/decisions.md", lambda: [f"`{name}`" for name in dependencies()]),
}
"""What a page must name, and where the names are found."""


def modules() -> list[str]:
    """Every module but those of the annotators, whose families the page tells of."""
    found = [path for package in ("index", "search", "web") for path in (ROOT / package).rglob("*.py")]
    names = [
        "fundstelle.py",
        *(path.relative_to(ROOT).as_posix() for path in sorted(found) if path.name != "__init__.py"),
    ]
    return [name for name in names if not name.startswith("index/annotate/")]


def query_fields() -> list[str]:
    """Every name of a field that a query can have."""
    return [*(name for aliases in ALIASES.items() for name in (aliases[0], *aliases[1])), *sum(FIELDS.values(), ())]


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = [*project["project"]["dependencies"], *(d for g in project["dependency-groups"].values() for d in g)]
    return [re.split("[<>=]", line)[0] for line in declared]


@pytest.mark.parametrize("what", WHAT_THERE_IS)
def test_nothing_is_missing(what: str) -> None:
    page, names = WHAT_THERE_IS[what]
    assert not [name for name in names() if name not in TEXTS[page]]


@pytest.mark.parametrize("page", TEXTS)
def test_files_that_are_named_are_there(page: str) -> None:
    named = re.findall(r"`((?:index|search|web|bench|tests|docs)/[\w/.]+)`", TEXTS[page])
    assert not [name for name in named if not (ROOT / name).exists()]


def test_modules_that_are_named_are_there() -> None:
    named = set(re.findall(r"`([a-z_]+)`", TEXTS["docs/architecture.md"])) - {"index"}
    assert not named - {path.stem for path in (ROOT / "index").rglob("*")}


QUERY_PAGE = TEXTS.get("docs/query.md", "")
EXAMPLES = re.findall(r"^\| `([^`]+)` \| ([^|`]+) \| ([^|`]+) \|$", QUERY_PAGE, re.MULTILINE)
MISTAKES = re.findall(r"^\| `([^`]+)` \| ([^|`]+) \|$", QUERY_PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The sample articles, and each text of the page on queries as an article of its own."""
    folder = tmp_path_factory.mktemp("queries")
    reindex([ROOT / "seeds"], folder / "index", load_tables())
    titles = {hit.title for hit in open_archive(folder / "index").search(Request(size=MAX_SIZE)).hits}
    cells = {cell: None for _, *texts in EXAMPLES for cell in texts if cell not in titles}
    lines = [json.dumps({"id": f"cell-{number}", "title": "–", "text": cell}) for number, cell in enumerate(cells)]
    (folder / "cells.jsonl").write_text("\n".join(lines), "utf-8")
    assert reindex([folder / "cells.jsonl"], folder / "index", load_tables()).left_out == []
    return open_archive(folder / "index")


@pytest.mark.parametrize(("query", "wanted", "unwanted"), EXAMPLES)
def test_queries_find_what_the_page_says(query: str, wanted: str, unwanted: str, archive: Archive) -> None:
    answer = archive.search(Request(query=query, size=MAX_SIZE))
    found = {text for hit in answer.hits for text in (hit.title, hit.text)}
    found |= {text for hit in answer.hits for twin in hit.also for text in (twin.title, twin.text)}
    assert answer.notices == ()
    assert answer.total <= MAX_SIZE
    assert wanted in found
    assert unwanted not in found


@pytest.mark.parametrize(("query", "notice"), MISTAKES)
def test_mistakes_are_said_as_the_page_says(query: str, notice: str, archive: Archive) -> None:
    said = archive.search(Request(query=query)).notices[0]
    assert choose_language("de", load_messages())(f"notice_{said.code}", what=said.what) == notice


def test_the_page_on_queries_has_been_read() -> None:
    rows = re.findall(r"^\| `[^`]+[^:`]` \|.*\|$", QUERY_PAGE, re.MULTILINE)
    assert len(EXAMPLES) + len(MISTAKES) == len(rows) > 100


def test_the_readme_opens_with_the_two_commands() -> None:
    first = blocks(TEXTS["README.md"], "sh")[0]
    assert re.findall(r"^make \w+", first, re.MULTILINE) == ["make serve", "make test"]


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == fundstelle.VERSION
