"""What plainly fits is what jsonschema finds nothing wrong with; where anything is wrong, jsonschema is asked."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.fitting import fits
from sartor.platform.definitions.kinds import Kinds

WRONG = (None, True, 7, 1.5, "", "Not A Name", "x" * 5000, [], ["a", "a"], {}, {"en": 5}, {"other": {}})


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A copy with something else at a place."""
    if not path:
        return other
    made = deepcopy(value)
    here = made
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = other
    return made


@pytest.fixture(scope="module")
def stock() -> Kinds:
    return Kinds(Extensions.stock().seal())


ONE_OF_EACH = sorted({key.split("/")[0]: key for key in sorted(DOCUMENTS)}.values())


@pytest.mark.parametrize("key", ONE_OF_EACH)
def test_a_yes_is_certain(stock, key):
    validator, document = stock.validator(key.split("/")[0]), DOCUMENTS[key]
    for number, place in enumerate(places(document)):
        other = put(document, place, WRONG[number % len(WRONG)])
        if fits(other, validator.schema):
            assert list(validator.iter_errors(other)) == [], place


def test_jsonschema_is_asked_about_few_definitions_without_a_fault(stock):
    asked = [key for key, each in DOCUMENTS.items() if not fits(each, stock.validator(key.split("/")[0]).schema)]
    assert len(asked) <= len(DOCUMENTS) / 10
