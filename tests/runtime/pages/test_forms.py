"""Creating and changing records through forms, without any script."""

from __future__ import annotations

import json

import pytest
from offices import Office

from sartor.platform.model.ids import encode_id

NEW = "/app/crm/deal/r/new"


@pytest.fixture
def product(office: Office) -> str:
    price = {"amount": "250.00", "currency": "CNY"}
    return office.make("product", {"name": "GTX Pro", "list_price": price}, by="ann")


def key_of(seen) -> str:
    return seen.location.rpartition("/")[2]


def test_a_record_is_made_and_shown(visit, account):
    browser = visit("ann")
    done = browser.send(browser.get(NEW).form("/new"), name="Bridges", account=account, amount__amount="1,500.50")
    assert done.status == 303
    page = browser.follow(done)
    assert "Deal was made." in page.text
    assert "Bridges" in page.text
    assert "¥1,500.50" in page.text
    assert "Deal was made." not in browser.get(done.location).text


def test_what_is_wrong_is_said_on_top_and_at_the_field_and_nothing_typed_is_lost(visit, account):
    browser = visit("ann")
    again = browser.send(browser.get(NEW).form("/new"), account=account, amount__amount="a lot", close_on="soon")
    assert again.status == 422
    form = again.form("/new")
    assert form.value("amount.amount") == "a lot"
    assert form.value("account") == account
    assert "Not saved: 2 values need you." in again.text
    fixed = browser.send(form, name="Tunnels", amount__amount="10", close_on="2027-01-02")
    assert fixed.status == 303


@pytest.mark.parametrize(("path", "saves"), [(NEW, True), ("/people/invite", False), ("/app/crm/deal/r/export", False)])
def test_only_what_is_saved_is_counted_and_asked_about(visit, path, saves):
    page = visit("boss").get(path)
    assert page.status == 200
    assert ("data-unsaved" in page.markup, " data-guard" in page.markup) == (saves, saves)


def test_a_missing_title_is_named(visit, account):
    again = (browser := visit("ann")).send(browser.get(NEW).form("/new"), account=account)
    assert again.status == 422
    assert "Name is needed." in again.text
    assert 'href="#f-name"' in again.markup


def test_a_customer_is_found_by_the_name_that_was_typed(visit, account):
    browser = visit("ann")
    done = browser.send(browser.get(NEW).form("/new"), name="By name", account="Nobody Ltd")
    assert done.status == 422
    assert "There is no Account called “Nobody Ltd”." in done.text


def test_the_address_fills_in_what_is_known(visit, account):
    form = visit("ann").get(f"{NEW}?account={account}").form("/new")
    assert form.value("account") == account
    assert "account" not in json.loads(form.value("_seen") or "{}")


def test_two_people_change_different_fields_and_both_hold(visit, deal):
    url = f"/app/crm/deal/r/{deal}"
    one, two = visit("ann"), visit("max")
    first, second = one.get(f"{url}/edit").form("/edit"), two.get(f"{url}/edit").form("/edit")
    assert one.send(first, name="Towers and bridges").status == 303
    assert two.send(second, close_on="2027-03-01").status == 303
    page = one.get(url)
    assert "Towers and bridges" in page.text
    assert "1 Mar 2027" in page.text


def test_the_same_field_shows_both_values_and_lets_one_choose(visit, deal):
    url = f"/app/crm/deal/r/{deal}"
    one, two = visit("ann"), visit("max")
    first, second = one.get(f"{url}/edit").form("/edit"), two.get(f"{url}/edit").form("/edit")
    one.send(first, name="Of Ann")
    conflict = two.send(second, name="Of Max", close_on="2027-04-01")
    assert conflict.status == 409
    assert "Of Ann" in conflict.text
    assert "Of Max" in conflict.text
    done = two.send(conflict.form("/edit"), more={"keep[name]": "mine"})
    assert done.status == 303
    assert "Of Max" in one.get(url).text
    assert "1 Apr 2027" in one.get(url).text


def test_leaving_the_field_to_the_other_saves_the_rest(visit, deal):
    url = f"/app/crm/deal/r/{deal}"
    one, two = visit("ann"), visit("max")
    first, second = one.get(f"{url}/edit").form("/edit"), two.get(f"{url}/edit").form("/edit")
    one.send(first, name="Of Ann")
    conflict = two.send(second, name="Of Max", close_on="2027-04-02")
    assert two.send(conflict.form("/edit"), more={"keep[name]": "theirs"}).status == 303
    page = one.get(url)
    assert "Of Ann" in page.text
    assert "2 Apr 2027" in page.text


def test_a_form_that_says_no_version_is_refused(visit, deal):
    done = visit("ann").post(f"/app/crm/deal/r/{deal}/edit", {"name": "x"})
    assert done.status == 428


def test_nothing_touched_changes_nothing(office, visit, deal):
    browser = visit("ann")
    url = f"/app/crm/deal/r/{deal}"
    before = browser.get(f"{url}/edit").form("/edit")
    browser.send(before)
    assert browser.get(f"{url}/edit").form("/edit").value("_version") == before.value("_version")


def test_lines_are_saved_with_their_record_and_priced_by_their_product(visit, account, product):
    browser = visit("ann")
    lines = {
        "lines[0].product": product,
        "lines[0].quantity": "3",
        "lines[1].product": product,
        "lines[1].quantity": "x",
    }
    wrong = browser.send(browser.get(NEW).form("/new"), name="With lines", account=account, more=lines)
    assert wrong.status == 422
    form = wrong.form("/new")
    assert form.value("lines[1].quantity") == "x"
    done = browser.send(form, more={"lines[1].quantity": "1"})
    assert done.status == 303
    page = browser.get(f"{done.location}/tab/lines")
    assert page.text.count("GTX Pro") >= 2
    assert "750" in page.text


def test_a_line_is_changed_another_added_and_one_removed(office, visit, account, product):
    lines = [{"product": product, "quantity": "1"}, {"product": product, "quantity": "2"}]
    deal = office.make("deal", {"name": "Lines", "account": account, "lines": lines}, by="ann")
    browser = visit("ann")
    form = browser.get(f"/app/crm/deal/r/{deal}/edit").form("/edit")
    kept = [(name, value) for name, value in form.fields if not name.startswith("lines[0]")]
    form.fields = kept
    done = browser.send(form, more={"lines[1].quantity": "5", "lines[7].product": product, "lines[7].quantity": "4"})
    assert done.status == 303
    again = browser.get(f"/app/crm/deal/r/{deal}/edit").form("/edit")
    assert [value for name, value in again.fields if name.endswith("].quantity")] == ["5", "4"]


def test_a_rule_over_lines_is_said_at_the_lines(visit, account, product):
    browser = visit("ann")
    lines = {"lines[0].product": product, "lines[0].quantity": "90000"}
    again = browser.send(browser.get(NEW).form("/new"), name="Too much", account=account, more=lines)
    assert again.status == 422
    assert "Too much for one deal." in again.text


def test_the_preview_works_out_prices_and_says_what_shows(visit, account, product):
    browser = visit("ann")
    form = browser.get(NEW).form("/new")
    sent = form.filled(name="x", account=account, more={"lines[4].product": product, "lines[4].quantity": "2"})
    told = json.loads(browser.post("/app/crm/deal/r/preview", sent).markup)
    assert told["fields"]["lines[4].unit_price"]["value"]["amount"] == "250"
    assert told["fields"]["lines[4].amount"]["text"] == "500.00"
    assert told["fields"]["loss_reason"]["visible"] is False
    assert told["fields"]["name"]["error"] is None


def test_the_preview_shows_a_field_when_the_stage_asks_for_it(visit, deal):
    browser = visit("ann")
    form = browser.get(f"/app/crm/deal/r/{deal}/edit").form("/edit")
    told = json.loads(browser.post(f"/app/crm/deal/r/{deal}/preview", form.filled(stage="lost")).markup)
    assert told["fields"]["loss_reason"] | {"error": ""} == {
        "visible": True, "required": True, "readonly": False, "error": "",
    }  # fmt: skip


def test_the_preview_leaves_what_it_cannot_read_as_it_was_typed(visit, deal):
    browser = visit("ann")
    form = browser.get(f"/app/crm/deal/r/{deal}/edit").form("/edit")
    wrong = form.filled(close_on="soon", name="x" * 300, more={"amount.amount": "a lot"})
    told = json.loads(browser.post(f"/app/crm/deal/r/{deal}/preview", wrong).markup)["fields"]
    assert {name for name in ("close_on", "amount", "name") if "value" in told[name]} == set()
    assert all(told[name]["error"] for name in ("close_on", "amount", "name"))


def test_pickers_offer_what_the_reader_may_see(visit, office, account):
    mine = json.loads(visit("ann").get("/app/crm/deal/r/options?field=account&q=华为").markup)
    assert [each["text"] for each in mine["options"]] == ["Huawei 华为"] * len(mine["options"])
    assert mine["options"]
    theirs = json.loads(visit("rep").get("/app/crm/deal/r/options?field=account&q=华为").markup)
    assert theirs["options"] == []


def test_a_picker_names_no_id_where_its_record_is_closed(visit, office, account):
    given = {"name": "Handed over", "account": account, "owner": encode_id(office.people["rep"])}
    deal = office.make("deal", given, by="boss")
    page = visit("rep").get(f"/app/crm/deal/r/{deal}/edit").markup
    assert f'<option value="{account}" selected>not open to you</option>' in page


def test_a_field_that_is_hidden_offers_nothing(visit):
    assert visit("nobody").get("/app/crm/deal/r/options?field=account").status in (403, 404)


def test_names_that_no_form_sends_are_refused(visit, account):
    done = visit("ann").post(NEW, {"name": "x", "a b<c>": "1"})
    assert done.status == 400


def test_the_form_is_there_in_chinese(visit):
    page = visit("ann", "zh").get(NEW)
    assert "基本信息" in page.text
    assert "新建" in page.text


def test_a_move_back_asks_for_its_reason(office, visit, deal):
    browser = visit("ann")
    edit = f"/app/crm/deal/r/{deal}/edit"
    there = browser.send(browser.get(edit).form("/edit"), stage="proposal", amount__amount="10")
    assert there.status == 303
    again = browser.send(browser.get(edit).form("/edit"), stage="qualify")
    assert again.status == 422
    assert "This step needs a reason." in again.text
    done = browser.send(again.form("/edit"), _note_stage="They have gone quiet.")
    assert done.status == 303
    assert "They have gone quiet." in browser.get(f"/app/crm/deal/r/{deal}/tab/stages").text
