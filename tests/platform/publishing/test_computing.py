"""Stored values are worked out again when a publish changes what they are made from."""

import sqlalchemy as sa
from workshops import text, with_field

from sartor.platform.model.ids import encode_id
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader


def formula(expression, **result):
    return {"type": "formula", "label": "F", "order": 999, "formula": expression,
            "options": {"result": result or {"type": "text"}}}  # fmt: skip


def rollup(**options):
    return {"type": "rollup", "label": "R", "order": 999, "options": options}


def money(amount):
    return {"amount": amount, "currency": "CNY"}


def computed(plan):
    return {step.job.entity: set(step.job.computed) for step in plan.steps if step.kind == "compute"}


def test_a_new_formula_has_values_for_the_records_that_are_there(workshop):
    workshop.make("account", name="A")
    workshop.publish(with_field(workshop, "shout", formula("upper(name)")))
    assert workshop.rows("SELECT shout, shout__fold FROM account") == [("A", "a")]


def test_a_changed_formula_changes_what_is_stored(workshop):
    workshop.make("account", name="A")
    workshop.publish(with_field(workshop, "shout", formula("upper(name)")))
    workshop.publish(with_field(workshop, "shout", formula("name & '!'")))
    assert workshop.value("SELECT shout FROM account") == "A!"


def test_neither_version_nor_date_of_a_record_moves(workshop):
    workshop.make("account", name="A")
    before = workshop.rows("SELECT version, updated_at FROM account")
    workshop.publish(with_field(workshop, "shout", formula("upper(name)")))
    assert workshop.rows("SELECT version, updated_at FROM account") == before


def test_a_formula_that_is_worked_out_when_read_has_no_column(workshop):
    workshop.publish(with_field(workshop, "age", formula("days(today(), founded_on)", type="integer")))
    columns = {column["name"] for column in sa.inspect(workshop.database.engine).get_columns("account")}
    assert "age" not in columns


def test_a_new_roll_up_counts_the_records_that_are_there(workshop):
    account = workshop.make("account", name="A")
    workshop.make("account", name="B")
    for amount in ("1.50", "2"):
        workshop.make("deal", name="D", account=encode_id(account), amount=money(amount))
    options = {"over": "deal", "by": "account", "function": "count"}
    plan = workshop.edit(
        with_field(workshop, "deals", {"type": "rollup", "label": "D", "order": 999, "options": options})
    )
    assert computed(plan) == {"account": {"deals"}}
    workshop.publish({})
    assert workshop.rows("SELECT name, deals FROM account ORDER BY name") == [("A", 2), ("B", 0)]


def test_what_is_made_from_a_changed_formula_follows(workshop):
    account = workshop.make("account", name="A")
    workshop.make("deal", name="D", account=encode_id(account), amount=money("10"), probability="0.5")
    options = {"over": "deal", "by": "account", "function": "sum", "of": "weighted"}
    workshop.publish(
        with_field(workshop, "expected", {"type": "rollup", "label": "E", "order": 999, "options": options})
    )
    document = workshop.document("entity/deal")
    document["fields"]["weighted"]["formula"] = "round(amount * probability * 2, 2)"
    plan = workshop.edit({"entity/deal": document})
    assert computed(plan) == {"deal": {"weighted"}, "account": {"expected"}}
    workshop.publish({})
    assert workshop.value("SELECT expected = weighted FROM account, deal")


def test_a_field_that_becomes_the_title_gets_its_sort_key(workshop):
    workshop.make("contact", name="x", account=encode_id(workshop.make("account", name="A")), mobile="13800000000")
    workshop.publish(with_field(workshop, "nick", text(), entity="contact"))
    with workshop.database.work() as work:
        work.connection.execute(sa.text("UPDATE contact SET nick = '华为', nick__fold = '华为'"))
    document = {**workshop.document("entity/contact"), "title": "nick"}
    plan = workshop.edit({"entity/contact": document})
    assert "companions" in [step.kind for step in plan.steps]
    workshop.publish({})
    assert workshop.value("SELECT nick__sort FROM contact") == "hua wei"


def test_a_field_that_becomes_searchable_is_found(workshop):
    workshop.make("product", name="P")
    table = f"sys_search_{workshop.design.tables.of('product').name}"
    assert table
    document = workshop.document("entity/product")
    document["fields"]["code"] = text(searchable=True)
    workshop.publish({"entity/product": document})
    workshop.make("product", name="Q", code="XK-77")
    document["fields"]["code"]["searchable"] = False
    document["fields"]["name"]["searchable"] = True
    plan = workshop.edit({"entity/product": document})
    assert [step.job.search for step in plan.steps if step.kind == "compute"] == [True]


def test_the_condition_of_a_unique_key_is_judged_for_the_records_that_are_there(workshop):
    workshop.make("account", name="A", tax_id="1")
    workshop.make("account", name="B")
    document = workshop.document("entity/account")
    document["keys"] = {"name_with_tax": {"fields": ["name"], "when": "tax_id is not blank"}}
    workshop.publish({"entity/account": document})
    rows = dict(workshop.rows("SELECT name, name_with_tax__holds FROM account"))
    assert {name: bool(value) for name, value in rows.items()} == {"A": True, "B": False}


def test_a_change_of_a_pipeline_reaches_what_is_made_from_its_stages(workshop):
    account = workshop.make("account", name="A")
    workshop.make("deal", name="D", account=encode_id(account))
    assert workshop.value("SELECT open_deals FROM account") == 1
    pipeline = workshop.document("pipeline/deal")
    pipeline["stages"]["qualify"]["outcome"] = "invalid"
    plan = workshop.edit({"pipeline/deal": pipeline})
    assert computed(plan)["account"] == {"open_amount", "open_deals"}
    workshop.publish({})
    assert workshop.value("SELECT open_deals FROM account") == 0


def test_a_stage_that_records_are_in_does_not_go_unnoticed(workshop):
    account = workshop.make("account", name="A")
    workshop.make("deal", name="D", account=encode_id(account))
    document = workshop.document("options/industry")
    workshop.make("account", name="B", industry="retail")
    del document["choices"]["retail"]
    plan = workshop.edit({"options/industry": document})
    step = next(step for step in plan.steps if step.kind == "choices")
    assert (step.grade, step.rows) == ("lossy", 1)
    assert "Retail" in step.text


def test_what_does_not_fit_is_blank_and_holds_up_no_publish(workshop):
    account = workshop.make("account", name="A")
    for _each in range(2):
        workshop.make("deal", name="D", account=encode_id(account), amount=money("1000"))
    with workshop.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE deal SET amount = amount * 999999999999"))
    options = {"over": "deal", "by": "account", "function": "sum", "of": "amount"}
    workshop.publish(with_field(workshop, "total", rollup(**options)))
    assert workshop.rows("SELECT total, total__cur FROM account") == [(None, None)]


def test_what_is_made_of_amounts_of_several_currencies_is_blank(workshop):
    accounts = [workshop.make("account", name=name) for name in "AB"]
    for account, currency in ((0, "CNY"), (0, "USD"), (1, "USD")):
        amount = {"amount": "2", "currency": currency}
        workshop.make("deal", name="D", account=encode_id(accounts[account]), amount=amount)
    options = {"over": "deal", "by": "account", "function": "sum", "of": "amount"}
    workshop.publish(with_field(workshop, "total", rollup(**options)))
    workshop.publish(with_field(workshop, "later", formula("total + days(today(), today())", type="money")))
    reader = Reader(workshop.database, workshop.design.tables, Cursors(b"secret"))
    found = [reader.record(workshop.system, "account", each, (("total",), ("later",))) for each in accounts]
    assert [each["total"]["currency"] for each in found] == ["XXX", "USD"]
    assert [each["later"] for each in found] == [None, {"amount": "2.00", "currency": "USD"}]
