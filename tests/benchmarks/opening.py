"""How long a page of the builder takes to open in a real browser: from the click to where it can be used.

The best of several: what it takes when nothing else runs. Processor time is told beside it, which moves less on a busy
machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession

READY = """
addEventListener("DOMContentLoaded", () => {
  const seen = () => {
    const found = document.querySelector("main.designer > *") ?? document.documentElement;
    if (found.dataset.ready !== "yes" || document.documentElement.dataset.ready !== "yes") return false;
    requestAnimationFrame(() => { document.documentElement.dataset.opened ??= String(performance.now()); });
    return true;
  };
  if (seen()) return;
  const watch = new MutationObserver(() => { if (seen()) watch.disconnect(); });
  watch.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
});
"""
TIMES = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """wall: milliseconds until ready. page, server: milliseconds of processor time in the page and in the server.

    sent: bytes of the document, before it is packed. nodes: of the page.
    """

    path: str
    wall: float
    page: float
    server: float
    sent: int
    nodes: int


def openings(browser: Browser, base: str, key: str, paths: tuple[str, ...], pid: int) -> Iterator[Opening]:
    """Each page, opened anew several times by somebody whose browser knows the product; the first is not counted."""
    with signed_in(browser, base, key) as context:
        for path in paths:
            _open(context, base + path, pid, path)
            found = [_open(context, base + path, pid, path) for _time in range(TIMES)]
            yield Opening(
                path,
                wall=min(each.wall for each in found),
                page=min(each.page for each in found),
                server=min(each.server for each in found),
                sent=found[0].sent,
                nodes=found[0].nodes,
            )


@contextmanager
def signed_in(browser: Browser, base: str, key: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sartor_session", "value": key, "url": base}])
    context.add_init_script(READY)
    try:
        yield context
    finally:
        context.close()


def _open(context: BrowserContext, url: str, pid: int, path: str) -> Opening:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = server_seconds(pid)
    answer = page.goto(url, wait_until="commit")
    if answer is None or answer.status != 200:
        raise SystemExit(f"bench: {url} was not answered")
    page.wait_for_selector("html[data-opened]", state="attached")
    wall = float(page.locator("html").get_attribute("data-opened") or 0)
    page.wait_for_load_state("load")
    server = (server_seconds(pid) - before) * 1000
    told = _metrics(session)
    found = Opening(path, wall, told["TaskDuration"] * 1000, server, len(answer.body()), int(told["Nodes"]))
    page.close()
    return found


def _metrics(session: CDPSession) -> dict[str, float]:
    return {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}


def server_seconds(pid: int) -> float:
    """Processor time of a server and its workers."""
    family, grown = {pid}, True
    told: dict[int, list[str]] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            told[int(each.parent.name)] = each.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended since it was listed
            continue
    while grown:
        more = {number for number, each in told.items() if int(each[1]) in family} - family
        family, grown = family | more, bool(more)
    ticks = sum(int(tick) for number in family if number in told for tick in told[number][11:13])
    return ticks / os.sysconf("SC_CLK_TCK")
