"""A definition as it stands, and everything that uses it: the page for whatever has no designer, and the panel of uses
that any page can show (`hx-get` of `/uses`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import Response, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import address_of, calling, icon_of
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import canonical, without_engine_keys
from sartor.platform.publishing.names.pairing import BRINGS_BACK
from sartor.platform.publishing.uses.usage import uses as places_of
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names it: the definition, and where in it."""

    at: Link
    said: str
    pointer: str


@dataclass(frozen=True, slots=True)
class UsesPanel:
    """What uses a definition or a field. title: its name."""

    template: ClassVar[str] = "build/parts/uses.html"

    title: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class TakeOut:
    """What the button of retirement is about. new: never published; then: the page after it."""

    key: str
    field: str
    label: str
    new: bool
    then: str
    text: str


@dataclass(frozen=True, slots=True)
class DefinitionPage:
    template: ClassVar[str] = "build/definition.html"

    frame: Frame
    lines: tuple[str, ...]
    panel: UsesPanel
    out: TakeOut | None
    fields: tuple[Link, ...]


@route("/definitions/<kind>/<name>")
def definition(kind: str, name: str) -> Response:
    here, key, field = bench(), f"{kind}/{name}", request.args.get("field")
    document = here.document(kind, name)
    title = raised(calling(here).definition(key))
    lines = tuple(canonical(without_engine_keys(document)).rstrip("\n").split("\n"))
    page = frame(title, "", trail=(Link(_("Changes"), url_for("builder.changes")),))
    panel = uses_panel(here, key, field)
    return html(DefinitionPage(page, lines, panel, _take_out(here, key, field, panel), tuple(_fields(here, key))))


def _take_out(here: Bench, key: str, field: str | None, panel: UsesPanel) -> TakeOut | None:
    """Blueprints are taken out on a page of their own."""
    kind, _slash, name = key.partition("/")
    if kind == "blueprint":
        return None
    if field:
        then = url_for("builder.definition", kind=kind, name=name)
        return TakeOut(key, field, panel.title, _is_new(here, key, field), then, _("Retire the field"))
    return TakeOut(key, "", panel.title, here.before(key) is None, url_for("builder.changes"), _("Retire it"))


def _is_new(here: Bench, key: str, field: str) -> bool:
    """Whether a field has no values: it is published under none of its names, and brings none back."""
    part = here.documents[key].get("fields", {}).get(field, {})
    published = (here.before(key) or {}).get("fields", {})
    return BRINGS_BACK not in part and not {field, *part.get("formerly", ())} & set(published)


@route("/uses")
def uses() -> Response:
    """The panel alone: `?key=entity/deal&field=amount`."""
    return html(uses_panel(bench(), request.args.get("key", ""), request.args.get("field")))


def uses_panel(here: Bench, key: str, field: str | None) -> UsesPanel:
    """:raises NotFound: for what does not exist."""
    subject = f"{key}#{field}" if field else key
    model = here.workspace.serving(here.revision).model
    found = places_of(here.documents, here.workspace.notes, model, subject)
    names = calling(here)
    title = names.field(key.partition("/")[2], field) or field if field else names.label(key)
    rows = (Use(Link(each.said, address_of(each.key), icon_of(each.key)), each.key, each.pointer) for each in found)
    return UsesPanel(title or key, tuple(rows))


def _fields(here: Bench, key: str) -> list[Link]:
    """Each field of an entity, for what uses that one."""
    kind, _slash, name = key.partition("/")
    fields = here.documents[key].get("fields", {}) if kind == "entity" else {}
    chosen, names = request.args.get("field"), calling(here)
    links = [Link(_("The whole entity"), url_for("builder.definition", kind=kind, name=name), current=not chosen)]
    for each in fields:
        url = url_for("builder.definition", kind=kind, name=name, field=each)
        links.append(Link(names.field(name, each) or each, url, current=each == chosen))
    return links if fields else []
