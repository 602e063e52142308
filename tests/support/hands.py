"""What a hand does in a designer, and what it waits for."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect


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
