"""The real command line serves a real index; a real Chromium opens its pages.

No browser is a failure that says how to get one, never a skip. Every page that a test opens is watched: what it asks of
another host, what it logs as an error (a breach of the content security policy is one) and what its scripts throw fail
the test.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from tests.browser.install import find_browser
from tests.web.sample import make_index

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 360, "height": 740}
TABLET = {"width": 768, "height": 1024}
DESKTOP = {"width": 1280, "height": 800}
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (400|404)")

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.fail("No Chromium or Chrome starts here. Install one: python -m tests.browser.install", pytrace=False)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def address(index_dir: Path) -> Iterator[str]:
    """Where `fundstelle serve` says that it serves the index."""
    command = [sys.executable, "-u", "-m", "fundstelle", "serve", "--port", "0", "--index", str(index_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"http://[\d.:]+", line)
        assert found, f"fundstelle serve said {line!r}"
        yield found.group()
        server.terminate()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a path of the served page at a width, with a colour scheme, with or without JavaScript."""
    contexts = []
    troubles: list[str] = []

    def opened(path: str = "/", viewport: Any = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(base_url=address, viewport=viewport, locale="de-DE", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, address, troubles)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [trouble for trouble in troubles if not EXPECTED.match(trouble)] == []


def _watch(page: Page, address: str, troubles: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    def request(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            troubles.append(f"asked {request.url}")

    def dialog(dialog: Dialog) -> None:
        troubles.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", request)
    page.on("dialog", dialog)
