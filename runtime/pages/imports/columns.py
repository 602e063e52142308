"""The columns of a file beside the fields that they could become."""

from __future__ import annotations

from dataclasses import replace

from sartor.platform.errors import Invalid
from sartor.platform.model import Entity, Field
from sartor.platform.records.files.dates import FORMATS
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.preview import ColumnPreview, FilePreview
from sartor.platform.records.importing.targets import fillable
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.import_ import ColumnMatch
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.runtime.pages.desk import Desk


def guessed(entity: Entity, plan: ImportPlan, preview: FilePreview) -> ImportPlan:
    """The plan that the page proposes while nobody has said anything: the sure suggestions, and those to look at.

    Records are known again by what no two share, where a column is surely that: as new ones they would be refused.
    """
    if plan.columns is not None:
        return plan
    found = {each.column: each.suggestion for each in preview.columns if each.suggestion}
    alone = unshared(entity)
    keys = [each.target for each in found.values() if each.sure and each.target in alone]
    columns = {column: each.target for column, each in found.items()}
    return replace(plan, columns=columns, key=plan.key or tuple(keys[:1]))


def unshared(entity: Entity) -> set[str]:
    """Fields that no two records share."""
    return {name for key in entity.keys if len(key.fields) == 1 and key.condition is None for name in key.fields}


def field_options(desk: Desk, entity: Entity) -> tuple[Option, ...]:
    return tuple(Option(field.name, pick(field.label)) for field in fillable(entity, desk.context, migrate=False))


def column_matches(
    desk: Desk, entity: Entity, preview: FilePreview, refused: Invalid | None
) -> tuple[ColumnMatch, ...]:
    wrong = {problem.field.removeprefix("dates."): problem.message for problem in refused.problems} if refused else {}
    return tuple(_match(desk, entity, at, each, wrong.get(each.column)) for at, each in enumerate(preview.columns))


def _match(desk: Desk, entity: Entity, at: int, each: ColumnPreview, problem: str | None) -> ColumnMatch:
    name, _dot, way = (each.chosen or "").partition(".")
    field = entity.fields.get(name)
    guess = each.suggestion
    chosen = name if field is not None else ""
    return ColumnMatch(
        number=at,
        column=each.column,
        samples=each.samples,
        chosen=chosen,
        sure=bool(guess and guess.sure and guess.target == chosen),
        note=_note(each, chosen),
        problem=problem,
        lookup=_second(desk, at, each, (entity.fields.get(chosen), way)),
    )


def _note(each: ColumnPreview, chosen: str) -> str | None:
    """What a suggestion rests on that is not sure."""
    guess = each.suggestion
    if guess is None or guess.sure or chosen != guess.target:
        return None
    return _("It resembles the name of the field; please look.")


def _second(desk: Desk, at: int, each: ColumnPreview, chosen: tuple[Field | None, str]) -> Widget | None:
    """How a lookup is matched; how a day is written that could be meant in two ways."""
    field, way = chosen
    if field is None:
        return None
    if len(field.type.targets(field)) == 1:
        options = ways_to_match(desk, desk.model.entity(field.type.targets(field)[0]))
        label = _("%(column)s is matched by", column=each.column)
        return Widget(name=f"by[{at}]", label=label, kind="select", value=way, options=options)
    ways = each.guess.formats
    kind = field.type.expression_type(field, desk.model).name
    if kind in ("date", "instant") and len(ways) > 1:
        options = tuple(Option(key, FORMATS[key].example) for key in ways if key in FORMATS)
        label = _("%(column)s is written like", column=each.column)
        value = each.dates or ""
        return Widget(
            name=f"date[{at}]", label=label, kind="select", value=value, options=(Option("", _("Choose")), *options)
        )
    return None


def ways_to_match(desk: Desk, target: Entity) -> tuple[Option, ...]:
    """By its title, or by any field that no two records share."""
    title = Option("", _("by %(field)s", field=pick(target.title_field.label)))
    unique = unshared(target)
    others = [
        Option(field.name, _("by %(field)s", field=pick(field.label)))
        for field in desk.access.readable(target.name)
        if (field.name in unique or field.type.unique) and field.name != target.title and not field.system
    ]
    return (title, *others)


def reading_widgets(desk: Desk, entity: Entity, plan: ImportPlan, preview: FilePreview) -> tuple[Widget, ...]:
    """What is asked beside the columns: the sheet, what tells records apart, what happens to those that are there."""
    widgets = []
    if len(preview.table.sheets) > 1:
        sheets = tuple(Option(name, name) for name in preview.table.sheets)
        widgets.append(
            Widget(
                name="sheet", label=_("Sheet"), kind="select", value=preview.table.sheet or "", options=sheets, span=6
            )
        )
    keys = (Option("", _("Nothing: every row is a new record")), *field_options(desk, entity))
    ways = (
        Option("update", _("is changed")),
        Option("skip", _("stays as it is")),
        Option("create", _("is made once more")),
    )
    key = plan.key[0] if plan.key else ""
    label = _("A record is known again by")
    widgets.append(Widget(name="key", label=label, kind="select", value=key, options=keys, span=6))
    label = _("What is there already")
    widgets.append(Widget(name="on_match", label=label, kind="select", value=plan.on_match, options=ways, span=6))
    return tuple(widgets)
