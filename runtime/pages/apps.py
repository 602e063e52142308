"""Apps and their menus, as far as they are open to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.access.context import Context
from sartor.platform.model import App, MenuItem, Model, Operation

EVERYTHING = "workspace"
"""The app of a workspace that has none for the reader: every entity, one after the other."""


def visible_apps(model: Model, context: Context) -> tuple[App, ...]:
    """The apps that the reader may use, in their order; one made up of all entities where there is none."""
    found = sorted(
        (each for each in model.apps.values() if may_use(each, context) and any(menu(model, each, context))),
        key=lambda each: (each.order, each.name),
    )
    return tuple(found) or (everything(model, context),)


def may_use(app: App, context: Context) -> bool:
    rights = context.access.rights
    return not app.roles or rights.complete or bool({role.name for role in rights.roles} & set(app.roles))


def menu(model: Model, app: App, context: Context) -> Iterator[MenuItem]:
    """The items of an app's menu that lead somewhere for the reader."""
    return (item for item in app.items if is_open(model, item.target, context))


def is_open(model: Model, target: str, context: Context) -> bool:
    """Whether a menu's target (`view/deal.all`, `entity/deal`, `dashboard/home`) shows the reader anything."""
    kind, _slash, name = target.partition("/")
    if kind == "view":
        return name in model.views and context.access.may(Operation.READ, model.views[name].entity)
    if kind == "entity":
        return name in model.entities and context.access.may(Operation.READ, name)
    return kind == "dashboard" and name in model.dashboards


def everything(model: Model, context: Context) -> App:
    items = [
        MenuItem(each.name, each.plural, f"entity/{each.name}", each.icon)
        for each in model.entities.values()
        if each.line_of is None and not each.system and context.access.may(Operation.READ, each.name)
    ]
    return App(EVERYTHING, {"en": "Workspace", "zh": "工作区"}, "table", None, tuple(items))
