"""A report that lost what its chart groups by: other ways to group it, one number, or no report any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, of_kind
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import parts_of
from sartor.platform.errors import Problem
from sartor.platform.linting.finding import Edit, Fix, both
from sartor.platform.model import Entity, Field, Model
from sartor.platform.publishing.uses.mending import is_drawn_without
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

OFFERED = 3
"""Other dimensions that are offered: those that most reports of the entity have."""
PARTS = ("dimensions", "sort", "options", "limit")
"""What a single number has nothing of."""
Holds = Callable[[str, Document], bool]


def lost_group(documents: Documents, kinds: Kinds, problem: Problem) -> str | None:
    """The dimension that is wrong, where its report is no such picture without it."""
    key, parts = problem.file or "", parts_of(problem.field)
    if not key.startswith("report/") or parts[:1] != ("dimensions",) or len(parts) < 2:
        return None
    return None if is_drawn_without(documents[key], parts[1], kinds) else parts[1]


def ways_on(documents: Documents, model: Model, problem: Problem, gone: str, holds: Holds) -> Iterator[Fix]:
    """What was probably meant comes first. holds: whether a report can be so."""
    key = problem.file or ""
    report, meant = documents[key], problem.near
    others = sorted(_others(documents, model, report, gone), key=lambda field: field.name != meant)
    grouped = ((field, _grouped_by(report, gone, field)) for field in others)
    found = ((field, each) for field, each in grouped if holds(key, each))
    for field, each in islice(found, OFFERED):
        yield Fix(both(partial(_by, field)), (Edit(key, "", each),), f"by_{field.name}")
    if holds(key, number := _as_number(report)):
        yield Fix(both(_numbers if number["chart"] == "table" else _number), (Edit(key, "", number),), "number")


def _others(documents: Documents, model: Model, report: Document, gone: str) -> list[Field]:
    """Fields to group by instead, the usual ones first."""
    entity = model.entities.get(report.get("entity", ""))
    if entity is None:
        return []
    uses = Counter(name for each in _reports_of(documents, entity) for name in each.get("dimensions", {}))
    there = {gone, *report["dimensions"]}
    fields = [each for each in entity.fields.values() if each.name not in there and _tells_apart(each, model)]
    return sorted(fields, key=lambda field: -uses[field.name])


def _reports_of(documents: Documents, entity: Entity) -> list[Document]:
    return [each for _name, each in of_kind(documents, "report") if each.get("entity") == entity.name]


def _tells_apart(field: Field, model: Model) -> bool:
    """Whether its values are few and the same again and again."""
    return bool(field.type.expression_type(field, model).sets or field.name == "owner")


def _grouped_by(report: Document, gone: str, field: Field) -> dict[str, Any]:
    part = report["dimensions"][gone]
    kept = {name: part[name] for name in ("order", "across", "level") if name in part}
    others = {name: each for name, each in report["dimensions"].items() if name != gone}
    return {**_unsorted(report, gone), "dimensions": {**others, field.name: kept}}


def _unsorted(report: Document, gone: str) -> dict[str, Any]:
    """The report without an order by what is gone."""
    order = [each for each in report.get("sort", ()) if each.lstrip("-") != gone]
    bare = {name: each for name, each in report.items() if name != "sort"}
    return {**bare, "sort": order} if order else bare


def _as_number(report: Document) -> dict[str, Any]:
    """One number, or a row of several."""
    measures: Mapping[str, Any] = report["measures"]
    plain = {name: {key: each for key, each in part.items() if key != "show"} for name, part in measures.items()}
    chart = "number" if len(measures) == 1 else "table"
    return {**{name: each for name, each in report.items() if name not in PARTS}, "chart": chart, "measures": plain}


def _by(field: Field) -> str:
    return _("Group by %(field)s instead", field=pick(field.label))


def _number() -> str:
    return _("Keep it as one number")


def _numbers() -> str:
    return _("Keep it as a row of numbers")
