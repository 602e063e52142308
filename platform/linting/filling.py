"""Whether a person has to type a field: it is required, and nothing else fills it in."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.model import CopyUp, Entity, Field, Form, Item, LineTable, Model, SetOn


def is_typed(entity: Entity, field: Field, model: Model) -> bool:
    """Whether a new record needs this field from whoever makes it."""
    return field.required and not field.read_only and not _fills_itself(entity, field, model)


def is_typed_at_times(entity: Entity, field: Field, model: Model) -> bool:
    """Whether a record needs it from somebody as soon as a condition holds."""
    if field.required or field.required_if is None or field.read_only:
        return False
    return not _fills_itself(entity, field, model) and not _is_entered(entity, field, model)


def is_shut(entity: Entity, field: Field, model: Model) -> bool:
    """Whether every record needs it, nobody may type it, and nothing else fills it in."""
    if not field.required or not field.read_only or _is_entered(entity, field, model):
        return False
    return not _fills_itself(entity, field, model)


def _fills_itself(entity: Entity, field: Field, model: Model) -> bool:
    """Whether it has a value as soon as a record is made, whoever makes it."""
    if field.system or field.default or field.copy or field.formula or field.type.computed:
        return True
    lookup = entity.line_of.lookup if entity.line_of else None
    return field.name == lookup or bool(field.type.pipelines(field)) or _is_set(entity, field, model)


def _is_set(entity: Entity, field: Field, model: Model) -> bool:
    """Whether an effect writes it."""
    own = any(isinstance(each, SetOn) and field.name in each.values for each in entity.effects)
    first = [each.stages[each.first] for each in model.pipelines.values() if each.entity == entity.name]
    entering = any(field.name in stage.on_enter for stage in first)
    above = any(
        isinstance(effect, CopyUp) and effect.target == field.name and entity.name in _targets(each, effect.lookup)
        for each in model.entities.values()
        for effect in each.effects
    )
    return own or entering or above


def _is_entered(entity: Entity, field: Field, model: Model) -> bool:
    """Whether some stage writes it when it is entered."""
    mine = (each for each in model.pipelines.values() if each.entity == entity.name)
    return any(field.name in stage.on_enter for each in mine for stage in each.stages.values())


def _targets(entity: Entity, lookup: str) -> tuple[str, ...]:
    field = entity.fields[lookup]
    return tuple(field.type.targets(field))


def on_form(form: Form) -> set[str]:
    """Fields that a form shows."""
    tabs = [section for tab in form.tabs if tab.kind == "fields" for section in tab.sections]
    return {item.path[0] for section in (*form.sections, *tabs) for item in section.items if len(item.path) == 1}


def line_tables(entity: Entity, model: Model) -> Iterator[tuple[Form, str, LineTable]]:
    """Where forms chose the columns of lines: the form, the pointer to the field on it, and the table."""
    owner = entity.line_of
    for form in model.forms.values() if owner else ():
        if owner and form.entity == owner.parent:
            for pointer, item in _items(form):
                if item.path == (owner.field,) and item.lines is not None and item.lines.columns:
                    yield form, pointer, item.lines


def _items(form: Form) -> Iterator[tuple[str, Item]]:
    places = [("", form.sections), *((f"/tabs/{tab.name}", tab.sections) for tab in form.tabs)]
    for before, sections in places:
        for section in sections:
            for item in section.items:
                yield f"{before}/sections/{section.name}/fields/{'_'.join(item.path)}", item
