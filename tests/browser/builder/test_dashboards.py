"""The designer of dashboards in a browser: live cards on a grid by mouse, keys and finger; kept by itself, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from hands import kept
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "boarding"
HOME = f"/build/{SET}/dashboards/home"
LOOKS = [("en", "light", "desk"), ("zh", "dark", "phone")]
BOARD = {
    "label": {"en": "Home", "zh": "首页"},
    "filters": ["period", "owner"],
    "cards": {
        "deals": {"target": "report/deals", "x": 0, "y": 0, "width": 3, "height": 2},
        "won": {"target": "metric/won_amount", "x": 3, "y": 0, "width": 3, "height": 2},
        "stage": {"target": "report/by_stage", "x": 0, "y": 2, "width": 6, "height": 5},
        "list": {"target": "view/deal.all", "x": 6, "y": 2, "width": 6, "height": 5},
    },
}


@pytest.fixture(autouse=True)
def board(office: Any, deal: str) -> Any:
    office.workspace.publisher.sets.put("dashboard/home", BOARD, name=SET)
    yield
    office.workspace.publisher.sets.discard(name=SET)


@pytest.fixture
def designer(server: Any, open_browser: Any) -> Page:
    page = open_browser("boss")
    server.go(page, HOME)
    page.locator("[data-ready=yes] [data-name=stage]").wait_for()
    expect(page.locator("sartor-chart[data-drawn]")).to_have_count(1)
    return page


def cards(office: Any) -> dict[str, Any]:
    return office.workspace.publisher.sets.document("dashboard/home", SET)["cards"]


def place(office: Any, name: str) -> tuple[int, ...]:
    card = cards(office)[name]
    return card["x"], card["y"], card["width"], card["height"]


def carry(page: Page, start: Any, dx: int, dy: int, at: tuple[int, int] = (30, 30)) -> None:
    """Press, move in steps, let go."""
    box = start.bounding_box()
    x, y = box["x"] + at[0], box["y"] + at[1]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2, steps=6)
    page.mouse.move(x + dx, y + dy, steps=6)
    page.mouse.up()


def test_look(designer):
    designer.screenshot(path="/tmp/h/b/pics/board.png")
