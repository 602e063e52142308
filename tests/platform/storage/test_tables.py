"""The tables of a model."""

from dataclasses import replace

from sartor.platform.model import Model
from sartor.platform.storage.tables import Reference, Tables

SYSTEM = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"]


def test_a_table_holds_system_columns_then_those_of_its_fields(model):
    names = [column.name for column in Tables(model, "sqlite").of("account").columns]
    assert names == [*SYSTEM, "name", "name__fold"]


def test_an_owned_table_has_owner_and_department_and_a_truth_for_each_conditional_key(model):
    names = [column.name for column in Tables(model, "sqlite").of("deal").columns]
    assert names[7:] == [
        "owner", "department", "name", "name__fold", "amount", "amount__cur", "account", "alone__holds",
    ]  # fmt: skip


def test_columns_are_found_by_field_and_suffix(model):
    tables, amount = Tables(model, "postgresql"), model.field("deal", "amount")
    assert tables.column(amount, "__cur").name == "amount__cur"
    assert [column.name for column in tables.columns(amount)] == ["amount", "amount__cur"]


def test_many_values_live_in_a_table_at_the_side(model):
    tables = Tables(model, "sqlite")
    tags, rivals = tables.members(model.field("deal", "tags")), tables.members(model.field("deal", "rivals"))
    assert [column.name for column in tags.primary_key] == ["record", "folded"]
    assert [column.name for column in rivals.primary_key] == ["record", "value"]
    assert len(tags.name) < 63


def test_foreign_keys_are_known_by_physical_names(model):
    tables = Tables(model, "sqlite")
    rivals = tables.members(model.field("deal", "rivals")).name
    tags = tables.members(model.field("deal", "tags")).name
    assert tables.references(model.entity("deal")) == [
        Reference("deal", "account", "account"),
        Reference(tags, "record", "deal"),
        Reference(rivals, "record", "deal"),
        Reference(rivals, "value", "account"),
    ]


def test_a_table_is_reused_while_its_columns_stay_the_same(model):
    tables = Tables(model, "sqlite")
    account = replace(model.entity("account"), label="Customer")
    fields = {key: field for key, field in model.entity("deal").fields.items() if key != "tags"}
    changed = Model(2, {"account": account, "deal": replace(model.entity("deal"), fields=fields)})
    after = Tables(changed, "sqlite", previous=tables)
    assert after.of("account") is tables.of("account")
    assert after.of("deal") is not tables.of("deal")
