"""The tutorial's walk in a browser: four files, what they misspell, a dashboard whose numbers are the files' own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from errands import working
from hardware import BLUEPRINT, LOOKALIKE, known, options_of
from offices import Office, open_office
from playwright.sync_api import FilePayload, Locator, Page, expect
from served import Served

from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.compose import compose

pytestmark = pytest.mark.browser
LOOKS = [("en", "desk"), ("zh", "phone")]
PATIENCE = 60_000
WORDS = {
    "en": {"import": "Import", "new": "New", "refused": "Refused", "done": "Done", "back": "Take it back"},
    "zh": {"import": "导入", "new": "新建", "refused": "拒绝", "done": "已完成", "back": "撤回"},
}


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def look(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture(scope="module")
def office(look: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The company's workspace, empty."""
    folder: Path = tmp_path_factory.mktemp("hardware")
    documents = compose([read_folder(BLUEPRINT)]) | options_of(LOOKALIKE)
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, documents) as office:
        office.hire("boss", "administrator")
        with working(office):
            yield office


@dataclass
class Walk:
    """One person's way through the pages of the company. looked: kinds of pages that were looked at closely."""

    server: Served
    page: Page
    words: dict[str, str]
    looked: set[str] = field(default_factory=set)

    def go(self, path: str) -> None:
        self.server.go(self.page, f"/app/hardware/{path}")

    def main(self, button: str = ".btn-primary") -> None:
        """The button of a form that goes on, on a page that is as it should be."""
        self.look()
        address = self.page.url
        self.page.locator(f"main form {button}").first.click()
        self.page.wait_for_url(lambda url: url != address)
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def look(self) -> None:
        """Nothing wrong for those who cannot see it, nothing that scrolls sideways: once for each kind of page."""
        title = self.page.locator("main h2").first.inner_text()
        if title not in self.looked:
            self.looked.add(title)
            assert violations(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]

    def columns(self, entity: str, file: str) -> None:
        """Bring a file to an empty list; its columns are matched as they are proposed."""
        self.go(entity)
        self.page.locator("main .blank a", has_text=self.words["import"]).click()
        self.page.locator("input[type=file]").set_input_files(LOOKALIKE / file)
        self.main()
        expect(self.page.locator("#import-preview td").first).to_be_visible()

    def bring(self, entity: str, file: str, *, missed: str = "", meant: str = "") -> None:
        """Import a whole file. missed, meant: the one value that is not found, and what is proposed for it."""
        self.columns(entity, file)
        self.main()
        self.wait_for_trial()
        if missed:
            expect(self.page.locator("main code")).to_have_text(missed)
            expect(self.page.locator("[name='value[0]']")).to_have_value(meant)
            self.main()
            self.wait_for_trial()
        assert self.figure(self.words["refused"]) == "0"
        self.main()
        self.wait_for_job()

    def wait_for_trial(self) -> None:
        expect(self.page.locator("#progress")).to_have_count(0, timeout=PATIENCE)

    def wait_for_job(self) -> None:
        done = self.page.locator("#progress:not([hx-get]) h2").first
        expect(done).to_have_text(self.words["done"], timeout=PATIENCE)
        self.look()

    def figure(self, label: str) -> str:
        return self.page.locator(".kpi", has_text=label).locator(".value").first.inner_text()

    def rows(self) -> Locator:
        return self.page.locator("[data-row]")


@pytest.fixture
def walk(open_browser: Any, server: Served, look: tuple[str, str]) -> Walk:
    language, size = look
    return Walk(server, open_browser("boss", language=language, size=size), WORDS[language])


def test_the_files_become_a_crm_whose_numbers_are_theirs(walk: Walk, look: tuple[str, str]) -> None:
    expected: dict[str, Any] = known(LOOKALIKE)
    industry = {"en": "Technology", "zh": "科技"}[look[0]]
    walk.bring("account", "accounts.csv", missed="technolgy", meant=industry)
    walk.bring("product", "products.csv")
    walk.bring("agent", "sales_teams.csv")
    ((missed, meant),) = expected["product_means"].items()
    walk.bring("deal", "sales_pipeline.csv", missed=missed, meant=meant)
    assert walk.figure(walk.words["new"]) == str(expected["counts"]["deal"])

    walk.go("-/dashboard/won")
    total = f"{expected['amount_total']:,}"
    walk.page.locator("#card-agent").scroll_into_view_if_needed()
    expect(walk.page.locator("#panel-agent")).to_contain_text(total)
    values = walk.page.locator(".kpi .value")
    expect(values.nth(1)).to_have_text(str(expected["stages"]["Won"]))
    manager, deals = (
        max(expected["won_by_manager"], key=expected["won_by_manager"].get),
        expected["deals_won_by_manager"],
    )
    walk.page.locator("#card-manager").scroll_into_view_if_needed()
    panel = walk.page.locator("#panel-manager")
    panel.scroll_into_view_if_needed()
    bars = panel.locator(".barlayer .point path")
    expect(bars).to_have_count(len(deals))
    bars.first.click(force=True)
    walk.page.wait_for_url("**/deal**filter=**")
    expect(walk.page.locator(".chip", has_text=manager).first).to_be_visible()
    expect(walk.rows()).to_have_count(deals[manager])


def test_refused_rows_come_back_as_a_file_and_an_import_is_taken_back(walk: Walk) -> None:
    walk.go("product/r/import")
    sent = FilePayload(name="more.csv", mimeType="text/csv", buffer=MORE.encode("gb18030"))
    walk.page.locator("input[type=file]").set_input_files(sent)
    walk.main()
    expect(walk.page.locator("#import-preview")).to_contain_text("锤子")
    walk.main()
    walk.main()
    walk.wait_for_trial()
    assert (walk.figure(walk.words["new"]), walk.figure(walk.words["refused"])) == ("2", "1")
    walk.main("button[name=act]")
    walk.wait_for_job()
    link = walk.page.locator("main a[href$='/errors']").get_attribute("href")
    told = walk.page.request.get(walk.server.url + str(link)).text()
    assert "扳手" in told
    assert "cheap" in told
    written = walk.page.url
    walk.page.locator("main button", has_text=walk.words["back"]).click()
    walk.page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()
    walk.page.wait_for_url(lambda url: url != written)
    walk.wait_for_job()
    walk.go("product/all?filter=name in ['锤子', '锯子']")
    expect(walk.rows()).to_have_count(0)


MORE = """product,series,sales_price
锤子,Orbit,12
锯子,Orbit,14.5
扳手,Orbit,cheap
"""
