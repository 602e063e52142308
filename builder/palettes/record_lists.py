"""Where the records behind a number are found, and the record of a value: in an app that is open to the designer."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from sartor.platform.access.context import Context
from sartor.platform.model import App, Model, View
from sartor.platform.reporting.job import Lists

LIST = "list.html"


def lists_of(model: Model, context: Context) -> Lists:
    """Addresses for a reporter; none where no app of the designer's leads to the records."""
    apps = _open_apps(model, context)

    def address(entity: str, condition: str) -> str | None:
        found = _app_of(model, apps, entity)
        if found is None:
            return None
        view = next((each for each in model.views_of(entity) if each.type.template == LIST), None)
        name = view.name.removeprefix(f"{entity}.") if view else "all"
        query = "?" + urlencode({"filter": condition}) if condition else ""
        return f"/app/{quote(found.name)}/{entity}/{quote(name)}{query}"

    return address


def apps_to(model: Model, context: Context, entity: str) -> list[App]:
    """The apps of the designer's that lead to the records of an entity."""
    return [each for each in _open_apps(model, context) if _leads_to(model, each, entity)]


def record_of(model: Model, context: Context, entity: str, key: str) -> str | None:
    """The page of a record; None where no app of the designer's leads there."""
    found = _app_of(model, _open_apps(model, context), entity)
    return f"/app/{quote(found.name)}/{entity}/r/{key}" if found else None


def view_of(model: Model, context: Context, view: View) -> str | None:
    """The page of a view; None where no app of the designer's leads there."""
    found = _app_of(model, _open_apps(model, context), view.entity)
    name = view.name.removeprefix(f"{view.entity}.")
    return f"/app/{quote(found.name)}/{view.entity}/{quote(name)}" if found else None


def _open_apps(model: Model, context: Context) -> list[App]:
    ordered = sorted(model.apps.values(), key=lambda app: (app.order, app.name))
    return [each for each in ordered if _is_open(each, context)]


def _app_of(model: Model, apps: Sequence[App], entity: str) -> App | None:
    """The first one that leads to an entity, else the first one; None for lines, which have no pages of their own."""
    if model.entity(entity).line_of is not None:
        return None
    return next((each for each in apps if _leads_to(model, each, entity)), apps[0] if apps else None)


def _is_open(app: App, context: Context) -> bool:
    rights = context.access.rights
    return not app.roles or rights.complete or bool({role.name for role in rights.roles} & set(app.roles))


def _leads_to(model: Model, app: App, entity: str) -> bool:
    views = {f"view/{each.name}" for each in model.views_of(entity)}
    return any(item.target in views or item.target == f"entity/{entity}" for item in app.items)
