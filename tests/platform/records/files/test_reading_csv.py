"""Text files row by row: exact values, honest problems."""

from __future__ import annotations

import io

import pytest
from tables import codes, problems, read, values

from sartor.platform.errors import Invalid, NotFound, TooLarge
from sartor.platform.records.files.limits import Limits
from sartor.platform.records.files.reading import open_table
from sartor.platform.records.files.table import Options


def test_cells_are_text_trimmed_and_blank_is_none() -> None:
    assert values(read("a,b,c\n 007 ,,\u3000x\u3000\n")) == [("007", None, "x")]


def test_spaces_stay_where_nobody_wants_them_trimmed() -> None:
    assert values(read("a,b\n x ,y\n", options=Options(trim=False))) == [(" x ", "y")]


def test_quotes_commas_and_line_ends_inside_cells_are_kept() -> None:
    assert values(read('a,b\n1,"x ""y"", z\r\nnext"\n')) == [("1", 'x "y", z\r\nnext')]


def test_a_row_with_more_cells_than_names_is_a_problem_with_its_number() -> None:
    table = read("name,city\nAnna,Ulm\nMeier, Ben,Bonn\n")
    rows = list(table.rows())
    assert rows[1].surplus == ("Bonn",)
    assert "Row 3 has 3 cells, the header 2" in rows[1].problems[0].message
    assert problems(table) == [(3, "ragged_row")]


def test_a_row_with_fewer_cells_is_filled_with_blanks() -> None:
    assert values(read("a,b,c\n1\n1,2,3\n")) == [("1", None, None), ("1", "2", "3")]


def test_blank_rows_between_rows_are_left_out_and_told() -> None:
    table = read("a,b\n1,2\n\n,\n3,4\n\n\n")
    assert [row.number for row in table.rows()] == [2, 5]
    assert codes(table) == ["blank_rows"]


def test_an_empty_file_is_refused() -> None:
    for content in (b"", b"\xef\xbb\xbf", b"\n\n  \n"):
        with pytest.raises(Invalid, match="empty"):
            read(content)


def test_a_file_with_only_a_header_has_no_rows_and_says_so() -> None:
    table = read("a,b\n")
    assert (table.columns, values(table), codes(table)) == (("a", "b"), [], ["no_rows"])


def test_a_nul_character_is_a_problem() -> None:
    assert problems(read(b"a,b\n1,x\x00y\n", encoding="utf-8")) == [(2, "nul")]


def test_a_quote_that_is_never_closed_is_refused_with_its_row() -> None:
    with pytest.raises(Invalid, match="row 3.*never closed"):
        values(read('a,b\n1,2\n"3,4\n5,6\n'))


def test_a_huge_cell_is_refused_with_its_row() -> None:
    with pytest.raises(TooLarge, match="row 2"):
        values(read("a,b\n1," + "x" * 200 + "\n", options=Options(limits=Limits(cell_chars=100))))


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(TooLarge, match="line of over"):
        values(read("a,b\n1," + "x" * 900 + "\n", options=Options(limits=Limits(cell_chars=100))))


def test_a_cell_of_a_hundred_thousand_characters_is_read() -> None:
    text = "word " * 30_000
    assert values(read(f'a,b\n1,"{text}"\n')) == [("1", text.strip())]


def test_more_rows_than_the_limit_are_refused_not_cut() -> None:
    with pytest.raises(TooLarge, match="more than 2 rows"):
        values(read("a\n1\n2\n3\n", options=Options(limits=Limits(rows=2))))


def test_numbers_that_a_spreadsheet_shortened_are_told() -> None:
    assert codes(read("id,name\n1.23457E+18,A\n")) == ["scientific"]


def test_error_texts_of_a_spreadsheet_are_told() -> None:
    assert codes(read("id,name\n1,#N/A\n2,#REF!\n")) == ["error_text"]


def test_guards_against_formulas_come_off_files_saved_for_people() -> None:
    table = read("\ufeffphone,note\n'+86 138,'=1+1\n")
    assert values(table) == [("+86 138", "=1+1")]
    assert codes(table) == ["guard"]


def test_an_exact_file_keeps_its_apostrophes() -> None:
    assert values(read("a,b\n'=1,x\n")) == [("'=1", "x")]


def test_reading_twice_gives_the_same_rows() -> None:
    table = read("a,b\n1,2\n\n3,4\n")
    assert values(table) == values(table)
    assert codes(table) == ["blank_rows"]


def test_a_sample_leaves_the_warnings_alone() -> None:
    table = read("a\n1\n\n2\n3\n")
    assert [row.values for row in table.sample(1)] == [("1",)]
    assert table.warnings == ()


def test_the_hint_counts_lines_below_the_header() -> None:
    assert read("Title\na,b\n1,2\n3,4").row_count_hint == 2


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"), (b"%PDF-1.7", "PDF"), (b"<html><table>", "HTML"),
        (b'{"a": 1}', "JSON"), (b"\x1f\x8b\x08", "GZIP"), (b"ID;PWXL", "SYLK"), (b"<?xml version='1.0'?>", "XML"),
    ],
)  # fmt: skip
def test_other_kinds_are_named(start: bytes, kind: str) -> None:
    with pytest.raises(Invalid, match=kind):
        read(start + b"\n" * 20)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(NotFound, match="nowhere.csv"):
        open_table("nowhere.csv", name="nowhere.csv")


def test_a_text_file_has_no_sheets() -> None:
    with pytest.raises(Invalid, match="no sheets"):
        read("a\n1\n", sheet="Sheet1")


def test_a_text_stream_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        open_table(io.StringIO("a"), name="x")  # type: ignore[arg-type]
