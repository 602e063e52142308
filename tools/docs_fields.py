"""Writes `docs/fields.md`, the table of field types, from what the types declare. A test asserts that it is current.

python tools/docs_fields.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.fields.base import FieldType
from sartor.platform.fields.operators import OPERATORS

PAGE = Path(__file__).parent.parent / "docs" / "fields.md"
GROUPS = {
    "text": "Text",
    "number": "Numbers",
    "time": "Time",
    "choice": "Choices",
    "relation": "Relations",
    "people": "People",
    "computed": "Computed",
}
HEAD = """# Field types

Made by `python tools/docs_fields.py` from the declarations in `platform/fields/` and `plugins/`; do not edit by hand.

An example is the JSON that the API takes and gives for a field with the options shown; ids stand for records. Types
marked *by itself* are in every entity without asking, those marked *computed* are never sent.
"""


def page() -> str:
    """The whole page."""
    types = list(Extensions.installed().fields)
    parts = [HEAD, *overview(types)]
    for group, title in GROUPS.items():
        parts += [f"## {title}\n", *(section(each) for each in members(types, group))]
    return "\n".join(parts)


def overview(types: list[FieldType]) -> Iterator[str]:
    """All types at a glance."""
    yield "| type | English | 中文 | JSON |\n|---|---|---|---|"
    for group in GROUPS:
        for each in members(types, group):
            names = " | ".join((f"[`{each.key}`](#{each.key})", each.label["en"], each.label["zh"]))
            yield f"| {names} | `{inline(each.example)}` |"
    yield ""


def members(types: list[FieldType], group: str) -> list[FieldType]:
    """The types of a group; those that every entity has by itself come last."""
    return sorted((each for each in types if each.group == group), key=lambda each: (each.system, each.key))


def section(kind: FieldType) -> str:
    """One type: names, example, options, filters."""
    marks = [word for word, said in (("computed", kind.computed), ("by itself", kind.system)) if said]
    lines = [f"### {kind.key}", ""]
    lines += [" · ".join([kind.label["en"], kind.label["zh"], *marks]), ""]
    lines += [f"Example: `{inline(kind.example)}`" + example_options(kind), ""]
    lines += [*options_table(kind.options_schema), *filters(kind)]
    return "\n".join(lines)


def example_options(kind: FieldType) -> str:
    return f" with the options `{inline(kind.example_options)}`" if kind.example_options else ""


def inline(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def options_table(schema: dict[str, Any]) -> Iterator[str]:
    rows = list(options(schema))
    if rows:
        yield from ("| option | is | meaning |", "|---|---|---|", *rows, "")


def options(schema: dict[str, Any], before: str = "") -> Iterator[str]:
    """A row for each option; what stands inside another one is named by its path, `*` for any key."""
    for name, part in schema.get("properties", {}).items():
        path = before + name
        needed = " (needed)" if name in schema.get("required", ()) else ""
        yield f"| `{path}`{needed} | {kind_of(part)} | {part['description']} |"
        yield from options(part, path + ".")
        inner = part.get("additionalProperties")
        if isinstance(inner, dict):
            yield from options(inner, f"{path}.*.")


def kind_of(part: dict[str, Any]) -> str:
    """What an option may be: few values are listed, many are not."""
    if "enum" in part:
        few = part["enum"] if len(part["enum"]) <= 12 else [*part["enum"][:3], "…"]
        return ", ".join(f"`{each}`" for each in few) + default(part)
    said = part.get("type", "text or texts by language")
    limits = [f"{word} {part[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in part]
    return " ".join([said if isinstance(said, str) else " or ".join(said), *limits]) + default(part)


def default(part: dict[str, Any]) -> str:
    return f", else `{inline(part['default'])}`" if "default" in part else ""


def filters(kind: FieldType) -> Iterable[str]:
    if kind.operators:
        yield "Filters: " + " · ".join(OPERATORS[key].label["en"] for key in kind.operators) + "."
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
