"""Entities: first as shells (names, types, options), which gives every name a type; then with their expressions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place, Wish, level_of
from sartor.platform.definitions.compile.effects import compile_effects, compile_values
from sartor.platform.definitions.compile.lost import LOST
from sartor.platform.definitions.compile.system import owner_fields, system_fields
from sartor.platform.definitions.documents import Document, in_order, of_kind
from sartor.platform.definitions.system import read_types
from sartor.platform.errors import FollowsFromOther, InvalidDefinition, Problem
from sartor.platform.expressions.types import BOOLEAN, Type
from sartor.platform.fields.base import FieldType
from sartor.platform.fields.currencies import CURRENCIES
from sartor.platform.model import Check, Children, Entity, Feed, Field, UniqueKey
from sartor.platform.model.formula import Formula
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick

SYSTEM_ENTITIES = ("user", "department")
TITLE_SEARCHED = ("email", "phone")
AS_SAID = ("label", "help", "formerly", "required", "read_only", "sensitive", "history", "quality", "level", "inert")
"""Properties of a field that are compiled to themselves."""
VALUES = ("default", "copy", "formula")
"""Expressions of a field that give it a value, and those that are true or false."""
CONDITIONS = ("visible_if", "required_if", "read_only_if")
EXPRESSIONS = frozenset({*VALUES, *CONDITIONS, "checks"})


def shells(draft: Draft) -> dict[str, Entity]:
    """Every entity with fields that know their type and options, but no expression yet."""
    found = {name: _shell(draft, name, document) for name, document in of_kind(draft.documents, "entity")}
    return _mark_lines(draft, found)


def shells_again(draft: Draft, known: Mapping[str, Entity], names: Collection[str]) -> dict[str, Entity]:
    """The same where most entities are known and only `names` are new or not what they were."""
    found = {}
    for name, document in of_kind(draft.documents, "entity"):
        if name in names:
            found[name] = _shell(draft, name, document)
        else:
            lost = known[name].line_of
            found[name] = replace(known[name], line_of=None) if lost and lost.parent in names else known[name]
    return _mark_lines(draft, found)


def _shell(draft: Draft, name: str, document: Document) -> Entity:
    place = Place(f"entity/{name}", level=level_of(document))
    designed = dict(document["fields"])
    if document.get("owned"):
        designed |= owner_fields(designed)
    fields = system_fields(name, draft.extensions)
    for field_name, part in in_order(designed):
        fields[field_name] = _field_shell(draft, name, field_name, part, document["title"])
        draft.levels[f"entity/{name}#{field_name}"] = level_of(part, place)
    draft.levels[place.key] = place.level
    if document["title"] not in fields:
        said = _("The title field %(name)s is not there.", name=document["title"])
        draft.say(place.at("title"), "unknown", said, near(document["title"], designed))
    elif _is_many(fields[document["title"]]):
        said = _("%(name)s holds several values, and a title is one.", name=document["title"])
        draft.say(place.at("title"), "type", said)
    _require_read(draft, place, designed)
    return Entity(
        name=name,
        label=document["label"],
        plural=document.get("plural", document["label"]),
        table=document.get("stored_as", name),
        title=document["title"] if document["title"] in fields else "id",
        fields=fields,
        icon=document.get("icon", "table"),
        description=document.get("description"),
        owned=document.get("owned", False),
        system=name in SYSTEM_ENTITIES,
        currency_field=document.get("currency_field"),
        timeline=document.get("timeline", True),
        level=place.level,
        inert=document.get("inert", False),
    )


def _require_read(draft: Draft, place: Place, designed: Mapping[str, Any]) -> None:
    """Told at the whole: nothing can be taken out to mend it."""
    for name, kind in read_types(place.key.partition("/")[2]).items():
        if name not in designed or designed[name]["type"] != kind:
            said = _(
                "The field %(name)s (%(type)s) has to stay as it is: signing in and rights are worked out by it.",
                name=name,
                type=pick(draft.extensions.fields[kind].label),
            )
            draft.say(place.at("fields"), "needed", said)


def _is_many(field: Field) -> bool:
    return field.type.members(field) is not None or field.type.owns(field) is not None


def _field_shell(draft: Draft, entity: str, name: str, part: Document, title: str) -> Field:
    kind = _field_type(draft, part)
    options = dict(part.get("options", {}))
    if name == title:
        options["sort_key"] = True
    return Field(
        name=name,
        entity=entity,
        type=kind,
        stored_as=part.get("stored_as", name),
        options=options,
        order=Decimal(str(part.get("order", 1000))),
        searchable=not part.get("inert") and part.get("searchable", name == title or kind.key in TITLE_SEARCHED),
        **{said: part[said] for said in AS_SAID if said in part},
    )


def _field_type(draft: Draft, part: Document) -> FieldType:
    return draft.extensions.fields.get(part["type"]) or LOST


def _mark_lines(draft: Draft, entities: dict[str, Entity]) -> dict[str, Entity]:
    """Tell each line entity whose lines it holds."""
    for parent in list(entities.values()):
        for field in parent.fields.values():
            owned = field.type.owns(field)
            if owned is None:
                continue
            name, lookup = owned
            place = Place(f"entity/{parent.name}").at("fields", field.name, "options")
            if name not in entities:
                draft.are_lines_lost = True
                draft.named(place.at("entity"), "entity", name)
            elif lookup not in entities[name].fields:
                draft.are_lines_lost = True  # and `prepare` tells it, with the lookup that was meant
            else:
                lines = Children(parent.name, lookup, field.name)
                if entities[name].line_of != lines:
                    entities[name] = replace(entities[name], line_of=lines)
    return entities


def prepare(draft: Draft, entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """Let each type work out what it needs of the whole (choices, targets, stages)."""
    return _with_fields(entities, lambda field: _prepare_field(draft, field))


def prepare_computed(draft: Draft, entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """The same once more for what is computed, now that its expressions are known."""
    return _with_fields(entities, lambda field: _prepare_field(draft, field) if field.type.computed else field)


def _with_fields(entities: Mapping[str, Entity], renewed: Callable[[Field], Field]) -> dict[str, Entity]:
    return {
        entity.name: replace(entity, fields={name: renewed(field) for name, field in entity.fields.items()})
        for entity in entities.values()
    }


def _prepare_field(draft: Draft, field: Field) -> Field:
    try:
        details = field.type.prepare(field, draft.model)
    except InvalidDefinition as error:
        place = Place(f"entity/{field.entity}").at("fields", field.name)
        for problem in error.problems or [Problem("", error.code, error.message)]:
            draft.problems.append(replace(problem, field=place.pointer + problem.field, file=place.key))
            if isinstance(error, FollowsFromOther):
                draft.following.add(draft.problems[-1])
        return field
    return field if details is None else replace(field, details=details)


def furnish(draft: Draft, entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """Compile the conditions that stand in options of types (a roll-up's filter), now that every name has its type."""
    return _with_fields(entities, lambda field: _furnish_field(draft, field))


def _furnish_field(draft: Draft, field: Field) -> Field:
    wanted = field.type.conditions(field)
    if not wanted or field.details is None:  # options that do not hold were told already
        return field
    place = Place(f"entity/{field.entity}", level=field.level).at("fields", field.name, "options")
    found = {name: draft.condition(place.at(name), text, over) for name, (over, text) in wanted.items()}
    good = {name: formula for name, formula in found.items() if formula is not None}
    return replace(field, details=field.type.furnish(field, field.details, good))


def finish(draft: Draft, entity: Entity, document: Document) -> Entity:
    """The entity with its expressions."""
    place = Place(f"entity/{entity.name}", level=level_of(document))
    roots = {"old": entity.name}
    if entity.line_of:
        roots["parent"] = entity.line_of.parent
    fields = dict(entity.fields)
    designed = document["fields"] | (owner_fields(document["fields"]) if entity.owned else {})
    for name, part in designed.items():
        if fields[name].type.owns(fields[name]):
            _refuse_unused(draft, place.at("fields", name), fields[name], part)
        if not part.keys().isdisjoint(EXPRESSIONS):
            inside = place.at("fields", name, level=part.get("level"))
            fields[name] = _finish_field(draft, inside, fields[name], part, roots)
    if draft.field_named(place.at("currency_field"), entity.name, entity.currency_field):
        _require_currency(draft, place.at("currency_field"), fields[str(entity.currency_field)])
    return replace(
        entity,
        fields=fields,
        keys=_keys(draft, place, entity.name, document),
        checks=compile_checks(draft, place.at("checks"), document.get("checks", {}), entity.name, roots),
        effects=compile_effects(draft, place.at("effects"), document.get("effects", {}), entity.name, roots),
        feeds=_feeds(draft, place, entity.name, document),
    )


def _require_currency(draft: Draft, place: Place, field: Field) -> None:
    """What it says becomes the currency of amounts, whatever that is."""
    found, called = _type_of(field, draft), {"field": pick(field.label)}
    if found is None or (found.name == "text" and field.type.computed):
        return
    if found.name != "choice":
        draft.say(place, "type", _("%(field)s holds no currency. A choice of CNY, USD and so on does.", **called))
        return
    other = next((key for key in found.choices or () if key not in CURRENCIES), None)
    if other is not None:
        said = _("%(field)s offers “%(choice)s”, which is no currency, such as CNY or USD.", choice=other, **called)
        draft.say(place, "type", said)


def _refuse_unused(draft: Draft, place: Place, field: Field, part: Document) -> None:
    """Lines are records of their own: what is said of a value would be said in vain, or keep every record from being
    saved."""
    for name in field.type.unused:
        if part.get(name) and name != "formula":  # which is told of every type
            said = _("Lines hold no value of their own, so this means nothing for them.")
            if name.startswith("required"):
                said = _("Lines are not required by a switch: write a check over a roll-up that counts them.")
            draft.say(place.at(name), "unused", said)


def _finish_field(draft: Draft, place: Place, field: Field, part: Document, roots: Mapping[str, str]) -> Field:
    entity = field.entity
    if part.get("formula") and not field.type.computed:
        draft.say(place.at("formula"), "formula", _("Only fields of the type formula have a formula."))
    parents = {name: target for name, target in roots.items() if name != "old"}
    value = Wish(entity, _type_of(field, draft), parents)
    wishes = dict.fromkeys(VALUES, value) | dict.fromkeys(CONDITIONS, Wish(entity, BOOLEAN, roots))
    found: dict[str, Any] = {
        name: draft.formula(place.at(name), part[name], wish) for name, wish in wishes.items() if name in part
    }
    if part.get("checks"):
        found["checks"] = compile_checks(draft, place.at("checks"), part["checks"], entity, roots, (field.name,))
    return replace(field, **found) if found else field


def _type_of(field: Field, draft: Draft) -> Type | None:
    """What its value must be; None for a field whose own options are wrong, which was noted there."""
    try:
        found: Type = field.type.expression_type(field, draft.model)
    except InvalidDefinition:
        return None
    return found


def compile_checks(
    draft: Draft,
    place: Place,
    parts: Mapping[str, Document],
    entity: str,
    roots: Mapping[str, str],
    fields: tuple[str, ...] = (),
) -> tuple[Check, ...]:
    """Rules by name; a rule whose test is wrong is left out, its fault being noted."""
    found = []
    for name, part in in_order(parts):
        here = place.at(name, level=part.get("level"))
        test = draft.condition(here.at("test"), part["test"], entity, **roots)
        at = tuple(part.get("fields", fields))
        for number, field in enumerate(part.get("fields", ())):
            draft.field_named(here.at("fields", number), entity, field)
        if test:
            found.append(Check(name, test, part["message"], at, part.get("when", "always")))
    return tuple(found)


def _keys(draft: Draft, place: Place, entity: str, document: Document) -> tuple[UniqueKey, ...]:
    found = []
    for name, part in in_order(document["fields"]):
        if part.get("unique") or _field_type(draft, part).unique:
            found.append(UniqueKey(name, (name,)))
    for name, part in in_order(document.get("keys", {})):
        here = place.at("keys", name, level=part.get("level"))
        good = [draft.field_named(here.at("fields", n), entity, each) for n, each in enumerate(part["fields"])]
        condition = draft.condition(here.at("when"), part.get("when"), entity)
        if all(good):
            found.append(UniqueKey(name, tuple(part["fields"]), condition, part.get("message")))
    return tuple(found)


def _feeds(draft: Draft, place: Place, entity: str, document: Document) -> tuple[Feed, ...]:
    found = []
    for name, part in in_order(document.get("feeds", {})):
        here = place.at("feeds", name, level=part.get("level"))
        good = draft.named(here.at("entity"), "entity", part["entity"])
        for each in ("lookup", "at", "text"):
            good = (each not in part or draft.field_named(here.at(each), entity, part[each])) and good
        if good:
            mail = compile_values(draft, here.at("mail"), part.get("mail", {}), entity, {})
            found.append(_feed(name, part, mail))
    return tuple(found)


def _feed(name: str, part: Mapping[str, Any], mail: Mapping[str, Formula]) -> Feed:
    return Feed(
        name=name,
        entity=part["entity"],
        lookup=part["lookup"],
        at=part["at"],
        label=part["label"],
        icon=part.get("icon", "point"),
        text=part.get("text"),
        activity=part.get("activity", True),
        mail=mail,
    )
