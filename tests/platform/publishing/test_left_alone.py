"""Records that publishing could not put into a stage: counted, explained, and tried again."""

import pytest
from workshops import environment

from sartor.platform.publishing.values.left_alone import LeftAlones

STAGES = {
    "new": {"label": "New", "order": 1, "on_enter": {"code": "name"}},
    "done": {"label": "Done", "order": 2, "outcome": "won"},
}


@pytest.fixture
def left(workshop):
    """One account whose first stage cannot be set, one whose can."""
    document = workshop.document("entity/account")
    document["fields"] |= {
        "code": {"type": "text", "label": "Code", "order": 8, "options": {"max_length": 3}},
        "care": {"type": "stage", "label": "Care", "order": 9, "options": {"pipelines": ["care"]}},
    }
    workshop.make("account", name="abc")
    workshop.make("account", name="too long")
    pipeline = {"label": "Care", "entity": "account", "field": "care", "stages": STAGES}
    workshop.publish({"entity/account": document, "pipeline/care": pipeline})
    return workshop


def cares(workshop):
    return dict(workshop.rows("SELECT name, care FROM account"))


def test_those_that_were_refused_are_counted_with_the_reason(left):
    assert cares(left) == {"abc": "new", "too long": None}
    (found,) = LeftAlones(left.models, environment).of("care")
    assert (found.records, "3" in found.why) == (1, True)
    assert cares(left) == {"abc": "new", "too long": None}


def test_another_try_takes_in_whom_nothing_keeps_out_any_more(left):
    alone = LeftAlones(left.models, environment)
    assert alone.again("care") == 0
    left.database.run(
        lambda work: work.connection.exec_driver_sql("UPDATE account SET name = 'xyz' WHERE care IS NULL")
    )
    assert [each.why for each in alone.of("care")] == [""]
    assert alone.again("care") == 1
    assert (cares(left), alone.of("care")) == ({"abc": "new", "xyz": "new"}, [])


def test_a_pipeline_that_takes_in_nobody_leaves_nobody_alone(left):
    left.publish({"pipeline/care": {**left.document("pipeline/care"), "adopts": False}})
    assert LeftAlones(left.models, environment).of("care") == []
