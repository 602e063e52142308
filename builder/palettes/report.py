"""What a report can be made of: fields as groupings, sums and conditions, as far as their types allow, and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sartor.builder.palettes.fields import shelves
from sartor.platform.definitions.compile.reports import metric_sources
from sartor.platform.definitions.documents import Document, of_kind
from sartor.platform.fields.operators import OPERATORS, Needs
from sartor.platform.model import Entity, Field, Model
from sartor.platform.text import gettext as _
from sartor.platform.text import language, pick

DATED = ("date", "instant")
WAYS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "sum": ({"en": "Sum", "zh": "合计"}, {"en": "Sum: {}", "zh": "{}合计"}),
    "avg": ({"en": "Average", "zh": "平均"}, {"en": "Average: {}", "zh": "平均{}"}),
    "median": ({"en": "Median", "zh": "中位数"}, {"en": "Median: {}", "zh": "{}中位数"}),
    "min": ({"en": "Least", "zh": "最小"}, {"en": "Least: {}", "zh": "最小{}"}),
    "max": ({"en": "Most", "zh": "最大"}, {"en": "Most: {}", "zh": "最大{}"}),
    "count": ({"en": "How many filled", "zh": "已填数"}, {"en": "With {}", "zh": "已填{}数"}),
    "distinct": ({"en": "How many different", "zh": "去重数"}, {"en": "Different: {}", "zh": "不同{}数"}),
}
"""Ways to make one number of many values: what each is called, and what such a measure is called."""
COUNTED = ("count", "distinct")


def report_shelves(model: Model, documents: Mapping[str, Document], entity: str) -> list[dict[str, Any]]:
    """Shelves of the palette: counts, fields and those behind lookups, metrics."""
    found = model.entities.get(entity)
    own, other = _metrics(documents, entity)
    counting = [_count(), _formula()] if found else []
    made = [{"title": _("Counting"), "items": [*counting, *([_period()] if own or other else [])]}]
    if found:
        made += [_with_uses(model, found, shelf) for shelf in shelves(model, found)]
    made.append({"title": _("Metrics"), "items": own})
    made.append({"title": _("Metrics of others") if found else _("Metrics"), "items": other})
    return [shelf for shelf in made if shelf["items"]]


def _item(key: str, icon: str, text: str, **uses: Any) -> dict[str, Any]:
    return {"key": key, "icon": icon, "text": text, "label": text, "hint": uses.pop("hint", text), **uses}


def _count() -> dict[str, Any]:
    way = {"way": "", "formula": "count()", "format": "number", "labels": {"en": "Records", "zh": "记录数"}}
    return _item("count", "hash", _("Number of records"), measures=[way])


def _formula() -> dict[str, Any]:
    way = {"way": "", "formula": "count()", "format": "number", "labels": {"en": "Formula", "zh": "公式"}}
    return _item("formula", "math-function", _("Formula of your own"), measures=[way])


def _period() -> dict[str, Any]:
    return _item("period", "calendar", _("Date of each metric"), groups=True, dated=True)


def _metrics(documents: Mapping[str, Document], entity: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those over the entity, and the others."""
    own: list[dict[str, Any]] = []
    other: list[dict[str, Any]] = []
    for name, each in sorted(of_kind(documents, "metric"), key=lambda pair: pick(pair[1].get("label")).lower()):
        hint = pick(each.get("definition")) or name
        text = pick(each.get("label")) or name
        item = _item(f"metric:{name}", "target-arrow", text, metric=name, hint=hint, words=name)
        sources = {source.partition("@")[0] for source in metric_sources(documents, name)}
        (own if entity in sources else other).append(item)
    return own, other


# ---- fields


def _with_uses(model: Model, entity: Entity, shelf: dict[str, Any]) -> dict[str, Any]:
    items = []
    for item in shelf["items"]:
        field = _field(model, entity, item["key"])
        uses = _uses(model, field, item["key"]) if field else {}
        if uses:
            items.append({**item, **uses})
    return {**shelf, "items": items}


def _field(model: Model, entity: Entity, dotted: str) -> Field | None:
    here = entity
    found: Field | None = None
    for step in dotted.split("."):
        found = here.fields.get(step)
        targets = found.type.targets(found) if found else ()
        here = model.entities.get(next(iter(targets)), here) if len(targets) == 1 else here
    return found


def _uses(model: Model, field: Field, path: str) -> dict[str, Any]:
    """What a field can be used for; nothing for one that a report has no use for."""
    face = field.face
    one = bool(face.type.columns(face)) and not face.type.members(face)
    kind = face.type.expression_type(face, model)
    condition = _first_condition(face, path)
    found: dict[str, Any] = {
        "groups": one,
        "dated": one and kind.name in DATED,
        "bands": _bands(face) if one and kind.number else [],
        "measures": list(_measures(model, field, path)) if one else [],
        "condition": condition,
    }
    return found if one or condition else {}


def _first_condition(face: Field, path: str) -> str:
    """What a filter on the field says before it was told anything; empty for one without filters."""
    offered = [OPERATORS[key] for key in ("is_not_blank", *face.type.operators) if key in face.type.operators]
    found = next((each for each in offered if each.needs is Needs.NOTHING), None)
    return found.expression(path, ()) if found else f"{path} is not blank" if offered else ""


def _bands(face: Field) -> list[str]:
    """Where bands may begin with; what suits the numbers is for people to say."""
    return ["0.25", "0.5", "0.75"] if face.type.widget == "percent" else ["1000", "10000", "100000"]


def _measures(model: Model, field: Field, path: str) -> Iterator[dict[str, Any]]:
    face = field.face
    ways = [*face.type.aggregates, *(("median",) if "avg" in face.type.aggregates else ()), *COUNTED]
    for way in (each for each in WAYS if each in ways):
        inner = path if way in COUNTED else _summed(model, face, path)
        english, chinese = (WAYS[way][1][each].format(pick(field.label, each)) for each in ("en", "zh"))
        yield {
            "way": way,
            "text": pick(WAYS[way][0], language()),
            "formula": f"{way}({inner})",
            "format": "number" if way in COUNTED else _format(model, face),
            "labels": {"en": english, "zh": chinese},
        }


def _has_currency(model: Model, face: Field) -> bool:
    return "currency" in face.type.expression_type(face, model).attributes


def _summed(model: Model, face: Field, path: str) -> str:
    """Amounts of several currencies are added up in that of the workspace."""
    return f"base({path})" if _has_currency(model, face) and not face.options.get("currency") else path


def _format(model: Model, face: Field) -> str:
    if _has_currency(model, face):
        return "money"
    return "percent" if face.type.widget == "percent" else "number"
