"""Headings that mean different things in different tables, and whole numbers that only name something."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.reporting.columns import column_of
from sartor.platform.reporting.wording import point

YEARS = [str(year) for year in range(1996, 2026)]


@pytest.mark.parametrize(
    ("files", "chinese"),
    [
        ({"albums": "Album id,Title\n1,Blue\n2,Red\n"}, "标题"),
        ({"staff": "Staff id,Title\n1,Manager\n2,Agent\n"}, "职务"),
        ({"people": "Last name,Title\nLi,Manager\nWu,Agent\n"}, "职务"),
        ({"guests": "Name,Title\nLi,Mr.\nWu,Ms.\nHe,Dr.\n"}, "称谓"),
    ],
)
def test_a_title_is_translated_as_what_it_means_here(propose: Any, files: Any, chinese: str) -> None:
    (sheet,) = propose(**files).sheets
    assert sheet.column("Title").label == {"en": "Title", "zh": chinese}


@pytest.mark.parametrize(
    ("values", "english", "field"), [("台 件 件 箱", "Unit", "unit"), ("华为 小米 华为 联想", "Company", "company")]
)
def test_a_unit_is_what_things_are_counted_in_or_a_company(propose: Any, values: str, english: str, field: str) -> None:
    rows = "".join(f"P{number},{value}\n" for number, value in enumerate(values.split()))
    (sheet,) = propose(products=f"产品编码,单位\n{rows}").sheets
    assert (sheet.column("单位").label["en"], sheet.column("单位").field) == (english, field)


def test_nothing_is_called_by_its_telephone_where_another_text_will_do(propose: Any) -> None:
    rows = "\n".join(f"13800138{n:03},A-{n},{n}" for n in range(12))
    (sheet,) = propose(visits=f"Mobile,Reference,Count\n{rows}\n13800138000,A-99,3\n").sheets
    assert sheet.title == "reference"


@pytest.mark.parametrize(("again", "title"), [("", "company"), ("深圳1公司", "field_id")])
def test_a_number_that_counts_rows_is_no_name_where_companies_differ(propose: Any, again: str, title: str) -> None:
    rows = "".join(f"{number},深圳{number}公司,{number % 7}\n" for number in range(30))
    (sheet,) = propose(leads=f"ID,公司,评分\n{rows}30,{again or '广州公司'},3\n").sheets
    assert sheet.title == title


def test_a_job_title_is_not_what_people_are_called(propose: Any) -> None:
    (sheet,) = propose(contacts="Title,Name\nManager,Li Wei\nAgent,Wu Min\n").sheets
    assert (sheet.title, sheet.column("Name").label["zh"]) == ("name", "姓名")


@pytest.mark.parametrize(
    ("heading", "chinese"),
    [("InvoiceId", "发票编号"), ("Billing city", "账单城市"), ("Order status", "订单状态"), ("Frob id", None)],
)
def test_headings_are_put_together_of_usual_ones(column: Any, heading: str, chinese: str | None) -> None:
    assert column("a", "b", name=heading).label.get("zh") == chinese


@pytest.mark.parametrize(
    ("values", "name", "options", "why"),
    [
        (YEARS, "Year established", {"grouping": False}, "year"),
        (YEARS, "成立年份", {"grouping": False}, "year"),
        (["3", "12"], "Years of service", {}, None),
        (["1001", "1002"], "Badge number", {"grouping": False}, "number_of"),
        (YEARS, "Employees", {}, None),
    ],
)
def test_years_and_numbers_that_name_something_keep_their_digits_together(
    column: Any, values: Any, name: str, options: Any, why: str | None
) -> None:
    found = column(*values, name=name)
    assert (found.type, found.options) == ("integer", options)
    assert (why in [each.code for each in found.reasons]) == bool(why)


def test_a_report_writes_the_last_year_as_a_year(propose: Any, here: Any) -> None:
    lines = "".join(f"F{n},{year}\n" for n, year in enumerate(YEARS))
    made = documents(propose(firms=f"Firm,Year founded\n{lines}"), role=False)
    measure = {"label": "Last", "formula": "max(year_founded)"}
    report = {"label": "Last", "chart": "number", "entity": "firm", "measures": {"main": measure}}
    draft = compile_draft({**here.serving().design.documents, **made, "report/last": report}, here.kinds, 0)
    assert draft.problems == []
    (asked,) = draft.model.reports["last"].measures
    heading = column_of(draft.model, draft.model.reports["last"], asked, "CNY").heading
    assert point(Decimal(2025), heading).text == point(Decimal(2025), heading).short == "2025"
