"""What is wrong with a definition is said in words, in the reader's language, and not in those of schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from sartor.platform.text import has_chinese, use_language

SPOILT = ("entity/account", "view/deal.board", "form/deal.main", "pipeline/deal", "role/rep", "app/crm")
PLAIN_WORDS = ("format", "required", "type", "not", "if", "items", "contains", "properties")
"""Keywords that are words of English, or of the designers, as well."""
TITLED = {"type": "object", "properties": {"test": {"title": "Test"}, "bare": {}}, "required": ["test"]}
SAID: dict[str, tuple[dict[str, Any], Any, str, str]] = {
    "a type": ({"type": "string"}, 5, "A text is needed here, not 5.", "这里需要文本，而不是5。"),
    "one of two types": (
        {"type": ["string", "array"]}, True, "A text or a list is needed here, not true.",
        "这里需要文本或列表，而不是true。"
    ),
    "an object": (
        {"type": "object"}, [1], "A set of named entries is needed here, not a list.",
        "这里需要一组带名称的条目，而不是列表。"
    ),
    "a constant": ({"const": "a"}, "b", "“a” is needed here, not “b”.", "这里需要“a”，而不是“b”。"),
    "a value that is not listed": (
        {"enum": ["red", "no"], "x-texts": {"no": "None"}}, "rde",
        "“rde” is none of these: red, no (None). Did you mean red?",
        "“rde”不是以下任何一项：red、no（无）。是否为 red？"
    ),
    "a name that is called so": (
        {"properties": {"test": {"title": "Order"}}, "additionalProperties": False}, {"Order": 1},
        "“Order” is not known here. Did you mean test (Order)?",
        "此处没有“Order”这一项。是否为 test（顺序）？"
    ),
    "a name that is like none": (
        {"properties": {"test": {"title": "Order"}}, "additionalProperties": False}, {"顺序": 1},
        "“顺序” is not known here. Did you mean test (Order)?", "此处没有“顺序”这一项。是否为 test（顺序）？"
    ),
    "nothing of what there may be": (
        {"properties": {"test": {"title": "Order"}, "b": {}}, "minProperties": 1}, {},
        "One of these is needed: Order, b.", "以下各项至少需要一项：顺序、b。"
    ),
    "an empty text": ({"minLength": 1}, "", "This text needs at least 1 character.", "这段文本至少需要 1 个字符。"),
    "a long text": ({"maxLength": 2}, "abc", "“abc” is longer than 2 characters.", "“abc” 超过了 2 个字符。"),
    "no entries": ({"minProperties": 1}, {}, "At least 1 entry is needed here.", "这里至少需要 1 项。"),
    "many entries": ({"maxItems": 1}, [1, 2], "At most 1 entry fits here.", "这里最多只能有 1 项。"),
    "a small number": ({"minimum": 1}, 0, "0 is less than 1.", "0 小于 1。"),
    "a great number": ({"maximum": 1}, 2, "2 is more than 1.", "2 大于 1。"),
    "an entry twice": ({"uniqueItems": True}, ["a", "a"], "“a” stands here twice.", "“a” 在这里出现了两次。"),
    "a form": ({"pattern": "^a$"}, "b", "“b” has the wrong form.", "“b” 的格式不对。"),
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


WRONG: tuple[Any, ...] = (5, "", "?" * 500, True, [], ["x", "x"], {"x": {}})
KEYWORDS = re.compile("|".join(sorted(set(Draft202012Validator.VALIDATORS) - set(PLAIN_WORDS))))


def test_whatever_is_wrong_is_told_without_a_word_of_schemas() -> None:
    told = [each for key in SPOILT for each in both_tongues(key)]
    assert len(told) > 500
    assert [each for each in told if KEYWORDS.search(each[0]) or not has_chinese(each[1])] == []


def both_tongues(key: str) -> list[tuple[str, str]]:
    """Every sentence about a definition in which one value after another is put wrong."""
    found: list[tuple[str, str]] = []
    for document in spoilt(crm.documents()[key]):
        english = [each.message for each in validate(COMPILER.kinds, key, document)]
        use_language("zh")
        found += zip(english, [each.message for each in validate(COMPILER.kinds, key, document)], strict=True)
        use_language("en")
    return found


def spoilt(value: Any) -> Iterator[Any]:
    """What a value becomes with one of its parts put wrong."""
    yield from WRONG
    for name, part in value.items() if isinstance(value, dict) else ():
        yield from ({**value, name: each} for each in spoilt(part))


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
