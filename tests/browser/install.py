"""Make sure that there is a browser for the tests: find one, or install one with what the machine has.

In: the environment variable FUNDSTELLE_BROWSER, the PATH, playwright's own folder. Out: the path of a Chromium or
Chrome that starts. `python -m tests.browser.install` prints it, says on stderr what it does, and exits 1 where nothing
helped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from playwright.sync_api import sync_playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

START_SECONDS = 60

Found = TypeVar("Found")


@dataclass(frozen=True)
class Way:
    """One way to get something: commands to run one after the other, by whom, and for how long each at most."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    as_root: bool = True
    seconds: int = 900


PLAYWRIGHT = (sys.executable, "-m", "playwright")
APT_UPDATE = ("apt-get", "update")
APT_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")

DRIVER_WAYS = (
    Way("apt-get", (APT_UPDATE, (*APT_INSTALL, "libatomic1"))),
    Way("dnf", (("dnf", "install", "--assumeyes", "libatomic"),)),
    Way("zypper", (("zypper", "--non-interactive", "install", "libatomic1"),)),
    Way("pacman", (("pacman", "--sync", "--refresh", "--noconfirm", "gcc-libs"),)),
)
"""Ways to the one library that playwright's own driver wants and a bare system lacks."""

BROWSER_WAYS = (
    Way("playwright's own download", ((*PLAYWRIGHT, "install", "chromium"),), as_root=False, seconds=180),
    Way("apt-get", (APT_UPDATE, (*APT_INSTALL, "chromium", "fonts-liberation"))),
    Way("dnf", (("dnf", "install", "--assumeyes", "chromium"),)),
    Way("zypper", (("zypper", "--non-interactive", "install", "chromium"),)),
    Way("pacman", (("pacman", "--sync", "--refresh", "--noconfirm", "chromium"),)),
    Way("brew", (("brew", "install", "--cask", "chromium"),), as_root=False),
    # Last: it only adds the system's libraries to a browser that playwright has downloaded and that does not start.
    Way("playwright's system libraries", ((*PLAYWRIGHT, "install-deps", "chromium"),)),
)


def find_browser() -> str | None:
    """The path of the first browser that starts, or None. Where FUNDSTELLE_BROWSER is set, it is the only candidate."""
    chosen = os.environ.get("FUNDSTELLE_BROWSER")
    candidates = (chosen,) if chosen else (_own_browser(), *NAMES)
    paths = (shutil.which(candidate) for candidate in candidates)
    return next((path for path in paths if path and _starts(path, "--version")), None)


def _own_browser() -> str:
    """Where playwright keeps the browser that it downloads, be it there or not."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _driver_starts() -> bool:
    return _starts(*PLAYWRIGHT, "--version")


def _starts(*command: str) -> bool:
    """Whether a program answers: one may be there and lack a library, or only say how to get the real one."""
    try:
        return subprocess.run(command, capture_output=True, timeout=START_SECONDS, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _try(ways: tuple[Way, ...], find: Callable[[], Found]) -> Found | None:
    """Go one way after the other until there is something to find."""
    return next((found for way in ways if _go(way) and (found := find())), None)


def _go(way: Way) -> bool:
    """Whether all commands of the way could be run and succeeded."""
    for command in way.commands:
        if shutil.which(command[0]) is None:
            return False
        if way.as_root and os.geteuid() != 0:
            if shutil.which("sudo") is None:
                return False
            command = ("sudo", "--non-interactive", *command)
        _say(f"{way.name}: {' '.join(command)}")
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=way.seconds, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            _say(f"{way.name} did not help: {error}")
            return False
    return True


def _say(message: str) -> None:
    print(f"browser: {message}", file=sys.stderr, flush=True)


def main() -> int:
    """Find or install; 0 with the path on stdout, 1 with what to do on stderr."""
    if not _driver_starts() and not _try(DRIVER_WAYS, _driver_starts):
        _say("playwright does not start. See what it lacks with: .venv/bin/python -m playwright --version")
        return 1
    path = find_browser()
    if path is None and "FUNDSTELLE_BROWSER" in os.environ:
        _say(f"FUNDSTELLE_BROWSER={os.environ['FUNDSTELLE_BROWSER']} does not start; set it to a Chromium or Chrome.")
        return 1
    if path is None:
        _say("no Chromium or Chrome found that starts; installing one.")
        path = _try(BROWSER_WAYS, find_browser)
    if path is None:
        _say("no way led to a browser. Install Chromium or Chrome, or set FUNDSTELLE_BROWSER to one, and repeat.")
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
