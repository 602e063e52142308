"""Indexes follow from what published pages ask."""

from dataclasses import replace

import sqlalchemy as sa

from sartor.platform.publishing.steps.indexing import MOST, equal_fields, wanted_indexes
from sartor.platform.query.cursor import Position
from sartor.platform.query.listing import Listing
from sartor.platform.query.question import Question, Term
from sartor.platform.storage import catalogue


def view(entity="deal", **more):
    return {"label": "V", "entity": entity, "type": "list", "columns": {"name": {"order": 1}}, **more}


def wanted(workshop, entity="deal"):
    design = workshop.design
    return wanted_indexes(design.model.entity(entity), design.model, design.tables)


def columns(index):
    return [f"-{column.name}" if column.descending else column.name for column in index.columns]


def all_columns(workshop, entity="deal"):
    return [columns(index) for index in wanted(workshop, entity).indexes if index.table == entity]


def test_a_list_gets_equality_then_sort_then_id(workshop):
    workshop.publish({"view/deal.mine": view(filter="owner = me() and amount > 5", sort=["-close_on"])})
    assert ["owner", "-close_on", "-id"] in all_columns(workshop)


def test_every_index_that_is_wanted_is_there(workshop):
    workshop.publish({"view/deal.mine": view(filter="stage = 'won'", sort=["name"])})
    there = {
        index["name"]
        for name in ("deal", "account")
        for index in sa.inspect(workshop.database.engine).get_indexes(name)
    }
    for entity in ("deal", "account"):
        assert {index.name for index in wanted(workshop, entity).indexes if index.table == entity} <= there


def test_texts_are_sorted_by_their_sort_key(workshop):
    workshop.publish({"view/deal.names": view(sort=["name"])})
    assert ["name__sort", "id"] in all_columns(workshop)


def test_a_board_asks_for_each_lane_apart(workshop):
    assert ["stage", "close_on", "id"] in all_columns(workshop)


def test_whoever_sees_little_finds_it_through_the_owner(workshop):
    assert ["owner", "-amount", "-id"] in all_columns(workshop)


def test_whoever_sees_little_finds_a_lane_through_the_owner_too(workshop):
    assert ["owner", "stage", "close_on", "id"] in all_columns(workshop)


def test_an_index_that_another_one_begins_with_is_left_out(workshop):
    workshop.publish(
        {"view/deal.a": view(filter="stage = 'won'"), "view/deal.b": view(filter="stage = 'won'", sort=["-amount"])}
    )
    assert ["stage", "-amount", "-id"] in all_columns(workshop)
    assert sum(each[0] == "stage" and "-amount" in each for each in all_columns(workshop)) == 1


def test_a_lookup_has_a_full_index_in_the_order_of_its_related_list(workshop):
    related = {"label": "Deals", "kind": "related", "order": 9, "entity": "deal", "lookup": "account"}
    form = {
        "label": "Account",
        "entity": "account",
        "sections": {"s": {"label": "S", "order": 1, "fields": {"name": {"order": 1}}}},
        "tabs": {"deals": {**related, "columns": {"name": {"order": 1}}, "sort": ["-created_at"]}},
    }
    workshop.publish({"form/account.main": form})
    found = next(index for index in wanted(workshop).indexes if columns(index)[0] == "account")
    assert columns(found) == ["account", "-created_at", "-id"]
    assert not found.partial


def test_pages_beyond_the_limit_are_named(workshop):
    fields = ["name", "amount", "close_on", "closed_at", "probability", "loss_reason", "weighted", "discount"]
    sorts = [*fields, *(f"-{name}" for name in fields)]
    views = {f"view/deal.v{n}": {**view(sort=[sort]), "label": f"Page {n}"} for n, sort in enumerate(sorts)}
    plan = workshop.edit(views)
    assert "Deal has enough indexes" in plan.notes[0]
    assert "Page 8" in plan.notes[0]
    workshop.publish({})
    questions = [
        index for index in wanted(workshop).indexes if index.partial and not index.unique and index.table == "deal"
    ]
    assert len(questions) == MOST


def test_indexes_go_with_the_last_page_that_needs_them(workshop):
    workshop.publish({"view/deal.mine": view(sort=["probability"])})
    plan = workshop.edit({"view/deal.mine": None})
    assert [step.kind for step in plan.steps if step.ddl] == ["drop_index"]
    workshop.publish({})
    names = [index["name"] for index in sa.inspect(workshop.database.engine).get_indexes("deal")]
    assert not any("probability" in name for name in names)


def test_only_comparisons_with_one_value_count_as_equality(workshop):
    text = "stage = 'won' and owner = me() and amount > 1 and name != 'x' and (close_on = d'2026-01-01' or amount = 2)"
    workshop.publish({"view/deal.mine": view(filter=text)})
    assert equal_fields(workshop.design.model.views["deal.mine"].filter) == ("stage", "owner")


def test_the_database_uses_the_index_of_a_list(workshop):
    rows = [{"id": n + 1, "version": 1, "amount": n} for n in range(3000)]
    with workshop.database.work() as work:
        work.connection.execute(sa.insert(workshop.design.tables.of("deal")), rows)
        work.connection.execute(sa.text("ANALYZE"))
    word = "EXPLAIN QUERY PLAN" if workshop.database.dialect == "sqlite" else "EXPLAIN"
    sql = "SELECT id FROM deal WHERE deleted_at IS NULL ORDER BY amount DESC NULLS LAST, id DESC LIMIT 50"
    assert "ix_deal_amount_desc" in str(workshop.rows(f"{word} {sql}"))


def test_a_list_by_stages_is_answered_by_an_index_in_their_order_until_that_is_another(workshop):
    workshop.publish({"view/deal.stages": view(sort=["-stage", "name"])})
    stages = ("qualify", "proposal", "won", "lost")
    rows = [{"id": n + 1, "version": 1, "stage": stages[n % 4], "name__sort": str(n)} for n in range(3000)]
    with workshop.database.work() as work:
        work.connection.execute(sa.insert(workshop.design.tables.of("deal")), rows)
        work.connection.execute(sa.text("ANALYZE"))
    (before,) = ranked_indexes(workshop)
    assert before.name in how_read(workshop, Term("stage", descending=True), Term("name"))
    pipeline = workshop.document("pipeline/deal")
    pipeline["stages"]["won"]["order"] = 0
    plan = workshop.edit({"pipeline/deal": pipeline})
    assert {"index", "drop_index"} <= {step.kind for step in plan.steps}
    workshop.publish({})
    (after,) = ranked_indexes(workshop)
    assert after.name != before.name
    assert after.name in how_read(workshop, Term("stage", descending=True), Term("name"))


def test_a_list_by_choices_of_a_set_gets_another_index_when_the_set_is_arranged_anew(workshop):
    workshop.publish({"view/account.industries": view("account", sort=["industry"])})
    (before,) = ranked_indexes(workshop, "account")
    options = workshop.document("options/industry")
    options["choices"]["retail"]["order"] = 0
    workshop.publish({"options/industry": options})
    (after,) = ranked_indexes(workshop, "account")
    assert after.name != before.name
    with workshop.database.read() as connection:
        there = catalogue.read(connection, ["account"])["account"].indexes
    assert after.name in there
    assert before.name not in there


def ranked_indexes(workshop, entity="deal"):
    found = [index for index in wanted(workshop, entity).indexes if index.columns[0].ranks]
    return sorted(found, key=lambda index: len(index.columns))


def how_read(workshop, *sort):
    """What the database says about its way to the second page of a list."""
    question = Question("deal", (("name",),), sort=sort, limit=50)
    listing = Listing(workshop.design.tables, question, workshop.system.access)
    position = Position(("0002", "5"), 7)
    statement = listing.statement(position)
    word = "EXPLAIN QUERY PLAN" if workshop.database.dialect == "sqlite" else "EXPLAIN"
    explained = replace(statement, sql=f"{word} {statement.sql}", wires=())
    return str(workshop.database.fetch(explained, listing.after_values(position)))
