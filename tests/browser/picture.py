"""Take the README's picture: the sample articles indexed and served, a search made, the page written as a PNG.

python -m tests.browser.picture docs/picture.png
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.install import find_browser

FUNDSTELLE = (sys.executable, "-u", "-m", "fundstelle")
SEARCH = "/?q=Soldaten&speaker=Antony+Blinken&speaker=Wolodymyr+Selenskyj"
SIZE = ViewportSize(width=1280, height=860)


def take(address: str, file: Path) -> None:
    """Open the search at `address`, write what a window shows of it. Raises RuntimeError where there is no browser."""
    browser = find_browser()
    if browser is None:
        raise RuntimeError("no Chromium or Chrome starts here; install one: python -m tests.browser.install")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=browser, args=arguments).new_page(
            viewport=SIZE, locale="de-DE"
        )
        page.goto(address + SEARCH)
        page.screenshot(path=file)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def main(file: Path) -> None:
    """Write the picture to FILE; run it in the project's folder."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*FUNDSTELLE, "index", "seeds", "--index", folder], check=True, stdout=subprocess.DEVNULL)
        command = [*FUNDSTELLE, "serve", "--port", "0", "--index", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                address = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
                if address is None:
                    raise RuntimeError("fundstelle serve did not start")
                take(address[0], file)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
