"""Files that are not what they should be: refused as a whole or by their rows, and nothing is written by half."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import crm
import pytest
import sqlalchemy as sa
from bringing import Bringing
from tables import text_cells, workbook
from worlds import World, open_world

from sartor.platform.errors import Invalid, SartorError
from sartor.platform.records.importing.opening import open_file
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.preview import preview_file


@pytest.fixture(scope="module")
def world(module_database_url: str) -> Iterator[World]:
    made = open_world(module_database_url, crm.documents())
    yield made
    made.database.close()


WHOLE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.csv", b"", "empty"),
    "only a mark": ("a.csv", b"\xef\xbb\xbf", "empty"),
    "blank lines": ("a.csv", b"\r\n\r\n", "empty"),
    "an empty workbook": ("a.xlsx", b"", "empty"),
    "half a workbook": ("a.xlsx", b"PK\x03\x04" + b"x" * 200, ""),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, ""),
    "an open quote": ("a.csv", b'name,tax_id\n"Acme,1\nBob,2\n', "quot"),
    "zeros": ("a.csv", b"name,tax_id\n" + b"\x00" * 64, ""),
}


def everything(world: World) -> dict[str, int]:
    """How many rows there are, by table; what an import notes about itself apart."""
    apart = ("sys_import", "sys_import_row", "sys_counter")
    with world.database.read() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if name not in apart]
        count = sa.select(sa.func.count())
        return {name: connection.execute(count.select_from(sa.table(name))).scalar() or 0 for name in names}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_none_is_refused_and_leaves_nothing(world: World, bring: Bringing, name: str) -> None:
    file, content, said = WHOLE[name]
    path: Path = bring.folder / file
    path.write_bytes(content)
    before = everything(world)
    with pytest.raises(SartorError) as refusal:
        bring.run("account", path, columns={"name": "name"})
    assert said in str(refusal.value).lower()
    assert everything(world) == before


def test_a_header_alone_makes_nothing_and_says_so(world: World, bring: Bringing) -> None:
    before = everything(world)
    checked = bring.check("account", bring.file("name,tax_id"))
    assert (checked.rows, len(checked.warnings)) == (0, 1)
    _found, counts = bring.run("account", bring.file("name,tax_id"))
    assert counts == {"create": 0, "update": 0, "skip": 0, "fail": 0}
    assert everything(world) == before


PLANS: list[tuple[dict[str, Any], str]] = [
    ({"columns": {"nmae": "name"}}, "name"),
    ({"columns": {"name": "nmae"}}, "name"),
    ({"columns": {"name": "name", "tax": "name"}}, "name"),
    ({"key": "nmae"}, "name"),
    ({"colums": {}}, "columns"),
    ({"on_match": "updat"}, "update"),
    ({"columns": {"name": 5}}, "columns"),
    ({"dates": None}, "dates"),
    ({"numbers": None}, "numbers"),
    ({"values": {"name": None}}, "values"),
    ({"header_row": 0}, "header_row"),
    ({"header_row": True}, "header_row"),
    ({"encoding": "klingon"}, "klingon"),
    ({"delimiter": "xx"}, "xx"),
    ({"exact": "yes"}, "exact"),
]


@pytest.mark.parametrize(("plan", "said"), PLANS, ids=lambda value: str(value)[:40])
def test_a_plan_that_cannot_be_names_what_was_meant(bring: Bringing, plan: dict[str, Any], said: str) -> None:
    path = bring.file("name,tax", "A,1")
    with pytest.raises(Invalid) as refusal:
        bring.run("account", path, **plan)
    assert said in str(refusal.value)


CELLS = {
    "revenue": ("NaN", "inf", "1e999", "much", "1,2,3", "٣x", "9" * 40, "5 QQQ", "<b>5</b>"),
    "founded_on": ("2026-02-30", "NaN", "0000-00-00", "yesterday"),
    "industry": ("steel", "1", "IT; retail", "<script>"),
    "phone": ("call me", "NaN"),
    "name": ("x" * 121, "", "   "),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_wrong_cell_refuses_its_row_alone(world: World, bring: Bringing, name: str) -> None:
    heads = "name" if name == "name" else f"name,{name}"
    rows = [f'"{cell}"' if name == "name" else f'bad {n},"{cell}"' for n, cell in enumerate(CELLS[name])]
    path = bring.file(heads, *rows, "good" if name == "name" else "good,")
    before = everything(world)
    found, counts = bring.run("account", path, columns={each: each for each in heads.split(",")})
    blank = sum(not cell.strip() for cell in CELLS[name]) if name == "name" else 0
    assert (counts["create"], counts["fail"]) == (1, len(rows) - blank)
    assert everything(world)["account"] == before["account"] + 1
    assert all(bring.reasons(found).values())


def test_words_of_sql_and_markup_are_columns_and_values(world: World, bring: Bringing) -> None:
    name = "<script>alert('x')</script>'; DROP TABLE account; --"
    path = bring.file('select,"drop table account;--"', f'"{name}",1')
    bring.run("account", path, columns={"select": "name", "drop table account;--": "tax_id"})
    assert name in world.names("account")


def test_a_column_that_stands_twice_is_told_apart(bring: Bringing) -> None:
    checked = bring.check("account", bring.file("name,name", "A,B"), columns={"name": "name"})
    assert checked.rows == 1


def test_a_workbook_with_formulas_and_errors_brings_its_values(world: World, bring: Bringing) -> None:
    path = bring.folder / "a.xlsx"
    rows = text_cells(1, "name", "tax_id") + text_cells(2, "=1+1", "#N/A") + text_cells(3, "B", "2")
    path.write_bytes(workbook(rows).getvalue())
    bring.run("account", path, columns={"name": "name"})
    assert {"=1+1", "B"} <= set(world.names("account"))


PIECES = (
    "[",
    "(",
    "1",
    "1,",
    "-",
    " ",
    "=",
    '"',
    "aA",
    "_",
    "@",
    "a.",
    "¥",
    "中",
    "é",
    "1/",
    "#N/A",
    "13800000000",
    "ァ",
)


@pytest.mark.parametrize("piece", PIECES)
def test_no_name_of_a_column_and_no_cell_holds_it_up(world: World, bring: Bringing, piece: str) -> None:
    """With a pattern that tries every split of a text these take minutes; they are read or refused in a moment."""
    text = (piece * 60_000)[:60_000].replace('"', '""')
    began = time.process_time()
    for lines in ((f'name,"{text}!"', "A,1"), ("name,it", f'A,"{text}!"')):
        path = bring.file(*lines)
        with suppress(SartorError):
            table = open_file(path, path.name, ImportPlan(entity="account"))
            preview_file(ImportPlan(entity="account"), table, world.system)
            bring.check("account", path, columns={table.columns[1]: "revenue"})
    assert time.process_time() - began < 10
