"""Numbers: metrics defined once, reports made of them, dashboards made of reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.model.formula import Formula
from sartor.platform.text import Label


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """A named number over the records of an entity, or the ratio of two other metrics.

    source: `records`, or `stages` for the stays of a stage field.
    on: the date that puts a record into a period; None for "now".
    definition: what is shown on screen, in the reader's language.
    """

    name: str
    label: Label
    definition: Label
    entity: str | None
    measure: Formula | None
    filter: Formula | None = None
    on: str | None = None
    source: str = "records"
    numerator: str | None = None
    denominator: str | None = None
    minus: str | None = None
    format: str = "number"
    level: str = "L3"


@dataclass(frozen=True, slots=True)
class Dimension:
    """What to group by. `bucket` for dates: day, week, month, quarter, year. `bands` for numbers: where each ends.

    across: its values stand side by side; at most one dimension's do, and it is the last one.
    """

    name: str
    path: tuple[str, ...]
    bucket: str | None = None
    label: Label | None = None
    across: bool = False
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """Either a metric by name, or an aggregate of the report's own entity.

    show: share, share_row, share_column or running, where it is not the number itself that is shown.
    """

    name: str
    metric: str | None = None
    formula: Formula | None = None
    label: Label | None = None
    format: str | None = None
    show: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """`chart` is the chart type object. `period` is a date range expression; `compare` names the one before.

    description: what is shown beside the definitions of its metrics.
    """

    name: str
    label: Label
    chart: Any
    entity: str | None
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    filter: Formula | None = None
    on: str | None = None
    period: str | None = None
    compare: str | None = None
    sort: tuple[str, ...] = ()
    limit: int = 50
    pipeline: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    level: str = "L3"
    description: Label | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A place on the 12-wide grid: `target` is `report/…`, `metric/…` or `view/…`, nothing for a text.

    opens: the dashboard or view that its numbers lead to, instead of to their records.
    """

    name: str
    target: str | None
    x: int
    y: int
    width: int
    height: int
    label: Label | None = None
    text: Label | None = None
    opens: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Dashboard:
    """filters: what it offers: period, owner, department, and fields with choices as `entity.field`."""

    name: str
    label: Label
    cards: tuple[Card, ...]
    filters: tuple[str, ...] = ()
    level: str = "L3"
