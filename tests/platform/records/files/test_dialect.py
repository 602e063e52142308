"""How the cells of a text file are separated."""

from __future__ import annotations

import pytest
from tables import read, values

from sartor.platform.errors import Invalid
from sartor.platform.records.files.dialect import detect_dialect


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_it_finds_the_delimiter(delimiter: str) -> None:
    text = "name,city,amount\nAnna,Ulm,5\nBen,Bonn,6\n".replace(",", delimiter)
    assert detect_dialect(text).delimiter == delimiter
    assert values(read(text)) == [("Anna", "Ulm", "5"), ("Ben", "Bonn", "6")]


def test_commas_inside_texts_do_not_win_over_semicolons() -> None:
    table = read("name;price\nAnna, Ben;1,50\nCarl, Dora;2,75\nEve, Finn;3,25\n")
    assert values(table)[0] == ("Anna, Ben", "1,50")


def test_a_single_column_may_hold_other_signs() -> None:
    assert values(read("note\nfirst\nsecond; or third\nlast\n")) == [("first",), ("second; or third",), ("last",)]


@pytest.mark.parametrize(("end", "name"), [("\r\n", "CRLF"), ("\n", "LF"), ("\r", "CR")])
def test_every_line_end_is_read(end: str, name: str) -> None:
    text = end.join(["a,b", "1,2", "3,4"])
    assert detect_dialect(text).line_end == name
    assert values(read(text)) == [("1", "2"), ("3", "4")]


def test_mixed_line_ends_are_read() -> None:
    assert detect_dialect("a,b\r\n1,2\n3,4\r").line_end == "mixed"
    assert values(read("a,b\r\n1,2\n3,4\r5,6")) == [("1", "2"), ("3", "4"), ("5", "6")]


def test_a_line_that_states_the_separator_is_obeyed() -> None:
    table = read("sep=;\nname;note\nAnna;a,b,c\n")
    assert (table.columns, values(table)) == (("name", "note"), [("Anna", "a,b,c")])


def test_single_quotes_count_where_cells_begin_with_them() -> None:
    assert values(read("a,b\n'x, y',1\n'z',2\n")) == [("x, y", "1"), ("z", "2")]


def test_an_apostrophe_inside_words_is_no_quote() -> None:
    assert values(read("a,b\nO'Brien,1\nD'Arcy,2\n")) == [("O'Brien", "1"), ("D'Arcy", "2")]


def test_spaces_before_quotes_are_read_over() -> None:
    assert values(read('a, b\n1, "x, y"\n2, "z"\n')) == [("1", "x, y"), ("2", "z")]


def test_a_chosen_delimiter_is_not_questioned() -> None:
    assert read("a,b\n1,2\n", delimiter="tab").columns == ("a,b",)


@pytest.mark.parametrize("wrong", ["ab", '"', "\n", " "])
def test_what_cannot_separate_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid, match="cannot separate"):
        read("a,b\n1,2\n", delimiter=wrong)
