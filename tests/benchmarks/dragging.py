"""Frames while something is dragged in a designer: how many are drawn in a second, and the one that took longest.

The mouse moves to and fro and lets go where it began, so nothing is edited.
"""

from __future__ import annotations

from dataclasses import dataclass

from opening import signed_in
from playwright.sync_api import Browser, Page

STEPS = 120
TIMES = 3
FRAMES = """
() => {
  window.benchFrames = [];
  let last = performance.now();
  const frame = (now) => {
    window.benchFrames.push(now - last);
    last = now;
    window.benchRun = requestAnimationFrame(frame);
  };
  window.benchRun = requestAnimationFrame(frame);
}
"""
STOP = "() => { cancelAnimationFrame(window.benchRun); return window.benchFrames.slice(1); }"
LATE = 25
"""Milliseconds after which a frame of 16.7 has been left out."""


@dataclass(frozen=True, slots=True)
class Drag:
    """path: of the page. grip: what is taken. way: how far it is moved, in pixels."""

    case: str
    path: str
    grip: str
    way: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frames:
    """rate: a second. late: share of those that came late. longest: in milliseconds."""

    rate: float
    late: float
    longest: float


DRAGS = (
    Drag("drag_form", "/forms/thing_7.main", "[data-field] >> nth=4", (60, 260)),
    Drag("drag_view", "/views/thing_7.all", "[data-columns] [data-name] >> nth=1", (320, 4)),
    Drag("drag_board", "/dashboards/home", "[data-card] >> nth=0", (300, 120)),
    Drag("drag_pipeline", "/pipelines/thing", "[data-rows] [data-name] >> nth=0", (10, 120)),
    Drag("drag_relations", "/relations", ".diagram", (260, 160)),
)


def frames_of(browser: Browser, base: str, key: str, drag: Drag) -> Frames:
    """The best of several."""
    with signed_in(browser, base, key) as context:
        page = context.new_page()
        page.goto(f"{base}/build/main{drag.path}")
        page.wait_for_selector("html[data-opened]", state="attached")
        page.locator(drag.grip).first.wait_for()
        page.wait_for_load_state("networkidle")
        found = [_dragged(page, drag) for _time in range(TIMES)]
    return max(found, key=lambda each: each.rate)


def _dragged(page: Page, drag: Drag) -> Frames:
    box = page.locator(drag.grip).first.bounding_box()
    assert box is not None
    x, y = box["x"] + min(20.0, box["width"] / 2), box["y"] + min(14.0, box["height"] / 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 6, y + 4, steps=3)
    page.evaluate(FRAMES)
    for step in range(STEPS):
        part = 1 - abs(1 - 2 * step / STEPS)
        page.mouse.move(x + drag.way[0] * part, y + drag.way[1] * part)
    told = page.evaluate(STOP)
    page.mouse.move(x, y)
    page.mouse.up()
    return Frames(1000 * len(told) / sum(told), sum(each > LATE for each in told) / len(told), max(told))
