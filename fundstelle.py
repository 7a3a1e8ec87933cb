"""The command line: index, search, annotate, serve.

Results go to stdout, messages to stderr. Exit code 0; 1 for "done, with files left out"; 2 where nothing could be done.
"""

import functools
import io
import json
import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ParamSpec

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from index.errors import FundstelleError

P = ParamSpec("P")
Marks = Sequence[tuple[int, int]]
VERSION = "0.1.0"
MOST_WORKERS = 4
"""More processes serve only who asks for them: each takes some hundred megabytes of its own."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_messages = Console(stderr=True, highlight=False, soft_wrap=True)
_index_option = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path),
    help="Index folder; by default what fundstelle.toml says, else .fundstelle.",
)


def _fails_clearly(command: Callable[P, int]) -> Callable[P, None]:
    """What a command returns is the exit code; an error of ours is one message and code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except FundstelleError as error:
            _messages.print(Text.assemble(("Error: ", "bold red"), _harmless(str(error))))
            code = 2
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has seen enough
            code = 0
        except OSError as error:  # a full disk, a folder that may not be written
            _messages.print(Text.assemble(("Error: ", "bold red"), f"{error.filename or 'system'}: {error.strerror}."))
            code = 2
        sys.exit(code)

    return run


def _harmless(text: str) -> str:
    """Text from files and articles without what a terminal would obey."""
    return _CONTROLS.sub("\ufffd", text)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="fundstelle")
def main() -> None:
    """Full-text search for German news archives: who said what, which figure was given, when and where.

    \b
    Examples:
      fundstelle index
      fundstelle search Soldaten --speaker "Antony Blinken"
      fundstelle serve
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_index_option
@click.option(
    "--full",
    is_flag=True,
    help="Make it anew beside the old one, then swap; from PATHS, else from all that it holds.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes that work; default: one for each core.")
@click.option("--memory", type=click.IntRange(64), metavar="MB", help="What their batches may take; default: 512.")
@_fails_clearly
def index(paths: tuple[Path, ...], index_dir: Path | None, full: bool, jobs: int | None, memory: int | None) -> int:
    """Bring the index up to date with the articles in PATHS (files and folders).

    Reads what is new or changed, removes what is gone; whoever searches meanwhile sees the index before or after it.

    \b
    Examples:
      fundstelle index
      fundstelle index archiv/ dpa.jsonl --index /srv/fundstelle
      fundstelle index --full --jobs 4
    """
    from index import MEMORY, IndexFolder, load_person_settings, load_settings, load_tables, reindex

    settings = load_settings()
    folder = index_dir or settings.index
    tables = load_tables(settings.rules)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_messages, transient=True, disable=not _messages.is_terminal) as bar:
        task = bar.add_task("Reading (kB)", total=None)
        report = reindex(
            paths or (tuple(map(Path, IndexFolder(folder).paths())) if full else ()) or settings.paths,
            folder,
            tables,
            persons=load_person_settings(),
            full=full,
            jobs=jobs or os.cpu_count() or 1,
            memory=memory or MEMORY,
            progress=lambda done, total: bar.update(task, completed=done // 1000, total=total // 1000),
        )
    table = Table("", "articles", title=None, show_header=True)
    table.columns[1].justify = "right"
    for name in ("new", "changed", "unchanged", "removed"):
        table.add_row(name, str(getattr(report, name)))
    table.add_row("left out", str(len(report.left_out)), end_section=True)
    table.add_row("records written", str(report.records))
    table.add_row("seconds", f"{report.seconds:.1f}")
    Console(highlight=False).print(table)
    for item in report.left_out:
        _messages.print(Text(_harmless(f"left out: {item.where}: {item.reason}")))
    return 1 if report.left_out else 0


@main.command()
@_index_option
@_fails_clearly
def check(index_dir: Path | None) -> int:
    """Read every byte of the index and say which files are not as they were written, or not in order.

    \b
    Example:
      fundstelle check --index /srv/fundstelle
    """
    from index import IndexFolder, damaged_files, load_settings, out_of_order
    from index.errors import IndexFolderError

    folder = IndexFolder(index_dir or load_settings().index)
    for _ in range(3):
        generation = folder.require_current()
        try:
            found = [f"damaged: {name}" for name in damaged_files(generation, whole=True)]
            found = found or [f"out of order: {name}" for name in out_of_order(generation)]
        except FileNotFoundError:
            continue  # a reindexing is taking that one away
        if not found or folder.current() == generation:
            break
    else:
        raise IndexFolderError(f"{folder.path}: the index changes faster than it can be read. Try again.")
    for what in found:
        _messages.print(Text(what))
    click.echo(f"{len(found)} damaged files. {folder.anew}" if found else "Every file is as it was written.")
    return 1 if found else 0


@main.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--kind", help="What to find: article (default), statement or figure.")
@click.option("--from", "from_", metavar="DATE", help="Not before this date: 2024-10-31, 2024-10 or 2024.")
@click.option("--to", metavar="DATE", help="Not after this date.")
@click.option("--date", multiple=True, metavar="DATE", help='Dated inside this day, month or year; "ohne": undated.')
@click.option("--outlet", multiple=True, help='From this outlet; "ohne": from none that is known.')
@click.option("--person", multiple=True, help="Names this person.")
@click.option("--speaker", multiple=True, help="Quotes this person or institution.")
@click.option("--figure", multiple=True, help="Has a figure of this noun or unit, such as Soldat or EUR.")
@click.option("--sort", help="relevance (default), fresh, newest, oldest; of figures also highest, lowest.")
@click.option("--page", help="Which page, from 1.")
@click.option("--size", help="Hits a page; 10 if not given, 100 at most.")
@_index_option
@_fails_clearly
def search(query: str, as_json: bool, index_dir: Path | None, **options: Any) -> int:
    """Search for QUERY; "*" finds everything. Options of one name widen a search, others narrow it.

    \b
    Examples:
      fundstelle search Soldaten
      fundstelle search '"legitime militärische Ziele"' --sort newest
      fundstelle search "Soldaten ODER Truppen" --speaker "Antony Blinken" --from 2024-10
      fundstelle search "*" --kind figure --figure Soldat --json
    """
    from werkzeug.datastructures import MultiDict

    from index import load_settings
    from search import answer_as_json, load_synonyms, open_archive, request_from_params
    from web.messages import choose_language, load_messages

    pairs = [("q", query)]
    for name, value in options.items():
        values = value if isinstance(value, tuple) else (value,)
        pairs += [(name.rstrip("_"), item) for item in values if item is not None]
    archive = open_archive(index_dir or load_settings().index, load_synonyms())
    response = archive.search(request_from_params(MultiDict(pairs)))
    if as_json:
        click.echo(json.dumps(answer_as_json(response), ensure_ascii=_ascii_only(), indent=2))
    else:
        german = choose_language(None, load_messages())
        for notice in response.notices:
            said = german(f"notice_{notice.code}", what=notice.what)
            _messages.print(Text(_harmless(said), "yellow"))
        if response.meant:
            _messages.print(Text(_harmless(f"{german('meant')} {response.meant}"), "yellow"))
        _print_response(response)
    return 0


def _ascii_only() -> bool:
    """Whether what is printed must be escaped to ASCII: whoever reads it does not read UTF-8."""
    return "utf" not in (sys.stdout.encoding or "").lower()


def _print_response(response: Any) -> None:
    out = Console(highlight=False, soft_wrap=True)
    hits = "hit" if response.total == 1 else "hits"
    out.print(Text(f"{response.total} {hits}, {response.took_ms:.0f} ms", "dim"))
    first = (response.request.page - 1) * response.request.size + 1
    for number, hit in enumerate(response.hits, first):
        date, outlet = hit.date or "ohne Datum", hit.outlet or "ohne Quelle"
        facts = [str(date), outlet, *hit.agencies, *([", ".join(hit.speakers)] if hit.kind != "article" else [])]
        out.print(Text.assemble(f"\n{number}. ", _marked(hit.title, hit.title_marks, hit.title_words, "bold")))
        line = " · ".join(fact for fact in facts if fact)
        out.print(Text(f"   {_harmless(line)}", "cyan"), Text(f"  {_harmless(hit.path)}", "dim"))
        for passage in hit.passages:
            text = " ".join(passage.text.split("\n"))
            out.print(Text.assemble("   ", _marked(text, passage.marks, passage.words)))


def _marked(text: str, marks: Marks, words: Marks, style: str = "") -> Text:
    """The text with its marks in bold, and the words that some are only parts of underlined."""
    marked = Text(_harmless(text), style)
    for start, end in words:
        marked.stylize("underline", start, end)
    for start, end in marks:
        marked.stylize("bold yellow", start, end)
    return marked


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@_fails_clearly
def annotate(files: tuple[Path, ...]) -> int:
    """Print what is found in the articles of FILES: one JSON line an article, in the order of the files.

    In a .jsonl file the offsets are characters into each line's "text"; of a scraped file the cleaned text is
    printed, and the offsets are into that.

    \b
    Examples:
      fundstelle annotate artikel.txt
      fundstelle annotate archiv.jsonl > annotations.jsonl
    """
    from index import load_settings
    from index.annotations import annotate_files

    left_out = 0
    for line in annotate_files(files or load_settings().paths, load_settings().rules):
        if line.failure:
            left_out += 1
            _messages.print(Text(_harmless(f"left out: {line.failure}")))
        else:
            click.echo(json.dumps(line.values, ensure_ascii=_ascii_only()))
    return 1 if left_out else 0


@main.command()
@click.option("--why", metavar="NAME", help="Explain what was joined with this name.")
@_index_option
@_fails_clearly
def persons(why: str | None, index_dir: Path | None) -> int:
    """Print the persons who have several names in the archive, a line each; with --why, the evidence for one.

    What is wrong is put right in persons.toml, beside fundstelle.toml: same, different, preferred.

    \b
    Examples:
      fundstelle persons
      fundstelle persons --why Selenskyj
    """
    from index import load_settings
    from search import open_archive

    archive = open_archive(index_dir or load_settings().index)
    identities = archive.identities()
    if why is None:
        for name, others in identities.persons():
            click.echo(_harmless(f"{name}: {', '.join(others)}"))
        return 0
    found = archive.named(why)
    for person in found:
        forms = ", ".join(f"{form} ({articles})" for form, articles in person.forms)
        click.echo(_harmless(f"{person.name}: in {person.articles} articles, there named {forms}"))
        for join in identities.why(person.name):
            click.echo(_harmless(f"  {join.rule}: {join.evidence}"))
    if not found:
        _messages.print(Text(_harmless(f"{why}: nobody in the archive has that name.")))
    return 0


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="The port; 0: a free one.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Processes that answer; default: one for each core, but no more than 4.",
)
@click.option(
    "--remember",
    default=32,
    show_default=True,
    type=click.IntRange(0),
    metavar="MB",
    help="What each keeps of answers given before, until the next reindexing; 0: nothing.",
)
@_index_option
@_fails_clearly
def serve(host: str, port: int, workers: int | None, remember: int, index_dir: Path | None) -> int:
    """Serve the search page.

    \b
    Examples:
      fundstelle serve
      fundstelle serve --port 9000 --workers 4 --index /srv/fundstelle
    """
    from index import IndexFolder, load_settings
    from search import load_synonyms
    from web import Serving
    from web import serve as serve_pages

    folder = index_dir or load_settings().index
    with _listening(host, port) as listener:
        try:
            IndexFolder(folder).require_current()
        except FundstelleError as error:  # the page says so, too, until there is one
            _messages.print(Text(_harmless(f"Warning: {error}"), "yellow"))
        synonyms = load_synonyms()
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Fundstelle: http://{shown}:{listener.getsockname()[1]}  (Ctrl+C stops it)")
        serving = Serving(folder, synonyms, remember * 1_000_000)
        serve_pages(serving, listener, workers or min(os.cpu_count() or 1, MOST_WORKERS))
    return 0


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises FundstelleError where the port is taken, with the next free one."""
    try:
        return _bound(host, port)
    except OSError as error:
        free = next(_free_ports(host, port), None)
        command = os.environ.get("FUNDSTELLE_SERVE", "fundstelle serve --port ")
        advice = f"Port {free} is free: {command}{free}" if free else "Try another --host or --port."
        raise FundstelleError(f"{host}:{port} cannot be used ({error.strerror}). {advice}") from None


def _free_ports(host: str, port: int) -> Iterator[int]:
    for candidate in range(port + 1, min(port + 50, 65536)):
        try:
            _bound(host, candidate).close()
        except OSError:
            continue
        yield candidate


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


if __name__ == "__main__":
    main()
