"""Whether a person has to type a field: it is required, and nothing else fills it in."""

from __future__ import annotations

from sartor.platform.model import CopyUp, Entity, Field, Form, Model, SetOn


def is_typed(entity: Entity, field: Field, model: Model) -> bool:
    """Whether a new record needs this field from whoever makes it."""
    by_itself = field.default or field.copy or field.formula or field.type.computed
    if not field.required or field.system or field.read_only or by_itself:
        return False
    lookup = entity.line_of.lookup if entity.line_of else None
    return field.name != lookup and not field.type.pipelines(field) and not _is_set(entity, field, model)


def _is_set(entity: Entity, field: Field, model: Model) -> bool:
    """Whether an effect writes it."""
    own = any(isinstance(each, SetOn) and field.name in each.values for each in entity.effects)
    stages = [each.stages[each.first] for each in model.pipelines.values() if each.entity == entity.name]
    entering = any(field.name in stage.on_enter for stage in stages)
    above = any(
        isinstance(effect, CopyUp) and effect.target == field.name and entity.name in _targets(each, effect.lookup)
        for each in model.entities.values()
        for effect in each.effects
    )
    return own or entering or above


def _targets(entity: Entity, lookup: str) -> tuple[str, ...]:
    field = entity.fields[lookup]
    return tuple(field.type.targets(field))


def on_form(form: Form) -> set[str]:
    """Fields that a form shows."""
    tabs = [section for tab in form.tabs if tab.kind == "fields" for section in tab.sections]
    return {item.path[0] for section in (*form.sections, *tabs) for item in section.items if len(item.path) == 1}
