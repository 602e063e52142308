"""What stands above the level of its blueprint is installed, but inert."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import crm
import pytest
from worlds import COMPILER, open_world

from sartor.platform.definitions.compile.active import ENTRY_MAPS
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import KINDS, Kinds
from sartor.platform.errors import Invalid
from sartor.platform.model import Model


def leveled(level: str) -> dict[str, Any]:
    """The small CRM with a blueprint at a level, an L2 field with a rule, and an L2 entity and view."""
    documents = crm.documents()
    documents["blueprint/small"] = {"label": "Small", "version": "1.0.0", "level": level, "origin": "small"}
    account = documents["entity/account"] = deepcopy(documents["entity/account"])
    account["fields"]["credit"] = crm.field(
        "money", "Credit", 200, required=True, level="L2", origin="small", default="5"
    )
    documents["entity/quote"] = {
        "label": "Quote", "title": "name", "level": "L2", "origin": "small",
        "fields": {"name": crm.field("text", "Name", 10, required=True)},
    }  # fmt: skip
    documents["view/quote.all"] = {
        "label": "Quotes", "entity": "quote", "type": "list", "level": "L2", "origin": "small", "columns": {"name": {}},
    }  # fmt: skip
    return documents


def compiled(level: str) -> Model:
    return COMPILER.compile(leveled(level), 1)


def test_what_is_above_the_level_keeps_its_columns_and_loses_its_rules() -> None:
    credit = compiled("L1").entities["account"].fields["credit"]
    assert (credit.inert, credit.required, credit.default) == (True, False, None)


def test_a_definition_above_the_level_is_not_there() -> None:
    assert "quote.all" not in compiled("L1").views
    assert "quote.all" in compiled("L2").views


def test_a_draft_in_effect_is_at_the_level_of_what_is_published() -> None:
    assert "quote.all" in COMPILER.draft(leveled("L1")).model.views
    assert "quote.all" not in COMPILER.draft_in_effect(leveled("L1")).model.views


def test_an_entity_above_the_level_keeps_its_table() -> None:
    assert compiled("L1").entities["quote"].inert
    assert not compiled("L2").entities["quote"].inert


def test_nobody_meets_an_inert_field(tmp_path: Any) -> None:
    world = open_world(f"sqlite:///{tmp_path / 'a.db'}", leveled("L1"))
    world.make("account", name="A")
    assert "credit" not in [field.name for field in world.person(1, "manager").access.readable("account")]
    with pytest.raises(Invalid, match="not saved"):
        world.make("account", name="B", credit="1")


def test_a_level_one_rule_may_not_refer_to_a_level_two_field() -> None:
    documents = leveled("L2")
    documents["entity/account"]["checks"] = {
        "rich": {"test": "credit > 0", "message": {"en": "No credit.", "zh": "无额度。"}}
    }
    assert [problem.code for problem in COMPILER.check(documents)] == ["level"]


def test_whatever_a_schema_gives_a_level_is_left_out_above_it() -> None:
    kinds = Kinds(Extensions.stock().seal())
    found = set().union(*(set(_maps_with_levels(kinds.schema(kind))) for kind in KINDS))
    assert found - ENTRY_MAPS == {"choices", "fields", "stages"}, "active.py has a way of its own for these"


def _maps_with_levels(schema: Any) -> Iterator[str]:
    """Names of maps whose entries may stand in a level."""
    if isinstance(schema, list):
        for each in schema:
            yield from _maps_with_levels(each)
    elif isinstance(schema, dict):
        for name, each in schema.get("properties", {}).items():
            entry = each.get("additionalProperties") if isinstance(each, dict) else None
            if isinstance(entry, dict) and "level" in entry.get("properties", {}):
                yield name
        for each in schema.values():
            yield from _maps_with_levels(each)
