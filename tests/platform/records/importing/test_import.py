"""Import: rows become records through the writer, and every row is accounted for."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa
from bringing import Bringing
from worlds import World

from sartor.platform.errors import Forbidden, Invalid, NotAllowedHere
from sartor.platform.query.question import Question
from sartor.platform.records.importing import importer
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.history import sys_history

MADE = {"create": 2, "update": 0, "skip": 0, "fail": 0}


def test_rows_become_records_with_history_and_events(world: World, bring: Bringing) -> None:
    found, counts = bring.run("account", bring.file("name,industry,revenue", "A,IT,1200", "B,Retail,"))
    assert counts == MADE
    assert world.names("account", "name") == ["A", "B"]
    with world.database.read() as connection:
        cause = connection.execute(sa.select(sys_history.c.cause).limit(1)).scalar_one()
        events = connection.execute(sa.select(sa.func.count()).select_from(sys_event)).scalar_one()
    assert cause["cause"] == f"import {found.id}"
    assert events == 2


def test_roll_ups_and_formulas_are_right_afterwards(world: World, bring: Bringing, account: str) -> None:
    lines = [f"Deal {number},上海华为技术,100" for number in range(5)]
    bring.run("deal", bring.file("Deal,Account,Amount", *lines))
    found = world.read("account", account, "open_deals", "open_amount")
    assert (found["open_deals"], found["open_amount"]["amount"]) == (5, "500.00")


def test_a_refused_row_leaves_the_others_and_says_why(world: World, bring: Bringing) -> None:
    path = bring.file("name,industry,founded_on", "A,IT,2020-01-01", ",IT,", "C,Mining,", "D,IT,2020-02-31")
    found, counts = bring.run("account", path)
    assert counts == {"create": 1, "update": 0, "skip": 0, "fail": 3}
    reasons = bring.reasons(found)
    assert reasons[3] == "Name is needed."
    assert "“Mining”" in reasons[4]
    assert "2020-02-31" in reasons[5]


def test_a_record_is_found_by_its_key_and_changed(world: World, bring: Bringing) -> None:
    key = world.make("account", name="Old", tax_id="91")
    path = bring.file("name,tax_id", "New,91", "Other,92")
    _found, counts = bring.run("account", path, key="tax_id")
    assert counts == {"create": 1, "update": 1, "skip": 0, "fail": 0}
    assert world.read("account", key, "name", "version") | {"id": 0} == {"id": 0, "name": "New", "version": 2}


def test_records_that_are_there_can_be_left_alone(world: World, bring: Bringing) -> None:
    world.make("account", name="Old", tax_id="91")
    _found, counts = bring.run("account", bring.file("name,tax_id", "New,91"), key="tax_id", on_match="skip")
    assert counts == {"create": 0, "update": 0, "skip": 1, "fail": 0}
    assert world.names("account") == ["Old"]


def test_the_same_file_again_makes_nothing_new_and_counts_no_row_that_it_leaves(world: World, bring: Bringing) -> None:
    path = bring.file("name,tax_id", "A,1", "B,2", "A2,1")
    for expected in ({"create": 2, "update": 1}, {"create": 0, "update": 2, "skip": 1}):
        _found, counts = bring.run("account", path, key="tax_id")
        assert expected.items() <= counts.items()
    assert world.names("account", "name") == ["A2", "B"]


def test_two_records_with_the_key_of_a_row_refuse_it(world: World, bring: Bringing) -> None:
    world.make("account", name="Twin")
    world.make("account", name="twin")
    found, counts = bring.run("account", bring.file("name,industry", "Twin,IT"), key="name")
    assert counts["fail"] == 1
    assert bring.reasons(found)[2] == "2 records have this key; it must be one."


def test_a_blank_cell_changes_nothing_unless_it_shall(world: World, bring: Bringing) -> None:
    key = world.make("account", name="A", tax_id="1", industry="it")
    path = bring.file("tax_id,industry", "1,")
    bring.run("account", path, key="tax_id")
    assert world.read("account", key, "industry")["industry"] == "it"
    bring.run("account", path, key="tax_id", blanks=True)
    assert world.read("account", key, "industry")["industry"] is None


def test_lookups_are_found_by_unique_field_title_or_the_field_asked_for(world: World, bring: Bringing) -> None:
    world.make("account", name="Alpha", tax_id="91")
    path = bring.file("name,account", "One,alpha", "Two,91")
    assert bring.run("deal", path)[1]["create"] == 2
    by = {"name": "name", "account": "account.tax_id"}
    found, counts = bring.run("deal", bring.file("name,account", "Three,91", "Four,Alpha"), columns=by)
    assert (counts["create"], counts["fail"]) == (1, 1)
    assert bring.reasons(found)[3] == "There is no Account 'Alpha'."


def test_a_title_that_several_records_have_is_refused(world: World, bring: Bringing) -> None:
    world.make("account", name="Twin")
    world.make("account", name="Twin")
    found, _counts = bring.run("deal", bring.file("name,account", "One,Twin"))
    assert bring.reasons(found)[2] == "'Twin' names 2 records of Accounts; use a field that is unique."


def test_links_hold_several_records(world: World, bring: Bringing, account: str) -> None:
    for name in ("Ann", "Bob"):
        world.make("contact", name=name, account=account, email=f"{name}@example.com")
    bring.run("deal", bring.file("name,account,contacts", "One,上海华为技术,Ann; Bob"))
    (row,) = world.reader.page(world.system, Question("deal", (("contacts",),))).rows
    assert [each["title"] for each in row["contacts"]] == ["Ann", "Bob"]


def test_a_value_is_given_its_meaning_once(world: World, bring: Bringing) -> None:
    world.make("account", name="GTX Pro")
    values = {"account": {"GTXPro": "GTX Pro"}, "stage": {"Offer": "proposal"}}
    path = bring.file("name,account,stage,amount", "One,GTXPro,Offer,5", "Two,gtxpro,offer,6")
    assert bring.run("deal", path, values=values)[1]["create"] == 2


def test_amounts_bring_their_currency_from_a_column(world: World, bring: Bringing) -> None:
    columns = {"name": "name", "value": "revenue", "currency": "revenue.currency"}
    bring.run("account", bring.file("name,value,currency", 'A,"1,200.50",USD'), columns=columns)
    (row,) = world.reader.page(world.system, Question("account", (("revenue",),))).rows
    assert row["revenue"] == {"amount": "1200.50", "currency": "USD"}


def test_days_are_read_by_the_format_of_their_column(world: World, bring: Bringing) -> None:
    path = bring.file("name,founded_on", "A,12/31/2020", "B,1/2/2021")
    bring.run("account", path)
    rows = world.reader.page(world.system, Question("account", (("founded_on",),))).rows
    assert [row["founded_on"] for row in rows] == ["2020-12-31", "2021-01-02"]


def test_days_that_could_be_either_month_are_asked(bring: Bringing) -> None:
    path = bring.file("name,founded_on", "A,3/4/2020")
    with pytest.raises(Invalid, match="several ways"):
        bring.run("account", path)
    assert bring.run("account", path, dates={"founded_on": "D/M/Y"})[1]["create"] == 1


def test_what_is_no_column_no_field_or_no_key_is_refused_with_the_near_match(bring: Bringing) -> None:
    path = bring.file("name,tax", "A,1")
    with pytest.raises(Invalid, match="Did you mean name"):
        bring.run("account", path, columns={"nam": "name"})
    with pytest.raises(Invalid, match="Did you mean tax_id"):
        bring.run("account", path, columns={"tax": "taxid"})
    with pytest.raises(Invalid, match="No column fills"):
        bring.run("account", path, columns={"name": "name"}, key="tax_id")
    with pytest.raises(Invalid, match="on_match"):
        bring.run("account", path, onmatch="skip")


def test_computed_fields_and_lines_are_not_imported(bring: Bringing) -> None:
    path = bring.file("name,open_deals", "A,1")
    with pytest.raises(Forbidden):
        bring.run("account", path, columns={"name": "name", "open_deals": "open_deals"})
    with pytest.raises(NotAllowedHere):
        bring.run("deal_line", path)


def test_only_who_may_import_imports(world: World, bring: Bringing) -> None:
    path = bring.file("name", "A")
    bring.context = lambda: world.person(5, "seller")
    with pytest.raises(Forbidden):
        bring.run("account", path)
    bring.context = lambda: world.person(5, "manager")
    assert bring.run("account", path)[1]["create"] == 1


def test_rights_that_are_taken_away_meanwhile_end_the_import(
    world: World, bring: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "in_chunks", partial(importer.in_chunks, size=4))
    path = bring.file("name", *(f"A{number}" for number in range(10)))
    found = bring.begin("account", path)
    asked_for = iter(["manager", "manager"])
    bring.context = lambda: world.person(5, next(asked_for, "seller"))
    with pytest.raises(Forbidden):
        bring.importer(found, path).run()
    assert len(bring.entries(found)) % 4 == 0
