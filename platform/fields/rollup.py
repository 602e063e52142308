"""A value computed from the records that point to this one: how many, how much, the first, the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sartor.platform.errors import FollowsFromOther, InvalidDefinition
from sartor.platform.fields.base import ColumnKind
from sartor.platform.fields.choosing import wrong_option
from sartor.platform.fields.pointing import known_entity, refusal_by
from sartor.platform.fields.result import DEEPEST, Computed
from sartor.platform.fields.schemas import closed, entity_name, field_name
from sartor.platform.model import Field, Model
from sartor.platform.model.formula import Formula
from sartor.platform.text import gettext as _
from sartor.platform.text import near

COUNTS = ("count", "distinct")
ARITHMETIC = {"sum": "sum", "avg": "avg", "median": "avg", "min": "min", "max": "max"}
"""For each function that needs it, the aggregate that the type of its field must offer."""

FUNCTIONS = (*COUNTS, *ARITHMETIC, "first", "last", "mode")


@dataclass(frozen=True, slots=True, eq=False)
class RollUp:
    """counts: the entity whose records are taken, by its field `by` that points here.

    of: the path of the value within each. order: the field that says which is first and last; equal ones and `mode`
    are settled by the latest id. filter: which records count. result: the field as one of its result type.
    """

    counts: str
    by: str
    function: str
    of: tuple[str, ...] | None
    order: str
    result: Field
    filter: Formula | None = None
    stored: bool = True

    @property
    def reads(self) -> frozenset[tuple[str, ...]]:
        """Paths from a counted record that the value depends on, besides which record it points to."""
        ordered = {(self.order,)} if self.function in ("first", "last") else set()
        return frozenset(ordered | ({self.of} if self.of else set()) | set(self.filter.paths if self.filter else ()))


class Rollup(Computed):
    key = "rollup"
    label = {"en": "Roll-up", "zh": "汇总"}
    icon = "sum"
    example = 3
    example_options = {"over": "deal_line", "by": "deal", "function": "count"}
    unused = (*Computed.unused, "formula")
    starter = {"function": "count"}
    options_schema = closed(
        {
            "over": entity_name("Over", "Whose records are counted or added up."),
            "by": field_name("By", "Field of those records that points to this one.", of="over"),
            "function": {"enum": list(FUNCTIONS), "title": "Function", "description": "What is worked out."},
            "of": {
                "type": "string",
                "title": "Of",
                "description": "Field of those records, or a path through their lookups; count needs none.",
                "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,4}$",
                "x-widget": "path",
                "x-of": "over",
            },
            "order": field_name("Order", "For first and last: the field that decides; else creation.", of="over"),
            "filter": {
                "type": "string",
                "title": "Filter",
                "description": "Only records for which this is true count.",
                "minLength": 1,
                "maxLength": 4000,
                "x-widget": "condition",
                "x-of": "over",
            },
        },
        "over",
        "by",
        "function",
    )

    def conditions(self, field: Field) -> Mapping[str, tuple[str, str]]:
        return {"filter": (field.options["over"], field.options["filter"])} if "filter" in field.options else {}

    def furnish(self, field: Field, details: RollUp, conditions: Mapping[str, Formula]) -> RollUp:
        return replace(details, filter=conditions.get("filter"))

    def inputs(self, field: Field) -> Iterable[tuple[str, tuple[str, ...]]]:
        plan: RollUp | None = field.details
        if plan is None:
            return []
        return [(plan.counts, path) for path in sorted(plan.reads | {(plan.by,)})]

    def prepare(self, field: Field, model: Model) -> RollUp:
        options = field.options
        self._check(field, model)
        return RollUp(
            counts=options["over"],
            by=options["by"],
            function=options["function"],
            of=tuple(options["of"].split(".")) if "of" in options else None,
            order=options.get("order", "created_at"),
            result=self.result(field, model),
        )

    def _check(self, field: Field, model: Model) -> None:
        over, by = field.options["over"], field.options["by"]
        known_entity(field, model, "over", over)
        fields = model.entities[over].fields
        good = [name for name, each in fields.items() if _points_to(each, field.entity)]
        if by not in good:
            text = _("%(name)s of %(over)s does not point to %(here)s.", name=by, over=over, here=field.entity)
            raise wrong_option(field, "by", text, good[0] if good else None, refusal_by(fields.get(by), model))
        name = field.options.get("order", "created_at")
        if name not in fields:
            text = _("%(over)s has no field %(name)s.", over=over, name=name)
            raise wrong_option(field, "order", text, near(name, fields))

    def result(self, field: Field, model: Model, depth: int = 0) -> Field:
        function = field.options["function"]
        if function == "count" or ("of" not in field.options and function in COUNTS):
            return self.as_type(field, "integer", {}, model)
        if "of" not in field.options:
            raise wrong_option(field, "of", _("%(function)s needs a field to work on.", function=function))
        source = self._source(field, model, depth)
        self._fits(field, source, function)
        if function == "distinct":
            return self.as_type(field, "integer", {}, model)
        if function in ("avg", "median") and source.type.columns(source)[0].kind is ColumnKind.INTEGER:
            return self.as_type(field, "decimal", {"scale": 2}, model)
        return self.as_type(field, source.type.key, _without_limits(source.options), model)

    def _fits(self, field: Field, source: Field, function: str) -> None:
        needed = ARITHMETIC.get(function)
        if (needed and needed not in source.type.aggregates) or not source.type.columns(source):
            said = _("%(function)s cannot be worked out of %(path)s.", function=function, path=field.options["of"])
            raise wrong_option(field, "of", said)

    def _source(self, field: Field, model: Model, depth: int) -> Field:
        """The field at the end of the path, as one of its result type if it is computed itself."""
        if depth > DEEPEST:
            raise wrong_option(field, "of", _("The roll-up %(name)s depends on itself.", name=field.name))
        here, *rest = field.options["of"].split(".")
        found = self._step(field, model, field.options["over"], here)
        for step in rest:
            targets = found.type.targets(found)
            if len(targets) != 1 or found.type.members(found):
                raise wrong_option(field, "of", _("%(step)s is not a field of one record.", step=step))
            found = self._step(field, model, targets[0], step)
        return found.type.result(found, model, depth + 1) if isinstance(found.type, Computed) else found

    def _step(self, field: Field, model: Model, entity: str, name: str) -> Field:
        fields = model.entities[entity].fields if entity in model.entities else {}
        if name not in fields:
            refusal = InvalidDefinition if entity in model.entities else FollowsFromOther
            text = _("%(entity)s has no field %(name)s.", entity=entity, name=name)
            raise wrong_option(field, "of", text, near(name, fields), refusal)
        return fields[name]


def _points_to(field: Field, entity: str) -> bool:
    return entity in field.type.targets(field) and field.type.members(field) is None


def _without_limits(options: Mapping[str, Any]) -> dict[str, Any]:
    """Limits are for what people type: a sum may pass them."""
    return {name: value for name, value in options.items() if name not in ("minimum", "maximum", "sort_key")}
