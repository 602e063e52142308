"""Changes of tables."""

import pytest
import sqlalchemy as sa

from sartor.platform.fields.base import ColumnKind
from sartor.platform.storage import steps
from sartor.platform.storage.columns import sa_type
from sartor.platform.storage.steps import (
    AddColumns,
    AddReferences,
    CreateIndex,
    CreateSearch,
    CreateTable,
    DropIndex,
    Fill,
    IndexColumn,
)
from sartor.platform.storage.tables import Reference, Tables


@pytest.fixture
def tables(database, model):
    """The tables of the model, made by steps."""
    tables = Tables(model, database.dialect)
    made = [CreateTable(tables.of(name), references(tables, name)) for name in ("account", "deal")]
    sides = [CreateTable(side) for side in tables.all_members("deal").values()]
    with database.work() as work:
        steps.run(work.connection, [*made, *sides])
    return tables


def references(tables, entity):
    table = tables.of(entity).name
    return [each for each in tables.references(tables.model.entity(entity)) if each.table == table]


def insert(database, table, **values):
    with database.work() as work:
        row = {"id": database.new_id(), "version": 1, **values}
        work.connection.execute(sa.insert(table), row)
    return row["id"]


def do(database, *chosen):
    with database.work() as work:
        return steps.run(work.connection, chosen)


def indexes(database, table):
    return {index["name"]: index for index in sa.inspect(database.engine).get_indexes(table)}


def test_made_tables_have_the_columns_that_were_asked_for(database, tables):
    found = [column["name"] for column in sa.inspect(database.engine).get_columns("deal")]
    assert found == [column.name for column in tables.of("deal").columns]


def test_texts_are_ordered_by_their_bytes(database, tables):
    for name in ("b", "B", "ä", "a", "华"):
        insert(database, tables.of("account"), name=name)
    with database.read() as connection:
        names = connection.execute(sa.text("SELECT name FROM account ORDER BY name")).scalars().all()
    assert names == ["B", "a", "b", "ä", "华"]


def test_a_foreign_key_is_checked_at_commit(database, tables):
    with pytest.raises(sa.exc.IntegrityError) as caught:
        insert(database, tables.of("deal"), name="x", account=12345)
    assert database.violation(caught.value).kind == "foreign_key"
    with database.work() as work:
        work.connection.execute(sa.insert(tables.of("deal")), {"id": 1, "version": 1, "account": 2})
        work.connection.execute(sa.insert(tables.of("account")), {"id": 2, "version": 1})


def test_columns_are_added_to_a_table_with_rows(database, tables):
    number = insert(database, tables.of("deal"), name="x")
    added = [sa.Column("size", sa_type(ColumnKind.INTEGER, 0, database.dialect)), sa.Column("buyer", sa.BigInteger())]
    key = Reference("deal", "buyer", "account")
    more = [AddReferences("deal", [key])] if database.dialect == "postgresql" else []
    do(database, AddColumns("deal", added, [key] if database.dialect == "sqlite" else []), *more)
    with pytest.raises(sa.exc.IntegrityError), database.work() as work:
        work.connection.execute(sa.text(f"UPDATE deal SET size = 3, buyer = 99 WHERE id = {number}"))


def test_names_that_are_words_of_sql_are_quoted(database, tables):
    do(database, AddColumns("deal", [sa.Column("order", sa.Text()), sa.Column("group", sa.Text())]))
    do(database, CreateIndex("deal", [IndexColumn("order"), IndexColumn("group")]))


@pytest.mark.parametrize("descending", [False, True])
def test_an_index_serves_a_list_with_blanks_last(database, tables, descending):
    columns = [IndexColumn("amount", descending), IndexColumn("id")]
    index = CreateIndex("deal", columns, include=("owner",))
    do(database, index)
    for amount in range(2000):
        insert_many(database, tables, amount)
    order = f"amount {'DESC' if descending else 'ASC'} NULLS LAST, id"
    query = f"SELECT id FROM deal WHERE deleted_at IS NULL ORDER BY {order} LIMIT 20"
    assert index.name in plan_of(database, query)


def insert_many(database, tables, amount):
    if amount % 2000:
        return
    with database.work() as work:
        rows = [{"id": n + 1, "version": 1, "amount": n if n % 9 else None} for n in range(2000)]
        work.connection.execute(sa.insert(tables.of("deal")), rows)
        work.connection.execute(sa.text("ANALYZE"))


def plan_of(database, query):
    word = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
    with database.read() as connection:
        return str(connection.execute(sa.text(f"{word} {query}")).all())


def test_a_unique_index_looks_at_live_records_and_its_condition(database, tables):
    do(database, CreateIndex("deal", [IndexColumn("name__fold")], unique=True, where="alone__holds"))
    truth = {"name__fold": "x", "alone__holds": True}
    insert(database, tables.of("deal"), **truth)
    insert(database, tables.of("deal"), **{**truth, "alone__holds": False})
    insert(database, tables.of("deal"), **truth, deleted_at="2026-05-01 00:00:00.000000")
    with pytest.raises(sa.exc.IntegrityError) as caught:
        insert(database, tables.of("deal"), **truth)
    assert database.violation(caught.value).kind == "unique"


def test_an_index_can_go_again(database, tables):
    index = CreateIndex("deal", [IndexColumn("name")])
    do(database, index)
    assert index.name in indexes(database, "deal")
    do(database, DropIndex("deal", index.name))
    assert index.name not in indexes(database, "deal")


def test_names_of_indexes_are_short_and_tell_their_columns_apart():
    long = [IndexColumn("x" * 40), IndexColumn("y" * 40)]
    names = {CreateIndex("t" * 40, long).name, CreateIndex("t" * 40, [long[0], IndexColumn("y" * 40, True)]).name}
    assert len(names) == 2
    assert all(len(name) <= 63 for name in names)


def test_rows_are_filled_batch_by_batch(database, tables):
    insert_many(database, tables, 0)
    written = do(
        database, Fill(tables.of("deal"), ("id",), ("name", "name__fold"), lambda row: (f"N{row[0]}", f"n{row[0]}"))
    )
    assert written == 2000
    with database.read() as connection:
        last = connection.execute(sa.text("SELECT name, name__fold FROM deal WHERE id = 1999")).one()
    assert tuple(last) == ("N1999", "n1999")


def test_a_row_may_be_left_as_it_is(database, tables):
    insert_many(database, tables, 0)
    assert do(database, Fill(tables.of("deal"), ("id",), ("name",), lambda row: ("x",) if row[0] < 11 else None)) == 10


def test_every_step_says_what_it_does(tables):
    deal = tables.of("deal")
    said = [
        CreateTable(deal).describe(),
        AddColumns("deal", [sa.Column("size", sa.Integer())]).describe(),
        AddReferences("deal", [Reference("deal", "buyer", "account")]).describe(),
        CreateIndex("deal", [IndexColumn("name")]).describe(),
        DropIndex("deal", "ix").describe(),
        CreateSearch("deal").describe(),
        Fill(deal, ("name",), ("name__fold",), lambda row: None).describe(),
    ]
    assert all("deal" in line for line in said)
