"""Parents with a roll-up of every function over what their children hold, and the same worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sartor.platform.definitions.system import system_documents

EVERY = ("sum", "avg", "median", "min", "max", "first", "last", "mode", "distinct")
OF = {
    "amount": EVERY,
    "quantity": EVERY,
    "stars": EVERY,
    "on": ("min", "max", "first", "last", "mode", "distinct"),
    "word": ("first", "last", "mode", "distinct"),
}
PLACES = {"amount": 2, "quantity": 2, "stars": 2}
SEVERAL = {"amount": None, "currency": "XXX"}

Child = Mapping[str, Any]
"""Its values as sent, with `id` and `created`: its place among all that were made."""


def _field(kind: str, place: int, **options: Any) -> dict[str, Any]:
    return {"type": kind, "label": kind, "order": place, "options": options}


def _rollup(place: int, **options: Any) -> dict[str, Any]:
    return _field("rollup", place, over="child", by="parent", **options)


def documents() -> dict[str, Any]:
    pairs = [(function, of) for of, functions in OF.items() for function in functions]
    rollups = {f"{function}_{of}": _rollup(n, function=function, of=of) for n, (function, of) in enumerate(pairs, 10)}
    rollups["how_many"] = _rollup(5, function="count")
    rollups["sum_of_kept"] = _rollup(6, function="sum", of="quantity", filter="kept and quantity > 0")
    rollups["latest_word"] = _rollup(7, function="last", of="word", order="on")
    fields = {
        "parent": _field("lookup", 1, entity="parent"), "amount": _field("money", 2), "on": _field("date", 4),
        "quantity": _field("decimal", 3, scale=2), "stars": _field("integer", 5), "word": _field("text", 6),
        "kept": _field("yes_no", 7),
    }  # fmt: skip
    name = {"type": "text", "label": "Name", "order": 1}
    return system_documents() | {
        "entity/parent": {"label": "Parent", "title": "name", "fields": {"name": name, **rollups}},
        "entity/child": {"label": "Child", "title": "word", "fields": fields},
    }


def by_hand(children: Iterable[Child]) -> dict[str, Any]:
    """Every roll-up of one parent as JSON, of its living children."""
    rows = sorted(children, key=lambda each: each["created"])
    found: dict[str, Any] = {"how_many": len(rows)}
    for of, functions in OF.items():
        found |= {f"{function}_{of}": _worked_out(function, of, rows) for function in functions}
    kept = [each for each in (Decimal(row["quantity"] or 0) for row in rows if row["kept"]) if each > 0]
    found["sum_of_kept"] = _said(sum(kept), 2) if kept else None
    dated = sorted((row for row in rows if row["on"]), key=lambda row: row["on"])
    found["latest_word"] = dated[-1]["word"] if dated else None
    return found


def _worked_out(function: str, of: str, rows: list[Child]) -> Any:
    if function in ("first", "last"):
        return rows[0 if function == "first" else -1][of] if rows else None
    values = [row[of] for row in rows if row[of] is not None]
    if function == "distinct":
        return len({str(value).casefold() for value in values})
    if not values:
        return None
    if function == "mode":
        return _mode(values)
    return _of_money(function, values) if of == "amount" else _of_numbers(function, of, values)


def _mode(values: list[Any]) -> Any:
    keys = [str(value) for value in values]
    counts = Counter(keys)
    best = max(counts, key=lambda key: (counts[key], len(keys) - keys[::-1].index(key)))
    return values[keys.index(best)]


def _of_money(function: str, values: list[Any]) -> Any:
    currencies = {value["currency"] for value in values}
    if len(currencies) > 1:
        return SEVERAL
    places = 0 if currencies == {"JPY"} else 2
    made = _number(function, [Decimal(value["amount"]) for value in values])
    return {"amount": _said(made, places), "currency": currencies.pop()}


def _of_numbers(function: str, of: str, values: list[Any]) -> Any:
    if of == "on" or (of == "stars" and function not in ("avg", "median")):
        return {"min": min, "max": max, "sum": sum}[function](values)
    return _said(_number(function, [Decimal(value) for value in values]), PLACES[of])


def _number(function: str, values: list[Decimal]) -> Decimal:
    ordered = sorted(values)
    if function == "avg":
        return sum(values, Decimal(0)) / len(values)
    if function == "median":
        return (ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2
    return {"min": min, "max": max, "sum": sum}[function](ordered)


def _said(number: Decimal, places: int) -> str:
    return format(Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
