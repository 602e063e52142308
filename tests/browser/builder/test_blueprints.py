"""Blueprints in a browser: installed with a plan, exported and brought in as a file, taken out again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from axe import violations
from errands import working
from offices import Office, open_office
from playwright.sync_api import Browser, Page, expect
from served import Served, served
from taking import edit

from sartor.platform.packaging.files.archive import packed
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.install import find_blueprint, install
from sartor.platform.publishing.kept_settings import APPROVAL, keep

pytestmark = pytest.mark.browser
GALLERY = "/build/main/blueprints"
HEAD = {"name": "tampered", "version": "1.0.0", "label": {"en": "Gears", "zh": "齿轮"}}
ENTITY = {
    "label": {"en": "Machine", "zh": "机器"},
    "title": "name",
    "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}, "order": 10}},
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A workspace with one entity of its own."""
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, {"entity/machine": ENTITY}) as office:
        office.hire("boss", "administrator")
        yield office


@pytest.fixture(scope="module")
def server(office: Office) -> Iterator[Served]:
    with served(office) as running:
        yield running


@pytest.fixture
def phone(server: Served, chromium: Browser) -> Iterator[Page]:
    """In a hand, where requests may be refused."""
    context = server.context(chromium, "boss", size="phone")
    yield context.new_page()
    context.close()


def altered(data: bytes) -> bytes:
    """A blueprint file with another text in it, whole as a zip."""
    sound, made = zipfile.ZipFile(BytesIO(data)), BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sound.namelist():
            archive.writestr(name, sound.read(name).replace(b"Machine", b"Engine"))
    return made.getvalue()


def test_a_selection_is_exported_and_brought_in_under_another_name(office, server, open_browser, tmp_path):
    page = open_browser("boss")
    server.go(page, "/build/main/-/blueprints/export")
    page.get_by_label("Label").fill("My works")
    expect(page.get_by_label("Name", exact=True)).to_have_value("my_works")
    page.get_by_role("checkbox", name="Machine").check()
    expect(page.locator("[data-along]")).to_contain_text("1 chosen, 0 along")
    with page.expect_download() as download:
        page.locator("main").get_by_role("button", name="Export").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert zipfile.ZipFile(file).namelist() == ["blueprint.json", "checksums.json", "entities/machine.json"]

    server.go(page, "/build/main/-/blueprints/import")
    page.get_by_label("Blueprint file").set_input_files(file)
    page.get_by_label("entity/machine").select_option("both")
    expect(page.locator(".told-steps")).to_contain_text("Add the entity Machine")
    assert violations(page) == []
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/blueprints/my_works")
    expect(page.get_by_role("heading", level=1)).to_contain_text("My works")
    assert "entity/machine_2" in office.workspace.serving().design.documents


def test_a_file_that_was_altered_is_refused_on_the_page(server, phone, tmp_path):
    """What, where and what to do; and the next file is looked at as if nothing had been."""
    data = packed(Blueprint("tampered", HEAD, Parts({"entity/gear": ENTITY})))
    file, sound = tmp_path / "tampered.zip", tmp_path / "sound.zip"
    file.write_bytes(altered(data))
    sound.write_bytes(data)
    server.go(phone, "/build/main/-/blueprints/import")
    phone.get_by_label("Blueprint file").set_input_files(file)
    told = phone.get_by_role("alert")
    expect(told).to_contain_text("nothing was changed")
    expect(told).to_contain_text("entities/gear.json is damaged or missing")
    expect(told).to_contain_text("Export it again")
    assert violations(phone) == []
    phone.get_by_label("Blueprint file").set_input_files(sound)
    expect(phone.get_by_role("heading", name="What will happen")).to_be_visible()
    expect(told).to_have_count(0)
    expect(phone.locator(".facts")).to_contain_text("0 steps")


def test_what_waits_for_an_approval_leads_on_to_where_it_waits(office, server, phone, tmp_path):
    file = tmp_path / "gears.zip"
    file.write_bytes(packed(Blueprint("gears", HEAD | {"name": "gears"}, Parts({"entity/gear": ENTITY}))))
    office.workspace.database.run(lambda work: keep(work, APPROVAL, True))
    server.go(phone, "/build/main/-/blueprints/import")
    phone.get_by_label("Blueprint file").set_input_files(file)
    phone.get_by_role("button", name="Import").tap()
    phone.wait_for_url("**/build/import.gears/plan", timeout=30_000)
    expect(phone.locator("main")).to_contain_text("Add the entity Machine")
    office.workspace.database.run(lambda work: keep(work, APPROVAL, False))
    office.workspace.publisher.sets.discard(name="import.gears")


def test_people_in_a_file_who_are_unknown_here_are_chosen(office, server, open_browser, tmp_path):
    fields = {**ENTITY["fields"], "owner": {"type": "user", "label": {"en": "Owner", "zh": "负责人"}, "order": 20}}
    rows = "key,name,owner\na,Saw,boss@there.example\nb,Axe,zz@q.r\n"
    parts = Parts({"entity/tool": {**ENTITY, "label": {"en": "Tool", "zh": "工具"}, "fields": fields}})
    file = tmp_path / "tools.zip"
    head = {"name": "tools", "version": "1.0.0", "label": {"en": "Tools", "zh": "工具"}}
    file.write_bytes(packed(Blueprint("tools", head, parts, tables={"records": {"tool": rows}})))
    page = open_browser("boss")
    server.go(page, "/build/main/-/blueprints/import")
    page.get_by_label("Blueprint file").set_input_files(file)
    expect(page.get_by_label("boss@there.example")).to_have_value("boss@example.com")
    expect(page.get_by_label("zz@q.r")).to_have_value("")
    assert violations(page) == []
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/blueprints/tools")
    owners = {
        each["name"]: (each["owner"] or {}).get("title") for each in office.get("boss", "/records/tool").json["data"]
    }
    assert owners == {"Saw": "boss", "Axe": "boss"}


def test_a_blueprint_is_installed_after_its_plan(office, server, open_browser):
    page = open_browser("boss")
    server.go(page, GALLERY)
    page.locator(".packet", has=page.get_by_role("link", name="Customers")).get_by_role("link", name="Install").click()
    page.locator("input[value=L2]").check()
    page.wait_for_url("**level=L2**")
    assert violations(page) == []
    page.locator("[data-deed] button").click()
    page.wait_for_url(f"**{GALLERY}/base", timeout=60_000)
    expect(page.locator("main")).to_contain_text("Installed")
    documents = office.workspace.serving().design.documents
    assert documents["blueprint/base"]["level"] == "L2"

    account = dict(documents["entity/account"])
    office.publish({"entity/account": {**account, "label": {"en": "Client", "zh": "客户"}}})
    server.go(page, f"{GALLERY}/base/changes")
    assert violations(page) == []
    page.get_by_role("button", name="Put back as it came").click()
    expect(page.locator("[data-draft]")).to_have_attribute("data-edits", "1")
    assert office.workspace.publisher.sets.document("entity/account")["label"] == account["label"]
    office.workspace.publisher.sets.discard()

    server.go(page, f"{GALLERY}/base")
    page.get_by_role("button", name="Switch to L3").click()
    expect(page.locator("[data-draft]")).to_have_attribute("data-edits", "1")

    with working(office):  # with L3, as the change set has it
        page.get_by_role("button", name="Play its scenarios").click()
        expect(page.get_by_role("heading", name="All held")).to_be_visible(timeout=60_000)
    expect(page.locator(".checks .good")).to_have_count(2)
    assert violations(page) == []
    office.workspace.publisher.sets.discard()

    office.make("product_category", {"name": "Tools"})
    server.go(page, f"{GALLERY}/base/uninstall")
    assert violations(page) == []
    page.get_by_label("I have seen").check()
    page.locator("[data-deed] button").click()
    page.wait_for_url(f"**{GALLERY}", timeout=60_000)
    assert "blueprint/base" not in office.workspace.serving().design.documents


def newer(office: Office, version: str, here: str, there: str) -> str:
    """A new version of `base` on the shelf, with another label of an entity than was given here."""
    ours = find_blueprint("base")
    if "blueprint/base" not in office.workspace.serving().design.documents:
        install(office.workspace, [ours], "L2")
    edit(office.workspace, "entity/account", lambda each: each.update(label={"en": here, "zh": "客户"}))
    account = {**ours.own.documents["entity/account"], "label": {"en": there, "zh": "客户"}}
    parts = Parts({**ours.own.documents, "entity/account": account}, ours.own.extends)
    found = replace(ours, manifest={**ours.manifest, "version": version}, own=parts)
    return Shelf(office.workspace.database, office.workspace.store).keep(found)


def test_an_upgrade_is_decided_by_touch_taken_back_and_left(office, server, open_browser):
    to = newer(office, "8.0.0", "Guest", "Patron")
    page = open_browser("boss", size="phone", language="zh")
    server.go(page, f"{GALLERY}/base/upgrade?to={to}")
    assert violations(page) == []
    page.locator("input[type=radio][value=keep]").first.tap()
    page.locator("[data-walk] form button.btn-primary").first.tap()
    expect(page.locator("main")).to_contain_text("Guest")
    expect(page.locator("[data-deed]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.locator("form[action$=again] button").first.tap()
    expect(page.locator("input[type=radio][value=keep]").first).to_be_visible()


def test_an_upgrade_is_decided_with_the_keyboard_and_done(office, server, open_browser):
    to = newer(office, "9.0.0", "Client", "Buyer")
    page = open_browser("boss")
    server.go(page, f"{GALLERY}/base/upgrade?to={to}")
    assert violations(page) == []
    page.get_by_role("radio", name="Take theirs").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Decide", exact=True).press("Enter")
    expect(page.locator("main")).to_contain_text("The new version's: “Buyer”")
    assert violations(page) == []
    page.locator("[data-deed] button").click()
    page.wait_for_url(f"**{GALLERY}/base", timeout=60_000)
    assert office.workspace.serving().design.documents["entity/account"]["label"]["en"] == "Buyer"


def test_a_design_goes_from_test_to_production_and_has_nothing_to_do_twice(office, server, open_browser, tmp_path):
    page = open_browser("boss")
    server.go(page, "/build/main/promote")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export the design").click()
    file = tmp_path / "design.zip"
    download.value.save_as(file)
    edit(office.workspace, "entity/machine", lambda each: each.update(label={"en": "Engine", "zh": "机器"}))
    for said, asked in (("“Machine”, was “Engine”", True), ("There is nothing to do", False)):
        server.go(page, "/build/main/promote")
        page.get_by_label("Drop the file here").set_input_files(file)
        page.get_by_role("button", name="Look at the design").click()
        page.locator("h1", has_text="Bring the design over").wait_for()
        if page.get_by_role("button", name="Take all of theirs").count():
            page.get_by_role("button", name="Take all of theirs").click()
            page.locator("[data-deed]").wait_for()
        expect(page.locator("main")).to_contain_text(said)
        assert violations(page) == []
        if asked:
            page.locator("[data-deed] button").click()
            expect(page.locator("main")).to_contain_text("There is nothing to do", timeout=30_000)
    assert office.workspace.serving().design.documents["entity/machine"]["label"]["en"] == "Machine"
