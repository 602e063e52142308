"""Every page of the builder, and what opens on it, as people look at it (language, theme, width): axe finds nothing,
nothing is too wide, the console stays silent. Each is seen in two looks, which alternate from page to page;
`SARTOR_TEST_LOOKS=all` looks at all of them in all four, `SARTOR_TEST_SHOTS=folder` keeps a picture of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import letters
import pytest
from axe import violations
from crowding import crowded, with_long_names
from hands import kept
from numbered import documents
from offices import Office, open_office
from playwright.sync_api import Browser, Page, expect
from served import Served, watched
from standing_edits import leave_edits

pytestmark = pytest.mark.browser
WAYS = [("en", "light", "desk"), ("zh", "dark", "desk"), ("en", "dark", "phone"), ("zh", "light", "small")]
ALL = os.environ.get("SARTOR_TEST_LOOKS") == "all"
SHOTS = os.environ.get("SARTOR_TEST_SHOTS")
Act = Callable[[Page], object]


@dataclass(frozen=True)
class Seen:
    """A page after something was done on it. path: behind `/build/<change set>`; ready: what tells that it is drawn."""

    path: str
    ready: str = "main"
    act: Act | None = None
    set: str = "drafts"

    @property
    def address(self) -> str:
        return f"/build/{self.set}{self.path}" if self.set else self.path


def click(selector: str, then: str) -> Act:
    """Choose something, and wait for what shows it."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        page.locator(then).first.wait_for()

    return act


def press(*keys: str, then: str) -> Act:
    def act(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)
        page.locator(then).first.wait_for()

    return act


def delete(selector: str) -> Act:
    """A key that asks before anything is taken away."""

    def act(page: Page) -> None:
        page.locator(selector).first.focus()
        page.keyboard.press("Delete")
        page.locator("dialog[open]").wait_for()

    return act


def ask_in_rows(page: Page) -> None:
    part = page.locator("[data-part=filter]")
    part.locator("[data-add-condition] option").nth(1).wait_for(state="attached")
    part.locator("[data-add-condition]").select_option("stage")
    part.locator("[data-value]").first.check()
    part.locator("[data-add-group]").click()


def ask_in_text(page: Page) -> None:
    ask_in_rows(page)
    part = page.locator("[data-part=filter]")
    part.locator(".way button").nth(1).click()
    part.locator(".cm-content").press("Control+Space")
    part.locator(".cm-tooltip-autocomplete").wait_for()


def publish_for_ever(page: Page) -> None:
    """Press the button, and stay: the form is held back after every script of the page has seen it sent."""
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    page.locator("[data-key='⌘↵']").click()
    page.locator("[data-progress] progress").wait_for()


READY = "[data-ready=yes] "
FORM, PAPER, CARD = (READY + part for part in ("[data-fields]", "[data-blocks]", "[data-name=stage]"))
PAGES = {
    "overview": Seen(""),
    "first steps": Seen("/start"),
    "entities": Seen("/entities"),
    "new entity": Seen("/entities", act=press("n", then="dialog[open] #new-en")),
    "entity": Seen("/entities/deal", READY + "[data-rows]"),
    "field": Seen("/entities/deal", READY + "[data-rows]", click("[data-name=discount]", "#p-name")),
    "field retired": Seen("/entities/deal", READY + "[data-rows]", delete("[data-name=amount]")),
    "field pointed out": Seen("/entities/deal?first=yes", READY + "[data-rows]"),
    "relations": Seen("/relations", READY + "[data-card=deal]", click("[data-card=deal]", "#p-lookup")),
    "relations as list": Seen("/relations", READY + "[data-card=deal]", click("[data-as=table]", ".relations-table")),
    "forms": Seen("/forms"),
    "form": Seen("/forms/deal.main", FORM, click("[data-stop$='fields/amount']", "#p-fields-amount-required")),
    "views": Seen("/views"),
    "list": Seen("/views/deal.all", READY + "[data-columns]", click("[data-name=stage] button", "sartor-panel")),
    "board": Seen("/views/deal.board", READY + "[data-columns]"),
    "conditions": Seen("/views/deal.all", READY + "[data-columns]", ask_in_rows, set="asking"),
    "completion": Seen("/views/deal.all", READY + "[data-columns]", ask_in_text, set="asking"),
    "templates": Seen("/templates"),
    "template": Seen("/templates/quote", PAPER, click("[data-stop='blocks/lines']", "#p-blocks-lines-numbered")),
    "template filled in": Seen("/templates/quote", PAPER, click("[data-preview]", ".template-preview .paper")),
    "pipelines": Seen("/pipelines"),
    "pipeline": Seen("/pipelines/deal", ".panel [data-uses]"),
    "stage": Seen("/pipelines/deal", READY + "[data-rows=open]", click("[data-rows] [data-name=proposal]", "#p-key")),
    "options": Seen("/options"),
    "choices": Seen("/options/industry", ".panel [data-uses]"),
    "choice": Seen("/options/industry", READY + "[data-rows=choices]", click("[data-name=it]", "#p-key")),
    "reports": Seen("/reports"),
    "report": Seen("/reports/by_stage", READY + "sartor-chart[data-drawn=yes]"),
    "dashboards": Seen("/dashboards"),
    "dashboard": Seen("/dashboards/home", CARD, click("[data-name=stage]", "[data-place=wider]")),
    "apps": Seen("/apps"),
    "app": Seen("/apps/crm", READY + "[data-entries]"),
    "entry": Seen("/apps/crm", READY + "[data-entries]", click("[data-name=board] button", "#p-items-board-target")),
    "from files": Seen("/apps/from-files"),
    "roles": Seen("/roles"),
    "role": Seen("/roles/seller", READY + "tr[data-name=deal]", click("tr[data-name=deal] th button", "#level-amount")),
    "changes": Seen("/changes"),
    "conflict": Seen("/changes", set="mine"),
    "plan": Seen("/plan"),
    "plan of a clash": Seen("/plan", set="mine"),
    "publishing": Seen("/plan", act=publish_for_ever, set="ready"),
    "converting": Seen("/plan/preparing"),
    "published by a worker": Seen("/plan/publishing", set="ready"),
    "all change sets": Seen("/sets"),
    "revisions": Seen("/revisions"),
    "revision": Seen("/revisions/2"),
    "comparison": Seen("/revisions/compare?from=1&to=2"),
    "rollback": Seen("/revisions/1/rollback"),
    "definition": Seen("/definitions/entity/deal?field=amount"),
    "check": Seen("/check"),
    "blueprints": Seen("/blueprints"),
    "blueprint": Seen("/blueprints/sales"),
    "promotion": Seen("/promote"),
    "export": Seen("/-/blueprints/export"),
    "import": Seen("/-/blueprints/import"),
    "invite": Seen("/people/invite", set=""),
    "preview": Seen("/preview/asking/seller/en/app/crm/deal/all", set=""),
}  # fmt: skip

ELSEWHERE = {
    "install": "test_blueprints.py",
    "compare_blueprint": "test_blueprints.py",
    "uninstall": "test_blueprints.py",
    "upgrade": "test_blueprints.py",
    "playing": "test_blueprints.py",
    "promotion": "test_blueprints.py",
    "proposal": "test_from_files.py",
    "filling_plan": "test_from_files.py",
    "filling": "test_from_files.py",
    "reading": "test_from_files.py",
}
"""Pages that stand for something which has to be begun first, with the file in which they are looked at."""
NO_PAGES = {
    "begin",  # leads on
    "dashboard_choices",
    "entity_records", "losses", "publishing_progress", "relations_now", "report_fields", "role_changes", "role_fields",
    "rollback_losses",
    "samples_going", "template_records", "uses",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    made = with_long_names({**documents(), "template/quote": letters.quote(), "template/mail": letters.MAIL})
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, made) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        leave_edits(office)
        yield office


@pytest.fixture(scope="module")
def pages(server: Served, chromium: Browser) -> Iterator[dict[tuple[str, str, str], tuple[Page, list[str]]]]:
    """One page for each look, and what went wrong in it."""
    made = {}
    for language, theme, size in WAYS:
        page = server.context(chromium, "boss", language=language, theme=theme, size=size).new_page()
        made[language, theme, size] = (page, watched(page))
    yield made
    for page, _troubles in made.values():
        page.context.close()


def looks() -> list[tuple[str, tuple[str, str, str]]]:
    """Page after page the pair of looks changes, so that each part of a page meets every look somewhere."""
    pairs = [WAYS[::3], WAYS[1:3]]
    return [(name, way) for at, name in enumerate(PAGES) for way in (WAYS if ALL else pairs[at % 2])]


@pytest.mark.parametrize(
    ("name", "way"), looks(), ids=lambda value: value if isinstance(value, str) else "-".join(value)
)
def test_a_page_can_be_used_by_everyone(name, way, pages, server, office):
    seen, (page, troubles) = PAGES[name], pages[way]
    troubles.clear()
    assert server.go(page, seen.address) == 200
    page.locator(seen.ready).first.wait_for()
    if seen.act:
        seen.act(page)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name.replace(' ', '-')}.{'.'.join(way)}.png", full_page=way[2] != "desk")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert crowded(page) == []
    assert troubles == []
    if seen.set == "asking":
        kept(page)
        office.workspace.publisher.sets.discard(name=seen.set)
        page.evaluate("localStorage.clear()")


def test_no_page_of_the_builder_is_left_out(office):
    rules = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith("builder.")]
    asked = {rule.endpoint.removeprefix("builder.") for rule in rules if "GET" in (rule.methods or ())}
    addresses = office.app.url_map.bind("office.example")
    visited = [each.address.partition("?")[0] for each in PAGES.values() if each.set]
    seen = {addresses.match(each)[0].removeprefix("builder.") for each in visited}
    assert asked - seen - set(ELSEWHERE) - NO_PAGES == set()
    assert (set(ELSEWHERE) | NO_PAGES) - asked == set()
