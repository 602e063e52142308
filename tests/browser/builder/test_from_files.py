"""An application from spreadsheets in a browser: two files dropped, a proposal adjusted, published with the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from offices import Office, open_office
from playwright.sync_api import Page, expect
from served import Served, served

from sartor.platform.packaging.sheets import waiting
from sartor.runtime.handlers import jobs_of

pytestmark = pytest.mark.browser
FILES = "/build/main/apps/from-files"
READING = re.compile("/from-files/reading/")
MACHINES = "Machine no,Name,Bought\n" + "".join(f"M{n},Press {n},2024-03-{n:02d}\n" for n in range(1, 13))
REPAIRS = "Repair no,Machine,Cost,Owner,Sort\n" + "".join(
    f"R{n},M{n % 12 + 1},{n}.50,ann,{('User', 'Oil')[n % 2]}\n" for n in range(1, 31)
)
DROP = """([name, files]) => {
  const carried = new DataTransfer();
  for (const [file, text] of files) carried.items.add(new File([text], file, { type: "text/csv" }));
  const place = document.querySelector(name);
  for (const type of ["dragenter", "dragover", "drop"])
    place.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, {}) as office:
        office.hire("boss", "administrator")
        office.hire("ann")
        yield office


@pytest.fixture(scope="module")
def server(office: Office) -> Iterator[Served]:
    with served(office) as running:
        yield running


def work(office: Office) -> None:
    """What a worker does."""
    jobs = jobs_of(office.workspace)
    for each in jobs.waiting():
        jobs.run(each, "test")


def drop(page: Page, server: Served) -> None:
    server.go(page, FILES)
    page.evaluate(DROP, ["[data-drop-files]", [["machines.csv", MACHINES], ["repairs.csv", REPAIRS]]])
    page.get_by_role("button", name="Look at them").click()


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it is, on a desk and in a hand."""
    found = violations(page)
    desk = page.viewport_size
    page.set_viewport_size({"width": 375, "height": 812})
    found += violations(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(desk)
    return [*found, f"{width} px wide"] if width > 375 else found


def test_two_files_become_an_application_with_their_data(office: Office, server: Served, open_browser) -> None:
    page = open_browser("boss")
    drop(page, server)
    expect(page.locator("main")).to_contain_text("100% of 30 values stand in Machine no")
    assert faults(page) == []
    expect(page.locator("main")).to_contain_text("Its value names one of the Users that are here already")
    expect(page.get_by_role("combobox", name="Owner points to")).to_have_value("user")
    page.get_by_role("combobox", name="Type of Sort").select_option("lookup")
    page.get_by_role("combobox", name="Sort points to").select_option("user")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator('[data-column="Sort"]')).to_contain_text("0 of 2 different values name Users")
    expect(page.locator('[data-column="Sort"]')).to_contain_text("30 rows name nothing there")
    page.get_by_role("combobox", name="Type of Sort").select_option("choice")
    page.get_by_role("textbox", name="Cost, English").fill("Price")
    page.get_by_role("combobox", name="Type of Cost").select_option("decimal")
    page.get_by_role("button", name="Make it and see the plan").click()
    if page.get_by_role("button", name="Make it and see the plan").count():
        page.get_by_role("button", name="Make it and see the plan").click()
    page.get_by_role("button", name="Publish with the data").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Publish with the data").click()
    page.wait_for_url("**/from-files/data/**")
    assert faults(page) == []
    work(office)
    expect(page.get_by_role("link", name="Open the application")).to_be_visible(timeout=20_000)
    assert faults(page) == []
    page.get_by_role("link", name="Open the application").click()
    page.wait_for_url("**/app/**")
    found = office.get("boss", "/records/repair", fields="repair_no,machine,cost,owner", limit="1", count="exact").json
    assert (found["count"], found["data"][0]["machine"]["title"][:6]) == (30, "Press ")
    assert found["data"][0]["owner"]["title"] == "ann"
    cost = office.workspace.serving().design.documents["entity/repair"]["fields"]["cost"]
    assert (cost["type"], cost["label"]["en"]) == ("decimal", "Price")


def test_what_was_chosen_for_columns_is_not_left_unasked_and_found_again(office, server, open_browser) -> None:
    page = open_browser("boss", language="zh", size="phone")
    server.go(page, FILES)
    page.locator("#files").set_input_files({"name": "axes.csv", "mimeType": "text/csv", "buffer": MACHINES.encode()})
    page.locator("form:has(#files) button").tap()
    page.locator("[name='app.en']").fill("Tools")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="实体").tap()
    with page.expect_navigation():
        page.get_by_role("button", name="重新判断").tap()
    assert asked == ["beforeunload"]
    server.go(page, FILES)
    assert faults(page) == []
    page.get_by_role("link", name="继续：Tools").tap()
    expect(page.locator("[name='app.en']")).to_have_value("Tools")
    server.go(page, FILES)
    page.get_by_role("button", name="移除 Tools").tap()
    page.locator("dialog[open] button.btn-primary, dialog[open] button.btn-danger").first.tap()
    expect(page.get_by_role("link", name="继续：Tools")).to_have_count(0)


def test_the_steps_are_gone_with_the_keyboard(office: Office, server: Served, open_browser) -> None:
    """Each control is reached by the tab key and works with Space, Enter and the arrows; the steps lead back."""
    page = open_browser("boss")
    server.go(page, FILES)
    page.locator("#files").set_input_files({"name": "saws.csv", "mimeType": "text/csv", "buffer": MACHINES.encode()})
    page.get_by_role("button", name="Look at them").press("Enter")
    page.get_by_role("checkbox", name="Take Bought").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Take Bought")).not_to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Bought, English")).to_be_focused()
    page.get_by_role("combobox", name="Type of Name").focus()
    page.keyboard.type("Long")
    expect(page.get_by_role("combobox", name="Type of Name")).to_have_value("long_text")
    for _again in range(2):  # another type is looked at first
        page.get_by_role("button", name="Make it and see the plan").press("Enter")
        page.wait_for_load_state()
    page.get_by_role("button", name="Publish with the data").wait_for()
    page.get_by_role("link", name="Columns").press("Enter")
    expect(page.get_by_role("checkbox", name="Take Bought")).not_to_be_checked()
    expect(page.get_by_role("combobox", name="Type of Name")).to_have_value("long_text")
    office.workspace.publisher.sets.discard()


def test_long_files_are_read_by_a_job_that_can_be_stopped(
    office: Office, server: Served, open_browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "AT_ONCE", 10)
    page = open_browser("boss", language="zh", theme="dark", size="phone")
    server.go(page, FILES)
    page.locator("#files").set_input_files({"name": "m.csv", "mimeType": "text/csv", "buffer": MACHINES.encode()})
    page.locator("form:has(#files) button").click()
    expect(page).to_have_url(READING, timeout=20_000)
    assert violations(page) == []
    page.get_by_role("button", name="停止").click()
    work(office)
    expect(page.get_by_role("link", name="选择其他文件")).to_be_visible()
    page.get_by_role("link", name="选择其他文件").click()
    page.locator("#files").set_input_files({"name": "m.csv", "mimeType": "text/csv", "buffer": MACHINES.encode()})
    page.locator("form:has(#files) button").click()
    expect(page).to_have_url(READING, timeout=20_000)
    work(office)
    expect(page.locator("main")).to_contain_text("Press 1")
