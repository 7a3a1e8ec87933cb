"""The command line as a user has it: real processes, exit codes, results on stdout, messages on stderr."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.open_files import allow_many

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


def fundstelle(*args: str | Path, cwd: Path = ROOT, **setting: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "fundstelle.py"), *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **setting}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, timeout=120)


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "index"
    done = fundstelle("index", SEEDS, "--index", folder)
    assert done.returncode == 0, done.stderr
    return folder


def search(index_dir: Path, *args: str) -> dict:  # type: ignore[type-arg]
    done = fundstelle("search", *args, "--json", "--index", index_dir)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_index_tells_what_it_did(index_dir: Path) -> None:
    again = fundstelle("index", SEEDS, "--index", index_dir)
    assert again.returncode == 0
    rows = dict(re.findall(r"│ (\w[\w ]*?)\s+│\s+([\d.]+) │", again.stdout))
    assert rows["new"] == rows["changed"] == rows["removed"] == rows["left out"] == "0" and int(rows["unchanged"]) >= 12


def test_json_has_the_promised_shape(index_dir: Path) -> None:
    answer = search(index_dir, "Soldaten", "--size", "3")
    assert set(answer) == {"total", "took_ms", "hits", "facets"} and answer["total"] >= 3
    assert list(answer["facets"]) == ["date", "outlet", "person", "speaker", "figure"]
    assert all(set(value) == {"value", "label", "count"} for values in answer["facets"].values() for value in values)
    for hit in answer["hits"]:
        assert {"id", "kind", "title", "date", "outlet", "agencies", "path", "score", "passages"} <= set(hit)
        for passage in hit["passages"]:
            for start, end in passage["marks"]:
                assert passage["text"][start:end].lower().startswith("soldat")


def test_json_tells_the_words_of_which_parts_are_marked(index_dir: Path) -> None:
    passages = [passage for hit in search(index_dir, "Minister")["hits"] for passage in hit["passages"]]
    words = {passage["text"][start:end] for passage in passages for start, end in passage.get("words", ())}
    assert "Verteidigungsminister" in words and all("inister" in word for word in words)
    assert all(set(passage) == {"text", "marks"} for passage in passages if "words" not in passage)


def test_a_terminal_shows_parts_in_bold_and_their_words_underlined(index_dir: Path) -> None:
    shown = fundstelle("search", "Minister", "--index", index_dir, FORCE_COLOR="1", TERM="xterm", NO_COLOR="1")
    assert "\x1b[4mVerteidigungs\x1b[0m\x1b[1;4mminister\x1b[0m" in shown.stdout


def test_options_narrow(index_dir: Path) -> None:
    everything = search(index_dir, "*", "--size", "100")
    speaker = everything["facets"]["speaker"][0]
    narrowed = search(index_dir, "*", "--speaker", speaker["value"])
    assert narrowed["total"] == speaker["count"] < everything["total"]
    statements = search(index_dir, "*", "--kind", "statement", "--speaker", speaker["value"])
    assert {hit["statement"]["speaker"] for hit in statements["hits"]} == {speaker["value"]}
    dated = search(index_dir, "*", "--from", "2024-10", "--to", "2024-10", "--size", "100", "--sort", "oldest")
    dates = [hit["date"] for hit in dated["hits"]]
    assert dates == sorted(dates) and all(date.startswith("2024-10") for date in dates) and dates


def test_hits_are_readable(index_dir: Path) -> None:
    done = fundstelle("search", "Soldaten", "--index", index_dir)
    assert done.returncode == 0 and done.stderr == ""
    assert re.search(r"^\d+ hits, \d+ ms$", done.stdout, re.MULTILINE) and "1. " in done.stdout


def test_notices_go_to_stderr(index_dir: Path) -> None:
    done = fundstelle("search", "(Soldaten", "--index", index_dir)
    assert done.returncode == 0 and "Klammer" in done.stderr and "Klammer" not in done.stdout


def test_what_was_meant_goes_to_stderr(index_dir: Path) -> None:
    done = fundstelle("search", "Sodlaten", "--index", index_dir)
    assert done.returncode == 0 and "Meinten Sie: Soldaten" in done.stderr and "Meinten" not in done.stdout
    assert search(index_dir, "Sodlaten")["meant"] == "Soldaten"


def test_synonyms_are_read_from_the_working_directory(index_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "synonyms.toml").write_text('groups = [["Kommisskopf", "Soldat"]]', "utf-8")
    done = fundstelle("search", "Kommisskopf", "--index", index_dir, cwd=tmp_path)
    assert done.returncode == 0 and not done.stdout.startswith("0 hits")
    (tmp_path / "synonyms.toml").write_text("groups = 1", "utf-8")
    done = fundstelle("search", "Kommisskopf", "--index", index_dir, cwd=tmp_path)
    assert done.returncode == 2 and "synonyms.toml: `groups`" in done.stderr


def test_annotate_keeps_the_text_of_json_lines_untouched(tmp_path: Path) -> None:
    text = "  Es seien 3.000 Soldaten, sagte Anna Berg am\tMittwoch.\n\n  Stand: 31.10.2024 21:27 Uhr \n"
    line = {"id": "x1", "title": "T", "date": "2024-10-31", "outlet": "Kurier", "text": text}
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n" + json.dumps({"text": "Ohne alles."}), "utf-8")
    done = fundstelle("annotate", tmp_path / "a.jsonl")
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], first["title"], first["date"], first["outlet"]) == ("x1", "T", "2024-10-31", "Kurier")
    assert first["persons"] == ["Anna Berg"]
    for kind in ("statements", "figures", "dates"):
        assert first[kind]
        for item in first[kind]:
            assert text[item["start"] : item["end"]] == item["text"] and item["rule"]
    (figure,) = first["figures"]
    assert (figure["value"], figure["noun"], figure["said_by"]) == (3000, "Soldat", "Anna Berg")
    day = next(item for item in first["dates"] if item["text"].endswith("Mittwoch"))
    assert (day["from"], day["to"], day["precision"]) == ("2024-10-30", "2024-10-30", "day")
    assert second["title"] == "Ohne alles." and second["date"] is None


USAGE = [
    (["index", "nowhere"], "no such file"),
    (["index", "."], "no articles"),
    (["search", "x", "--index", "nowhere"], "there is no index"),
    (["search", "x", "--index", "."], "there is no index"),
    (["index", str(SEEDS), "--index", "."], "holds other things"),
    (["search", "x", "--kind", "book", "--index", "@"], "kind"),
    (["search", "x", "--from", "gestern", "--index", "@"], "from"),
    (["search", "x", "--page", "0", "--index", "@"], "page"),
    (["search", "x", "--size", "9999", "--index", "@"], "size"),
    (["search"], "Missing argument"),
    (["annotate", "nowhere.txt"], "no such file"),
    (["serve", "--index", "nowhere", "--port", "70000"], "port"),
    (["teleport"], "No such command"),
]


@pytest.mark.parametrize(("args", "message"), USAGE, ids=[" ".join(args)[:40] for args, _ in USAGE])
def test_what_cannot_be_done_is_said_in_one_message(
    args: list[str], message: str, index_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.md").write_text("no article")
    done = fundstelle(*[str(index_dir) if arg == "@" else arg for arg in args], cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert message in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["note.md"]


def test_files_left_out_are_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    articles = tmp_path / "artikel"
    articles.mkdir()
    (articles / "gut.txt").write_text("Titel\n\nEin Artikel über Soldaten.", "utf-8")
    (articles / "bild.txt").write_bytes(b"\x89PNG\r\n\x00\x00\x01")
    (articles / "alt.txt").write_bytes("Über den Wolken.".encode("latin-1"))
    (articles / "zeilen.jsonl").write_text('{"text": "Eins."}\nkein JSON\n{"title": "ohne Text"}\n')
    done = fundstelle("index", articles, "--index", tmp_path / "index")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    for name in ("bild.txt", "alt.txt", "zeilen.jsonl:2", "zeilen.jsonl:3"):
        assert re.search(rf"left out: \S*{re.escape(name)}: .{{10,}}", done.stderr), done.stderr
    assert search(tmp_path / "index", "*")["total"] == 2


def test_settings_are_read_from_fundstelle_toml(tmp_path: Path) -> None:
    (tmp_path / "texte").mkdir()
    (tmp_path / "texte" / "a.txt").write_text("Titel\n\nEin Artikel.", "utf-8")
    (tmp_path / "fundstelle.toml").write_text('paths = ["texte"]\nindex = "da"\n')
    assert fundstelle("index", cwd=tmp_path).returncode == 0
    assert (tmp_path / "da" / "fundstelle.json").is_file()
    assert "1 hit" in fundstelle("search", "Artikel", cwd=tmp_path).stdout
    (tmp_path / "fundstelle.toml").write_text("pathes = []\n")
    done = fundstelle("index", cwd=tmp_path)
    assert done.returncode == 2 and "pathes" in done.stderr


@pytest.mark.parametrize("command", [[], ["index"], ["search"], ["annotate"], ["persons"], ["serve"]])
def test_help_has_examples(command: list[str]) -> None:
    done = fundstelle(*command, "--help")
    assert done.returncode == 0 and "Examples:" in done.stdout and "fundstelle " + " ".join(command) in done.stdout


@contextmanager
def serving(*args: str | Path, files: Sequence[int] = ()) -> Iterator[str]:
    """The address of a server, which is given some open files."""
    command = [sys.executable, "-u", str(ROOT / "fundstelle.py"), "serve", *map(str, args)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, pass_fds=files)
    try:
        assert process.stdout
        line = process.stdout.readline()
        yield re.search(r"http://\S+", line).group()  # type: ignore[union-attr]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


@pytest.mark.slow
def test_serve_answers_what_search_answers(index_dir: Path) -> None:
    with serving("--port", "0", "--index", index_dir) as url:
        with urllib.request.urlopen(f"{url}/api/search?q=Soldaten&size=3", timeout=20) as reply:
            served = json.load(reply)
        printed = search(index_dir, "Soldaten", "--size", "3")
        assert {**served, "took_ms": 0} == {**printed, "took_ms": 0}
        with urllib.request.urlopen(f"{url}/?q=Soldaten", timeout=20) as reply:
            assert "<mark" in reply.read().decode()


@pytest.mark.slow
def test_serve_answers_with_more_than_a_thousand_files_open(index_dir: Path) -> None:
    allow_many()
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_100)]
    try:
        with serving("--port", "0", "--workers", "1", "--index", index_dir, files=files) as url:
            for _ in range(2):
                with urllib.request.urlopen(f"{url}/api/search?q=Soldaten", timeout=20) as reply:
                    assert json.load(reply)["total"]
    finally:
        for file in files:
            os.close(file)


@pytest.mark.slow
def test_a_reindexing_is_seen_by_who_was_answered_before(tmp_path: Path) -> None:
    def titles(number: int) -> set[str]:
        texts = [f"Um {hour} Uhr liefen Kutter aus." for hour in range(number)]
        lines = [{"id": f"{n}", "title": f"Kutter {n}", "text": text} for n, text in enumerate(texts)]
        (tmp_path / "tage.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
        assert fundstelle("index", tmp_path / "tage.jsonl", "--index", tmp_path / "index").returncode == 0
        return {line["title"] for line in lines}

    expected = titles(1)
    with serving("--port", "0", "--index", tmp_path / "index", "--workers", "2") as url:
        tags = set()
        for number in (1, 2, 3):
            expected = expected if number == 1 else titles(number)
            for _ in range(6):
                with urllib.request.urlopen(f"{url}/api/search?q=Kutter", timeout=20) as reply:
                    assert {hit["title"] for hit in json.load(reply)["hits"]} == expected
                    tags.add((number, reply.headers["ETag"]))
        assert len(tags) == len({tag for _, tag in tags}) == 3, "one for each index, in both processes"


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_answer_and_end_with_the_first_process(index_dir: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-u", str(ROOT / "fundstelle.py"), "serve", "--port", "0", "--workers", "4"]
    with subprocess.Popen([*command, "--index", index_dir], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = re.search(r"http://\S+", process.stdout.readline()).group()  # type: ignore[union-attr]
        for _ in range(8):
            with urllib.request.urlopen(f"{url}/api/search?q=Soldaten", timeout=20) as reply:
                assert json.load(reply)["total"]
        workers = children(process.pid)
        assert len(workers) >= 4
        process.send_signal(ending)
        process.wait(10)
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_a_taken_port_is_said_and_a_free_one_named(index_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = fundstelle("serve", "--port", str(port), "--index", index_dir)
    assert done.returncode == 2 and f"{port} cannot be used" in done.stderr
    assert re.search(r"Port (\d+) is free: fundstelle serve --port \1", done.stderr)


def test_a_reader_that_closes_early_is_no_error(index_dir: Path) -> None:
    command = f"{sys.executable} {ROOT / 'fundstelle.py'} search '*' --size 100 --json --index {index_dir} | head -c 5"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout == '{\n  "' and done.stderr == ""


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Titel\n\nEin Artikel.")
    done = fundstelle("index", tmp_path / "a.txt", "--index", "/proc/fundstelle")
    assert done.returncode == 2 and "/proc/fundstelle" in done.stderr and "Traceback" not in done.stderr


def test_a_terminal_is_not_told_what_to_do(tmp_path: Path) -> None:
    line = {"id": "x", "title": "Rot \x1b[31m \x9b", "outlet": "\x1b]0;pwned\x07", "text": "Ein \x1b[2J Artikel."}
    (tmp_path / "a.jsonl").write_text(json.dumps(line))
    assert fundstelle("index", tmp_path / "a.jsonl", "--index", tmp_path / "index").returncode == 0
    done = fundstelle("search", "Artikel", "--index", tmp_path / "index")
    assert "1 hit" in done.stdout and not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.stdout)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_that_is_not_utf8_is_no_error(index_dir: Path, encoding: str) -> None:
    command = [sys.executable, str(ROOT / "fundstelle.py"), "search", "Militär", "--index", str(index_dir)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    plain = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment)
    assert plain.returncode == 0 and plain.stderr == b""
    printed = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, env=environment, check=True)
    answer = json.loads(printed.stdout.decode(encoding))
    assert answer["hits"] == search(index_dir, "Militär")["hits"]


def test_why_explains_names_inside_articles_and_across_them(tmp_path: Path) -> None:
    texts = [
        "Präsident Wolodymyr Selenskyj kam. Selenskyj sagte, er sei froh.",
        "Präsident Wolodymyr Selenskyj ging.",
        "Volodymyr Zelensky sagte, er sei da.",
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts), "utf-8")
    assert fundstelle("index", tmp_path / "a.jsonl", "--index", tmp_path / "index").returncode == 0
    for asked in ("Selenskyj", "zelensky", "Wolodymyr Selenskyj"):
        done = fundstelle("persons", "--why", asked, "--index", tmp_path / "index")
        first, *rest = done.stdout.splitlines()
        assert first.startswith("Wolodymyr Selenskyj: in 3 articles, there named Wolodymyr Selenskyj (2), ")
        assert "Selenskyj (1)" in first and "Volodymyr Zelensky (1)" in first
        assert rest and rest[0].startswith("  transliteration: ")
    assert "nobody" in fundstelle("persons", "--why", "Merkel", "--index", tmp_path / "index").stderr
