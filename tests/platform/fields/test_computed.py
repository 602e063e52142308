"""Stages, automatic numbers, formulas and roll-ups: what is worked out from options and model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import marshmallow as ma
import pytest
from example_fields import TYPES, make_field, make_model, make_pipeline, prepared

from sartor.platform.errors import InvalidDefinition
from sartor.platform.fields import field_types
from sartor.platform.fields.formula import is_stored
from sartor.platform.fields.stage import Staged
from sartor.platform.model import Money


@dataclass(frozen=True)
class Text:
    """A compiled formula as far as fields look at it."""

    text: str
    paths: frozenset[tuple[str, ...]]
    volatile: bool = False
    type: object = None


def problem_of(key, options, model=None):
    with pytest.raises(InvalidDefinition) as caught:
        prepared(key, options, model)
    return caught.value.problems[0]


# ---- stages


def test_a_stage_answers_for_its_outcome_and_chance():
    field = prepared("stage", {"pipelines": ["deal"]})
    kind = field.type
    assert kind.attribute_values(field, "outcome") == {"qualify": "open", "proposal": "open", "won": "won"}
    assert kind.attribute_values(field, "index") == {"qualify": 1, "proposal": 2, "won": None}
    assert kind.attribute(field, Staged("qualify"), "dwell_limit") == 14
    assert kind.attribute_suffix(field, "entered_at") == "__at"


def test_a_stage_is_sent_by_key_and_the_writer_says_since_when(parse):
    field = prepared("stage", {"pipelines": ["deal"]})
    assert parse("stage", "won", pipelines=["deal"]) == Staged("won", None)
    entered = datetime(2026, 5, 1, tzinfo=UTC)
    assert field.type.store(field, Staged("won", entered)) == ("won", entered)
    with pytest.raises(ma.ValidationError, match="Did you mean won"):
        parse("stage", "wonn", pipelines=["deal"])


def two_pipelines(**won):
    model = make_model(make_field("choice", {"choices": {"deal": {"label": "d"}}}, name="which"))
    return replace(model, pipelines={"deal": make_pipeline(), "renewal": make_pipeline("renewal", **won)})


def test_stages_of_two_pipelines_may_share_what_means_the_same():
    field = prepared("stage", {"pipelines": ["deal", "renewal"], "by": "which"}, two_pipelines())
    assert list(field.details.stages) == ["qualify", "proposal", "won"]
    assert field.details.pipeline("renewal") == "renewal"


def test_stages_of_one_key_that_mean_different_things_are_refused():
    problem = problem_of(
        "stage", {"pipelines": ["deal", "renewal"], "by": "which"}, two_pipelines(probability=Decimal("0.5"))
    )
    assert "won" in problem.message


def test_two_pipelines_need_a_field_that_chooses():
    assert problem_of("stage", {"pipelines": ["deal", "renewal"]}, two_pipelines()).field == "/options/by"
    assert problem_of("stage", {"pipelines": ["deel"]}).near == "deal"


# ---- automatic numbers

PARTS = {
    "text": {"order": 1, "kind": "text", "text": "HT"},
    "month": {"order": 2, "kind": "date", "pattern": "yyyyMM", "of": "signed_on"},
    "counter": {"order": 3, "kind": "counter", "digits": 4, "reset": "month", "start": 10, "step": 5},
}


def test_a_number_is_put_together_in_order():
    details = prepared("auto_number", {"parts": PARTS}).details
    values = {("signed_on",): date(2026, 5, 1)}
    assert details.format(values, 7) == "HT2026050007"
    assert (details.start, details.step) == (10, 5)


def test_a_counter_that_is_full_widens():
    details = prepared("auto_number", {"parts": PARTS}).details
    assert details.format({("signed_on",): date(2026, 5, 1)}, 12345) == "HT20260512345"


def test_a_number_falls_back_to_the_day_of_creation_in_the_zone_of_the_workspace():
    details = prepared("auto_number", {"parts": PARTS}).details
    values = {("created_at",): datetime(2026, 4, 30, 17, tzinfo=UTC)}
    assert details.counter_key(values, "Asia/Shanghai") == "2026-05"
    assert details.counter_key(values, "UTC") == "2026-04"


@pytest.mark.parametrize(
    ("reset", "key"),
    [("never", ""), ("year", "2026"), ("month", "2026-01"), ("week", "2026-W01"), ("day", "2026-01-01")],
)
def test_a_counter_starts_again_with_its_period(reset, key):
    parts = {"n": {"kind": "counter", "reset": reset}}
    details = prepared("auto_number", {"parts": parts}).details
    assert details.counter_key({("created_at",): date(2026, 1, 1)}) == key


def test_a_number_has_exactly_one_counter():
    assert "not 0" in problem_of("auto_number", {"parts": {"a": {"kind": "text", "text": "A"}}}).message
    assert problem_of("auto_number", {"parts": {**PARTS, "a": {"kind": "text"}}}).field == "/options/parts/a/text"


# ---- formulas


def test_a_formula_is_a_field_of_its_result_type():
    field = prepared("formula", {"result": {"type": "money", "options": {"currency": "CNY"}}})
    assert field.face.type is TYPES["money"]
    assert [column.suffix for column in field.type.columns(field)] == ["", "__cur"]
    assert field.type.from_operand(field, Decimal("1.005")) == Money(Decimal("1.005"), "CNY")
    dump = field.type.dump_wire(field)
    assert dump is not None
    assert dump("1.500", "CNY") == {"amount": "1.50", "currency": "CNY"}


def test_what_is_worked_out_when_it_is_read_is_dumped_with_the_decimals_of_its_type():
    field = prepared("formula", {"result": {"type": "money", "options": {"currency": "CNY"}}})
    field = replace(field, details=replace(field.details, stored=False))
    dump = field.type.dump_wire(field)
    assert dump is not None
    assert dump("1.5") == {"amount": "1.50", "currency": "CNY"}


def test_a_title_that_is_computed_keeps_a_sort_key():
    field = prepared("formula", {"result": {"type": "text"}, "sort_key": True})
    assert "__sort" in [column.suffix for column in field.type.columns(field)]


@pytest.mark.parametrize("key", ["nonsense", "rollup", "tags", "children"])
def test_a_result_is_one_value_that_is_not_computed_itself(key):
    options = {"entity": "deal_line", "lookup": "deal"} if key == "children" else {}
    assert problem_of("formula", {"result": {"type": key, "options": options}}).field == "/options/result/type"


def formula_field(text, *paths, volatile=False, name="it"):
    field = make_field("formula", {"result": {"type": "decimal"}}, name=name)
    return replace(field, formula=Text(text, frozenset(paths), volatile))


def test_a_formula_over_its_own_row_is_stored():
    field = formula_field("amount * 2", ("amount",), ("amount", "currency"))
    assert is_stored(field, make_model(field))


def test_a_formula_through_a_lookup_or_over_the_clock_is_not():
    lookup = make_field("lookup", {"entity": "account"}, name="account")
    through = formula_field("account.name", ("account", "name"))
    volatile = formula_field("today() - created_at", ("created_at",), volatile=True)
    assert not is_stored(through, make_model(lookup, through))
    assert not is_stored(volatile, make_model(volatile))


def test_a_formula_over_one_that_is_not_stored_is_not_stored():
    inner = formula_field("now()", ("created_at",), volatile=True, name="inner")
    outer = formula_field("inner + 1", ("inner",))
    assert not is_stored(outer, make_model(inner, outer))


# ---- roll-ups


def over_lines(**options):
    return {"over": "deal_line", "by": "deal", **options}


@pytest.mark.parametrize(
    ("options", "result"),
    [
        ({"function": "count"}, "integer"),
        ({"function": "sum", "of": "amount"}, "money"),
        ({"function": "avg", "of": "stars"}, "decimal"),
        ({"function": "max", "of": "on"}, "date"),
        ({"function": "distinct", "of": "product"}, "integer"),
        ({"function": "mode", "of": "product.maker"}, "lookup"),
        ({"function": "last", "of": "name", "order": "on"}, "text"),
        ({"function": "median", "of": "quantity"}, "decimal"),
    ],
)
def test_the_result_of_a_roll_up_follows_from_what_it_takes(options, result):
    field = prepared("rollup", over_lines(**options))
    assert field.face.type is TYPES[result]
    assert field.details.stored


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"function": "sum"}, "/options/of"),
        ({"function": "sum", "of": "name"}, "/options/of"),
        ({"function": "sum", "of": "amuont"}, "/options/of"),
        ({"function": "max", "of": "name.x"}, "/options/of"),
        ({"function": "count", "by": "product"}, "/options/by"),
        ({"function": "count", "over": "deal_lines"}, "/options/over"),
        ({"function": "first", "of": "name", "order": "when"}, "/options/order"),
    ],
)
def test_a_roll_up_that_cannot_work_is_refused_at_its_option(options, place):
    assert problem_of("rollup", over_lines() | options).field == place


def test_a_roll_up_over_itself_is_refused():
    a = make_field("rollup", {"over": "contact", "by": "account", "function": "max", "of": "b"}, "a", "account")
    b = make_field("rollup", {"over": "account", "by": "parent", "function": "max", "of": "a"}, "b", "account")
    a = replace(a, options={**a.options, "over": "account", "by": "parent"})
    with pytest.raises(InvalidDefinition, match="depends on itself"):
        a.type.prepare(a, make_model(a, b))


def test_limits_of_what_is_added_up_do_not_limit_the_sum():
    most = make_field("integer", {"maximum": 5}, "most", "deal_line")
    field = make_field("rollup", over_lines(function="sum", of="most"))
    details = field.type.prepare(field, make_model(most, field))
    assert details.result.options == {}


def test_a_roll_up_says_what_it_reads():
    field = prepared("rollup", over_lines(function="last", of="name", order="on", filter="amount > 0"))
    condition = Text("amount > 0", frozenset({("amount",)}))
    assert field.type.conditions(field) == {"filter": ("deal_line", "amount > 0")}
    details = field.type.furnish(field, field.details, {"filter": condition})
    assert details.reads == {("name",), ("on",), ("amount",)}
    assert ("deal_line", ("deal",)) in field.type.inputs(replace(field, details=details))


def test_a_registry_gives_its_types_to_one_another():
    types = field_types()
    assert types["formula"].family is types
    assert types["formula"] is not TYPES["formula"]
