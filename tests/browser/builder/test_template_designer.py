"""The designer of templates in a browser: blocks, fields in texts, lists and tables, and the page filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import images
import letters
import pytest
from axe import violations
from hands import complete, drag, finger_drag, kept, write
from numbered import documents
from offices import Office, open_office
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "lettering"
WHERE = f"/build/{SET}/templates/quote"
READY = "[data-blocks]"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    made = {**documents(), "template/quote": letters.quote(), "template/mail": letters.MAIL}
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder, made) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "seller")
        account = office.make("account", {"name": "Huawei"}, by="ann")
        price = {"amount": "1200.00", "currency": "CNY"}
        for name in ("Bridges", "Towers"):
            office.make("deal", {"name": name, "account": account, "amount": price}, by="ann")
        yield office


def blocks(page: Page) -> list[str]:
    return page.locator("[data-block]").evaluate_all("all => all.map(each => each.dataset.block.slice(7))")


def follow(page: Page, source: Any, target: Any) -> None:
    """Drag to where the target is by then: the page makes room while one drags over it."""
    source.scroll_into_view_if_needed()
    start = source.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 12)
    page.mouse.down()
    for _time in range(4):
        end = target.bounding_box()
        page.mouse.move(end["x"] + 60, end["y"] + 18, steps=6)
        page.mouse.move(end["x"] + 62, end["y"] + 20, steps=2)
        page.wait_for_timeout(180)
    page.mouse.up()


def drafted(office: Any, key: str = "template/quote") -> dict[str, Any]:
    return office.workspace.publisher.sets.document(key, SET)


def test_blocks_and_fields_are_dragged_in(designer, office):
    facts = designer.locator("[data-block='blocks/facts']")
    drag(designer, designer.locator("[data-item='block:divider']"), facts, (120, 52))
    expect(designer.locator("[data-block='blocks/divider']")).to_be_visible()
    stage = designer.locator("[data-entry$='facts/fields/stage']")
    follow(designer, designer.locator("[data-item='field:discount']"), stage)
    kept(designer)
    assert "divider" in blocks(designer)[:3]
    assert "discount" in drafted(office)["blocks"]["facts"]["fields"]


def test_a_new_text_is_written_over_in_one_language(designer, office):
    designer.locator("[data-item='block:text']").click()
    expect(designer.locator("sartor-letter .cm-content")).to_be_focused()
    designer.keyboard.type("With kind regards")
    kept(designer)
    assert drafted(office)["blocks"]["text_2"]["content"] == {"en": "With kind regards"}


def test_a_block_is_dragged_to_another_place(designer, office):
    grip = designer.locator("[data-block='blocks/title'] [data-grip]")
    drag(designer, grip, designer.locator("[data-block='blocks/lines']"), (120, 60), (6, 12))
    kept(designer)
    assert blocks(designer)[0] == "facts"
    assert drafted(office)["blocks"]["title"]["order"] > drafted(office)["blocks"]["facts"]["order"]


def test_a_field_goes_where_the_cursor_is(designer, office):
    designer.locator("[data-stop='blocks/title']").click()
    box = designer.locator("#p-blocks-title-content-en")
    box.fill("Offer for , with care")
    box.evaluate("box => { box.focus(); box.setSelectionRange(10, 10); }")
    box.press("Shift")
    designer.locator("[data-item='field:account.name']").click()
    kept(designer)
    assert drafted(office)["blocks"]["title"]["content"]["en"] == "Offer for {{ account.name }}, with care"
    expect(designer.locator("[data-stop='blocks/title'] .cm-chip")).to_have_text("Account · Name")
    assert drafted(office)["blocks"]["title"]["content"]["zh"] == "报价单"


def test_a_text_is_typed_in_its_place(designer, office):
    designer.locator("[data-stop='blocks/title']").focus()
    designer.keyboard.press("Enter")
    box = designer.locator("[data-stop='blocks/title'] .cm-content")
    expect(box).to_be_focused()
    designer.keyboard.type(" for {{acc")
    complete(designer.locator("sartor-letter"), "Account")
    expect(box.locator(".cm-chip")).to_have_text("Account")
    designer.keyboard.type("!")
    designer.keyboard.press("Escape")
    expect(designer.locator("[data-stop='blocks/title']")).to_be_focused()
    kept(designer)
    assert drafted(office)["blocks"]["title"]["content"]["en"] == "Quotation for {{ account }}!"
    for _time in range(3):
        designer.keyboard.press("Control+z")
    kept(designer)
    assert drafted(office) == letters.quote()


def test_a_field_of_the_palette_goes_into_the_text_that_is_typed(designer, office):
    designer.locator("[data-stop='blocks/title']").click()
    expect(designer.locator("[data-stop='blocks/title'] .cm-content")).to_be_focused()
    designer.keyboard.press("Home")
    designer.locator("[data-item='field:account.name']").click()
    designer.keyboard.type(": ")
    kept(designer)
    assert drafted(office)["blocks"]["title"]["content"]["en"] == "{{ account.name }}: Quotation"


def test_a_large_picture_is_made_small_and_kept_in_the_template(designer, office):
    designer.locator("[data-item='block:picture']").click()
    large = images.png(900, 900, bytes(range(256)) * 5)
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": large + bytes(70_000)}
    designer.locator("#p-blocks-picture-picture").set_input_files(file)
    expect(designer.locator("[data-stop='blocks/picture'] img")).to_be_visible()
    kept(designer)
    picture = drafted(office)["blocks"]["picture"]["picture"]
    assert picture.startswith("data:image/png;base64,")
    assert len(picture) < 82_000
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_keys_add_move_and_take_out(designer, office):
    designer.locator("[data-stop='blocks/title']").focus()
    designer.keyboard.press("Enter")
    designer.keyboard.press("Escape")
    designer.keyboard.press("/")
    designer.keyboard.type("Page break")
    designer.keyboard.press("Enter")
    expect(designer.locator("[data-block='blocks/break']")).to_be_visible()
    designer.locator("[data-stop='blocks/break']").focus()
    designer.keyboard.press("Alt+ArrowDown")
    assert blocks(designer)[:3] == ["title", "facts", "break"]
    designer.keyboard.press("Delete")
    for _time in range(3):
        designer.keyboard.press("Control+z")
    kept(designer)
    assert drafted(office) == letters.quote()


def test_what_is_wrong_stands_at_its_block(designer):
    designer.locator("[data-stop='blocks/text']").click()
    designer.locator("#p-blocks-text-content-en").fill("Dear {{ amont }}")
    expect(designer.locator("[data-stop='blocks/text'] .wrong")).to_contain_text("Did you mean “amount”?")


def test_a_table_gets_columns_of_its_lines(designer, office):
    designer.locator("[data-stop='blocks/lines']").click()
    designer.locator("[data-item='column:unit_price']").click()
    kept(designer)
    assert "unit_price" in drafted(office)["blocks"]["lines"]["columns"]
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_it_is_filled_in_from_a_record_of_ones_choice(designer):
    designer.keyboard.press("p")
    paper = designer.locator(".template-preview .paper")
    expect(paper.locator(".paper-text").first).to_contain_text("we offer ¥1,200.00 until further notice.")
    designer.locator("[data-tongue=zh]").click()
    expect(paper.locator("h2")).to_have_text("报价单")
    designer.locator("#preview-record").select_option(label="Bridges")
    expect(designer.locator(".preview-head dd")).to_have_text("报价单 D-0001")
    designer.locator("[data-size=phone]").click()
    assert paper.bounding_box()["width"] <= 375


def test_a_record_that_it_is_not_offered_for_says_so(designer):
    write(designer.locator("[data-part=offered_if]"), "amount > 99999")
    kept(designer)
    designer.locator("[data-preview]").click()
    expect(designer.locator(".template-preview .note-warn")).to_contain_text("It is not offered for this record")
    expect(designer.locator(".template-preview .paper")).to_be_visible()


def test_by_finger_blocks_are_added_and_dragged(phone, office):
    phone.locator("[data-add]").tap()
    phone.locator("[data-item='block:text']").tap()
    title = phone.locator("[data-block='blocks/title'] [data-grip]")
    finger_drag(phone, title, phone.locator("[data-block='blocks/facts']"), "after")
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item='block:divider']"), phone.locator("[data-block='blocks/title']"))
    kept(phone)
    assert [name for name in blocks(phone) if name != "divider"][:2] == ["facts", "title"]
    assert {"text_2", "divider"} <= drafted(office)["blocks"].keys()


def test_by_finger_a_text_is_typed_in_the_other_language(phone, office):
    phone.locator("[data-stop='blocks/title']").tap()
    box = phone.locator("[data-stop='blocks/title'] .cm-content")
    expect(box).to_have_text("报价单")
    assert violations(phone) == []
    phone.get_by_role("toolbar").get_by_role("button", name="EN").tap()
    expect(box).to_have_text("Quotation")
    phone.locator("[data-put-field]").tap()
    phone.locator(".cm-tooltip-autocomplete li").first.tap()
    expect(box.locator(".cm-chip")).to_be_visible()
    phone.get_by_role("button", name="完成").tap()
    kept(phone)
    assert drafted(office)["blocks"]["title"]["content"]["en"].startswith("Quotation {{ ")
    phone.locator("[data-preview]").tap()
    table = '<div class="paper-scroll"><table class="paper-table"><tr><th>' + "wide " * 40 + "</th></tr></table></div>"
    phone.locator(".template-preview .paper").evaluate(
        "(each, table) => each.insertAdjacentHTML('beforeend', table)", table
    )
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_new_mail_begins_with_something_to_read(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/templates")
    page.keyboard.press("n")
    page.locator("#new-en").fill("Warm thanks")
    page.locator("#new-entity").select_option("deal")
    page.locator("#new-purpose").select_option("mail")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.locator("[data-ready=yes] [data-blocks]").wait_for()
    assert page.url.endswith("/templates/warm_thanks")
    assert drafted(office, "template/warm_thanks")["subject"] == {"en": "Warm thanks"}
    assert office.workspace.compiler.check(office.workspace.publisher.sets.documents(SET)) == []


def test_a_paper_and_a_mail_are_accessible_and_print_alone(server, open_browser, office):
    page = open_browser("ann")
    server.go(page, "/app/crm/deal/all")
    one = "/app/crm/deal/r/" + (page.locator("[data-row]").first.get_attribute("data-row") or "")
    for look in ("mail/mail", "print/quote"):
        server.go(page, f"{one}/{look}")
        assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator(".paper")).to_be_visible()
