"""A design as big as a big company's: 300 entities of 40 fields each, with lookups, choices and formulas."""

from __future__ import annotations

from typing import Any

from documents import field

ENTITIES = 300
FIELDS = 40
PLAIN = ("text", "integer", "decimal", "date", "datetime", "yes_no", "email", "long_text")
FORMULAS = (
    "if(integer_1 > 10, 'large', 'small') & ' ' & text_0",
    "decimal_2 * 2 + integer_1",
    "case(integer_1 > 100, 'a', integer_1 > 10, 'b', 'c')",
    "date_3 + 30",
)
TYPES = ("text", "decimal", "text", "date")


def wide_design() -> dict[str, dict[str, Any]]:
    """The documents."""
    return {f"entity/thing_{number}": _entity(number) for number in range(ENTITIES)}


def _entity(number: int) -> dict[str, Any]:
    fields = {f"{PLAIN[n % 8]}_{n}": field(PLAIN[n % 8], f"Field {n}", n) for n in range(FIELDS - 12)}
    for n in range(4):
        target = f"thing_{(number * 7 + n * 31 + 1) % ENTITIES}"
        fields[f"lookup_{n}"] = field("lookup", f"Lookup {n}", 50 + n, options={"entity": target})
        choices = {key: {"label": key.title()} for key in ("red", "green", "blue", "grey")}
        fields[f"choice_{n}"] = field("choice", f"Choice {n}", 60 + n, options={"choices": choices})
        options = {"result": {"type": TYPES[n]}}
        fields[f"formula_{n}"] = field("formula", f"Formula {n}", 70 + n, formula=FORMULAS[n], options=options)
    return {"label": f"Thing {number}", "title": "text_0", "fields": fields}
