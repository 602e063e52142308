"""What a hand does in a designer, and what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

HELD = ".is-held, [data-held], .ui-draggable-armed"
"""What a finger has taken up, whatever carries it."""
GLIDE = 160
"""Milliseconds in which what makes room comes to rest (builder/frontend/src/core/sorting.ts): a hand sees it."""
BESIDE = {"before": ("preceding",), "after": ("following",), "": ("preceding", "following")}


def kept(page: Page) -> None:
    """Wait until the change set holds what was done."""
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "kept", timeout=10_000)


def drag(
    page: Page, source: Any, target: Any, at: tuple[int, int] = (120, 12), hold: tuple[int, int] = (20, 12)
) -> None:
    """Press, move in steps, let go over a place of the target: the upper half, unless said otherwise."""
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + hold[0], start["y"] + hold[1])
    page.mouse.down()
    page.mouse.move(start["x"] + 50, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + at[0], end["y"] + at[1] - 2, steps=12)
    page.wait_for_timeout(GLIDE)
    page.mouse.move(end["x"] + at[0], end["y"] + at[1], steps=4)
    page.mouse.up()


def write(place: Any, text: str) -> None:
    """Type an expression: as text, where rows are offered too."""
    place.locator("sartor-expression > *").first.wait_for()
    as_text = place.get_by_role("button", name="As text")
    if as_text.count():
        as_text.click()
    place.locator(".cm-content").fill(text)


def complete(place: Any, offered: str) -> None:
    """Take the first completion. The editor hears Enter only when its list was open for a blink (75 ms)."""
    expect(place.locator(".cm-tooltip-autocomplete li").first).to_contain_text(offered)
    place.page.wait_for_timeout(120)
    place.page.keyboard.press("Enter")


class Finger:
    """One finger on the glass: events of touch as a phone sends them, not those of a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.x = self.y = 0.0

    def _send(self, kind: str) -> None:
        points = [] if kind == "touchEnd" else [{"x": self.x, "y": self.y}]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def put(self, place: Locator) -> None:
        self.x, self.y = middle(place)
        self._send("touchStart")

    def move(self, x: float, y: float, steps: int = 8) -> None:
        """In steps, as a hand does it."""
        across, down = (x - self.x) / steps, (y - self.y) / steps
        for _step in range(steps):
            self.x, self.y = self.x + across, self.y + down
            self._send("touchMove")

    def linger(self, where: Callable[[], tuple[float, float]], until: Callable[[], bool]) -> None:
        """Stay over a place, trembling, until something comes of it: what follows a finger answers at the next beat."""
        for shake in range(20):
            x, y = where()
            self.move(x + shake % 2 * 3, y)
            self.page.wait_for_timeout(150)
            if until():
                return

    def lift(self) -> None:
        self._send("touchEnd")
        self.session.detach()


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None, place
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def take_up(page: Page, source: Locator) -> Finger:
    """Rest on something until it is held."""
    source.scroll_into_view_if_needed()
    finger = Finger(page)
    finger.put(source)
    expect(page.locator(HELD)).to_have_count(1)
    return finger


def finger_drag(page: Page, source: Locator, target: Locator, side: str = "", shown: Locator | None = None) -> None:
    """Rest, carry, let go where a place is shown: beside the target, on one side of it where it stood on the other."""
    target.scroll_into_view_if_needed()
    finger = take_up(page, source)
    place = shown or slot(target, side)
    finger.linger(lambda: middle(target), lambda: place.count() > 0)
    expect(place).to_have_count(1)
    finger.lift()


def slot(target: Locator, side: str = "") -> Locator:
    """Where something that is carried would come to stand."""
    beside = (f"{axis}-sibling::*[1][contains(@class, 'is-slot')]" for axis in BESIDE[side])
    return target.locator("xpath=" + " | ".join(beside))
