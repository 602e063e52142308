"""The designer of entities in a browser: by mouse, keys and finger; kept by itself, taken back, told what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hands import Finger, drag, finger_drag, kept, take_up, write
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SET = "drawing"
WHERE = f"/build/{SET}/entities/deal"
READY = "[data-rows]"
SIGN_OUT = """() => {
    const form = document.querySelector("form[data-signs-out]");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.requestSubmit();
    return Object.keys(localStorage);
}"""
UNSAVED = "() => Object.keys(localStorage).filter((name) => name.startsWith('sartor unsaved'))"


def names(page: Page) -> list[str]:
    return page.locator("[data-rows] [data-name]").evaluate_all("rows => rows.map(row => row.dataset.name)")


def drafted(office: Any) -> dict[str, Any]:
    return office.workspace.publisher.sets.document("entity/deal", SET)["fields"]


def fields_of(form: dict[str, Any]) -> dict[str, Any]:
    """The fields of the section that the name stands in, in their order."""
    section = next(each for each in form["sections"].values() if "name" in each["fields"])
    return dict(sorted(section["fields"].items(), key=lambda each: each[1].get("order", 1000)))


def test_a_field_type_is_dragged_in_and_kept_where_it_fell(designer, office):
    drag(designer, designer.locator("[data-item=date]"), designer.locator("[data-name=stage]"))
    expect(designer.locator("[data-name=date]")).to_have_attribute("aria-selected", "true")
    kept(designer)
    assert names(designer).index("date") + 1 == names(designer).index("stage")
    assert drafted(office)["date"]["label"] == {"en": "Date", "zh": "日期"}
    expect(designer.locator("[data-draft]")).to_contain_text("Draft: 2 edits on revision 2")
    expect(designer.locator("#menu a[href$='/changes'] .count")).to_have_text("2")
    assert "date" not in office.workspace.serving().design.documents["entity/deal"]["fields"]


def test_a_new_field_comes_onto_the_form_and_goes_with_its_step(designer, office):
    designer.locator("[data-name=name]").click()
    designer.locator("[data-item=date]").click()
    designer.locator("#p-fields-date-label-en").fill("Renewal date")
    designer.locator("#p-fields-date-label-en").press("Tab")
    expect(designer.locator("[data-on-form]")).to_be_checked()
    kept(designer)
    form = office.workspace.publisher.sets.document("form/deal.main", SET)
    assert list(fields_of(form))[:2] == ["name", "renewal_date"]
    designer.keyboard.press("Control+z")
    designer.keyboard.press("Control+z")
    designer.keyboard.press("Control+z")
    kept(designer)
    assert office.workspace.publisher.sets.get(SET).edits == {}


def test_a_field_is_put_on_the_form_or_off_it_in_the_panel(designer, office):
    designer.locator("[data-name=close_on]").click()
    designer.locator("[data-on-form]").uncheck()
    kept(designer)
    assert "close_on" not in repr(office.workspace.publisher.sets.document("form/deal.main", SET)["sections"])
    designer.locator("[data-on-form]").check()
    kept(designer)
    assert "close_on" in repr(office.workspace.publisher.sets.document("form/deal.main", SET)["sections"])


def test_a_new_field_that_is_taken_out_leaves_the_form_unasked(designer, office):
    designer.locator("[data-item=date]").click()
    kept(designer)
    designer.locator("[data-name=date]").focus()
    designer.keyboard.press("Delete")
    expect(designer.locator("[data-name=date]")).to_have_count(0)
    expect(designer.locator("dialog[open]")).to_have_count(0)
    kept(designer)
    assert office.workspace.publisher.sets.get(SET).edits == {}


def test_a_new_entity_is_shown_in_the_first_app_unless_one_says_otherwise(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/entities")
    page.keyboard.press("n")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("#new-app")).not_to_have_value("")
    dialog.locator("input").first.fill("Machine")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/machine")
    documents = office.workspace.publisher.sets.documents(SET)
    apps = [each for key, each in documents.items() if key.startswith("app/")]
    assert any("view/machine.all" in repr(each) for each in apps)


def test_a_field_is_added_by_keys_and_called_after_its_label(designer, office):
    designer.keyboard.press("/")
    designer.keyboard.type("date")
    designer.keyboard.press("Enter")
    expect(designer.locator("#p-fields-date-label-en")).to_be_focused()
    expect(designer.locator("[data-says]")).to_have_text("Date added")
    designer.keyboard.type("Renewal date")
    designer.keyboard.press("Tab")
    expect(designer.locator("[data-name=renewal_date]")).to_contain_text("Renewal date")
    kept(designer)
    assert drafted(office)["renewal_date"]["label"]["en"] == "Renewal date"


def test_keys_move_a_field_and_say_so_and_undo_takes_it_back(designer, office):
    before = names(designer)
    designer.locator("[data-name=name]").focus()
    designer.keyboard.press("Alt+ArrowDown")
    expect(designer.locator("[data-says]")).to_have_text(f"Name is now 3 of {len(before)}")
    expect(designer.locator("[data-name=name]")).to_be_focused()
    kept(designer)
    assert names(designer)[1:3] == ["account", "name"]
    designer.keyboard.press("Control+z")
    assert names(designer) == before
    designer.keyboard.press("Control+Shift+z")
    assert names(designer)[1:3] == ["account", "name"]
    kept(designer)


def test_a_row_is_dragged_to_another_place(designer):
    drag(designer, designer.locator("[data-name=amount]"), designer.locator("[data-name=name]"))
    kept(designer)
    assert names(designer)[:3] == ["number", "amount", "name"]


def test_what_is_wrong_is_told_at_its_place_as_one_types(designer, office):
    designer.locator("[data-name=close_on]").click()
    write(designer.locator("[data-part=visible_if]"), "amont > 3")
    expect(designer.locator("[data-part=visible_if] .wrong")).to_contain_text("Did you mean “amount”?")
    expect(designer.locator("[data-name=close_on]")).to_contain_text("amont")
    designer.locator("[data-part=visible_if] .cm-content").fill("amount > 3")
    expect(designer.locator("[data-part=visible_if] .good")).to_be_visible()
    expect(designer.locator("[data-name=close_on] .wrong")).to_have_count(0)


def test_what_does_not_fit_its_schema_is_not_kept_and_says_why(open_browser, server, office, request):
    context = server.context(request.getfixturevalue("chromium"), "boss")
    page = context.new_page()  # the refusal stands in its console, so it is not watched
    server.go(page, WHERE)
    page.locator("[data-ready=yes] [data-rows]").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("lookup")
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "refused")
    expect(page.locator("[data-part=entity] .wrong")).to_be_visible()
    page.locator("[data-part=entity] select").select_option("account")
    expect(page.locator("[data-name=account_2]")).to_be_visible()
    kept(page)
    assert drafted(office)["account_2"]["options"] == {"entity": "account"}
    context.close()


def test_a_rename_is_one_step_everywhere_and_back(designer, office):
    designer.locator("[data-name=close_on]").click()
    designer.locator("#p-name").fill("expected_on")
    designer.locator("#p-name").press("Tab")
    expect(designer.locator("[data-name=expected_on]")).to_be_visible()
    kept(designer)
    form = office.workspace.publisher.sets.document("form/deal.main", SET)
    assert "expected_on" in repr(form)
    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-name=close_on]")).to_be_visible()
    kept(designer)
    assert "expected_on" not in repr(office.workspace.publisher.sets.documents(SET))


def test_where_a_field_is_used_counts_its_own_entity_too(designer, office):
    designer.locator("[data-name=amount]").click()
    designer.locator(".panel [data-uses]").click()
    expect(designer.locator(".panel")).to_contain_text("of Deal: formula")


def test_retiring_says_what_it_means_and_undo_brings_everything_back(designer, office):
    designer.locator("[data-name=amount]").focus()
    designer.keyboard.press("Delete")
    dialog = designer.locator("dialog[open]")
    expect(dialog).to_contain_text("Its values stay in the database")
    expect(dialog).to_contain_text("Field Weighted of Deal: formula")
    expect(dialog.get_by_label("Take out what reads it as well")).to_be_visible()
    dialog.get_by_role("button", name="Retire").click()
    expect(designer.locator("[data-name=amount]")).to_have_count(0)
    expect(designer.locator(".elsewhere")).to_contain_text("amount")
    kept(designer)
    assert "amount" not in drafted(office)
    designer.keyboard.press("Control+z")
    kept(designer)
    assert "amount" in drafted(office)
    assert "amount" in repr(office.workspace.publisher.sets.document("form/deal.main", SET))


def test_undo_outlives_the_page(designer, server):
    before = names(designer)
    designer.locator("[data-name=name]").focus()
    designer.keyboard.press("Alt+ArrowDown")
    kept(designer)
    designer.reload()
    designer.locator("[data-ready=yes] [data-rows]").wait_for()
    designer.locator("[data-undo]").click()
    expect(designer.locator("[data-name]").nth(1)).to_have_attribute("data-name", "name")
    assert names(designer) == before
    kept(designer)


def test_undo_outlives_the_tab_until_its_reader_signs_out(designer, server):
    designer.locator("[data-name=name]").focus()
    designer.keyboard.press("Alt+ArrowDown")
    kept(designer)
    again = designer.context.new_page()
    server.go(again, WHERE)
    expect(again.locator("[data-ready=yes] [data-undo]")).to_be_disabled()
    designer.goto("about:blank")
    again.reload()
    expect(again.locator("[data-ready=yes] [data-undo]")).to_be_enabled()
    left = again.evaluate(SIGN_OUT)
    assert [each for each in left if each.startswith("sartor history")] == []
    again.close()


def test_what_is_half_made_outlives_the_page_and_what_others_do_and_is_saved_once_it_holds(office, server, request):
    context = server.context(request.getfixturevalue("chromium"), "boss")
    page = context.new_page()  # the refusal stands in its console, so it is not watched
    server.go(page, f"{WHERE}#/fields/name")
    label = page.locator("#p-fields-name-label-en")
    label.fill("")
    page.locator("#p-fields-name-label-zh").fill("")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "refused")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "refused")
    assert asked == ["beforeunload"]
    expect(label).to_have_value("")
    other = {**office.workspace.publisher.sets.document("entity/deal", SET), "description": "Theirs"}
    office.workspace.publisher.sets.put("entity/deal", other, name=SET)
    page.reload()
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "refused")
    label.fill("Called")
    page.keyboard.press("Tab")
    kept(page)
    assert drafted(office)["name"]["label"]["en"] == "Called"
    assert office.workspace.publisher.sets.document("entity/deal", SET)["description"] == "Theirs"
    assert page.evaluate(UNSAVED) == []
    context.close()


def test_an_edit_of_somebody_else_is_never_lost(office, server, request):
    context = server.context(request.getfixturevalue("chromium"), "boss")
    page = context.new_page()  # the refusal stands in its console, so it is not watched
    server.go(page, WHERE)
    page.locator("[data-ready=yes] [data-rows]").wait_for()
    sets = office.workspace.publisher.sets
    sets.put("entity/deal", {**sets.document("entity/deal", SET), "description": "Theirs"}, name=SET)
    page.locator("[data-name=name]").focus()
    page.keyboard.press("Alt+ArrowDown")
    kept(page)
    assert sets.document("entity/deal", SET)["description"] == "Theirs"
    moved = drafted(office)["name"]["order"]
    theirs = {**sets.document("entity/deal", SET), "description": "Again", "fields": drafted(office)}
    theirs["fields"]["name"]["order"] = 900
    sets.put("entity/deal", theirs, name=SET)
    page.keyboard.press("Alt+ArrowUp")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Name: you changed it here")
    dialog.get_by_role("button", name="Load theirs").click()
    kept(page)
    assert (drafted(office)["name"]["order"], sets.document("entity/deal", SET)["description"]) == (900, "Again")
    page.keyboard.press("Control+z")
    kept(page)
    assert drafted(office)["name"]["order"] not in (moved, 900)
    assert sets.document("entity/deal", SET)["description"] == "Again"
    context.close()


def test_by_finger_fields_are_added_and_dragged_and_the_page_follows(phone, office):
    phone.locator("[data-add]").tap()
    phone.locator("[data-item=yes_no]").tap()
    expect(phone.locator("[data-name=yes_or_no]")).to_have_attribute("aria-selected", "true")
    phone.locator("[data-add]").tap()
    finger_drag(phone, phone.locator("[data-item=date]"), phone.locator("[data-name=account]"))
    expect(phone.locator("sartor-palette")).not_to_have_class("is-open")
    finger_drag(phone, phone.locator("[data-name=number]"), phone.locator("[data-name=name]"), "after")
    kept(phone)
    assert names(phone)[:2] == ["name", "number"]
    assert abs(names(phone).index("date") - names(phone).index("account")) == 1
    assert drafted(office)["yes_or_no"]["type"] == "yes_no"

    finger = take_up(phone, phone.locator("[data-rows] [data-name]").last)
    finger.linger(lambda: (180, 30), lambda: phone.evaluate("scrollY") == 0)
    expect(phone.locator("[data-name=name]")).to_be_in_viewport()
    finger.lift()


def test_a_finger_that_moves_at_once_scrolls_and_takes_nothing_up(phone):
    before, finger = names(phone), Finger(phone)
    finger.put(phone.locator("[data-name=amount]"))
    finger.move(finger.x, finger.y - 200)
    finger.lift()
    assert phone.evaluate("scrollY") > 0
    assert names(phone) == before


def test_a_new_entity_begins_with_a_form_a_list_and_an_entry(open_browser, server, office):
    page = open_browser("boss")
    server.go(page, f"/build/{SET}/entities")
    page.keyboard.press("n")
    page.locator("#new-en").fill("Site visit")
    page.locator("#new-zh").fill("现场拜访")
    page.locator("dialog[open]").get_by_role("button", name="Create").click()
    page.locator("[data-name=name]").wait_for()
    assert page.url.endswith(f"/build/{SET}/entities/site_visit")
    documents = office.workspace.publisher.sets.documents(SET)
    assert {"entity/site_visit", "form/site_visit.main", "view/site_visit.all"} <= documents.keys()
    assert office.workspace.compiler.check(documents) == []


def test_an_entity_and_its_field_need_no_more_than_a_chinese_name(open_browser, server, office):
    page = open_browser("boss", language="zh")
    server.go(page, f"/build/{SET}/entities")
    page.get_by_role("button", name="新建实体").click()
    asking = page.locator("dialog[open]")
    asking.get_by_role("button", name="创建").click()
    expect(asking.get_by_role("alert")).to_have_text("请填写显示名称。")
    expect(asking.locator("[name=zh]")).to_be_focused()
    page.keyboard.type("施工合同")
    page.keyboard.press("Enter")
    page.locator("[data-ready=yes] [data-item=date]").click()
    page.locator("#p-fields-date-label-zh").fill("签订日期")
    page.keyboard.press("Tab")
    expect(page.locator("[data-name=qian_ding_ri_qi]")).to_be_visible()
    kept(page)
    made = office.workspace.publisher.sets.document("entity/shi_gong_he_tong", SET)
    assert made["fields"]["qian_ding_ri_qi"]["label"] == {"zh": "签订日期"}


def test_lines_belong_by_a_lookup_that_is_made_for_them(server, office, request):
    context = server.context(request.getfixturevalue("chromium"), "boss")
    page = context.new_page()  # a field without its entity is refused, which stands in its console
    server.go(page, WHERE)
    page.locator("[data-ready=yes] [data-item=children]").click()
    page.locator("[data-part=entity] select").select_option("account")
    expect(page.locator(".toasts")).to_contain_text("“Account” has a new lookup “Deal”")
    kept(page)
    lookup = drafted(office)["lines_2"]["options"]["lookup"]
    lines = office.workspace.publisher.sets.document("entity/account", SET)["fields"]
    assert lines[lookup]["options"]["entity"] == "deal"
    context.close()


def test_a_lookup_is_called_after_its_entity_and_a_stage_gets_its_pipeline(server, office, request):
    context = server.context(request.getfixturevalue("chromium"), "boss")
    page = context.new_page()  # fields that point to nothing are refused, which stands in its console
    server.go(page, f"/build/{SET}/entities/account")
    page.locator("[data-ready=yes] [data-item=lookup]").click()
    page.locator("[data-part=entity] select").select_option("deal")
    expect(page.locator("[data-name=deal]")).to_be_visible()
    page.locator("[data-item=stage]").click()
    page.locator("[data-make-stages]").click()
    page.locator("[data-make-it]").click()
    expect(page.locator("[data-open-stages]")).to_be_visible()
    kept(page)
    fields = office.workspace.publisher.sets.document("entity/account", SET)["fields"]
    assert fields["deal"]["label"] == office.workspace.publisher.sets.document("entity/deal", SET)["label"]
    assert fields["stage"]["options"]["pipelines"] == ["account_pipeline"]
    assert office.workspace.publisher.sets.document("pipeline/account_pipeline", SET)["field"] == "stage"
    context.close()


def test_a_field_keeps_the_name_of_its_english_label_when_the_chinese_one_follows(designer, office):
    designer.locator("[data-item=money]").click()
    designer.locator("#p-fields-money-label-en").fill("Day rate")
    designer.locator("#p-fields-money-label-en").press("Tab")
    designer.locator("#p-fields-day_rate-label-zh").fill("日租金")
    designer.locator("#p-fields-day_rate-label-zh").press("Tab")
    kept(designer)
    assert drafted(office)["day_rate"]["label"] == {"en": "Day rate", "zh": "日租金"}


def test_a_list_is_pasted_by_keys_as_choices_in_both_languages_and_is_one_step(designer, office):
    designer.locator("[data-item=choice]").click()
    designer.locator("[data-paste]").focus()
    designer.keyboard.press("Enter")
    expect(designer.locator("#p-fields-choice-options-choices-lines")).to_be_focused()
    designer.keyboard.insert_text("Website\t网站\nTrade fair\t展会\nReferral")
    designer.keyboard.press("Control+Enter")
    expect(designer.locator("[data-part=choices] .entry-name")).to_have_count(3)
    expect(designer.locator("[data-paste]")).to_be_focused()
    kept(designer)
    choices = drafted(office)["choice"]["options"]["choices"]
    assert {key: each["label"] for key, each in choices.items()} == {
        "website": {"en": "Website", "zh": "网站"},
        "trade_fair": {"en": "Trade fair", "zh": "展会"},
        "referral": {"en": "Referral"},
    }
    designer.keyboard.press("Control+z")
    expect(designer.locator("[data-part=choices] .entry-name")).to_have_count(2)


def test_what_repeats_is_told_where_it_is_made_unique(designer, office):
    account = office.post("boss", "/records/account", {"name": "Harbour"}).json["id"]
    for _twice in range(2):
        assert office.post("boss", "/records/deal", {"name": "Cranes", "account": account}).status == 201
    designer.locator("[data-name=name]").click()
    designer.locator("#p-fields-name-unique").check()
    wrong = designer.locator("[data-part=unique] .wrong")
    expect(wrong).to_contain_text("occurs more than once")
    expect(designer.locator("[data-rows] [data-name=name]")).to_contain_text("occurs more than once")
    designer.locator("#p-fields-name-unique").uncheck()
    expect(wrong).to_have_count(0)
