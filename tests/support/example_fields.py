"""A small model in which one field of every type can stand: the entity `deal` with an account, lines and a pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.fields.base import FieldType
from sartor.platform.model import Entity, Field, Model, Outcome, Pipeline, Stage
from sartor.platform.model.model import OptionSet
from sartor.platform.registry import Registry

TYPES: Registry[FieldType] = Extensions.installed().fields
"""Of the house, and of the plugins that are installed."""
HERE = "deal"

DESIGN: Mapping[str, Mapping[str, tuple[str, dict[str, Any]]]] = {
    "user": {"name": ("text", {})},
    "department": {"name": ("text", {})},
    "account": {
        "name": ("text", {"sort_key": True}),
        "parent": ("lookup", {"entity": "account"}),
        "created_at": ("created_at", {}),
    },
    "contact": {"name": ("text", {}), "account": ("lookup", {"entity": "account"})},
    "product": {"name": ("text", {}), "price": ("money", {}), "maker": ("lookup", {"entity": "account"})},
    "deal": {"name": ("text", {}), "amount": ("money", {}), "pipeline": ("text", {}), "created_at": ("created_at", {})},
    "deal_line": {
        "name": ("text", {}),
        "deal": ("lookup", {"entity": "deal"}),
        "product": ("lookup", {"entity": "product"}),
        "amount": ("money", {}),
        "quantity": ("decimal", {"scale": 2}),
        "stars": ("rating", {}),
        "on": ("date", {}),
        "created_at": ("created_at", {}),
    },
}


def make_field(key: str, options: Mapping[str, Any], name: str = "it", entity: str = HERE) -> Field:
    """A field that is not prepared yet."""
    label = {"en": "It", "zh": "它"}
    return Field(name=name, entity=entity, type=TYPES[key], label=label, stored_as=name, options=options)


def make_entity(name: str, extra: tuple[Field, ...] = ()) -> Entity:
    fields = {each: make_field(key, options, each, name) for each, (key, options) in DESIGN[name].items()}
    fields |= {field.name: field for field in extra}
    return Entity(name=name, label=name, plural=name, table=name, title="name", fields=fields)


def make_pipeline(name: str = "deal", **won: Any) -> Pipeline:
    stages = {
        "qualify": Stage("qualify", {"en": "Qualify", "zh": "验证客户"}, 1, dwell_limit=14),
        "proposal": Stage("proposal", {"en": "Proposal", "zh": "方案报价"}, 2),
        "won": replace(Stage("won", {"en": "Won", "zh": "赢单"}, 3, outcome=Outcome.WON), **won),
    }
    return Pipeline(name, HERE, "it", name, stages, (), "qualify")


def make_model(*extra: Field) -> Model:
    """The example model with further fields in the entities that they name."""
    entities = {name: make_entity(name, tuple(each for each in extra if each.entity == name)) for name in DESIGN}
    industries = {"it": {"label": "IT", "order": 1}, "retail": {"label": {"en": "Retail", "zh": "零售"}, "order": 2}}
    return Model(
        revision=1,
        entities=entities,
        options={"industry": OptionSet("industry", "Industry", industries)},
        pipelines={"deal": make_pipeline()},
    )


def prepared(key: str, options: Mapping[str, Any] | None = None, model: Model | None = None, **more: Any) -> Field:
    """A field as a compiled model holds it."""
    field = replace(make_field(key, {} if options is None else options), **more)
    return replace(field, details=field.type.prepare(field, model or make_model(field)))


@cache
def example_field(kind: FieldType) -> Field:
    """The field of which the type's `example` is a value."""
    return prepared(kind.key, kind.example_options)
