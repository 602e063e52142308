"""Chromium for the tests: Debian's, headless, and silent towards the outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright
from servers import NoServer

# The last five keep it from calling its maker at every start; tests run on machines without a way out.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROGRAMS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


def chromium_program() -> str:
    """The browser's path: `SARTOR_TEST_CHROMIUM`, else the first one installed; the one without a window is faster."""
    named = os.environ.get("SARTOR_TEST_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not found:
        raise NoServer("no Chromium: apt-get install chromium, or set SARTOR_TEST_CHROMIUM to its path")
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
