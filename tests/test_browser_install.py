"""The step before the browser tests finds a browser that starts, or says what to do; it never passes without one."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.install import find_browser

ROOT = Path(__file__).resolve().parents[1]


def pretend_browser(path: Path, exit_code: int) -> str:
    """A program that answers with an exit code, as a browser that starts or one that lacks a library does."""
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_browser_that_is_named_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = pretend_browser(tmp_path / "mine", exit_code=0)
    monkeypatch.setenv("FUNDSTELLE_BROWSER", browser)
    assert find_browser() == browser


def test_what_does_not_start_is_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUNDSTELLE_BROWSER", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    pretend_browser(tmp_path / "chromium", exit_code=127)
    works = pretend_browser(tmp_path / "chromium-browser", exit_code=0)
    assert find_browser() == works


def test_a_wrong_name_is_an_error_that_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.install"],
        cwd=ROOT,
        env={**os.environ, "FUNDSTELLE_BROWSER": "no-such-browser"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "FUNDSTELLE_BROWSER=no-such-browser does not start" in done.stderr
