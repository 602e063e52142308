"""What is wrong with a definition is said in the words of its panel, not in the keys of its document."""

from jsonschema import Draft202012Validator

from sartor.platform.definitions.validate import faults
from sartor.platform.text import use_language

TITLED = {"type": "object", "properties": {"test": {"title": "Test"}, "bare": {}}, "required": ["test"]}


def said(schema) -> list[str]:
    return [problem.message for problem in faults(Draft202012Validator(schema), {})]


def test_what_is_missing_is_called_by_its_title_alone():
    assert said(TITLED) == ["Test is missing."]
    use_language("zh")
    told = said(TITLED)
    use_language("en")
    assert told == ["缺少 条件。"]


def test_what_has_no_title_is_called_by_its_key():
    assert said({**TITLED, "required": ["bare"]}) == ["bare is missing."]
