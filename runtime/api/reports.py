"""Metrics, reports and dashboards: the same numbers as on the pages, with the address of the records behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.charts.base import ChartTable, Point
from sartor.platform.model import SEVERAL
from sartor.platform.reporting.answers import CardAnswer, ReportAnswer
from sartor.platform.reporting.filters import COMPARE, Filters
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.workspace import Serving
from sartor.runtime.answers import answer
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.shapes import COUNT, TEXT, closed, nullable, opened
from sartor.runtime.gate import context, serving

PERIOD = Parameter("period", "`this_month`, `last(90)`, `2026-Q2`, `2026-01-01/2026-03-31`; `all` for no period.")
OWNER = Parameter("owner", "Ids of people, `me`, or `team` (the reader and everybody below).")
DEPARTMENT = Parameter("department", "Ids (with those below), `mine`, or `below` (the reader's own and those below).")
COMPARED = Parameter("compare", "What numbers are compared with.", {"enum": [*COMPARE, "none"]})
GROUP = Parameter("group", "A field to group by, dates in buckets: `owner`, `period:month`.")
CHOICES = Parameter("choices", "Fields with choices: `account.industry=it,energy`; more of them after a semicolon.")
CHOSEN = (PERIOD, OWNER, DEPARTMENT, COMPARED, CHOICES)

CODE = {**TEXT, "description": f"Of an amount. {SEVERAL}: of several currencies, which is no number: `value` is null."}
CELL = closed({"value": nullable(TEXT), "text": TEXT, "records": TEXT, "currency": CODE}, "value", "text")
ROWS = {"type": "array", "items": {"type": "array", "items": CELL}}
HEADING = opened({"name": TEXT, "label": TEXT, "measure": {"type": "boolean"}, "format": TEXT}, "name", "label")
SAID = {"type": "array", "items": closed({"label": TEXT, "text": TEXT}, "label", "text")}
REPORT = opened(
    {
        "name": TEXT,
        "label": TEXT,
        "chart": TEXT,
        "as_of": TEXT,
        "headings": {"type": "array", "items": HEADING},
        "rows": ROWS,
        "definitions": SAID,
        "closed": {**SAID, "description": "Numbers that are not open to the reader, and who could open them."},
        "notes": {"type": "array", "items": TEXT},
        "unmoved": {"type": "array", "items": TEXT, "description": "Chosen filters that narrow nothing in it."},
        "left_out": {**COUNT, "description": "Groups beyond the limit."},
        "subtotals": {
            "type": "array",
            "items": closed({"after": COUNT, "cells": {"type": "array", "items": CELL}}, "after", "cells"),
            "description": "Rows that sum up the groups of the first dimension, each behind the number of a row.",
        },
        "figure": nullable({"type": "object", "description": "Plotly data and layout."}),
        "error": nullable(TEXT),
    },
    "name", "label", "chart", "as_of", "headings", "rows", "definitions", "closed", "notes",
)  # fmt: skip
CARD = opened(
    {"name": TEXT, "label": TEXT, "report": nullable(REPORT), "view": nullable(TEXT), "text": TEXT}, "name", "label"
)
DASHBOARD = closed(
    {
        "name": TEXT,
        "label": TEXT,
        "as_of": TEXT,
        "filters": {"type": "array", "items": TEXT},
        "cards": {"type": "array", "items": CARD},
    },
    "name", "label", "as_of", "filters", "cards",
)  # fmt: skip


@endpoint(api, "GET", "/reports/<name>", signed_in, Says(query=CHOSEN, answer=REPORT))
def get_report(name: str) -> Response:
    """A report as it is for the reader."""
    return answer(report_json(reporter_of(serving()).run(context(), name, filters=_filters())))


@endpoint(api, "GET", "/metrics/<name>", signed_in, Says(query=(GROUP, *CHOSEN), answer=REPORT))
def get_metric(name: str) -> Response:
    """One metric, alone or by a field."""
    found = reporter_of(serving()).metric(context(), name, group=asked()["group"] or None, filters=_filters())
    return answer(report_json(found))


@endpoint(api, "GET", "/dashboards/<name>", signed_in, Says(query=CHOSEN, answer=DASHBOARD))
def get_dashboard(name: str) -> Response:
    """Every card of a dashboard."""
    found = reporter_of(serving()).dashboard(context(), name, _filters(), sparks=False)
    return answer(
        {
            "name": found.name,
            "label": found.label,
            "as_of": moment(found.as_of),
            "filters": found.filters,
            "cards": [card_json(each) for each in found.cards],
        }
    )


@lru_cache(maxsize=4)
def reporter_of(here: Serving) -> Reporter:
    """The reporter of a design; its numbers lead to lists of this API."""
    return Reporter(here, records_of)


def records_of(entity: str, condition: str) -> str:
    query = "?" + urlencode({"filter": condition}) if condition else ""
    return f"{api.url_prefix}/records/{quote(entity)}{query}"


def _filters() -> Filters:
    return Filters.of({each.name: asked()[each.name] for each in CHOSEN})


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def card_json(card: CardAnswer) -> dict[str, Any]:
    place = {name: getattr(card, name) for name in ("name", "label", "x", "y", "width", "height", "view", "text")}
    return place | {"report": report_json(card.report) if card.report else None}


def report_json(found: ReportAnswer) -> dict[str, Any]:
    compared = found.comparison
    return {
        "name": found.name,
        "label": found.label,
        "chart": found.chart,
        "as_of": moment(found.as_of),
        "period": found.period,
        "about": found.about,
        "definitions": [asdict(each) for each in found.definitions],
        "closed": [{"label": each.label, "text": each.reason} for each in found.closed],
        "notes": found.notes,
        "unmoved": found.unmoved,
        "says": found.says,
        "error": found.error,
        "comparison": asdict(compared) | {"before": cell_json(compared.before)} if compared else None,
        "figure": found.figure,
        **table_json(found.table),
    }


def table_json(table: ChartTable | None) -> Mapping[str, Any]:
    if table is None:
        return {"headings": [], "rows": [], "left_out": 0}
    return {
        "headings": [asdict(each) for each in table.headings],
        "rows": _rows(table.rows),
        "left_out": table.left_out,
        "rest": [cell_json(each) for each in table.rest],
        "totals": [cell_json(each) for each in table.totals],
        "subtotals": [{"after": after, "cells": [cell_json(each) for each in row]} for after, row in table.subtotals],
        "previous": _rows(table.previous),
        "previous_label": table.previous_label,
    }


def _rows(rows: tuple[tuple[Point, ...], ...]) -> list[list[dict[str, Any]]]:
    return [[cell_json(each) for each in row] for row in rows]


def cell_json(point: Point) -> dict[str, Any]:
    """The exact number as text, as everywhere in the API."""
    value = point.value
    if isinstance(value, Decimal):
        value = format(value.normalize(), "f")
    more = {"records": point.href, "currency": point.currency}
    return {"value": value, "text": point.text} | {name: each for name, each in more.items() if each}
