"""What somebody who designs meets in a real browser, at 300 entities of 40 fields: opening each designer, and frames
while something is dragged in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from browsers import launched
from dragging import DRAGS, Frames, frames_of
from offices import open_office
from opening import openings
from playwright.sync_api import Browser
from results import Result
from servers import free_port
from serving import Server, serving
from wide_pages import wide_pages

HERE = Path(__file__).parent
OPEN_MS, FRAMES_PER_SECOND = 1000, 58
RECORDS = 100
SECRET = "0123456789abcdef" * 4
"""The same as that of the office which signs in."""
DESIGNERS = {
    "entity": "/entities/thing_7", "relations": "/relations", "form": "/forms/thing_7.main",
    "view": "/views/thing_7.all", "template": "/templates/letter", "pipeline": "/pipelines/thing",
    "options": "/options/colours", "report": "/reports/by_choice", "dashboard": "/dashboards/home",
    "role": "/roles/clerk", "app": "/apps/all",
}  # fmt: skip
OTHERS = ("", "/entities", "/forms", "/views", "/changes", "/plan", "/check", "/definitions/entity/thing_7")


def in_a_browser(folder: Path) -> Iterator[Result]:
    """A line for each designer, one for the slowest of the other pages, and one for each thing that is dragged."""
    key, environment = _made(folder)
    with serving("sartor.runtime.wsgi:app", HERE, environment, free_port()) as server, launched() as browser:
        for name, path in DESIGNERS.items():
            yield _opened(f"open_{name}", browser, server, key, (path,))
        yield _opened("open_other", browser, server, key, OTHERS)
        found = {drag.case: frames_of(browser, server.base, key, drag) for drag in DRAGS}
    yield from (Result(case, "sqlite", each.rate, "/s", asked=FRAMES_PER_SECOND) for case, each in found.items())
    yield _longest(list(found.values()))


def _opened(case: str, browser: Browser, server: Server, key: str, paths: tuple[str, ...]) -> Result:
    """The slowest of some pages; beside it the processor time of its page and of the server."""
    under = tuple(f"/build/main{path}" for path in paths)
    slowest = max(openings(browser, server.base, key, under, server.pid), key=lambda each: each.wall)
    took = (slowest.page, slowest.server)
    return Result(case, "sqlite", slowest.wall, " ms", asked=OPEN_MS, at_most=True, app=took)


def _longest(found: list[Frames]) -> Result:
    return Result("drag_longest", "sqlite", max(each.longest for each in found), " ms")


def _made(folder: Path) -> tuple[str, dict[str, str]]:
    """A workspace with somebody in it who designs; the key of the session, and what its server is started with."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'sartor.db'}"
    with open_office(url, folder, wide_pages()) as office:
        office.hire("boss", "administrator")
        for number in range(RECORDS):
            office.make("thing_7", {"text_0": f"Thing {number}", "choice_0": "red", "stage": "fresh"})
        key = office.sign_in("boss")[0]
    more = {"SARTOR_SECRET_KEY": SECRET, "SARTOR_TIMEZONE": "Asia/Shanghai"}
    return key, {"SARTOR_DATA": str(folder), "SARTOR_DATABASE_URL": url, **more}
