"""Shorthands for trying one field type with options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from example_fields import prepared

from sartor.platform.fields.base import Reading

Parse = Callable[..., Any]


@pytest.fixture
def parse() -> Parse:
    """JSON to value: `parse("integer", 5, minimum=1)`."""

    def run(key: str, data: Any, **options: Any) -> Any:
        field = prepared(key, options)
        return field.type.schema_field(field).deserialize(data)

    return run


@pytest.fixture
def read() -> Parse:
    """What people write to value: `read("percent", "15 %")`."""

    def run(key: str, cell: Any, reading: Reading | None = None, **options: Any) -> Any:
        field = prepared(key, options)
        found = field.type.read_text(field, cell, reading or Reading())
        return field.type.schema_field(field).deserialize(found)

    return run
