"""Which fields a file may fill, what fits which column, and the plan's own choice checked against both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sartor.platform.access.context import Context
from sartor.platform.errors import Forbidden, Invalid, NotAllowedHere, Problem
from sartor.platform.model import Entity, Field, FieldLevel, Operation
from sartor.platform.records.files.errors_file import without_added
from sartor.platform.records.files.mapping import Suggestion, Target, suggest
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.memory.plan import EntityPlan, rollup_of
from sartor.platform.text import did_you_mean, in_all_languages, near, pick
from sartor.platform.text import gettext as _


def require_import(context: Context, plan: ImportPlan) -> Entity:
    """The entity, if the actor may bring records of it in.

    :raises Forbidden: :raises NotFound: :raises NotAllowedHere: for lines, which come with their record.
    """
    entity = context.model.entity(plan.entity)
    if entity.line_of is not None:
        parent = pick(context.model.entity(entity.line_of.parent).label)
        raise NotAllowedHere(_("Lines are written through their %(parent)s.", parent=parent))
    context.access.require(Operation.IMPORT, entity.name)
    if plan.migrate:
        context.access.require_ability("migrate")
    return entity


def fillable(entity: Entity, context: Context, *, migrate: bool) -> list[Field]:
    """The fields that a file may fill, in the order of the entity."""
    return [item for item in entity.fields.values() if _may_fill(item, entity, context, migrate)]


def _may_fill(item: Field, entity: Entity, context: Context, migrate: bool) -> bool:
    if not item.type.in_files or item.type.owns(item) is not None or not EntityPlan.sendable(item):
        return False
    if migrate:
        return item.formula is None and rollup_of(item) is None
    if item.type.computed or item.read_only:
        return False
    return context.access.level(entity.name, item.name) == FieldLevel.WRITE


def suggestions(columns: Sequence[str], entity: Entity, context: Context, *, migrate: bool) -> dict[str, Suggestion]:
    """A field for each column that resembles one."""
    offered = [_target(item, entity) for item in fillable(entity, context, migrate=migrate)]
    subject = [entity.name, *in_all_languages(entity.label), *in_all_languages(entity.plural)]
    return suggest(without_added(columns), offered, subject=subject)


def _target(item: Field, entity: Entity) -> Target:
    return Target(item.name, tuple(in_all_languages(item.label)), item.required, item.name == entity.title)


def chosen_columns(plan: ImportPlan, columns: Sequence[str], entity: Entity, context: Context) -> dict[str, str]:
    """Column -> field path: the plan's own choice; else, for transfer, what the columns say themselves; else the
    suggestions that are sure.

    :raises Invalid: naming a column or a field that is not there, with the near match.
    """
    if plan.columns is None and plan.exact:
        names = {item.name for item in fillable(entity, context, migrate=plan.migrate)}
        return {column: column for column in columns if column.partition(".")[0] in names}
    if plan.columns is None:
        found = suggestions(columns, entity, context, migrate=plan.migrate)
        return {column: each.target for column, each in found.items() if each.sure}
    chosen = {column: path for column, path in plan.columns.items() if path}
    problems = [*_unknown_columns(chosen, columns), *_taken_twice(chosen)]
    if problems:
        raise Invalid(_("The columns cannot be matched like this."), problems)
    return chosen


def _unknown_columns(chosen: Mapping[str, str], columns: Sequence[str]) -> Iterable[Problem]:
    for column in chosen:
        if column not in columns:
            guess = near(column, columns)
            said = _("The file has no column %(column)s.", column=repr(column)) + did_you_mean(guess)
            yield Problem(column, "column", said, guess)


def _taken_twice(chosen: Mapping[str, str]) -> Iterable[Problem]:
    first: dict[str, str] = {}
    for column, path in chosen.items():
        if path in first:
            said = _("%(field)s is filled by %(one)s already.", field=path, one=repr(first[path]))
            yield Problem(column, "twice", said)
        first.setdefault(path, column)


def field_at(path: str, entity: Entity, context: Context, *, migrate: bool) -> tuple[Field, str | None]:
    """The field that a path begins with, and the part or the matching field behind the dot.

    :raises Invalid: for what is not there, with the near match. :raises Forbidden: for what may not be filled.
    """
    name, _dot, part = path.partition(".")
    item = entity.fields.get(name)
    if item is None or (name not in context.access.known(entity.name) and not migrate):
        guess = near(name, [each.name for each in fillable(entity, context, migrate=migrate)])
        said = _("%(entity)s has no field %(name)s.", entity=entity.name, name=name) + did_you_mean(guess)
        raise Invalid(said, [Problem(path, "unknown", said, guess)])
    if not _may_fill(item, entity, context, migrate):
        said = _("%(field)s cannot be filled from a file.", field=pick(item.label))
        raise Forbidden(said, [Problem(path, "read_only", said)])
    if part and item.type.targets(item):
        _require_match(item, part, context)
    return item, part or None


def _require_match(item: Field, part: str, context: Context) -> None:
    for target in item.type.targets(item):
        names = [each.name for each in context.access.readable(target)]
        if part not in names:
            guess = near(part, names)
            said = _("%(entity)s has no field %(name)s.", entity=target, name=part) + did_you_mean(guess)
            raise Invalid(said, [Problem(f"{item.name}.{part}", "unknown", said, guess)])
