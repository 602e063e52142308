"""Effects: what a write does by itself, declared in the entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sartor.platform.definitions.compile.draft import Draft, Place, Wish
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.model import CopyUp, Field, OnlyOne, SetOn
from sartor.platform.text import gettext as _

Effect = OnlyOne | CopyUp | SetOn
Roots = Mapping[str, str]


def compile_effects(
    draft: Draft, place: Place, parts: Mapping[str, Document], entity: str, roots: Roots
) -> tuple[Effect, ...]:
    """Effects in order; a wrong one is noted and left out."""
    found = []
    for name, part in in_order(parts):
        here = place.at(name, level=part.get("level"))
        effect = _COMPILERS[part["kind"]](draft, here, name, part, entity, roots)
        if effect:
            found.append(effect)
    return tuple(found)


def _only_one(draft: Draft, place: Place, name: str, part: Document, entity: str, roots: Roots) -> OnlyOne | None:
    good = draft.field_named(place.at("field"), entity, part["field"])
    for number, each in enumerate(part["per"]):
        good = draft.field_named(place.at("per", number), entity, each) and good
    return OnlyOne(name, part["field"], tuple(part["per"]), part.get("first", True)) if good else None


def _copy_up(draft: Draft, place: Place, name: str, part: Document, entity: str, roots: Roots) -> CopyUp | None:
    if not draft.field_named(place.at("lookup"), entity, part["lookup"]):
        return None
    parent = draft.scope.sound(entity, part["lookup"])
    if parent is None or parent.entity is None:
        note = draft.say if parent else draft.follow
        note(place.at("lookup"), "lookup", _("%(name)s does not lead to one entity.", name=part["lookup"]))
        return None
    if not draft.field_named(place.at("target"), parent.entity, part["target"]):
        return None
    expected = draft.scope.sound(parent.entity, part["target"])
    value = draft.formula(place.at("value"), part["value"], Wish(entity, expected, roots))
    when = draft.condition(place.at("when"), part.get("when"), entity, **roots)
    return CopyUp(name, part["lookup"], part["target"], value, when) if value else None


def _set(draft: Draft, place: Place, name: str, part: Document, entity: str, roots: Roots) -> SetOn | None:
    when = draft.condition(place.at("when"), part.get("when"), entity, **roots)
    values = compile_values(draft, place.at("values"), part["values"], entity, roots)
    return SetOn(name, values, when, part.get("on", "always")) if values else None


def compile_values(draft: Draft, place: Place, parts: Mapping[str, str], entity: str, roots: Roots) -> dict:
    """Expressions by the field that they are written to."""
    found = {}
    for field, text in parts.items():
        here = place.at(field)
        if not draft.field_named(here, entity, field):
            continue
        item = draft.model.entities[entity].fields[field]
        if not is_settable(item):
            draft.say(here, *_why_not(item))
            continue
        value = draft.formula(here, text, Wish(entity, draft.scope.sound(entity, field), roots))
        if value:
            found[field] = value
    return found


def is_settable(field: Field) -> bool:
    """Whether an expression may give it a value: it is not computed, and holds no lines."""
    return not field.type.computed and field.type.owns(field) is None


def _why_not(field: Field) -> tuple[str, str]:
    if field.type.computed:
        return "computed", _("%(name)s is computed and cannot be set.", name=field.name)
    return "lines", _("%(field)s holds lines, which cannot be set.", field=field.name)


_COMPILERS: Mapping[str, Callable[..., Effect | None]] = {"only_one": _only_one, "copy_up": _copy_up, "set": _set}
