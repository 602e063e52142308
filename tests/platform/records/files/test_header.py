"""Where a table begins and what its columns are called."""

from __future__ import annotations

import pytest
from tables import codes, read, values

from sartor.platform.errors import Invalid, TooLarge
from sartor.platform.records.files.header import letters
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.table import Options


def test_names_are_trimmed_and_made_one_line() -> None:
    assert read(' name ,"unit\n price"\nA,1\n').columns == ("name", "unit price")


def test_repeated_names_are_numbered_and_told() -> None:
    table = read("id,name,id,id\n1,A,2,3\n")
    assert table.columns == ("id", "name", "id (2)", "id (3)")
    assert codes(table) == ["duplicate_header"]


def test_a_number_that_is_taken_is_skipped() -> None:
    assert read("id (2),id,id\n1,2,3\n").columns == ("id (2)", "id", "id (3)")


def test_a_blank_name_gets_the_letter_of_its_column() -> None:
    table = read("id,,age\n1,Anna,30\n")
    assert table.columns == ("id", "Column B", "age")
    assert codes(table) == ["blank_header"]


def test_a_delimiter_at_every_line_end_makes_no_column() -> None:
    table = read("a,b,\n1,2,\n3,4,\n")
    assert (table.columns, values(table)) == (("a", "b"), [("1", "2"), ("3", "4")])


def test_a_title_above_the_table_is_left_out_and_told() -> None:
    table = read("Deals of May,,\n\nname,stage,amount\nA,won,1\nB,lost,2\n")
    assert (table.columns, table.header_row) == (("name", "stage", "amount"), 3)
    assert "Deals of May" in table.warnings[0].message


def test_the_rows_below_a_title_keep_their_numbers() -> None:
    assert [row.number for row in read("Title\n\na,b\n1,2\n3,4\n").rows()] == [4, 5]


def test_a_person_may_say_where_the_names_stand() -> None:
    table = read("x,y\nname,stage\nA,won\n", options=Options(header_row=2))
    assert (table.columns, values(table)) == (("name", "stage"), [("A", "won")])


def test_a_header_row_that_is_blank_is_refused() -> None:
    with pytest.raises(Invalid, match="Row 2"):
        read("a,b\n\n1,2\n", options=Options(header_row=2))


def test_a_first_row_of_data_is_doubted() -> None:
    assert codes(read("1,english\n2,german\n")) == ["header_looks_like_data"]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(TooLarge, match="5 columns"):
        read("a,b,c,d,e\n1,2,3,4,5\n", options=Options(limits=Limits(columns=4)))


@pytest.mark.parametrize(("place", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_are_those_of_a_spreadsheet(place: int, text: str) -> None:
    assert letters(place) == text


def test_two_rows_name_the_columns_together_where_a_name_spans_several() -> None:
    table = read(
        "No,Customer,,When,Plan,,Done,\n,Name,City,,from,to,from,to\n1,Li,Xi'an,May,1,2,3,4\n2,Wu,Jinan,June,5,6,7,8\n"
    )
    assert table.columns == ("No", "Name", "City", "When", "Plan from", "Plan to", "Done from", "Done to")
    assert (codes(table), values(table)[0][:3]) == (["two_header_rows"], ("1", "Li", "Xi'an"))


@pytest.mark.parametrize("second", ["1,Ann,30,x", ",Ann,,x", ",Ann,5,", "a,a,,"])
def test_a_record_below_a_nameless_column_is_no_second_row_of_names(second: str) -> None:
    table = read(f"id,,age,note\n{second}\n2,Bob,40,y\n3,Cid,50,z\n")
    assert table.columns == ("id", "Column B", "age", "note")


def test_a_cell_that_reaches_over_two_rows_names_its_column_in_the_upper_one() -> None:
    table = read(
        "客户,,,订单,,,备注\n名称,联系人,手机,编号,日期,金额,\n甲,张伟,1380,1,5月,2,加急\n乙,王芳,1381,2,6月,3,\n"
    )
    assert table.columns == ("名称", "联系人", "手机", "编号", "日期", "金额", "备注")


def test_sums_and_what_is_written_below_them_are_no_records() -> None:
    rows = "甲,1,2,x\n合 计：,,3,\n乙,4,5,\nGrand Total,,8,\n审核：韩梅梅,,,\n"
    table = read("name,a,b,c\n" + rows)
    assert [row[0] for row in values(table)] == ["甲", "乙"]
    assert codes(table) == ["sum_row", "foot_row"]


def test_a_record_that_is_called_like_a_sum_stays() -> None:
    assert [row[0] for row in values(read("name,a,b\nTotal,1,2\n合计,,\n审核,,\n"))] == ["Total", "合计", "审核"]
