"""Compiling again what an edit reaches gives exactly what compiling everything gives."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import crm
import everything
import numbers_of_crm
import pytest
import tailor as tailoring
from hypothesis import given, settings
from hypothesis import strategies as st
from tailor import Tailor
from trimmings import EVERY, NAMES_OF_EDITS
from worlds import COMPILER

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.compile.draft import Draft
from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import SartorError
from sartor.platform.publishing.uses.references import Notes, noted
from sartor.platform.registry import Plugin

STARTS = {
    "crm": crm.documents(**numbers_of_crm.DOCUMENTS),
    "everything": everything.documents() | dict(tailoring.start()),
}


def plain(value: Any) -> Any:
    """Everything that a compiled part says, in a form that can be compared."""
    if isinstance(value, Plugin):
        return value.key
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(getattr(value, each.name)) for each in fields(value) if each.name not in ("term", "node")
        }
    if isinstance(value, Mapping):
        return [(key, plain(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    return value if isinstance(value, str | int | bool | None) else str(value) if "0x" not in repr(value) else ""


def told(draft: Draft) -> dict[str, Any]:
    found = {each.name: plain(getattr(draft.model, each.name)) for each in fields(draft.model)}
    found["dependents"] = sorted((key, sorted(users)) for key, users in draft.model.dependents.items())
    found["problems"] = sorted(map(repr, draft.problems))
    found["levels"] = sorted(draft.levels.items())
    found["reaches"] = sorted({(place.key, place.pointer, place.level, target) for place, target in draft.reaches})
    return found


def edited(documents: Mapping[str, Any], what: str, chance: Random) -> dict[str, Any] | None:
    """Documents after an edit; None where it is none, or no definition by itself."""
    tailor = Tailor()
    tailor.chance = chance
    try:
        changes = EVERY[what][1](tailor, documents)
    except (SartorError, KeyError, IndexError):
        return None  # a draft with faults may have nothing to edit there
    if any(each is not None and validate(COMPILER.kinds, key, each) for key, each in changes.items()):
        return None
    return {key: each for key, each in {**documents, **changes}.items() if each is not None}


@pytest.mark.parametrize("start", list(STARTS))
@settings(max_examples=max(5, settings.default.max_examples // 10))
@given(steps=st.lists(st.tuples(st.sampled_from(NAMES_OF_EDITS), st.integers(0, 2**32 - 1)), min_size=3, max_size=8))
def test_what_is_compiled_again_is_what_compiling_everything_gives(start: str, steps: list[tuple[str, int]]) -> None:
    compiler, documents = Compiler(COMPILER.kinds), dict(STARTS[start])
    compiler.draft(documents)
    for what, seed in steps:
        documents = edited(documents, what, Random(seed)) or documents
        again = told(compiler.draft(documents))
        whole = told(compile_draft(documents, COMPILER.kinds, 0))
        for part, expected in whole.items():
            assert again[part] == expected, (what, part)


def test_an_edit_of_one_entity_leaves_the_others_as_they_are() -> None:
    compiler, documents = Compiler(COMPILER.kinds), STARTS["crm"]
    before = compiler.draft(documents).model.entities
    product = {**documents["entity/product"], "description": "What we sell."}
    after = compiler.draft({**documents, "entity/product": product}).model.entities
    assert {name for name in after if after[name] is not before[name]} == {"product"}


def test_a_chain_of_computed_fields_may_be_longer_than_python_can_call() -> None:
    compiler, documents = Compiler(COMPILER.kinds), STARTS["crm"] | chain_of_lookups(200)
    before = compiler.draft(documents)
    first = documents["entity/link_0"]
    fields = {**first["fields"], "depth": {**first["fields"]["depth"], "formula": "2"}}
    most = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 180)
    try:
        after = compiler.draft({**documents, "entity/link_0": {**first, "fields": fields}})
    finally:
        sys.setrecursionlimit(most)
    assert after.problems == []
    assert after.model.entities["link_199"] is not before.model.entities["link_199"]


def chain_of_lookups(length: int) -> dict[str, Any]:
    """Every entity points to the one before it, and counts from what that one has counted."""
    name = {"type": "text", "label": "Name", "order": 1}
    lookup = {"type": "lookup", "label": "Before", "order": 2}
    depth = {"type": "formula", "label": "Depth", "order": 3, "options": {"result": {"type": "integer"}}}
    return {
        f"entity/link_{number}": {
            "label": "Link",
            "title": "name",
            "fields": {
                "name": name,
                "before": {**lookup, "options": {"entity": f"link_{max(0, number - 1)}"}},
                "depth": {**depth, "formula": "before.depth + 1" if number else "1"},
            },
        }
        for number in range(length)
    }


def test_a_fault_is_told_until_it_is_mended() -> None:
    compiler, documents = Compiler(COMPILER.kinds), STARTS["crm"]
    fields_of_product = {**documents["entity/product"]["fields"]}
    list_price = fields_of_product.pop("list_price")
    product = {**documents["entity/product"], "fields": fields_of_product}
    broken = compiler.draft({**documents, "entity/product": product}).problems
    assert [each.file for each in broken] == ["entity/deal_line"]
    assert compiler.draft({**documents, "entity/product": product}).problems == broken
    product = {**product, "fields": {**fields_of_product, "list_price": list_price}}
    assert compiler.draft({**documents, "entity/product": product}).problems == []


def test_a_page_that_leads_through_a_faulty_field_is_told_of_nothing_else() -> None:
    documents = {key: each for key, each in STARTS["crm"].items() if key != "options/industry"}
    told_in = {each.file for each in Compiler(COMPILER.kinds).draft(documents).problems}
    assert told_in == {"entity/account"}


@settings(max_examples=max(3, settings.default.max_examples // 20))
@given(steps=st.lists(st.tuples(st.sampled_from(NAMES_OF_EDITS), st.integers(0, 2**32 - 1)), min_size=3, max_size=6))
def test_every_reference_is_noted_again_as_it_is_noted_at_first(steps: list[tuple[str, int]]) -> None:
    notes, documents = Notes(COMPILER.kinds), dict(STARTS["everything"])
    notes.of(documents)
    for what, seed in steps:
        documents = edited(documents, what, Random(seed)) or documents
        found = sorted(map(repr, notes.of(documents).found))
        assert found == sorted(map(repr, noted(documents, COMPILER.kinds).found)), what
