"""Deleting for good."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from workshops import text, with_field, without_field

from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.retired.purge import Purge
from sartor.platform.publishing.retired.purge_records import RecordPurge
from sartor.platform.storage import catalogue

LATER = datetime.now(UTC) + timedelta(days=1)


def columns(workshop, table):
    return {column["name"] for column in sa.inspect(workshop.database.engine).get_columns(table)}


def purge(workshop):
    found = Purge(workshop.database)
    leftovers = found.leftovers()
    found.drop(leftovers)
    return [(each.table, each.column, each.rows) for each in leftovers]


def test_a_retired_field_goes_with_all_its_columns(workshop):
    workshop.make("account", name="A", tax_id="123")
    workshop.publish(without_field(workshop, "tax_id"))
    assert purge(workshop) == [("account", "tax_id", 1)]
    assert not {"tax_id", "tax_id__fold"} & columns(workshop, "account")
    assert Purge(workshop.database).leftovers() == []


def test_what_is_younger_than_asked_for_stays(workshop):
    workshop.publish(without_field(workshop, "tax_id"))
    found = Purge(workshop.database)
    assert found.leftovers(before=datetime.now(UTC) - timedelta(hours=1)) == []
    assert len(found.leftovers(before=LATER)) == 1


def test_after_a_purge_a_rollback_brings_the_field_back_empty(workshop):
    workshop.make("account", name="A", tax_id="123")
    workshop.publish(without_field(workshop, "tax_id"))
    purge(workshop)
    workshop.rollback(1)
    assert workshop.rows("SELECT tax_id FROM account") == [(None,)]


def test_a_retired_lookup_loses_its_values(workshop):
    field = {"type": "lookup", "label": "Parent", "order": 999, "options": {"entity": "account"}}
    workshop.publish(with_field(workshop, "parent", field))
    parent = workshop.make("account", name="P")
    workshop.make("account", name="C", parent=encode_id(parent))
    workshop.publish(without_field(workshop, "parent"))
    purge(workshop)
    left = "parent" in columns(workshop, "account")
    assert not left or workshop.value("SELECT count(parent) FROM account") == 0


def test_a_retired_side_table_goes(workshop):
    workshop.publish(with_field(workshop, "labels", {"type": "tags", "label": "Labels", "order": 999}))
    side = workshop.design.tables.members(workshop.design.model.field("account", "labels")).name
    workshop.make("account", name="A", labels=["x"])
    workshop.publish(without_field(workshop, "labels"))
    purge(workshop)
    assert not sa.inspect(workshop.database.engine).has_table(side)


def test_a_retired_entity_goes_and_what_pointed_to_it_can_still_be_written(workshop):
    visit = {"label": "Visit", "title": "name", "fields": {"name": text()}}
    field = {"type": "lookup", "label": "Visit", "order": 999, "options": {"entity": "visit"}}
    workshop.publish({"entity/visit": visit, **with_field(workshop, "visit", field)})
    number = workshop.make("visit", name="V")
    workshop.make("account", name="A", visit=encode_id(number))
    workshop.publish({"entity/visit": None, **without_field(workshop, "visit")})
    purge(workshop)
    there = sa.inspect(workshop.database.engine).has_table("visit")
    assert not there or workshop.value("SELECT count(*) FROM visit") == 0
    workshop.make("account", name="B")


# ---- records


@pytest.fixture
def busy(workshop):
    """A deleted account that a contact, a deal, a retired column and a comment know of."""
    field = {"type": "lookup", "label": "Parent", "order": 999, "options": {"entity": "account"}}
    workshop.publish(with_field(workshop, "parent", field))
    gone = workshop.make("account", name="gone", tags=["x"])
    kept = workshop.make("account", name="kept", parent=encode_id(gone))
    workshop.make("contact", name="c", account=encode_id(gone), mobile="13800000000")
    workshop.publish(without_field(workshop, "parent"))
    with workshop.database.work() as work:
        work.connection.execute(
            sa.text("UPDATE account SET deleted_at = '2020-01-01 00:00:00.000000' WHERE id = :id"), {"id": gone}
        )
    return workshop, gone, kept


def test_a_purged_record_leaves_no_pointer_and_no_value_behind(busy):
    workshop, gone, kept = busy
    assert RecordPurge(workshop.models).run(datetime(2021, 1, 1, tzinfo=UTC)) == 1
    assert workshop.rows("SELECT id FROM account") == [(kept,)]
    assert workshop.rows("SELECT account FROM contact") == [(None,)]
    side = workshop.design.tables.members(workshop.design.model.field("account", "tags")).name
    assert workshop.value(f'SELECT count(*) FROM "{side}"') == 0
    assert workshop.value("SELECT count(*) FROM sys_history WHERE record = :id", id=gone) > 0


def test_a_record_that_was_deleted_later_stays(busy):
    workshop, _gone, _kept = busy
    assert RecordPurge(workshop.models).run(datetime(2019, 1, 1, tzinfo=UTC)) == 0


def test_lines_go_with_their_parent(workshop):
    account = workshop.make("account", name="A")
    product = workshop.make("product", name="P")
    lines = [{"product": encode_id(product), "quantity": "1", "unit_price": {"amount": "1", "currency": "CNY"}}]
    workshop.make("deal", name="D", account=encode_id(account), lines=lines)
    with workshop.database.work() as work:
        work.connection.execute(sa.text("UPDATE deal SET deleted_at = '2020-01-01 00:00:00.000000'"))
    RecordPurge(workshop.models).run(LATER, ["deal"])
    assert workshop.value("SELECT count(*) FROM deal_line") == 0
    assert workshop.value("SELECT count(*) FROM sys_stay") == 0


def test_every_column_that_points_somewhere_has_a_full_index(workshop):
    inspector = sa.inspect(workshop.database.engine)
    bare = []
    for table in inspector.get_table_names():
        full = {
            index["column_names"][0]
            for index in inspector.get_indexes(table)
            if not any(name.endswith("where") for name in index.get("dialect_options", {}))
        }
        full |= set(inspector.get_pk_constraint(table)["constrained_columns"][:1])
        keys = [key["constrained_columns"][0] for key in inspector.get_foreign_keys(table)]
        bare += [(table, column) for column in keys if column not in full]
    assert bare == []


def test_a_field_goes_for_good_with_the_indexes_in_the_order_of_its_choices(workshop):
    view = {"label": "V", "entity": "account", "type": "list", "columns": {"name": {"order": 1}}}
    workshop.publish({"view/account.industries": {**view, "sort": ["industry"]}})
    with workshop.database.read() as connection:
        over = catalogue.indexes_over(connection, "account", "industry")
        assert len(over) == 2  # one of them for whoever finds records through their owner
        assert catalogue.indexes_over(connection, "account", "retail") == []
    with workshop.database.work() as work:
        Purge(workshop.database)._drop_field(work, "account", "industry")
    with workshop.database.read() as connection:
        facts = catalogue.read(connection, ["account"])["account"]
    assert not facts.indexes & set(over)
    assert "industry" not in facts.columns
