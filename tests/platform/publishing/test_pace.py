"""How long a plan says that it will take."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa
from workshops import text, with_field

from sartor.platform.publishing import drawn_up
from sartor.platform.publishing.kept_settings import keep, kept
from sartor.platform.publishing.publisher import Publication
from sartor.platform.publishing.steps import converted as convert_steps
from sartor.platform.publishing.steps import indexes as index_steps
from sartor.platform.publishing.values import pace
from sartor.platform.publishing.values.pace import PACE, WRITE, Pace, measured, pace_of
from sartor.platform.publishing.values.refresh import Refresh
from sartor.platform.storage import catalogue


def rate(workshop, kind: str) -> float:
    with workshop.database.read() as connection:
        return pace_of(connection).rates[kind]


def test_a_plan_expects_what_was_measured(workshop, monkeypatch):
    read = catalogue.read

    def many(connection, names):
        return {name: replace(facts, rows=30_000) for name, facts in read(connection, names).items()}

    monkeypatch.setattr(catalogue, "read", many)
    workshop.database.run(lambda work: keep(work, PACE, {"compute": 250.0}))
    twice = {"type": "formula", "label": "Twice", "order": 220, "formula": "name & name",
             "options": {"result": {"type": "text"}}}  # fmt: skip
    plan = workshop.edit(with_field(workshop, "twice", twice))
    seconds = {step.kind: step.as_dict().get("seconds") for step in plan.steps}
    assert (seconds["compute"], seconds["add_field"], plan.seconds) == (120, None, 120)


def test_everybody_waits_for_a_unique_key_of_a_big_table(workshop, monkeypatch):
    read = catalogue.read

    def many(connection, names):
        return {name: replace(facts, rows=catalogue.COUNTED) for name, facts in read(connection, names).items()}

    monkeypatch.setattr(catalogue, "read", many)
    monkeypatch.setattr(drawn_up, "all_rows", lambda *_of: 1_000_000)
    workshop.database.run(lambda work: keep(work, PACE, {"unique": 250_000.0}))
    document = workshop.document("entity/account")
    document["fields"]["phone"]["unique"] = True
    (step,) = [step for step in workshop.edit({"entity/account": document}).steps if step.kind == "unique"]
    assert (step.rows, step.seconds, step.waited_for) == (1_000_000, 4, 4)


def test_each_index_of_a_step_takes_its_time(workshop, monkeypatch):
    monkeypatch.setattr(index_steps, "BIG", 0)
    monkeypatch.setattr(pace, "LEAST", 0)
    monkeypatch.setattr(pace, "SURE", 1)
    workshop.database.run(lambda work: keep(work, PACE, {"index": 0.5}))
    workshop.make("account", name="A")
    view = {"label": "V", "entity": "account", "type": "list", "columns": {"name": {"order": 1}}}
    views = {f"view/account.{name}": {**view, "sort": [name]} for name in ("industry", "founded_on")}
    (step,) = [step for step in workshop.edit(views).steps if step.kind == "index"]
    assert (step.seconds, step.waited_for) == (2 * len(step.job.indexes), 0)
    assert len(step.job.indexes) > 1
    workshop.publish({})
    assert not workshop.background.run()
    assert rate(workshop, "index") > 0.5


def test_what_was_never_measured_is_said_as_a_range(workshop, monkeypatch):
    monkeypatch.setattr(drawn_up, "pace_of", lambda _of: Pace({"compute": 0.1}))
    workshop.make("account", name="A")
    twice = {"type": "formula", "label": "Twice", "order": 220, "formula": "name & name",
             "options": {"result": {"type": "text"}}}  # fmt: skip
    plan = workshop.edit(with_field(workshop, "twice", twice))
    assert (plan.seconds, plan.between, plan.as_dict()["between"]) == (10, (5, 20), [5, 20])
    monkeypatch.setattr(drawn_up, "pace_of", lambda _of: Pace({"compute": 0.1}, {"compute"}))
    assert workshop.publisher.plan().between == (10, 10)


def test_each_sort_of_work_has_a_pace_of_its_own(workshop):
    formula, counted = Refresh("account", ("label_text",)), Refresh("account", ("label_text", "open_deals"))
    all_sorts = (formula, counted, Refresh("account", search=True), Refresh("account", keys=True))
    assert [each.pace(workshop.design.model) for each in all_sorts] == ["compute", "roll_up", "search", "prepare"]


def test_a_new_field_takes_no_time_that_is_worth_saying(workshop):
    assert workshop.edit(with_field(workshop, "nick", text())).seconds == 0


@pytest.mark.parametrize(("rows", "seconds", "expected"), [(20_000, 2.0, 5_500.0), (499, 0.1, 1_000.0)])
def test_the_pace_moves_with_what_is_measured(workshop, rows, seconds, expected):
    workshop.database.run(lambda work: keep(work, PACE, {"compute": 1_000.0}))
    workshop.database.run(lambda work: measured(work, "compute", rows, seconds))
    assert rate(workshop, "compute") == expected


def test_what_does_not_work_on_rows_takes_no_time():
    assert Pace({"compute": 10.0}).seconds("add", 1_000) == 0


def test_a_conversion_takes_what_its_values_took_to_be_tried_and_what_writing_takes():
    assert Pace({WRITE: 100.0}).converting(1_000, 0.01) == 20


def test_publishing_values_that_are_ready_says_nothing_about_the_pace(workshop, monkeypatch):
    monkeypatch.setattr(convert_steps, "BIG", 0)
    monkeypatch.setattr(pace, "LEAST", 0)
    workshop.make("account", name="a", tax_id="7")
    document = workshop.document("entity/account")
    document["fields"]["tax_id"] = {"type": "integer", "label": "Tax id", "order": 30}
    workshop.edit({"entity/account": document})
    assert workshop.publisher.prepare(seconds=60)
    before = rate(workshop, WRITE)
    workshop.publisher.publish(Publication())
    assert rate(workshop, WRITE) == before


def test_nothing_is_kept_of_what_tells_nothing(workshop):
    workshop.database.run(lambda work: measured(work, "compute", 10, 1.0))
    with workshop.database.read() as connection:
        assert kept(connection, PACE) is None


def test_a_plan_for_a_new_field_reads_no_table_whole(workshop):
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text()))
    asked: list[str] = []
    for engine in {workshop.database.engine, workshop.database.reading}:
        sa.event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_more: asked.append(sql))
    workshop.publisher.plan()
    about = [sql for sql in asked if re.search(r"FROM\s+\"?account\b", sql)]
    assert [sql for sql in about if "LIMIT" not in sql.upper()] == []


def test_a_plan_asks_for_what_is_retired_only_where_it_may_come_back(workshop):
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text()))
    asked: list[str] = []
    engine = workshop.database.reading
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_more: asked.append(sql))
    workshop.publisher.plan()
    assert len([sql for sql in asked if "FROM sys_retired" in sql]) <= 2  # columns out of use, and since when
