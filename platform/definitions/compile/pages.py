"""Views, forms and apps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sartor.platform.definitions.compile.draft import Draft, Place, level_of
from sartor.platform.definitions.compile.row_marks import compile_actions, compile_colours, refuse_undrawn
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.model import App, Field, Form, Item, MenuItem, RowAction, Section, Tab, View
from sartor.platform.text import gettext as _


def compile_view(draft: Draft, name: str, document: Document) -> View | None:
    place = Place(f"view/{name}", level=level_of(document))
    entity = document["entity"]
    if not draft.named(place.at("entity"), "entity", entity):
        return None
    view = View(
        name=name,
        entity=entity,
        type=draft.extensions.views[document["type"]],
        label=document["label"],
        columns=shown_items(draft, place.at("columns"), entity, document["columns"]),
        filter=draft.condition(place.at("filter"), document.get("filter"), entity),
        sort=_order(draft, place, entity, document),
        group=document.get("group"),
        options=document.get("options", {}),
        is_default=document.get("default", False),
        order=float(document.get("order", 1000)),
        level=place.level,
        colours=compile_colours(draft, place.at("colours"), entity, document.get("colours", {})),
        actions=compile_actions(draft, place.at("actions"), entity, document.get("actions", {})),
    )
    _refuse_totals(draft, place.at("columns"), view)
    for problem in view.type.check(view, draft.model):
        draft.problems.append(replace(problem, file=place.key))
    refuse_undrawn(draft, place, view.type, document)
    return view


def _order(draft: Draft, place: Place, entity: str, document: Document) -> tuple[str, ...]:
    """The order of a view; records of a group stand together, so what it groups by comes first."""
    sort, group = sort_terms(draft, place.at("sort"), entity, document.get("sort", ())), document.get("group")
    if group is None or not _can_sort(draft, place.at("group"), entity, group):
        return sort
    own = next((term for term in sort if term.removeprefix("-") == group), group)
    return (own, *(term for term in sort if term != own))


def _refuse_totals(draft: Draft, place: Place, view: View) -> None:
    """A column whose field got a type without such a total would break its list."""
    names = {path: key for key, path in _keys_by_path(draft.documents[place.key]["columns"])}
    for item in view.columns:
        field = _end(draft, view.entity, item.path) if item.total else None
        if field is not None and item.total not in field.face.type.aggregates:
            at = place.at(names.get(item.path, item.path[0]), "total")
            draft.say(at, "no_sum", _("%(name)s cannot be summed up.", name=".".join(item.path)))


def _keys_by_path(parts: Mapping[str, Document]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((key, tuple(part.get("path", key).split("."))) for key, part in parts.items())


def _end(draft: Draft, entity: str, path: tuple[str, ...]) -> Field | None:
    """The field at the end of a path; None for an attribute."""
    for number, step in enumerate(path):
        field = draft.model.entities[entity].fields.get(step)
        kind = draft.scope.sound(entity, step)
        if field is None or kind is None or kind.entity is None or number == len(path) - 1:
            return field if number == len(path) - 1 else None
        entity = kind.entity
    return None


def shown_items(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[Item, ...]:
    found = []
    for key, part in in_order(parts):
        here = place.at(key, level=part.get("level"))
        steps = draft.path(here, entity, part.get("path", key))
        if steps:
            found.append(Item(steps, part.get("label"), part.get("width"), part.get("total")))
    return tuple(found)


def sort_terms(draft: Draft, place: Place, entity: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    found = enumerate(terms)
    return tuple(term for number, term in found if _can_sort(draft, place.at(number), entity, term.removeprefix("-")))


def _can_sort(draft: Draft, here: Place, entity: str, name: str) -> bool:
    if "." in name:
        said = _("%(name)s lies behind a lookup; sort by a field of the entity itself.", name=name)
        draft.say(here, "sort", said)
        return False
    if not draft.field_named(here, entity, name):
        return False
    if not draft.model.entities[entity].fields[name].face.type.sortable:
        draft.say(here, "sort", _("%(name)s has no order.", name=name))
        return False
    return True


def compile_form(draft: Draft, name: str, document: Document) -> Form | None:
    place = Place(f"form/{name}", level=level_of(document))
    entity = document["entity"]
    if not draft.named(place.at("entity"), "entity", entity):
        return None
    head = shown_items(draft, place.at("head"), entity, document.get("head", {}))
    tabs = [_tab(draft, place.at("tabs", key), key, part, entity) for key, part in in_order(document.get("tabs", {}))]
    return Form(
        name=name,
        entity=entity,
        label=document["label"],
        purpose=document.get("purpose", "main"),
        head=tuple(item.path for item in head),
        sections=_sections(draft, place.at("sections"), entity, document["sections"]),
        tabs=tuple(tabs),
        level=place.level,
        buttons=_buttons(draft, place.at("buttons"), document),
    )


def _buttons(draft: Draft, place: Place, document: Document) -> tuple[RowAction, ...]:
    """Buttons stand in the head of a record; a short form has none."""
    parts = document.get("buttons", {})
    if parts and document.get("purpose", "main") != "main":
        draft.say(place, "unused", _("Only the main form of an entity shows buttons."))
    return compile_actions(draft, place, document["entity"], parts)


def _sections(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[Section, ...]:
    found = []
    for key, part in in_order(parts):
        here = place.at(key, level=part.get("level"))
        found.append(
            Section(
                name=key,
                label=part["label"],
                items=shown_items(draft, here.at("fields"), entity, part["fields"]),
                columns=part.get("columns", 2),
                collapsed=part.get("collapsed", False),
                visible_if=draft.condition(here.at("visible_if"), part.get("visible_if"), entity),
            )
        )
    return tuple(found)


def _tab(draft: Draft, place: Place, key: str, part: Document, entity: str) -> Tab:
    place = Place(place.key, place.pointer, max(place.level, part.get("level", "L1")))
    other, lookup = part.get("entity"), part.get("lookup")
    columns: tuple[Item, ...] = ()
    sort: tuple[str, ...] = ()
    if part["kind"] == "related":
        if not other or not lookup:
            draft.say(place, "related", _("A related list needs an entity and its lookup back to here."))
        elif draft.named(place.at("entity"), "entity", other) and draft.field_named(place.at("lookup"), other, lookup):
            columns = shown_items(draft, place.at("columns"), other, part.get("columns", {}))
            sort = sort_terms(draft, place.at("sort"), other, part.get("sort", ()))
    return Tab(
        name=key,
        label=part["label"],
        kind=part["kind"],
        sections=_sections(draft, place.at("sections"), entity, part.get("sections", {})),
        entity=other,
        lookup=lookup,
        columns=columns,
        sort=sort,
        visible_if=draft.condition(place.at("visible_if"), part.get("visible_if"), entity),
    )


def compile_app(draft: Draft, name: str, document: Document) -> App:
    place = Place(f"app/{name}", level=level_of(document))
    for number, role in enumerate(document.get("roles", ())):
        draft.named(place.at("roles", number), "role", role)
    if home := document.get("home"):
        draft.named(place.at("home"), *home.split("/", 1))
    items = []
    for key, part in in_order(document["items"]):
        here = place.at("items", key, level=part.get("level"))
        if draft.named(here.at("target"), *part["target"].split("/", 1)):
            label = part.get("label") or draft.documents[part["target"]]["label"]
            level = level_of(part, here)
            items.append(MenuItem(key, label, part["target"], part.get("icon"), part.get("group"), level))
    return App(
        name=name,
        label=document["label"],
        icon=document.get("icon", "apps"),
        home=document.get("home"),
        items=tuple(items),
        roles=tuple(document.get("roles", ())),
        colour=document.get("colour"),
        order=float(document.get("order", 1000)),
        level=place.level,
    )
