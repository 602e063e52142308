"""Nobody compares a field's type with a string: what differs between types is a method of the type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from sources import Source, dotted, files, sources

# JSON Schema's own words for types, which definitions and option schemas use beside ours.
JSON_TYPES = {"array", "boolean", "integer", "null", "number", "object", "string"}
EXEMPT = {
    "platform/fields/*": "the types themselves",
    "platform/expressions/*": "the types of the language, which are not the fields'",
}


def field_types() -> frozenset[str]:
    """The keys that the modules of `platform/fields` declare."""
    rooms = [source for source in sources() if source.matches("platform/fields/*.py")]
    return frozenset(key for source in rooms for key in declared_keys(source))


def declared_keys(source: Source) -> Iterator[str]:
    """`money` where a class says `key = "money"`."""
    classes = (node for node in source.nodes if isinstance(node, ast.ClassDef))
    for node in (inner for cls in classes for inner in cls.body if isinstance(inner, ast.Assign)):
        if [dotted(target) for target in node.targets] == ["key"] and isinstance(node.value, ast.Constant):
            yield node.value.value


def comparisons(source: Source, keys: frozenset[str]) -> Iterator[ast.AST]:
    """`x.type == "money"`, `x.type.key in ("money", …)`, `document["type"] != "money"`, `match x.type`."""
    for node in source.nodes:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(is_type(side) for side in sides) and any(keys & constants(side) for side in sides):
                yield node
        if isinstance(node, ast.Match) and is_type(node.subject):
            yield node


def is_type(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "type" or (node.attr == "key" and is_type(node.value))
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "type"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == "type"
    return False


def constants(node: ast.AST) -> set[object]:
    return {inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)}


def test_no_field_type_is_compared_with_a_string():
    ours = field_types() - JSON_TYPES
    others = [source for source in sources() if not source.matches(*EXEMPT)]
    found = [source.where(node) for source in others for node in comparisons(source, ours)]
    assert found == [], "give the field type a method or an attribute for what differs, and ask it"


def test_no_template_compares_a_field_type_with_a_word():
    compared = re.compile(r"""\btype(?:\.key)?\s*(?:[=!]=|(?:not\s+)?in\b)\s*[\[(]?\s*["'](\w+)""")
    ours = field_types() - JSON_TYPES
    told = [(path, each) for path in files(".html") for each in compared.findall(path.read_text("utf-8"))]
    assert [found for found in told if found[1] in ours] == []
    assert compared.findall("{% if c.type != 'lookup' or d.type in ('money', x) %}") == ["lookup", "money"]


@pytest.mark.parametrize("code", ["f.type == 'money'", "f.type.key in ('money', 'x')", "d['type'] != 'money'"])
def test_a_comparison_is_noticed(code, written):
    assert list(comparisons(written(code), frozenset({"money"})))


@pytest.mark.parametrize("code", ["token.type == 'NUMBER'", "schema['type'] == 'object'", "f.type.money"])
def test_innocent_code_passes(code, written):
    assert not list(comparisons(written(code), frozenset({"money"})))
