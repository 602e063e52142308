"""Every page, with long names: axe finds nothing, the console stays silent, nothing scrolls sideways and every word
can be read, in both languages and themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe import violations
from crowding import crowded, with_long_names
from numbered import documents
from offices import Office, open_office
from playwright.sync_api import Page, expect
from served import watched

from sartor.platform.access import one_time

pytestmark = pytest.mark.browser
LOOKS = [("en", "light", "desk"), ("zh", "dark", "phone"), ("zh", "light", "small"), ("en", "dark", "desk")]
TITLE = f"Towers from the harbour to the airport, with 48 months of maintenance {'x' * 45}"
MAIN = ("home", "list", "board", "record", "edit")
"""Seen in every look; the other pages in the first two, which are each other's opposite."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, with_long_names(documents())) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        yield office


@pytest.fixture(scope="module")
def pages(office) -> dict[str, str]:
    account = office.make("account", {"name": "Huawei 华为技术有限公司华东区域销售与服务分公司（上海）"}, by="ann")
    price = {"amount": "1200.00", "currency": "CNY"}
    deal = office.make("deal", {"name": TITLE, "account": account, "amount": price}, by="ann")
    one = f"/app/crm/deal/r/{deal}"
    return {
        "home": "/app",
        "list": "/app/crm/deal/all",
        "list of people": "/app/crm/user",
        "nothing matches": "/app/crm/deal/all?filter=amount > 99999999",
        "not a filter": "/app/crm/deal/all?filter=amount >",
        "board": "/app/crm/deal/board",
        "record": one,
        "stages": f"{one}/tab/stages",
        "lines": f"{one}/tab/lines",
        "details": f"{one}/tab/details",
        "edit": f"{one}/edit",
        "new": "/app/crm/deal/r/new",
        "move": f"{one}/move/lost",
        "bin": "/app/crm/deal/r/bin",
        "dashboard": "/app/crm/-/dashboard/all",
        "search": "/app/crm/-/search?q=Towers",
        "import": "/app/crm/deal/r/import",
        "jobs": "/app/crm/-/jobs",
        "profile": "/profile",
    }


def open_jump(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.locator("#jump input").fill("Towers")
    page.locator("#jump-hits mark").wait_for()


def open_filter(page: Page) -> None:
    page.keyboard.press("f")
    page.locator("#filter .field-list a[href*='field=amount']").first.click()
    page.locator("[data-editor-form]").wait_for()


def open_peek(page: Page) -> None:
    page.locator("[data-row]").first.focus()
    page.keyboard.press("Space")
    page.locator("#peek h2").first.wait_for()


def open_keys(page: Page) -> None:
    page.keyboard.press("?")
    page.locator("dialog[open] .key-list").wait_for()


def save_too_early(page: Page) -> None:
    page.keyboard.press("Control+s")
    page.locator("[data-summary]:not([hidden])").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "quick search": ("home", open_jump),
    "filter": ("list", open_filter),
    "peek": ("list", open_peek),
    "keys": ("list", open_keys),
    "form with errors": ("new", save_too_early),
}


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it is now."""
    expect(page.locator("sartor-chart:not([data-drawn])")).to_have_count(0)
    found = [f"{name}: {each}" for each in (*violations(page), *crowded(page))]
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*found, f"{name}: {width} px wide"] if width > page.viewport_size["width"] else found


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_no_page_has_a_fault_of_access_or_width_or_script(look, server, chromium, pages):
    language, theme, size = look
    context = server.context(chromium, "boss", language=language, theme=theme, size=size)
    page, found = context.new_page(), []
    troubles = watched(page)
    for name, path in pages.items() if look in LOOKS[:2] else ((each, pages[each]) for each in MAIN):
        assert server.go(page, path) == 200, name
        # A tall window, so that every chart is in sight and drawn.
        page.set_viewport_size({**page.viewport_size, "height": 6000 if name == "dashboard" else 900})
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        found += faults(page, name)
        found += [f"{name}: {each}" for each in troubles]
        troubles.clear()
    context.close()
    assert found == []


def test_a_dashboard_can_be_read_while_its_numbers_come(server, chromium, pages):
    context = server.context(chromium, "boss", size="desk")
    page = context.new_page()
    page.route("**/card/**", lambda route: None)
    server.go(page, pages["dashboard"])
    expect(page.locator(".kpi[aria-busy=true]").first).to_be_visible()
    found = violations(page)
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    assert found == []


@pytest.mark.parametrize("look", LOOKS[:2], ids="-".join)
def test_what_opens_on_a_page_has_no_fault(look, server, chromium, pages):
    language, theme, size = look
    context = server.context(chromium, "boss", language=language, theme=theme, size="desk")
    page, found = context.new_page(), []
    for name, (where, act) in STATES.items():
        server.go(page, pages[where])
        act(page)
        found += faults(page, name)
    context.close()
    assert found == []


@pytest.mark.parametrize("look", LOOKS[:2], ids="-".join)
def test_pages_of_errors_and_those_before_sign_in_are_as_good(look, server, chromium, office):
    language, theme, size = look
    key = office.workspace.database.run(lambda work: one_time.issue(work, one_time.SETUP))
    visits = {"/sign-in": None, f"/setup/{key}": None, "/app/crm/nothing": "ann", "/app/crm/user/r/new": "ann"}
    found = []
    for path, who in visits.items():
        context = server.context(chromium, who, language=language, theme=theme, size=size)
        page = context.new_page()
        server.go(page, path)
        found += faults(page, path)
        context.close()
    assert found == []
