"""An expression while it is being written: checked in its place, completed, shown as rows, tried on a record."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from offices import Office

URL = "/change-sets/spring/expressions"
VIEW = {"key": "view/deal.all", "path": "/filter"}
AMOUNT = {"amount": "2000", "currency": "CNY"}


@pytest.fixture
def deal(office: Office, account: str) -> str:
    return office.make("deal", {"name": "Towers", "account": account, "amount": AMOUNT}, by="rep")


def judge(office: Office, text: str = "", who: str = "boss", **more: Any) -> dict[str, Any]:
    return office.post(who, URL, {**VIEW, "text": text, **more}).json


def offered(office: Office, text: str, **more: Any) -> list[str]:
    sent = {**VIEW, "text": text, "position": len(text), **more}
    return [each["text"] for each in office.post("boss", f"{URL}/completions", sent).json["data"]]


def changed(key: str, path: list[str], value: Any) -> dict[str, Any]:
    """The documents of a request: one of them with another value at a place."""
    document = here = deepcopy(DOCUMENTS[key])
    for step in path[:-1]:
        here = here.setdefault(step, {})
    here[path[-1]] = value
    return {"documents": {key: document}}


def test_a_condition_is_said_as_a_sentence_and_shown_as_rows(office):
    found = judge(office, "amount >= 10000 and stage = 'won'")
    assert found["said"] == "Amount is at least 10,000 and Stage is Won"
    assert [(each["path"], each["operator"], each["values"]) for each in found["tree"]["items"]] == [
        ("amount", "at_least", ["10000"]),
        ("stage", "is", ["won"]),
    ]


def test_an_error_tells_where_and_what_was_meant(office):
    (fault,) = judge(office, "amount > 3 and amuont < 5")["faults"]
    assert (fault["position"], fault["near"]) == (15, "amount")


def test_a_place_says_what_it_takes(office):
    formula = {"key": "entity/deal", "path": "/fields/weighted/formula"}
    assert judge(office, "amount * 2", **formula)["type"] == "decimal"
    assert judge(office, "amount * 2", **formula)["is_condition"] is False
    assert judge(office, "amount * 2")["faults"]


def test_a_line_knows_its_parent_and_a_guard_the_record_before(office):
    line = {"key": "entity/deal_line", "path": "/checks/x/test"} | changed(
        "entity/deal_line", ["checks"], {"x": {"test": "true", "message": "No"}}
    )
    assert judge(office, "parent.discount < 0.5", **line)["said"] == "Deal · Discount is less than 50\u00a0%"
    guard = {"key": "pipeline/deal", "path": "/stages/proposal/to_enter/amount/test"}
    assert judge(office, "old.amount > 5", **guard)["said"].startswith("before the change · Amount")


GUARD = {"test": "amount > 0", "message": "No", "fields": ["amount"]}
MARK = {"label": "Late", "colour": "red", "when": "true", "order": 1}
ACT = {"label": "Do", "set": {"name": "'x'"}, "when": "true", "order": 1}
PAPER = {"label": "Offer", "entity": "deal", "purpose": "print", "offered_if": "true", "blocks": {
    "text": {"kind": "text", "order": 1, "content": "Hello", "visible_if": "true"}}}  # fmt: skip
NUMBERS = {"label": "Numbers", "entity": "deal", "chart": "number", "filter": "amount > 1 and name is not blank",
           "measures": {"n": {"formula": "count()", "order": 1, "label": "Deals"}}}  # fmt: skip
CONDITIONS = {
    "/filter": ("view/deal.all", ["filter"], "true"),
    "/colours/a/when": ("view/deal.all", ["colours"], {"a": MARK}),
    "/actions/a/when": (
        "view/deal.all",
        ["actions"],
        {"a": ACT},
    ),
    "/fields/loss_reason/visible_if": ("entity/deal", ["fields", "loss_reason", "visible_if"], "true"),
    "/fields/loss_reason/required_if": ("entity/deal", ["fields", "loss_reason", "required_if"], "true"),
    "/checks/x/test": ("entity/deal", ["checks"], {"x": GUARD}),
    "/sections/lines/visible_if": ("form/deal.main", ["sections", "lines", "visible_if"], "true"),
    "/stages/won/to_enter/x/test": ("pipeline/deal", ["stages", "won", "to_enter"], {"x": GUARD}),
    "/grants/deal/condition": ("role/rep", ["grants", "deal", "condition"], "true"),
    "/filter/1": ("report/numbers", [], NUMBERS),
    "/offered_if": ("template/offer", [], PAPER),
    "/blocks/text/visible_if": ("template/offer", [], PAPER),
}
"""Wherever a condition is edited, by its place in a definition."""


HALF_MADE = {
    "/stages/won/to_enter/x/test": ("pipeline/deal", ["stages", "won", "to_enter"], {"x": {"test": "true"}}),
    "/colours/c/when": ("view/deal.all", ["colours"], {"c": {"when": "true"}}),
}
"""Conditions of what has no message and no label yet."""


@pytest.mark.parametrize("path", HALF_MADE)
def test_a_condition_of_what_is_half_made_is_read_as_rows_too(office, path):
    key, steps, value = HALF_MADE[path]
    place = {"key": key, "path": path, "entity": "deal"} | changed(key, steps, value)
    told = judge(office, "amount > 5", **place)
    assert (told["faults"], told["is_condition"]) == ([], True)
    assert told["tree"]["items"][0]["path"] == "amount"


@pytest.mark.parametrize("path", CONDITIONS)
def test_rows_are_read_and_written_wherever_a_condition_stands(office, path):
    key, steps, value = CONDITIONS[path]
    draft = changed(key, steps, value) if steps else {"documents": {key: value}}
    place = {"key": key, "path": path} | draft
    told = judge(office, "not (amount > 5 or owner.name = 'x')", **place, sample="latest")
    assert (told["faults"], told["is_condition"], told["tree"]["join"]) == ([], True, "nor")
    assert judge(office, **place, tree=told["tree"])["text"] == told["text"]
    assert judge(office, "amuont > 5", **place)["faults"][0]["near"] == "amount"


def test_a_filter_of_a_rollup_is_about_what_it_counts(office):
    place = {"key": "entity/account", "path": "/fields/open_deals/options/filter"}
    told = judge(office, "stage.outcome = 'open' and not (amount > 5)", **place)
    assert (told["is_condition"], told["entity"], told["faults"]) == (True, "deal", [])


def test_a_field_of_the_same_draft_is_known_before_it_is_kept(office):
    field = {"type": "date", "label": "Renewal"}
    draft = changed("entity/deal", ["fields", "renewal"], field)
    assert judge(office, "renewal in this_month()")["faults"]
    assert judge(office, "renewal in this_month()", **draft)["said"] == "Renewal is in this month"


def test_a_document_that_does_not_fit_yet_leaves_the_place_of_another_alone(office):
    broken = {"documents": {"entity/account": {"label": 3}}}
    assert judge(office, "account.name = 'Acme'", **broken)["faults"] == []


def test_fields_are_completed_by_name_and_by_label_and_through_lookups(office):
    assert offered(office, "am")[0] == "amount"
    assert "close_on" in offered(office, "expected")
    assert {"industry", "owner"} <= set(offered(office, "account."))
    assert offered(office, "account.own")[0] == "owner"


@pytest.mark.parametrize("begun", ["客户", "客", "kh", "kehu", "KH"])
def test_a_field_is_offered_by_what_it_is_called_in_chinese_and_how_that_sounds(office, begun):
    called = changed("entity/deal", ["fields", "account", "label"], "客户")
    assert "account" in offered(office, f"amount > 5 and {begun}", **called)


@pytest.mark.parametrize("begun", ["je", "jine", "sjje", "金额"])
def test_a_field_is_offered_by_how_the_end_of_its_label_sounds(office, begun):
    called = changed("entity/deal", ["fields", "amount", "label"], "商机金额")
    assert "amount" in offered(office, begun, **called)


def test_choices_and_stages_are_completed_as_values(office):
    assert offered(office, "stage = ")[:2] == ["'qualify'", "'proposal'"]
    assert offered(office, "stage in ['won', 'lo") == ["'lost'"]
    assert offered(office, "account.industry = 'ret") == ["'retail'"]
    assert offered(office, "name = 'wo") == []


def test_functions_tell_their_signature_and_help(office):
    found = {each["name"]: each for each in office.get("designer", "/functions").json["data"]}
    assert found["round"]["signature"] == "round(x, [digits])"
    assert offered(office, "rou")[0] == "round("


def test_rows_are_written_as_text(office):
    row = {"path": "account.industry", "operator": "one_of", "values": ["it", "retail"]}
    either = {"join": "or", "items": [row, {"path": "owner", "operator": "is_me_or_reports", "values": []}]}
    tree = {"join": "and", "items": [{"path": "discount", "operator": "more_than", "values": ["15"]}, either]}
    found = judge(office, tree=tree)
    assert found["text"] == (
        "discount > 0.15 and (account.industry in ['it', 'retail'] or (owner = me() or owner in reports()))"
    )
    assert found["faults"] == []


def test_a_row_that_is_wrong_is_told_at_its_place(office):
    tree = {"join": "and", "items": [{"path": "amount", "operator": "at_least", "values": ["much"]}]}
    (fault,) = judge(office, tree=tree)["faults"]
    assert fault["field"] == "items/0/values"
    assert office.post("boss", URL, {**VIEW, "tree": {"join": "xor", "items": []}}).status == 422


def test_what_rows_cannot_say_stays_text(office):
    tree = judge(office, "amount > 5 and amount * 2 > days(today(), close_on)")["tree"]
    assert tree["items"][1] == {"text": "amount * 2 > days(today(), close_on)"}


def test_fields_for_rows_are_told_step_by_step(office):
    fields = office.post("boss", f"{URL}/fields", {**VIEW, "below": "account"}).json["data"]
    industry = next(each for each in fields if each["path"] == "account.industry")
    assert industry["asks"]["options"] == [["it", "IT"], ["retail", "Retail"]]
    assert [each["key"] for each in industry["operators"]][0] == "one_of"


def test_it_is_tried_on_a_record(office, deal):
    found = judge(office, "amount >= 1000", sample=deal)["result"]
    assert (found["title"], found["shown"], found["note"]) == ("Towers", "yes", "")
    assert judge(office, "amount >= 1000", sample="latest")["result"]["record"] == deal


def test_a_formula_of_the_draft_is_worked_out_anew(office, deal):
    draft = changed("entity/deal", ["fields", "weighted", "formula"], "amount * 3")
    label = {"key": "entity/deal", "path": "/fields/loss_reason/default"}
    assert judge(office, "text(weighted)", sample=deal, **draft, **label)["result"]["shown"] == "6000"


def test_a_field_without_values_counts_as_blank_and_says_so(office, deal):
    draft = changed("entity/deal", ["fields", "renewal"], {"type": "date", "label": "Renewal"})
    found = judge(office, "renewal is blank", sample=deal, **draft)["result"]
    assert (found["shown"], found["note"]) == ("yes", "Counted as blank, since there are no values yet: Renewal")


def test_only_records_and_fields_that_are_open_are_tried(office, deal):
    assert judge(office, "amount > 1", "designer", sample=deal)["result"]["shown"] == ""
    assert office.post("rep", URL, {**VIEW, "text": "true"}).status == 403


def test_a_measure_is_tried_over_all_records(office, deal):
    metric = {"label": "Sum", "definition": "Sum", "entity": "deal", "measure": "count()"}
    draft = {"documents": {"metric/x": metric}, "key": "metric/x", "path": "/measure"}
    assert judge(office, "sum(amount) / count()", sample="latest", **draft)["result"]["shown"] == "2,000"
