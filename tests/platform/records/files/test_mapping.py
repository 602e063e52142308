"""Which field a column is meant for."""

from __future__ import annotations

import pytest

from sartor.platform.records.files.mapping import Suggestion, Target, missing, spelled, suggest

DEAL = [
    Target("name", ("Name", "名称"), required=True, title=True),
    Target("account", ("Account", "客户")),
    Target("agent", ("Agent", "销售")),
    Target("stage", ("Stage", "阶段"), required=True),
    Target("engaged_on", ("Engaged on", "接洽日期")),
    Target("closed_on", ("Closed on", "成交日期")),
    Target("amount", ("Amount", "金额")),
]
PERSON = [
    Target("name", ("Name", "姓名"), title=True),
    Target("mobile", ("Mobile", "手机")),
    Target("phone", ("Phone", "电话")),
    Target("email", ("E-mail", "邮箱")),
    Target("customer", ("Customer", "客户")),
]


def targets(suggestions: dict[str, Suggestion]) -> dict[str, str]:
    """What would be taken unasked."""
    return {column: one.target for column, one in suggestions.items() if one.sure}


def test_columns_of_another_system_find_their_fields() -> None:
    columns = ["opportunity_id", "sales_agent", "account", "deal_stage", "engage_date", "close_date", "close_value"]
    assert targets(suggest(columns, DEAL, subject=("deal", "Deal", "商机"))) == {
        "sales_agent": "agent", "account": "account", "deal_stage": "stage", "engage_date": "engaged_on",
        "close_date": "closed_on", "close_value": "amount",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("手机号码", "mobile"), ("Cell Phone", "mobile"), ("联系电话", "phone"), ("TEL", "phone"),
        ("电子邮箱", "email"), ("E-Mail", "email"), ("客户名称", "customer"), ("Company Name", "customer"),
        ("姓名", "name"),
        ("NAME", "name"),
        ("MobilePhone", "mobile"), ("mobile_phone", "mobile"), ("手机（必填）", "mobile"), ("Phone [work]", "phone"),
    ],
)  # fmt: skip
def test_words_of_both_languages_are_known(column: str, field: str) -> None:
    assert targets(suggest([column], PERSON)) == {column: field}


def test_a_column_called_like_the_records_is_their_title() -> None:
    found = suggest(["商机名称"], DEAL, subject=("deal", "Deal"))["商机名称"]
    assert (found.target, found.reason, found.sure) == ("name", "subject", True)


def test_an_addition_such_as_id_is_only_a_proposal() -> None:
    found = suggest(["opportunity_id"], DEAL, subject=("deal", "Deal"))["opportunity_id"]
    assert (found.target, found.sure) == ("name", False)


def test_each_field_is_given_to_one_column_the_best() -> None:
    found = suggest(["Amount (CNY)", "amount", "total amount"], DEAL)
    assert found["amount"] == Suggestion("amount", 100, "same")
    assert [one.target for one in found.values()].count("amount") == 1


def test_a_misspelled_name_is_found() -> None:
    found = suggest(["acount"], DEAL)["acount"]
    assert (found.target, found.reason, found.sure) == ("account", "similar", True)


@pytest.mark.parametrize("column", ["colour", "weather", "备用", "xyz", "", "note on account holder"])
def test_a_poor_match_is_never_taken_unasked(column: str) -> None:
    assert targets(suggest([column], DEAL)) == {}


@pytest.mark.parametrize("column", ["Stage", "Signed on", "Moment"])
def test_letters_alone_do_not_propose_a_field(column: str) -> None:
    found = suggest([column], [Target("tags", ("Tags",)), Target("intent", ("Intent",)), Target("amount", ("Amount",))])
    assert found == {}


def test_short_names_are_not_taken_for_one_another() -> None:
    assert targets(suggest(["game", "nome"], PERSON)) == {}


def test_required_fields_without_a_column_are_listed() -> None:
    assert missing(suggest(["deal_stage"], DEAL), DEAL) == ["name"]


@pytest.mark.parametrize("name", ["CloseDate", "close_date", "Close date", " close-DATE ", "ｃｌｏｓｅ　ｄａｔｅ"])
def test_one_name_is_spelled_in_many_ways(name: str) -> None:
    assert spelled(name) == "close date"
