"""Definitions as a canvas sends them to be looked at: JSON of a bounded size, nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from sartor.platform.definitions.json_text import strict_json

LARGEST = 500_000


def sent_json() -> Any:
    """What the body says; None for one that is too long or does not say how long it is."""
    return strict_json(request.get_data()) if (request.content_length or LARGEST) < LARGEST else None


def is_map_of_maps(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(each, Mapping) for each in value.values())
