"""Boards and dashboards that are proposed for tables: which column is a stage, in which order, and what is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.packaging.sheets.boards import stage_of, unstaged
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.progress import steps

DEALS = ["Won", "Lost", "Prospecting", "Engaging", "Won", "Won"] * 5


def deals(stages: Any = DEALS, name: str = "Deal stage") -> dict[str, str]:
    lines = [f"D{n},C{n % 4},{stage},2026-0{n % 9 + 1}-05,{n}.50" for n, stage in enumerate(stages)]
    customers = "".join(f"C{n},{place}\n" for n, place in enumerate(["Rome", "Bonn", "Kyiv", "Oslo"]))
    return {
        "deals": "\n".join([f"Deal no,Customer,{name},Close date,Amount", *lines]),
        "customers": f"Customer,City\n{customers}",
    }


@pytest.fixture
def made(here: Any) -> Any:
    """The definitions of a proposal, which hold together."""

    def documents_of(proposal: Any) -> dict[str, Any]:
        found = documents(proposal, role=True)
        assert compile_draft({**here.serving().design.documents, **found}, here.kinds, 0).problems == []
        return found

    return documents_of


def test_a_column_of_stages_becomes_a_pipeline_and_a_board(propose: Any, made: Any) -> None:
    proposal = propose(**deals())
    assert proposal.sheets[0].board == "deal_stage"
    assert [each.code for each in proposal.sheets[0].columns[2].reasons] == ["few", "stage"]
    found = made(proposal)
    stages = found["pipeline/deal.deal_stage"]["stages"]
    assert [(key, each["outcome"]) for key, each in stages.items()] == [
        ("prospecting", "open"), ("engaging", "open"), ("won", "won"), ("lost", "lost"),
    ]  # fmt: skip
    assert found["entity/deal"]["fields"]["deal_stage"]["type"] == "stage"
    assert "options/deal_deal_stage" not in found
    assert found["view/deal.board"]["options"] == {"pipeline": "deal.deal_stage", "totals": ["amount"]}
    assert found["app/deals"]["items"]["deal"]["target"] == "view/deal.board"


def test_a_board_that_is_taken_off_leaves_choices(propose: Any, made: Any) -> None:
    proposal = propose(**deals())
    sheets = tuple(replace(each, board="") for each in proposal.sheets)
    found = made(replace(proposal, sheets=sheets, about=""))
    assert not [key for key in found if key.startswith(("pipeline/", "report/", "dashboard/")) or key.endswith("board")]
    assert found["entity/deal"]["fields"]["deal_stage"]["options"] == {"set": "deal_deal_stage"}
    assert found["app/deals"]["home"] == "view/customer.all"


@pytest.mark.parametrize(
    ("values", "name", "is_stage"),
    [
        (["Active", "Inactive"], "Status", False),
        (["new", "in progress", "closed"], "Ticket status", True),
        (["single", "married"], "Marital status", False),
        (["NY", "CA", "TX"], "State", False),
        (["to do", "doing", "done"], "Where it is", True),
        (["待处理", "处理中", "已完成"], "状态", True),
        ([f"Phase {n}" for n in range(13)], "Phase", False),
    ],
)
def test_what_only_looks_like_a_stage_is_none(propose: Any, values: Any, name: str, is_stage: bool) -> None:
    found = propose(**deals(values * 12, name)).sheets[0]
    assert (stage_of(found) is not None) == is_stage


def test_rows_without_a_stage_keep_it_from_being_proposed_and_are_told(propose: Any) -> None:
    found = propose(**deals([*DEALS, "", ""])).sheets[0]
    assert found.board == ""
    chosen = stage_of(replace(found, board="deal_stage"))
    assert chosen is not None
    assert unstaged(found, chosen) == 2


@pytest.mark.parametrize(
    "way",
    [
        ["New", "Contacted", "Proposal sent", "Negotiation", "Closed won", "Closed lost"],
        ["未开始", "进行中", "审核中", "已完成", "已取消"],
        ["1. Alpha", "2. Beta", "10. Gamma"],
        ["线索", "已联系", "报价", "合同签订", "赢单", "输单", "无效"],
        ["not paid", "paid"],
    ],
)
def test_stages_go_in_the_order_of_their_way(way: list[str]) -> None:
    assert list(steps(sorted(way, reverse=True))) == way


def test_where_nothing_is_open_nothing_has_ended() -> None:
    assert {each.outcome for each in steps(["Won", "Lost"]).values()} == {"open"}


def test_a_dashboard_tells_of_the_table_that_has_most_to_tell(propose: Any, made: Any) -> None:
    proposal = propose(**deals())
    found = made(proposal)
    board = found["dashboard/deals.home"]
    assert list(board["cards"]) == [
        "count", "sum", "open", "win_rate", "by_deal_stage", "over_time", "by_customer",
    ]  # fmt: skip
    assert found["app/deals"]["home"] == "dashboard/deals.home"
    assert found["report/deal.sum"]["label"] == {"en": "Deal amount", "zh": "商机金额"}
    assert found["report/deal.by_customer"]["label"]["zh"] == "按客户统计商机金额"
    assert found["report/deal.over_time"]["dimensions"]["close_date"]["bucket"] == "month"


def test_a_table_without_anything_to_draw_gets_no_dashboard(propose: Any) -> None:
    assert propose(shelves="Shelf,Note\nA,long\nB,short\n").about == ""


def test_prices_are_not_added_up(propose: Any, made: Any) -> None:
    lines = "".join(f"P{n},{n}.00,2026-01-0{n % 9 + 1}\n" for n in range(12))
    found = made(propose(products=f"Product,Unit price,Date\n{lines}"))
    assert "report/product.sum" not in found
    assert found["report/product.over_time"]["measures"]["main"]["formula"] == "count()"


def test_what_points_to_its_own_table_is_called_by_its_field(propose: Any, made: Any) -> None:
    lines = "".join(f"{n},Ann{n},Li{n},{max(1, n // 2)}\n" for n in range(1, 12))
    found = made(propose(employees=f"Employee id,First name,Last name,Reports to\n{lines}"))
    assert found["form/employee.main"]["tabs"]["employee_1"]["label"]["en"] == "Employees (Reports to)"


def test_a_list_has_amounts_and_days_before_plain_texts(propose: Any, made: Any) -> None:
    texts = ",".join(f"Line {n}" for n in range(9))
    rows = "".join(f"I{n},{','.join(f't{n}{m}' for m in range(9))},2026-01-0{n % 9 + 1},{n}.00\n" for n in range(12))
    columns = made(propose(invoices=f"Invoice no,{texts},Date,Total\n{rows}"))["view/invoice.all"]["columns"]
    assert [*columns][:2] == ["invoice_no", "line_0"]
    assert [*columns][-2:] == ["date", "total"]
