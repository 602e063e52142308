"""An office on a free port, for real browsers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from offices import Office
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (375, 812), "small": (320, 568)}


class Quiet(WSGIRequestHandler):
    """Answers without a line in the log."""

    def log(self, type: str, message: str, *args: object) -> None:
        return


@dataclass(frozen=True)
class Served:
    """A running server. troubles: what pages complained about (scripts, security policy, missing files)."""

    office: Office
    url: str

    def context(self, chromium: Browser, who: str | None, *, language: str = "en", **more: str) -> BrowserContext:
        """Somebody's browser, signed in. more: theme, size."""
        width, height = SIZES[more.get("size", "desk")]
        glass = more.get("size") in ("phone", "small", "tablet")
        locale = "zh-CN" if language == "zh" else "en-GB"
        context = chromium.new_context(viewport={"width": width, "height": height}, has_touch=glass, locale=locale)
        cookies = {"language": language, "theme": more.get("theme", "light")}
        if who is not None:
            cookies["sartor_session"] = self.office.sign_in(who)[0]
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        return context

    def go(self, page: Page, path: str) -> int:
        """Open a page and wait until its scripts run; its status."""
        answer = page.goto(self.url + path)
        assert answer is not None
        page.wait_for_selector("html[data-ready]", state="attached")
        return answer.status


def watched(page: Page) -> list[str]:
    """Collects what goes wrong in a page from here on."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    return troubles


@contextmanager
def served(office: Office) -> Iterator[Served]:
    """Serve until the block ends."""
    server = make_server("127.0.0.1", 0, office.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(office, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
