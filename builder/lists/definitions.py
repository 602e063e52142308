"""Definitions as pages name and link them: to the page of their designer, else to the page of the definition itself."""

from __future__ import annotations

from flask import current_app, url_for

from sartor.builder import builder
from sartor.builder.bench import Bench
from sartor.platform.definitions.documents import Documents, split
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.ui.pages.parts import Link

ICONS = {
    "entity": "table", "form": "forms", "template": "file-text", "view": "list-details",
    "pipeline": "arrow-ramp-right", "options": "list-check", "report": "report", "dashboard": "chart-bar",
    "metric": "target-arrow", "role": "shield-lock", "app": "layout-sidebar", "blueprint": "box-multiple",
}  # fmt: skip
NAMED_OTHERWISE = {"options": "option_set"}
"""Designers whose page is not called as the kind is: that name is the list's."""


def calling(here: Bench, coming: Documents | None = None) -> Calling:
    """Names of the definitions, those of the change set first, or of a design that is coming."""
    serving = here.workspace.serving(here.revision)
    after = here.documents if coming is None else coming
    return Calling(here.workspace.kinds, serving.model, here.published, after)


def icon_of(key: str) -> str:
    return ICONS.get(split(key)[0], "file")


def address_of(key: str) -> str:
    """Where a definition is designed or, without a designer, looked at. The page of a designer has the kind's name."""
    kind, name = split(key)
    endpoint = f"{builder.name}.{NAMED_OTHERWISE.get(kind, kind)}"
    if current_app.url_map.is_endpoint_expecting(endpoint, "name") if endpoint in current_app.view_functions else False:
        return url_for(endpoint, name=name)
    return definition_url(key)


def definition_url(key: str) -> str:
    """Where a definition is shown as it stands, with everything that uses it."""
    kind, name = split(key)
    return url_for("builder.definition", kind=kind, name=name)


def link_to(names: Calling, subject: str) -> Link:
    """A link to a definition, or to the one that a field (`entity/deal#amount`) belongs to."""
    key = subject.partition("#")[0]
    return Link(raised(names.definition(key)), address_of(key), icon_of(key))
