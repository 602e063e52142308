"""One promise per test, kept by every registered field type. A new type is tested by existing."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import marshmallow as ma
import pytest
from example_fields import HERE, TYPES, example_field, make_model
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.platform.expressions import BOOLEAN, Type, check
from sartor.platform.fields.base import Column, ColumnKind, FieldType, Reading, Wanted
from sartor.platform.fields.clock import wire, zone
from sartor.platform.fields.operators import COUNTS, OPERATORS, PERIODS, Needs, condition
from sartor.platform.fields.refusal import Sentence
from sartor.platform.model import Field, Model
from sartor.platform.ui.pages.widget import KINDS, WIDGET_SETTINGS

LANGUAGES = ("en", "zh")
GROUPS = ("text", "number", "time", "choice", "relation", "people", "computed")
PYTHON = {
    ColumnKind.TEXT: str,
    ColumnKind.INTEGER: int,
    ColumnKind.DECIMAL: Decimal,
    ColumnKind.BOOLEAN: bool,
    ColumnKind.DATE: date,
    ColumnKind.INSTANT: datetime,
    ColumnKind.ID: int,
}

every_type = pytest.mark.parametrize("kind", list(TYPES), ids=lambda kind: kind.key)
in_files = pytest.mark.parametrize("kind", [kind for kind in TYPES if kind.in_files], ids=lambda kind: kind.key)


def to_wire(column: Column, value: Any) -> Any:
    """What reading gives for a stored value, as `ColumnKind` documents it."""
    if column.kind is ColumnKind.DECIMAL and value is not None:
        return format(value.quantize(Decimal(1).scaleb(-column.scale)), "f")
    if column.kind is ColumnKind.INSTANT and value is not None:
        return wire(value)
    return value.isoformat() if isinstance(value, date) else value


def value_of(field: Field, data: Any = None) -> Any:
    return field.type.schema_field(field).deserialize(field.type.example if data is None else data)


def read_back(field: Field) -> tuple[Any, ...]:
    """Wire columns of the example."""
    columns = field.type.columns(field)
    stored = field.type.store(field, value_of(field))
    pairs = zip(columns, stored, strict=True)
    return tuple(to_wire(column, value) for column, value in pairs if not column.shadow)


def without_titles(data: Any) -> Any:
    """What a value looks like when nobody has asked for titles."""
    if isinstance(data, list):
        return [without_titles(each) for each in data]
    return {**data, "title": None} if isinstance(data, dict) and "title" in data else data


def untitled(schema: Any) -> Iterable[str]:
    """Properties that a designer shows by their bare names, in one language."""
    if isinstance(schema, list):
        for each in schema:
            yield from untitled(each)
    if not isinstance(schema, dict) or schema.get("title") == "Label":
        return
    for name, part in schema.get("properties", {}).items():
        if "title" not in part and part.get("x-widget") != "hidden":
            yield name
    for key, part in schema.items():
        yield from untitled(list(part.values()) if key == "properties" else part)


@every_type
def test_options_have_titles_or_are_not_shown(kind: FieldType) -> None:
    assert list(untitled(kind.options_schema)) == []


@every_type
def test_options_are_a_closed_schema_that_explains_itself(kind: FieldType) -> None:
    jsonschema.Draft202012Validator.check_schema(kind.options_schema)
    assert kind.options_schema["additionalProperties"] is False
    assert list(undescribed(kind.options_schema)) == []


def undescribed(schema: dict[str, Any], at: str = "") -> Any:
    """Places of properties without a description."""
    for name, part in schema.get("properties", {}).items():
        if not part.get("description"):
            yield f"{at}/{name}"
        yield from undescribed(part, f"{at}/{name}")
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict):
        yield from undescribed(inner, f"{at}/*")


@every_type
def test_the_example_options_fit_the_schema(kind: FieldType) -> None:
    jsonschema.validate(dict(kind.example_options), kind.options_schema)


@every_type
def test_the_file_is_named_after_the_key(kind: FieldType) -> None:
    assert Path(inspect.getsourcefile(type(kind)) or "").stem == kind.key


@every_type
def test_it_is_labelled_in_both_languages_and_has_its_place(kind: FieldType) -> None:
    assert set(kind.label) == set(LANGUAGES)
    assert all(kind.label.values())
    assert kind.icon
    assert kind.group in GROUPS


@every_type
def test_the_example_is_described_by_its_json_schema(kind: FieldType) -> None:
    field = example_field(kind)
    schema = kind.json_schema(field)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(kind.example, schema)


@every_type
def test_stored_values_fit_their_columns(kind: FieldType) -> None:
    field = example_field(kind)
    stored, columns = kind.store(field, value_of(field)), kind.columns(field)
    members = kind.members(field)
    if members or kind.owns(field):
        columns = tuple(Column("", members.kind) for _each in stored) if members else ()
    for column, value in zip(columns, stored, strict=bool(columns)):
        assert value is None or type(value) is PYTHON[column.kind]


@every_type
def test_the_first_column_is_plain_and_shadows_are_last(kind: FieldType) -> None:
    columns = kind.columns(example_field(kind))
    assert not columns or columns[0].suffix == ""
    assert [column.shadow for column in columns] == sorted(column.shadow for column in columns)
    assert len({column.suffix for column in columns}) == len(columns)


@every_type
def test_the_example_survives_the_database(kind: FieldType) -> None:
    field = example_field(kind)
    if kind.owns(field):
        pytest.skip("lines are stored as records of their own")
    if kind.members(field):
        members = [(each,) for each in kind.store(field, value_of(field))]
        assert kind.load_members(field, members) == value_of(field)
        assert kind.dump_members(field, members) == without_titles(kind.example)
    else:
        assert kind.load(field, *read_back(field)) == value_of(field)


@every_type
def test_json_made_of_wire_columns_is_the_json_of_the_value(kind: FieldType) -> None:
    field = example_field(kind)
    if not kind.columns(field):
        pytest.skip("no columns")
    dump = kind.dump_wire(field)
    columns = read_back(field)
    assert (dump(*columns) if dump else columns[0]) == kind.dump(field, kind.load(field, *columns))
    assert kind.dump(field, value_of(field)) == without_titles(kind.example)


@every_type
def test_titles_that_reading_adds_are_dumped(kind: FieldType) -> None:
    field = example_field(kind)
    if not field.face.type.asks_title or kind.members(field):
        pytest.skip("asks for no title")
    columns = (*read_back(field), kind.example["title"], False)
    dump = kind.dump_wire(field)
    assert dump is not None
    assert dump(*columns) == kind.dump(field, kind.load(field, *columns)) == kind.example
    assert kind.example["title"] in kind.show(field, kind.load(field, *columns), "en")


@every_type
def test_nothing_is_nothing_everywhere(kind: FieldType) -> None:
    field = example_field(kind)
    columns = [column for column in kind.columns(field) if not column.shadow]
    dump = kind.dump_wire(field)
    assert kind.schema_field(field).deserialize(None) is None
    assert not any(each is not None for each in kind.store(field, None)) or kind.owns(field)
    assert kind.dump(field, None) in (None, [])
    assert not columns or kind.load(field, *[None] * len(columns)) is None
    assert dump is None or dump(*[None] * len(columns)) is None
    assert kind.operand(field, None) in (None, ())


@in_files
@pytest.mark.parametrize("exact", [True, False], ids=["transfer", "spreadsheet"])
def test_the_example_survives_a_file(kind: FieldType, exact: bool) -> None:
    field = example_field(kind)
    value = value_of(field)
    cell = kind.write_text(field, value, "transfer" if exact else "spreadsheet", "zh")
    found = kind.read_text(field, cell, Reading(zone=zone().key, language="zh", exact=exact))
    if wanted := [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, Wanted)]:
        assert all(each.targets == kind.targets(field) or len(each.targets) == 1 for each in wanted)
    else:
        assert value_of(field, found) == value


@every_type
def test_the_example_survives_a_form(kind: FieldType) -> None:
    field = example_field(kind)
    value, reading = value_of(field), Reading(zone="Asia/Shanghai", decimal_mark=",")
    texts = kind.write_form(field, value, reading)

    def get(part: str) -> list[str]:
        if isinstance(texts, dict):
            return [texts[part]] if part in texts else []
        return [] if part else [texts] if isinstance(texts, str) else list(texts)

    assert value_of(field, kind.read_form(field, get, reading)) == value


@every_type
def test_an_empty_form_is_nothing_or_no(kind: FieldType) -> None:
    field = example_field(kind)
    for texts in ([], [""], ["  "]):
        assert kind.read_form(field, lambda _part, texts=texts: texts, Reading()) in (None, False, [])


@every_type
def test_people_read_it_in_both_languages(kind: FieldType) -> None:
    field = example_field(kind)
    for language in LANGUAGES:
        assert isinstance(kind.show(field, value_of(field), language), str)
        assert kind.show(field, value_of(field), language)
        assert isinstance(kind.widget_options(field, language), dict)
    assert kind.show(field, None, "en") in ("", "0 lines")


@every_type
def test_its_input_is_one_that_forms_can_draw(kind: FieldType) -> None:
    assert kind.widget in KINDS
    if not kind.computed:
        given = set(kind.widget_options(example_field(kind), "en"))
        assert given <= {*WIDGET_SETTINGS[kind.widget], "options", "targets", "filter"}


@every_type
def test_expressions_know_its_type(kind: FieldType) -> None:
    field = example_field(kind)
    found = kind.expression_type(field, make_model(field))
    assert isinstance(found, Type)
    for name in found.attributes:
        assert kind.attribute_suffix(field, name) is not None or kind.attribute_values(field, name)


@every_type
def test_what_expressions_work_out_becomes_a_value(kind: FieldType) -> None:
    field = example_field(kind)
    operand = kind.operand(field, value_of(field))
    try:
        value = kind.from_operand(field, operand)
    except ValueError:
        assert len(kind.targets(field)) > 1 or kind.owns(field)
    else:
        assert kind.operand(field, value) == operand


@every_type
def test_every_operator_makes_a_condition(kind: FieldType) -> None:
    field = example_field(kind)
    for key in field.face.type.operators:
        operator = OPERATORS[key]
        count = COUNTS[operator.needs][0]
        given = {Needs.PERIOD: next(iter(PERIODS)), Needs.DAYS: 30}.get(operator.needs, one_value(field))
        text = condition(field, "it", key, [given] * count)
        check(text, ModelTypes(make_model(field)), HERE, expect=BOOLEAN)


def one_value(field: Field) -> Any:
    example = field.type.example
    return example[0] if isinstance(example, list) else example


class ModelTypes:
    """What the names of a model are, for checking expressions."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def field(self, entity: str, name: str) -> Type | None:
        found = self.model.entities[entity].fields.get(name)
        return found.type.expression_type(found, self.model) if found else None

    def names(self, entity: str) -> Iterable[str]:
        return self.model.entities[entity].fields

    def labels(self, entity: str) -> Mapping[str, str]:
        return {}

    def called(self, entity: str) -> str:
        return entity

    def function_maps(self) -> dict[str, Any]:
        return {}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
ODD = (
    *("1e400", "\x00", "\ud800", "Ⅻ", "=1+1", "<script>", "0x10", "1_000", "-", "%", "(("),
    *("99999999999999999999", "1,23", "2026-02-30", "2026-05-01 25:00", "[[[", '{"amount": 1}'),
)
cells = anything | st.dates() | st.datetimes() | st.decimals() | st.sampled_from(ODD)
named = st.dictionaries(
    st.sampled_from(["id", "entity", "amount", "currency", "province", "street", "add", "update", "remove"]), anything
)


@every_type
@settings(max_examples=60, deadline=None)
@given(data=anything | named)
def test_any_json_is_parsed_or_refused(kind: FieldType, data: Any) -> None:
    field = example_field(kind)
    try:
        value = value_of(field, data) if data is not None else None
    except ma.ValidationError as error:
        messages = error.messages
    else:
        messages = []
        kind.store(field, value)
        kind.show(field, value, "en")
        kind.dump(field, value)
    assert all(isinstance(message, Sentence) and message.code for message in messages)


@in_files
@settings(max_examples=60, deadline=None)
@given(cell=cells, exact=st.booleans(), mark=st.sampled_from(".,"))
def test_any_cell_is_read_or_refused(kind: FieldType, cell: Any, exact: bool, mark: str) -> None:
    field = example_field(kind)
    reading = Reading(zone="Europe/Berlin", date_format="%d.%m.%Y", decimal_mark=mark, exact=exact)
    refused = ""
    try:
        kind.read_text(field, cell, reading)
    except ValueError as error:
        refused = str(error)
    assert "object at" not in refused
