"""What may stand on a dashboard, as its palette offers it: reports, metrics, lists, a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sartor.builder.bench import Bench
from sartor.platform.access.grants import designed
from sartor.platform.access.scopes import place_of
from sartor.platform.definitions.compile.reports import metric_sources
from sartor.platform.definitions.documents import Document
from sartor.platform.fields.operators import PERIODS, chosen_from, sought_in
from sartor.platform.model import Entity, Field, Model, Operation
from sartor.platform.reporting.filters import BELOW, ME, MINE, TEAM
from sartor.platform.text import gettext as _
from sartor.platform.text import language, listed, pick

NUMBER, CHART, LIST, TEXT = (3, 2), (6, 5), (4, 5), (6, 2)
"""Columns and rows of a new card."""


def board_shelves(here: Bench) -> list[dict[str, Any]]:
    """Plain data: a title and the items, each with the target as key."""
    text = {"key": "text", "text": _("Text"), "icon": "align-left", "size": TEXT}
    found = [
        {"title": _("Reports"), "items": _sorted(_reports(here))},
        {"title": _("Single numbers"), "items": _sorted(_metrics(here))},
        {"title": _("Lists"), "items": _sorted(_views(here))},
        {"title": _("Words"), "items": [text]},
    ]
    return [shelf for shelf in found if shelf["items"]]


def choice_filters(here: Bench, model: Model, entities: Collection[str]) -> list[dict[str, Any]]:
    """Fields of some entities that a dashboard may be filtered by, with what can be tried of each."""
    found = []
    for entity in (model.entities[name] for name in sorted(entities) if name in model.entities):
        whole = here.documents.get(f"entity/{entity.name}", {})
        for field in here.context.access.readable(entity.name):
            if options := chosen_from(field, language()):
                text = f"{pick(entity.label)} · {pick(field.label)}"
                level = max(each.get("level", "L1") for each in (whole, whole.get("fields", {}).get(field.name, {})))
                name = f"{entity.name}.{field.name}"
                found.append({"name": name, "label": text, "options": options, "level": level})
    return found


def record_filters(here: Bench, model: Model, entities: Collection[str]) -> list[dict[str, Any]]:
    """Lookups of some entities that a dashboard may be filtered by; those that say the same are offered once.

    records: name and label of the entity that is chosen from. short: what people see it called. same: the other fields
    that say so.
    """
    groups: dict[tuple[str, ...], list[Field]] = {}
    for entity in (model.entities[name] for name in sorted(entities) if name in model.entities):
        lookups = list(_lookups(here, model, entity))
        for field in lookups:
            target = model.entities[str(sought_in(field))]
            is_only = sum(sought_in(each) == target.name for each in lookups) == 1
            is_shared = is_only and not target.system and target.name != entity.name
            key = (target.name,) if is_shared else (target.name, entity.name, field.name)
            groups.setdefault(key, []).append(field)
    return [_by_record(here, model, fields) for fields in groups.values()]


def _lookups(here: Bench, model: Model, entity: Entity) -> Iterator[Field]:
    """Fields that name a record which the designer may choose; whose records they are is a filter of its own."""
    access, place = here.context.access, place_of(entity)
    for field in access.readable(entity.name):
        target = sought_in(field)
        is_own = field.system or field.name in (place.owner, place.department)
        if target in model.entities and not is_own and access.may(Operation.READ, str(target)):
            yield field


def _by_record(here: Bench, model: Model, fields: list[Field]) -> dict[str, Any]:
    """Of several fields, the one that is called as what it names goes first: people see what it is called."""
    target = str(sought_in(fields[0]))
    called = pick(model.entity(target).label)
    first, *others = sorted(fields, key=lambda each: pick(each.label) != called)
    owners = listed(pick(model.entity(each.entity).label) for each in fields)
    whole = here.documents.get(f"entity/{first.entity}", {})
    parts = (whole, whole.get("fields", {}).get(first.name, {}), here.documents.get(f"entity/{target}", {}))
    return {
        "name": f"{first.entity}.{first.name}",
        "label": f"{called} ({owners})" if others else f"{owners} · {pick(first.label)}",
        "short": pick(first.label),
        "options": [],
        "records": [target, called],
        "same": [f"{each.entity}.{each.name}" for each in others],
        "level": max(each.get("level", "L1") for each in parts),
    }


def counted(here: Bench, target: str) -> list[str]:
    """The entities whose records a card shows."""
    kind, _slash, name = target.partition("/")
    document = here.documents.get(target, {})
    found = metric_sources(here.documents, name) if kind == "metric" else [document.get("entity")]
    for measure in document.get("measures", {}).values() if kind == "report" else ():
        found += metric_sources(here.documents, measure.get("metric"))
    return sorted({designed(each) for each in found if each})


def board_filters() -> list[dict[str, Any]]:
    """Filters that every dashboard may offer, with what can be tried of each."""
    periods = [[key, pick(each.label)] for key, each in PERIODS.items()]
    whose = [[ME, _("me")], [TEAM, _("me or my reports")]]
    units = [[MINE, _("my department")], [BELOW, _("my department or below")]]
    return [
        {"name": "period", "label": _("Period"), "options": [*periods, ["all", _("all time")]]},
        {"name": "owner", "label": _("Owner"), "options": whose},
        {"name": "department", "label": _("Department"), "options": units},
    ]


def _reports(here: Bench) -> Iterator[dict[str, Any]]:
    charts = here.workspace.extensions.charts
    for name, document in here.of_kind("report"):
        chart = charts[document["chart"]] if document.get("chart") in charts else None
        icon = chart.icon if chart else "report"
        size = NUMBER if chart and chart.dimensions[1] == 0 else CHART
        yield _item(f"report/{name}", document, icon, size)


def _metrics(here: Bench) -> Iterator[dict[str, Any]]:
    for name, document in here.of_kind("metric"):
        yield {**_item(f"metric/{name}", document, "target-arrow", NUMBER), "hint": pick(document.get("definition"))}


def _views(here: Bench) -> Iterator[dict[str, Any]]:
    for name, document in here.of_kind("view"):
        entity = here.documents.get(f"entity/{document.get('entity')}", {})
        owner = pick(entity.get("plural")) or pick(entity.get("label"))
        made = _item(f"view/{name}", document, str(entity.get("icon", "table")), LIST)
        yield {**made, "text": f"{owner} · {made['text']}" if owner else made["text"]}


def _item(key: str, document: Document, icon: str, size: tuple[int, int]) -> dict[str, Any]:
    text = pick(document.get("label")) or key
    level = document.get("level", "L1")
    return {"key": key, "text": text, "icon": icon, "hint": key, "words": key, "size": size, "level": level}


def _sorted(items: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda each: (each["text"].lower(), each["key"]))
