"""Views, forms and apps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sartor.platform.definitions.compile.draft import Draft, Place, level_of
from sartor.platform.definitions.compile.line_tables import compile_lines
from sartor.platform.definitions.compile.page_items import can_sort, refuse_totals, shown_items, sort_terms
from sartor.platform.definitions.compile.row_marks import compile_actions, compile_colours, refuse_undrawn
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.model import App, Form, Item, MenuItem, RecordAction, Section, Tab, View
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
    refuse_totals(draft, place.at("columns"), entity, document["columns"])
    for problem in view.type.check(view, draft.model):
        draft.problems.append(replace(problem, file=place.key))
    refuse_undrawn(draft, place, view.type, document)
    return view


def _order(draft: Draft, place: Place, entity: str, document: Document) -> tuple[str, ...]:
    """The order of a view; records of a group stand together, so what it groups by comes first."""
    sort, group = sort_terms(draft, place.at("sort"), entity, document.get("sort", ())), document.get("group")
    if group is None or not can_sort(draft, place.at("group"), entity, group):
        return sort
    own = next((term for term in sort if term.removeprefix("-") == group), group)
    return (own, *(term for term in sort if term != own))


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


def _buttons(draft: Draft, place: Place, document: Document) -> tuple[RecordAction, ...]:
    """Buttons stand in the head of a record; a short form has none."""
    parts = document.get("buttons", {})
    if parts and document.get("purpose") == "quick":
        draft.say(place, "unused", _("A quick form shows no buttons."))
    return compile_actions(draft, place, document["entity"], parts)


def _sections(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[Section, ...]:
    found = []
    for key, part in in_order(parts):
        here = place.at(key, level=part.get("level"))
        found.append(
            Section(
                name=key,
                label=part["label"],
                items=_items(draft, here.at("fields"), entity, part["fields"]),
                columns=part.get("columns", 2),
                collapsed=part.get("collapsed", False),
                visible_if=draft.condition(here.at("visible_if"), part.get("visible_if"), entity),
            )
        )
    return tuple(found)


def _items(draft: Draft, place: Place, entity: str, parts: Mapping[str, Document]) -> tuple[Item, ...]:
    """The fields of a section, those that hold lines with the table in which these stand."""
    shown = shown_items(draft, place, entity, parts)
    tables = {key: compile_lines(draft, place.at(key), entity, part) for key, part in parts.items()}
    return tuple(replace(item, lines=tables.get(".".join(item.path))) for item in shown)


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
