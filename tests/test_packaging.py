"""What is shipped is whole and installs: the locked requirements, the wheel, the two commands of the README."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt")
IGNORED = shutil.ignore_patterns(
    ".*_cache", ".venv", ".git", ".hypothesis", ".fundstelle", "__pycache__", "*.egg-info", "*.so", "build", ".bench"
)

PIN = re.compile(
    r"""
    (?P<name> [a-z0-9-]+ ) == (?P<version> [\w.]+ ) (?P<marker> [ ];[ ][^\\]+ )? [ ] \\ \n
    (?: [ ]{4} --hash=sha256:[0-9a-f]{64} (?: [ ] \\ )? \n )+
    (?P<why> (?: [ ]{4} \# .* \n )+ )
    """,
    re.VERBOSE,
)


def pins(lock: str) -> dict[str, str]:
    """Each pin of a lock with its version and marker, mapped to the comment that says who wants it."""
    found = PIN.finditer((ROOT / lock).read_text("utf-8"))
    return {f"{pin['name']}=={pin['version']}{pin['marker'] or ''}": pin["why"] for pin in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashed_pins_and_nothing_else(lock: str) -> None:
    assert PIN.sub("", (ROOT / lock).read_text("utf-8")) == ""
    assert pins(lock)


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["install"]),
        ("requirements-dev.txt", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]),
    ],
)
def test_a_lock_is_in_step_with_the_declared_dependencies(lock: str, declared: list[str]) -> None:
    wanted_by_us = {pin.split("==")[0] for pin, why in pins(lock).items() if "fundstelle (pyproject.toml" in why}
    assert {re.split("[<>=]", line)[0].replace(".", "-") for line in declared} <= wanted_by_us


def test_the_tests_run_with_what_users_run() -> None:
    assert pins("requirements.txt").keys() <= pins("requirements-dev.txt").keys()


def test_the_build_needs_only_what_is_locked() -> None:
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["install"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, in a folder whose name has a space."""
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("clean") / "a checkout", ignore=IGNORED)


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of(checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def plain_wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same where no compiler works."""
    folder = tmp_path_factory.mktemp("plain")
    shutil.copytree(checkout, folder / "sources", ignore=IGNORED)
    return wheel_of(folder / "sources", folder, CC="false")


def wheel_of(sources: Path, folder: Path, **environment: str) -> Path:
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", *options, str(sources)]
    subprocess.run(command, check=True, env={**os.environ, **environment})
    return next(folder.glob("fundstelle-*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_packages(wheel: Path, checkout: Path) -> None:
    files = [path for package in ("index", "search", "web") for path in (checkout / package).rglob("*")]
    ours = {path.relative_to(checkout).as_posix() for path in files if path.is_file()}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    compiled = {name for name in held if name.endswith(EXTENSION_SUFFIXES[0])}
    assert compiled == {
        f"{name}{EXTENSION_SUFFIXES[0]}" for name in ("index/codec/_loops", "index/codec/_missing", "search/_texts")
    }  # the tests' machine has a compiler
    assert ours | {"fundstelle.py"} == held - compiled


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "plain_wheel"])
def test_the_wheel_works_in_an_environment_of_its_own(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    wheel = request.getfixturevalue(kind)
    venv.create(tmp_path / "venv", with_pip=False)
    python = str(tmp_path / "venv" / "bin" / "python")
    options = ("--no-deps", "--no-index", "--quiet")
    subprocess.run([sys.executable, "-m", "pip", f"--python={python}", "install", *options, str(wheel)], check=True)
    # The dependencies are those of this run; its own link to this checkout, a .pth file there, has no effect here.
    own, current = (site_packages(path) for path in (python, sys.executable))
    (own / "dependencies.pth").write_text(str(current), "utf-8")
    text = tmp_path / "bericht.txt"
    text.write_text("Ein Bericht\n\n„Wir haben 300 Helfer“, sagte Petra Lindner am Montag.\n", "utf-8")
    for arguments in (("--help",), ("index", "bericht.txt"), ("search", "Helfer"), ("annotate", "bericht.txt")):
        command = [str(tmp_path / "venv" / "bin" / "fundstelle"), *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    for package, module in (("index.codec", "loops"), ("search", "texts")):
        code = f"from {package} import {module}; print({module}.__file__, {module}.COMPILED is not None)"
        said = subprocess.check_output([python, "-c", code], cwd="/", text=True)
        assert str(ROOT) not in said and said.endswith(f" {kind == 'wheel'}\n")


def site_packages(python: str) -> Path:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.check_output([python, "-c", code], text=True).strip())


def test_make_says_what_to_do_where_python_is_too_old(checkout: Path) -> None:
    done = subprocess.run(["make", "serve", "PYTHON=false"], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "needs Python 3.11 or later" in done.stderr
    assert not (checkout / ".venv").exists()


def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


class Served:
    """`make serve` in a checkout, from its start until it answers, then stopped as with Ctrl-C."""

    def __init__(self, checkout: Path, home: Path) -> None:
        environment = {**os.environ, "HOME": str(home)}
        started = time.monotonic()
        self.lines: list[str] = []
        process = subprocess.Popen(
            ["make", "serve", "PORT=0"],
            cwd=checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            address = next(self._addresses(process), None)
            assert address, "".join(self.lines)
            with urllib.request.urlopen(address, timeout=10) as answer:
                self.status, self.page = answer.status, answer.read().decode("utf-8")
            self.seconds = time.monotonic() - started
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=20)

    def _addresses(self, process: "subprocess.Popen[str]") -> Iterator[str]:
        assert process.stdout
        for line in process.stdout:
            self.lines.append(line)
            yield from re.findall(r"http://[\w.]+:\d+", line)


@pytest.mark.slow
def test_make_serve_serves_and_starts_at_once_the_second_time(checkout: Path, tmp_path: Path) -> None:
    first = Served(checkout, tmp_path)
    assert (first.status, "Fundstelle" in first.page) == (200, True)
    again = [Served(checkout, tmp_path) for _ in range(3)]
    assert not any("pip" in line for served in again for line in served.lines)
    assert min(served.seconds for served in again) < 3


def test_the_notice_names_files_that_are_there() -> None:
    named = re.findall(r"[\w/]+/[\w.]+\.(?:json|npz|py)\b", (ROOT / "NOTICE").read_text("utf-8"))
    assert named
    assert not [name for name in named if not (ROOT / name).is_file()]


def test_everything_learned_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    learned = [path for suffix in ("npz", "json") for path in (ROOT / "index").rglob(f"*.{suffix}")]
    assert learned
    assert not [path for path in learned if path.relative_to(ROOT).as_posix() not in notice]
