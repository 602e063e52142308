"""What is wrong with a definition is said in words, in the reader's language, and not in those of schemas."""

from __future__ import annotations

from typing import Any

import crm
import pytest
from jsonschema import Draft202012Validator
from worlds import COMPILER

from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.kinds import KINDS
from sartor.platform.definitions.validate import faults, validate
from sartor.platform.errors import InvalidExpression
from sartor.platform.expressions import check
from sartor.platform.expressions.types import BOOLEAN
from sartor.platform.text import use_language

TITLED = {"type": "object", "properties": {"test": {"title": "Test"}, "bare": {}}, "required": ["test"]}
SAID: dict[str, tuple[dict[str, Any], Any, str, str]] = {
    "a type": ({"type": "string"}, 5, "5 is not a text.", "5 不是文本。"),
    "one of two types": (
        {"type": ["string", "array"]}, True, "true is not a text or a list.", "true 不是文本或列表。"
    ),
    "an object": (
        {"type": "object"}, None, "null is not an object with names and values.", "null 不是由名称和值组成的对象。"
    ),
    "a constant": ({"const": "a"}, "b", '"b" is not "a".', '"b" 不是"a"。'),
    "an empty text": ({"minLength": 1}, "", "This text needs at least 1 character.", "这段文本至少需要 1 个字符。"),
    "a long text": ({"maxLength": 2}, "abc", '"abc" is longer than 2 characters.', '"abc" 超过了 2 个字符。'),
    "no entries": ({"minProperties": 1}, {}, "At least 1 entry is needed here.", "这里至少需要 1 项。"),
    "many entries": ({"maxItems": 1}, [1, 2], "At most 1 entry fits here.", "这里最多只能有 1 项。"),
    "a small number": ({"minimum": 1}, 0, "0 is less than 1.", "0 小于 1。"),
    "a great number": ({"maximum": 1}, 2, "2 is more than 1.", "2 大于 1。"),
    "an entry twice": ({"uniqueItems": True}, ["a", "a"], '"a" stands here twice.', '"a" 在这里出现了两次。'),
    "a form": ({"pattern": "^a$"}, "b", '"b" has the wrong form.', '"b" 的格式不对。'),
    "a plugin's rule": ({"multipleOf": 2}, 3, "3 does not fit here.", "3 不适合放在这里。"),
}  # fmt: skip


def said(schema: Any, value: Any = None) -> list[str]:
    return [problem.message for problem in faults(Draft202012Validator(schema), {} if value is None else value)]


def in_chinese(schema: Any, value: Any = None) -> list[str]:
    use_language("zh")
    told = said(schema, value)
    use_language("en")
    return told


def test_what_is_missing_is_called_by_its_title_alone() -> None:
    assert said(TITLED) == ["Test is missing."]
    assert in_chinese(TITLED) == ["缺少 条件。"]


def test_what_has_no_title_is_called_by_its_key() -> None:
    assert said({**TITLED, "required": ["bare"]}) == ["bare is missing."]


@pytest.mark.parametrize("name", SAID)
def test_every_refusal_is_a_sentence_in_both_languages(name: str) -> None:
    schema, value, english, chinese = SAID[name]
    found = [each.message for each in faults(Draft202012Validator(schema), value)]
    use_language("zh")
    translated = [each.message for each in faults(Draft202012Validator(schema), value)]
    use_language("en")
    assert (found, translated) == ([english], [chinese])


def test_the_form_that_is_wanted_is_said_in_the_readers_language() -> None:
    described = {"pattern": "^a$", "description": "Kept for old records, no longer offered."}
    assert in_chinese(described, "b")[0].isascii() is False
    assert "Kept" not in in_chinese(described, "b")[0]


def test_settings_that_a_type_needs_are_named_where_all_are_missing() -> None:
    document = {**crm.documents()["entity/deal"]}
    document["fields"] = {**document["fields"], "account": {"type": "lookup", "label": "Account", "order": 1}}
    told = validate(COMPILER.kinds, "entity/deal", document)
    assert [(each.field, each.message) for each in told] == [("/fields/account", "Entity is missing.")]


def test_no_rule_of_ours_is_left_without_words() -> None:
    """`not` and `dependentRequired` would read as `does not fit here`."""
    used = {word for kind in KINDS for word in constraints(COMPILER.kinds.schema(kind))}
    known = {"properties", "items", "propertyNames", "allOf", "anyOf", "oneOf", "if", "$ref", "required", "enum"}
    known |= {"additionalProperties", "type", "pattern"} | {next(iter(each[0])) for each in SAID.values()}
    assert used - {"multipleOf"} <= known | {"minItems", "maxProperties"}


def constraints(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {word for each in schema for word in constraints(each)}
    if not isinstance(schema, dict):
        return constraints(list(schema.parts.values())) if hasattr(schema, "parts") else set()
    inner = [list(value.values()) if key == "properties" else value for key, value in schema.items()]
    return {key for key in schema if key in Draft202012Validator.VALIDATORS} | constraints(inner)


@pytest.mark.parametrize(("language", "said"), [("en", "a record of “Account”"), ("zh", "“客户”的记录")])
def test_a_record_goes_by_the_label_of_its_entity(language: str, said: str) -> None:
    use_language(language)
    documents = crm.documents()
    documents["entity/account"]["label"] = {"en": "Account", "zh": "客户"}
    with pytest.raises(InvalidExpression) as refused:
        check("account", ModelScope(COMPILER.compile(documents, 1)), "deal", expect=BOOLEAN)
    use_language("en")
    assert said in refused.value.message
