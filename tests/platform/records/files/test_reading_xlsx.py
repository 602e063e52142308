"""Workbooks: typed as a person saw them, whole whatever they claim, harmless whatever they hold."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from tables import DAY, MAIN, MOMENT, PARTS, PERCENT, REL, ZEROS, codes, problems, read, text_cells, values, workbook

from sartor.platform.errors import Invalid, NotFound, TooLarge
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.sheet_cells import shape
from sartor.platform.records.files.table import Options, Percent


def number(cell: str, value: str, style: int = 0) -> str:
    return f'<c r="{cell}" s="{style}"><v>{value}</v></c>'


def one(cell: str) -> object:
    """The value of a cell A2 under the header `x`."""
    return values(read(workbook(text_cells(1, "x") + f'<row r="2">{cell}</row>')))[0][0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (number("A2", "15"), 15),
        (number("A2", "0.30000000000000004"), Decimal("0.3")),
        (number("A2", "1234.5"), Decimal("1234.5")),
        (number("A2", "0.15", PERCENT), Percent("0.15")),
        (number("A2", "42", ZEROS), "00042"),
        (number("A2", "46143", DAY), date(2026, 5, 1)),
        (number("A2", "46143.5", MOMENT), datetime(2026, 5, 1, 12)),
        (number("A2", "46143.5", DAY), datetime(2026, 5, 1, 12)),
        (number("A2", "46143", MOMENT), datetime(2026, 5, 1)),
        ('<c r="A2" t="b"><v>1</v></c>', True),
        ('<c r="A2" t="str"><f>A1</f><v>x</v></c>', "x"),
        ('<c r="A2" t="inlineStr"><is><t> 0012345678901234567 </t></is></c>', "0012345678901234567"),
        ('<c r="A2" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', "a\rb_x0041_"),
    ],
)
def test_a_cell_is_what_a_person_saw(cell: str, value: object) -> None:
    found = one(cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("number_format", "percent", "zeros", "moment", "duration"),
    [
        ("General", False, 0, False, False), ("0.00", False, 0, False, False), ("0%", True, 0, False, False),
        ("000000", False, 6, False, False), ("yyyy-mm-dd", False, 0, True, False), ("[h]:mm", False, 0, True, True),
        ('yyyy"年"m"月"d"日"', False, 0, True, False), ('0" days"', False, 0, False, False),
        ("[Red]#,##0", False, 0, False, False), ("[$-409]d-mmm-yy", False, 0, True, False),
        ('_-* #,##0.00 "DM"_-', False, 0, False, False), ('0"%"', False, 0, False, False),
    ],
)  # fmt: skip
def test_a_number_format_tells_what_a_person_sees(
    number_format: str, percent: bool, zeros: int, moment: bool, duration: bool
) -> None:
    assert shape(number_format) == (percent, zeros, moment, duration)


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    parts = {"xl/workbook.xml": PARTS["xl/workbook.xml"].replace("<workbookPr/>", '<workbookPr date1904="1"/>')}
    table = read(workbook(text_cells(1, "x") + f'<row r="2">{number("A2", "44681", DAY)}</row>', parts=parts))
    assert values(table) == [(date(2026, 5, 1),)]


def test_an_error_cell_is_a_problem_of_its_column() -> None:
    table = read(workbook(text_cells(1, "x", "y") + '<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>'))
    row = next(table.rows())
    assert (row.values, row.problems[0].field, row.problems[0].code) == ((None, None), "y", "error_cell")
    assert row.problems[0].message == "Cell B2 shows #N/A."


def test_a_date_beyond_the_calendar_is_an_error_cell() -> None:
    table = read(workbook(text_cells(1, "x") + f'<row r="2">{number("A2", "9999999", DAY)}</row>'))
    assert problems(table) == [(2, "error_cell")]


def test_a_formula_without_a_stored_result_is_a_problem_not_a_blank() -> None:
    table = read(workbook(text_cells(1, "x", "y") + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f></c></row>'))
    row = next(table.rows())
    assert (row.problems[0].field, row.problems[0].code) == ("y", "formula_without_value")


def test_rows_that_the_declared_size_hides_are_read_and_told() -> None:
    rows = "".join(text_cells(place, f"v{place}") for place in range(1, 51))
    table = read(workbook(rows, dimension="A1:A2"))
    assert (len(values(table)), codes(table)) == (49, ["declared_size"])


def test_columns_that_the_declared_size_hides_are_read() -> None:
    rows = text_cells(1, "a", "b", "c") + text_cells(2, "1", "2", "3")
    assert values(read(workbook(rows, dimension="A1"))) == [("1", "2", "3")]


def test_a_declared_size_beyond_the_rows_does_no_harm() -> None:
    table = read(workbook(text_cells(1, "a") + text_cells(2, "1"), dimension="A1:XFD1048576"))
    assert (values(table), table.row_count_hint) == ([("1",)], 1)


def test_rows_out_of_order_are_read_in_turn_and_told() -> None:
    table = read(workbook(text_cells(1, "a") + text_cells(3, "1") + text_cells(2, "2") + text_cells(2, "3")))
    assert [(row.number, row.values) for row in table.rows()] == [(3, ("1",)), (4, ("2",)), (5, ("3",))]
    assert "row_order" in codes(table)


def test_rows_without_numbers_are_read_in_turn() -> None:
    rows = "<row><c><v>1</v></c></row>".join(["", "", ""])
    assert len(values(read(workbook(text_cells(1, "a") + rows)))) == 2


def test_cells_that_are_only_coloured_make_no_column() -> None:
    rows = text_cells(1, "a") + '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row>'
    assert values(read(workbook(rows))) == [(1,)]


def test_tags_of_extensions_are_passed_over() -> None:
    main = PARTS["xl/workbook.xml"].replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    extended = main.replace("</workbook>", '<extLst><e:workbookPr xmlns:e="urn:e" date1904="0"/></extLst></workbook>')
    rows = text_cells(1, "x") + f'<row r="2">{number("A2", "0.0", DAY)}</row>'
    assert values(read(workbook(rows, parts={"xl/workbook.xml": extended}))) == [(date(1904, 1, 1),)]


def test_a_prefix_before_every_tag_is_read_over() -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="str"><x:v>a</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert values(read(workbook("", parts={"xl/worksheets/sheet1.xml": sheet}))) == [(5,)]


def test_a_row_far_below_keeps_its_number() -> None:
    table = read(workbook(text_cells(1, "a") + text_cells(90_000, "x")))
    assert [row.number for row in table.rows()] == [90_000]


def test_a_cell_far_to_the_right_is_refused() -> None:
    rows = text_cells(1, "a") + f'<row r="40">{number("XFD40", "1")}</row>'
    with pytest.raises(TooLarge, match="Row 40"):
        values(read(workbook(rows)))


def test_more_than_fifteen_digits_are_told() -> None:
    table = read(workbook(text_cells(1, "x") + f'<row r="2">{number("A2", "1234567890123456789")}</row>'))
    assert codes(table) == ["long_number"]


def test_a_value_under_no_name_is_a_column_with_a_letter() -> None:
    table = read(workbook(text_cells(1, "a") + text_cells(2, "1", "note")))
    assert (table.columns, values(table)) == (("a", "Column B"), [("1", "note")])


def two_sheets() -> io.BytesIO:
    book = Workbook()
    book.active.title = "Empty"
    book.create_sheet("Deals").append(["name"])
    book["Deals"].append(["A"])
    hidden = book.create_sheet("Secret")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_told() -> None:
    table = read(two_sheets())
    assert (table.sheet, table.sheets, codes(table)) == ("Deals", ("Empty", "Deals"), ["other_sheets"])


def test_a_sheet_may_be_chosen_even_a_hidden_one() -> None:
    assert read(two_sheets(), sheet="Secret").columns == ("x",)


def test_an_unknown_sheet_names_the_near_one() -> None:
    with pytest.raises(NotFound, match="Deals") as refused:
        read(two_sheets(), sheet="Deal")
    assert refused.value.problems[0].near == "Deals"


def test_merged_cells_are_told() -> None:
    sheet = (
        f"<worksheet {MAIN}><sheetData>{text_cells(1, 'a', 'b')}{text_cells(2, '1', '2')}</sheetData>"
        '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells></worksheet>'
    )
    assert codes(read(workbook("", parts={"xl/worksheets/sheet1.xml": sheet}))) == ["merged_cells"]


def test_a_workbook_without_rows_is_refused() -> None:
    with pytest.raises(Invalid, match="no row"):
        read(workbook(""))


def test_an_archive_that_unpacks_too_far_is_refused_before_it_is_read() -> None:
    bomb = workbook("", parts={"xl/media/zeros.bin": "\0" * 20_000_000})
    with pytest.raises(TooLarge, match="19 MiB"):
        read(bomb)


@pytest.mark.parametrize("limits", [Limits(unpacked_bytes=500), Limits(entries=3)])
def test_an_archive_beyond_the_limits_is_refused(limits: Limits) -> None:
    with pytest.raises(TooLarge, match="would unpack"):
        read(workbook(text_cells(1, "a")), options=Options(limits=limits))


def shared(*texts: str) -> dict[str, str]:
    """The parts that give a workbook shared texts."""
    link = f'<Relationship Id="r3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    links = PARTS["xl/_rels/workbook.xml.rels"].replace("</Relationships>", link)
    items = "".join(f"<si>{text}</si>" for text in texts)
    return {"xl/_rels/workbook.xml.rels": links, "xl/sharedStrings.xml": f"<sst {MAIN}>{items}</sst>"}


def test_shared_texts_are_joined_from_their_runs_without_reading_aids() -> None:
    parts = shared("<t>x</t>", "<r><t>上</t></r><r><t xml:space='preserve'>海 </t></r><rPh><t>shang hai</t></rPh>")
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(2))
    assert values(read(workbook(rows, parts=parts))) == [("上海",)]


def test_shared_texts_beyond_the_memory_allowed_are_refused() -> None:
    parts = shared(*["<t>some text</t>"] * 100)
    with pytest.raises(TooLarge, match="texts of the workbook"):
        read(workbook(text_cells(1, "a"), parts=parts), options=Options(limits=Limits(shared_bytes=4000)))


def test_entities_are_not_expanded() -> None:
    sheet = (
        f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet {MAIN}><sheetData>'
        f"{text_cells(1, '&b;')}</sheetData></worksheet>"
    )
    with pytest.raises(Invalid, match="ForbiddenXml"):
        read(workbook("", parts={"xl/worksheets/sheet1.xml": sheet}))


def test_other_archives_are_named() -> None:
    with pytest.raises(Invalid, match="ODS"):
        read(workbook("", parts={"content.xml": "<x/>"}))


@pytest.mark.parametrize("cut", [30, 200, 900, -200, -30])
def test_a_cut_workbook_is_refused(cut: int) -> None:
    whole = workbook(text_cells(1, "a") + text_cells(2, "1")).getvalue()
    with pytest.raises(Invalid):
        values(read(whole[:cut]))


@pytest.mark.parametrize(
    "rows", ["<row r='x'/>", "<row r='1'><c r='1A'/></row>", "<row r='1'><c r='A1' t='s'><v>9</v></c></row>"]
)
def test_broken_rows_are_refused(rows: str) -> None:
    with pytest.raises(Invalid):
        values(read(workbook(rows)))
