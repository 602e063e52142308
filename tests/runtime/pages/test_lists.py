"""Lists: filters as sentences, order, pages, totals, and why there is nothing."""

from __future__ import annotations

import pytest
from offices import Office

from sartor.platform.query import listing, reader
from sartor.runtime.pages.lists import seeing

LIST = "/app/crm/deal/all"


@pytest.fixture(scope="module", autouse=True)
def deals(office: Office) -> list[str]:
    """Sixty deals of one customer, of 1,000 to 60,000."""
    account = office.make("account", {"name": "Grand Hotel"}, by="ann")
    return [
        office.make(
            "deal",
            {"name": f"Deal {n:02d}", "account": account, "amount": {"amount": f"{n}000.00", "currency": "CNY"}},
            by="ann",
        )
        for n in range(1, 61)
    ]


def test_a_list_shows_its_view_its_count_and_the_total_of_all(visit):
    page = visit("ann").get(LIST)
    assert page.status == 200
    assert "All deals 60" in page.text
    assert "Sum 1,830,000" in page.text
    assert "60,000" in page.text


def test_the_next_rows_are_a_fragment_that_ends_the_list(visit):
    browser = visit("ann")
    following = next(each for each in browser.get(LIST).links("cursor=") if "deal" in each)
    rest = browser.fragment(following)
    assert "<html" not in rest.markup
    assert rest.markup.count("data-row=") == 10
    assert rest.links("cursor=") == []


def test_a_condition_reads_as_a_sentence_in_both_languages(visit):
    query = "?filter=amount >= 59000 and stage = 'qualify'"
    english, chinese = visit("ann").get(LIST + query), visit("ann", "zh").get(LIST + query)
    assert "Deals where Amount is at least 59,000" in english.text
    assert "Stage is Qualify" in english.text
    assert "不小于 59,000" in chinese.text
    assert english.markup.count("data-row=") == 2


def test_what_no_sentence_can_say_stands_as_text(visit):
    page = visit("ann").get(LIST + "?filter=amount > 1000 or name = 'x'")
    assert "amount > 1000 or name = 'x'" in page.text


def test_a_filter_with_a_mistake_says_where_and_what_was_meant(visit):
    page = visit("ann").get(LIST + "?filter=amout > 5")
    assert page.status == 200
    assert "amount" in page.text
    assert "data-row=" not in page.markup


def test_an_empty_list_names_the_guilty_condition(visit):
    page = visit("ann").get(LIST + "?filter=amount > 1000000 and stage = 'qualify'")
    assert "Nothing matches all 2 conditions" in page.text
    assert "Without “Amount is more than 1,000,000” there are 60." in page.text


def test_the_guilty_condition_is_said_to_hide_more_than_were_counted(visit, monkeypatch):
    for module in (listing, reader, seeing):
        monkeypatch.setattr(module, "CAP", 9)
    page = visit("ann").get(LIST + "?filter=amount > 1000000 and stage = 'qualify'")
    assert "Without “Amount is more than 1,000,000” there are 9+." in page.text


def test_a_head_sorts_and_the_other_way_round(visit):
    browser = visit("ann")
    first = browser.get(LIST + "?sort=name")
    assert first.markup.index("Deal 01") < first.markup.index("Deal 02")
    assert f"{LIST}?sort=-name" in first.links("sort=")


def test_who_may_not_read_the_entity_is_told_who_may(visit):
    page = visit("nobody").get("/app/workspace/deal")
    assert page.status == 403
    assert "Manager" in page.text


def test_own_records_only_for_whom_the_role_says_so(visit):
    assert "data-row=" not in visit("rep").get(LIST).markup


def test_an_entity_without_a_view_has_a_list_all_the_same(visit):
    page = visit("ann").get("/app/crm/account")
    assert "Grand Hotel" in page.text


def test_a_list_says_on_a_phone_what_it_lists_and_what_its_numbers_are(visit):
    """There the head of the table is hidden, and the menu of views where there is only one."""
    page = visit("ann").get("/app/crm/account")
    assert '<h1 class="clip">Accounts</h1>' in page.markup
    deals = visit("ann").get(LIST)
    assert '<span class="only-phone">Amount, ¥ ·</span> Sum' in deals.markup


def test_the_editor_of_a_condition_counts_before_it_is_applied(visit):
    browser = visit("ann")
    url = "/app/crm/deal/r/filter"
    editor = browser.fragment(f"{url}?view=all&field=amount&op=at_least&value.amount=59000&filter=")
    assert "amount >= 59000" in editor.text
    assert "2 match" in editor.text
    done = browser.get(f"{url}/apply?view=all&field=amount&op=at_least&value.amount=59000&filter=stage = 'qualify'")
    assert done.location == f"{LIST}?filter=stage+%3D+%27qualify%27+and+amount+%3E%3D+59000"


def test_a_condition_is_edited_where_it_stands(visit):
    browser = visit("ann")
    query = "view=all&field=amount&at=0&filter=amount >= 5000 and stage = 'qualify'"
    editor = browser.fragment(f"/app/crm/deal/r/filter?{query}")
    assert editor.form("/apply").value("value.amount") == "5000"
    done = browser.get(f"/app/crm/deal/r/filter/apply?{query}&op=less_than&value.amount=7000")
    assert "amount+%3C+7000+and+stage" in done.location


def test_several_values_are_chosen_from_the_choices(visit):
    query = "view=all&field=stage&op=one_of&values[]=qualify&values[]=won&filter="
    assert "stage in ['qualify', 'won']" in visit("ann").fragment(f"/app/crm/deal/r/filter?{query}").text


def test_chosen_records_are_deleted_by_those_who_may(office, visit, deals):
    browser = visit("max")
    done = browser.post("/app/crm/deal/r/delete", {"ids[]": [deals[0], deals[1]]})
    assert done.status == 303
    assert "2 records were deleted." in browser.get("/app").text
    page = browser.get("/app/crm/deal/r/bin")
    assert "Deal 01" in page.text
    assert browser.send(page.form("/restore")).status == 303


def test_what_may_not_be_deleted_stays_and_says_why(visit, deals):
    browser = visit("ann")
    browser.post("/app/crm/deal/r/delete", {"ids[]": [deals[5]]})
    assert "One record was refused" in browser.get("/app").text
    assert "Deal 06" in browser.get(f"/app/crm/deal/r/{deals[5]}").text


def test_records_are_transferred_to_somebody_else(office, visit, deals):
    browser = visit("max")
    dialog = browser.post("/app/crm/deal/r/transfer", {"ids[]": [deals[10], deals[11]]})
    assert "Transfer 2 records" in dialog.text
    rep = office.workspace.directory(office.workspace.stamp()).by_email("rep@example.com")
    assert rep is not None
    done = browser.send(dialog.form("/transfer"), owner="rep")
    assert done.status == 303
    assert "Deal 11" in visit("rep").get(LIST).text


def test_a_peek_is_a_fragment_about_the_record(visit, deals):
    peek = visit("ann").fragment(f"/app/crm/deal/r/{deals[3]}/peek")
    assert "<html" not in peek.markup
    assert "Deal 04" in peek.text
    assert "4,000" in peek.text
