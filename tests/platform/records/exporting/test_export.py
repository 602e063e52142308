"""Export: what the reader may take along, whole, in order, and safe to open."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from sending import Sending
from worlds import World

from sartor.platform.errors import Forbidden, Invalid
from sartor.platform.storage.system.history import sys_history


def test_columns_are_called_as_people_call_them(world: World, send: Sending, account: str) -> None:
    world.make("deal", name="Pumps", account=account, amount="12.50", discount="0.15", stage="proposal")
    (row,) = send.rows("deal", paths="name,account,account.industry,stage,amount,discount")
    assert row == {
        "Name": "Pumps", "Account": "上海华为技术", "Account · Industry": "", "Stage": "Proposal",
        "Amount": "12.50 CNY", "Discount": "15%",
    }  # fmt: skip


def test_nothing_in_a_spreadsheet_is_calculated(world: World, send: Sending) -> None:
    world.make("account", name="=1+1", tags=["+x"])
    (row,) = send.rows("account", paths="name")
    assert row == {"Name": "'=1+1"}
    (row,) = send.rows("account", paths="name", purpose="transfer")
    assert row == {"name": "=1+1"}


def test_more_than_a_page_comes_whole_and_in_order(world: World, send: Sending) -> None:
    for number in range(450):
        world.make("product", name=f"P{number:03}")
    path, written = send.run("product", paths="name", sort="-name", purpose="transfer")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert written.rows == 450
    assert lines == ["name", *(f"P{number:03}" for number in reversed(range(450)))]


def test_a_filter_and_a_workbook(world: World, send: Sending) -> None:
    world.make("product", name="Cheap", list_price="5")
    world.make("product", name="Dear", list_price="5000")
    path, written = send.run("product", condition="list_price > 100", paths="name,list_price", format="xlsx")
    sheet = load_workbook(path).active
    assert written.rows == 1
    assert [cell.value for cell in sheet[2]] == ["Dear", "5000.00 CNY"]


def test_only_what_the_right_to_export_reaches_is_there(world: World, send: Sending) -> None:
    world.make("product", name="P", list_price="5", cost="3")
    with pytest.raises(Forbidden):
        send.rows("product", world.person(5, "rep"))
    (row,) = send.rows("product", world.person(5, "manager"), purpose="transfer", paths="name,cost")
    assert row == {"name": "P", "cost": "3.00 CNY"}


def test_a_field_that_is_not_there_is_named(world: World, send: Sending) -> None:
    with pytest.raises(Invalid, match="Did you mean list_price"):
        send.rows("product", paths="name,list_prise")
    with pytest.raises(Invalid, match="Did you mean transfer"):
        send.rows("product", purpose="transfr")


def test_an_export_stands_in_the_history(world: World, send: Sending) -> None:
    world.make("product", name="P")
    send.run("product")
    with world.database.read() as connection:
        chosen = sa.select(sys_history.c.changes).where(sys_history.c.action == "export")
        assert connection.execute(chosen).scalar_one()["rows"] == [None, 1]
