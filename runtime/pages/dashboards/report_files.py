"""The numbers of a report as a file for spreadsheets, for who may take records of it away."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.charts.base import ChartTable, Heading, Point
from sartor.platform.errors import Forbidden
from sartor.platform.model import Operation, Report
from sartor.platform.model.model import find
from sartor.platform.records.files.formatting import Purpose, Value
from sartor.platform.records.files.writing import csv_head, csv_line
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.runtime.api.jobs import attachment
from sartor.runtime.gate import route
from sartor.runtime.handlers import TYPES
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.dashboards.filters import chosen
from sartor.runtime.pages.dashboards.report_links import reporter
from sartor.runtime.pages.desk import Desk, desk

PURPOSE: Purpose = "spreadsheet"
PLAIN = ("money", "number")
"""Formats whose numbers a spreadsheet gets as they are; others are written out."""


def file_url(desk: Desk, report: Report, filters: dict[str, str]) -> str:
    """Where the file of a report is; empty for who may not export what it counts."""
    if not all(_may_take(desk, entity) for entity in reporter(desk).entities(report)):
        return ""
    return addresses.with_query(f"{addresses.app(desk.app.name)}/-/report/{report.name}/csv", filters)


def _may_take(desk: Desk, entity: str) -> bool:
    """Whether every record that is counted may be exported, too: numbers are those of all that can be read."""
    access = desk.access
    return access.may(Operation.EXPORT, entity) and (
        access.scope(Operation.EXPORT, entity) == access.scope(Operation.READ, entity)
    )


@route(pages, "/app/<app>/-/report/<name>/csv", signed_in, methods=["GET"])
def report_csv(app: str, name: str) -> Response:
    """Every row with subtotals and totals.

    :raises Forbidden: for who may not export, or where nothing is open. :raises Invalid: for filters that cannot be.
    """
    here = desk(app)
    report = find(here.model.reports, name, "report")
    for entity in sorted(reporter(here).entities(report)):
        here.access.require(Operation.EXPORT, entity)
        if not _may_take(here, entity):
            raise Forbidden(here.access.unreached(Operation.EXPORT, entity).message)
    found = reporter(here).run(here.context, report, filters=chosen(request.args))
    if found.table is None:
        raise Forbidden(" ".join(dict.fromkeys(each.reason for each in found.closed)) or _("Nothing to show"))
    return attachment(_lines(found.table), f"{pick(report.label)}.csv", TYPES["csv"])


def _lines(table: ChartTable) -> Iterator[bytes]:
    yield csv_head([each.label for each in table.headings], PURPOSE)
    for row in table.all_rows:
        cells = zip(row, table.headings, strict=True)
        yield csv_line([_value(point, heading) for point, heading in cells], PURPOSE)


def _value(point: Point, heading: Heading) -> Value:
    if point.value is None and heading.measure and not point.currency:
        return ""
    if isinstance(point.value, Decimal) and heading.format in PLAIN:
        return Decimal(format(point.value.normalize(), "f"))
    return point.text
