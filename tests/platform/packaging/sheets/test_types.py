"""Types that are proposed for columns, with their reasons, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sartor.platform.packaging.sheets import headings
from sartor.platform.packaging.sheets.names import words
from sartor.platform.packaging.sheets.wording import said
from sartor.platform.records.files.mapping import spelled
from sartor.platform.text import has_chinese

DAYS = [f"2026-01-{day:02}" for day in range(1, 29)]


@pytest.mark.parametrize(
    ("values", "name", "kind", "options"),
    [
        (DAYS, "when", "date", {}),
        (["2026-01-05 08:30", "2026-02-05 09:00"], "when", "datetime", {}),
        (["1", "22", "333"], "pieces", "integer", {}),
        (["1.5", "2.125"], "weight", "decimal", {"scale": 3}),
        (["12.50", "7"], "unit_price", "money", {"currency": "CNY"}),
        (["$12.50", "$7"], "thing", "money", {"currency": "USD"}),
        (["5%", "12.5%"], "share", "percent", {}),
        (["li@example.com", "wang@example.cn"], "contact", "email", {}),
        (["https://example.com/a", "https://example.com/b"], "page", "url", {}),
        (["13800138000", "13900139000"], "手机", "phone", {}),
        (["yes", "no", "yes"], "paid", "yes_no", {}),
        (["x" * 300, "y"], "notes", "long_text", {}),
        (["0012", "0013"], "code", "text", {}),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_a_type_is_proposed_that_takes_every_value(
    column: Any, values: Any, name: Any, kind: Any, options: Any
) -> None:
    found = column(*values, name=name)
    assert (found.type, found.misfits) == (kind, ())
    assert options.items() <= found.options.items()


def test_exceptions_are_told_with_how_often_they_stand_there(column: Any) -> None:
    found = column(*DAYS, *DAYS, "soon", "soon", "tomorrow")
    assert found.type == "date"
    assert [(each.value, each.rows) for each in found.misfits] == [("soon", 2), ("tomorrow", 1)]
    assert said(found.reasons[0]) == "94% of 59 values are dates"


def test_what_does_not_fit_is_left_blank_unless_rows_are_to_be_refused(column: Any) -> None:
    found = column(*DAYS, "soon")
    assert found.read_as == {"soon": ""}
    assert replace(found, refuse=True).read_as == replace(found, required=True).read_as == {}


def test_a_type_that_refuses_more_than_a_few_is_not_proposed(column: Any) -> None:
    assert column(*DAYS[:8], "soon", "tomorrow").type == "text"


def test_few_values_that_come_again_are_choices_with_safe_keys(column: Any) -> None:
    found = column(*["Won", "lost", "won", "赢单", "1", "c_1"] * 4)
    labels = {key: each["label"] for key, each in found.options["choices"].items()}
    assert sorted(labels.values()) == ["1", "Won", "c_1", "lost", "赢单"]
    assert (labels["won"], labels["c_1"]) == ("Won", "c_1")


def test_wide_letters_have_the_keys_of_plain_ones(column: Any) -> None:
    found = column(*("Ａ", "B", "Ｃ") * 10)
    assert set(found.options["choices"]) == {"a", "b", "c"}


def test_words_for_nothing_are_read_as_blank(column: Any) -> None:
    found = column(*DAYS, "N/A", "NULL")
    assert (found.type, found.read_as) == ("date", {"N/A": "", "NULL": ""})


def test_days_that_could_be_meant_in_two_ways_say_so(column: Any) -> None:
    found = column("03/04/2026", "05/06/2026")
    assert (found.type, found.dates) == ("date", "M/D/Y")
    assert "it could also be D/M/Y" in said(found.reasons[-1])


def test_days_that_can_only_be_meant_in_one_way_are_read_so(column: Any) -> None:
    assert column("03/04/2026", "25/06/2026").dates == "D/M/Y"


def test_several_currencies_are_left_to_each_record(column: Any) -> None:
    found = column("$12.50", "€7", "$3")
    assert (found.type, found.options) == ("money", {})


def test_an_empty_column_is_left_out(propose: Any) -> None:
    found = propose(rows="a,b\n1,\n2,\n").sheets[0].columns[1]
    assert (found.take, [each.code for each in found.reasons]) == (False, ["blank"])


def test_what_keeps_a_column_from_being_unique_is_told(column: Any) -> None:
    found = column(*(f"N{n}" for n in range(60)), "N7", "N7", name="number")
    reasons = [said(each) for each in found.reasons]
    assert "2 rows repeat values of others (N7 stands there 3 times), so it cannot be unique" in reasons


def test_days_in_several_ways_stay_a_text_and_that_is_said(column: Any) -> None:
    others = ["05.06.2026", "06/05/2026", "soon"] * 3
    found = column(*DAYS, *others, name="when")
    assert found.type == "text"
    told = [said(each) for each in found.reasons if each.code == "nearly"]
    assert told == ["75% are dates, but some are written otherwise (05.06.2026, 06/05/2026, soon), so it stays a text"]


def test_that_percent_signs_stand_only_beside_some_values_is_told(column: Any) -> None:
    found = column("10%", "0.2", "15%", "0.35")
    assert found.type == "text"
    assert said(found.reasons[1]) == (
        "2 of 4 values have a percent sign, others (0.2, 0.35) have none; what these mean is not clear, so it stays a "
        "text"
    )


def test_one_text_in_every_row_is_told_in_the_singular(column: Any) -> None:
    found = column(*["The same long remark, again and again, and once more for good measure, in every row"] * 3)
    assert [said(each) for each in found.reasons][0] == "The same text in all 3 rows"


HEADINGS = {
    "Title": "标题", "First Name": "名", "last_name": "姓", "Company": "公司", "Email": "邮箱", "E-mail": "邮箱",
    "Phone": "电话", "Amount": "金额", "CloseDate": "成交日期", "Owner": "负责人", "Status": "状态", "Notes": "备注",
    "Address": "地址", "City": "城市", "Country": "国家", "Website": "网站", "Industry": "行业", "Source": "来源",
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_usual_headings_have_a_label_in_both_languages(column: Any, heading: str) -> None:
    label = column("a", "b", name=heading).label
    assert (words(label["en"]).lower(), label["zh"]) == (words(heading).lower(), HEADINGS[heading])


@pytest.mark.parametrize(
    ("heading", "english", "field"),
    [
        ("手机号码", "Mobile number", "mobile_number"),
        ("姓名", "Full name", "full_name"),
        ("结单日期", "Close date", "close_date"),
    ],
)
def test_usual_chinese_headings_have_an_english_label_and_name(
    column: Any, heading: str, english: str, field: str
) -> None:
    found = column("a", "b", name=heading)
    assert (found.label, found.field) == ({"zh": heading, "en": english}, field)


def test_a_heading_is_listed_once_and_in_both_languages() -> None:
    english = [spelled(each[0]) for each in headings.HEADINGS]
    assert len(set(english)) == len(english)
    assert all(has_chinese(word) for each in headings.HEADINGS for word in each[1:])
    assert not any(has_chinese(each) for each in english)
    assert min(map(len, headings.HEADINGS)) > 1
