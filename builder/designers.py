"""Where a definition is designed: the address of its designer, or of the list of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for

from sartor.builder import builder, navigation
from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

ONE = {
    "entity": "entity", "form": "form", "view": "view", "pipeline": "pipeline", "options": "option_set",
    "report": "report", "dashboard": "dashboard", "role": "role", "app": "app", "blueprint": "blueprint",
}  # fmt: skip
"""Endpoint of the designer of each kind, which takes the definition's name."""
MANY = {
    "entity": "entities", "form": "forms", "view": "views", "pipeline": "pipelines", "options": "options",
    "report": "reports", "metric": "reports", "dashboard": "dashboards", "role": "roles", "app": "apps",
    "blueprint": "blueprints",
}  # fmt: skip
ICONS = {
    "entity": "table", "form": "forms", "view": "list-details", "pipeline": "arrow-ramp-right",
    "options": "list-check", "report": "report", "metric": "sum", "dashboard": "chart-bar", "role": "shield-lock",
    "app": "layout-sidebar", "blueprint": "box-multiple",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A definition as a page names it. url: its designer's, None while there is none."""

    key: str
    text: str
    kind: str
    icon: str
    url: str | None


def named(documents: Documents, key: str, pointer: str = "") -> Named:
    """A definition by its label; `pointer` says which part of it the designer should show."""
    kind = key.partition("/")[0]
    text = pick(documents.get(key, {}).get("label")) or key
    return Named(key, text, kind_words().get(kind, kind), ICONS.get(kind, "point"), designer(key, pointer))


def designer(key: str, pointer: str = "") -> str | None:
    """The address of a definition's designer, at one of its parts."""
    kind, _slash, name = key.partition("/")
    endpoint = f"{builder.name}.{ONE.get(kind, '')}"
    if endpoint in current_app.view_functions and current_app.url_map.is_endpoint_expecting(endpoint, "name"):
        return url_for(endpoint, name=name, _anchor=pointer or None)
    return navigation.address(MANY.get(kind, ""))


def part_label(document: Document | None, pointer: str) -> str:
    """What people call the part at a pointer: its label, else the nearest one around it; empty for the whole."""
    here, found = document, ""
    for part in pointer.split("/")[1:]:
        if isinstance(here, list):
            here = here[int(part)] if part.isdigit() and int(part) < len(here) else None
        elif isinstance(here, dict):
            here = here.get(part)
        if isinstance(here, dict) and isinstance(here.get("label"), (str, dict)):
            found = pick(here["label"])
    return found


def kind_words() -> dict[str, str]:
    """Each kind of definition in the reader's language."""
    return {
        "entity": _("Entity"), "form": _("Form"), "view": _("View"), "pipeline": _("Pipeline"),
        "options": _("Option set"), "report": _("Report"), "metric": _("Metric"), "dashboard": _("Dashboard"),
        "role": _("Role"), "app": _("App"), "blueprint": _("Blueprint"),
    }  # fmt: skip
