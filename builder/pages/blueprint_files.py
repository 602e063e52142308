"""Blueprints compared with what was shipped, exported as a file, and brought in from one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import ICONS, calling
from sartor.builder.lists.designers import kind_words
from sartor.builder.pages.blueprint_install import waits_at
from sartor.builder.pages.blueprints import found
from sartor.builder.people import addresses
from sartor.builder.rendering import html
from sartor.builder.review.telling import Group, groups
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document, Documents, of_kind, without_engine_keys
from sartor.platform.definitions.system import system_documents
from sartor.platform.model import Operation
from sartor.platform.packaging.comparing import as_it_came, as_shipped, customised
from sartor.platform.packaging.files.contents import SHOWN
from sartor.platform.packaging.records.newcomers import PEOPLE
from sartor.platform.packaging.versions.replacing import brought
from sartor.platform.publishing.words.telling import told
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.pages.parts import Link

API = "/api/v1/blueprint-files"


@dataclass(frozen=True, slots=True)
class PutBack:
    """A definition as it came, to be put into the change set at `url`."""

    url: str
    body: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """known: whether it is still known what was shipped. acts: by definition, what puts it back."""

    template: ClassVar[str] = "build/blueprint_changes.html"

    frame: Frame
    said: str
    known: bool
    groups: tuple[Group, ...]
    acts: Mapping[str, PutBack]


@dataclass(frozen=True, slots=True, order=True)
class Choosable:
    """A definition that can be chosen. origin: what the blueprint is called that it came with; one's own come first."""

    origin: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Source:
    """An entity with records."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    text: str
    icon: str
    items: tuple[Choosable, ...]


@dataclass(frozen=True, slots=True)
class ExportPage:
    """entities: whose records may go along. origins: what each blueprint is called, by name."""

    template: ClassVar[str] = "build/blueprint_export.html"

    frame: Frame
    kinds: tuple[Kind, ...]
    entities: tuple[Source, ...]
    origins: Mapping[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """done_url: where somebody is led when the file is in; upgrade_url: when something has to be decided first;
    waits_url: when it has to wait, for an approval, say.
    people: name and mail address of everybody here who may be meant by somebody in its records.
    """

    template: ClassVar[str] = "build/blueprint_import.html"

    frame: Frame
    url: str
    done_url: str
    upgrade_url: str
    waits_url: str
    people: tuple[tuple[str, str], ...]


@route("/blueprints/<name>/changes")
def compare_blueprint(name: str) -> Response:
    here, shown = bench(), found(bench(), name)
    shipped = as_shipped(here.workspace, name) if shown.level else None
    changes = _changes(here, shipped, name) if shipped is not None else ()
    title = pick(shown.label)
    count = len(changes)
    said = ngettext("One definition is not as it was shipped", "%(n)s definitions are not as they were shipped", count)
    trail = (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(title, url_for("builder.blueprint", name=name)),
    )
    return html(
        ComparePage(
            frame=frame(_("%(name)s, compared", name=title), "blueprints", trail=trail),
            said=said if count else _("Everything is as it was shipped"),
            known=shipped is not None,
            groups=changes,
            acts=_acts(here, shipped, name) if shipped is not None else {},
        )
    )


def _changes(here: Bench, shipped: Documents, name: str) -> tuple[Group, ...]:
    before, after = brought(shipped, name), brought(here.published, name)
    model = here.workspace.serving(here.revision).model
    return tuple(groups(calling(here), told(here.workspace.kinds, model, before, after)))


def _acts(here: Bench, shipped: Documents, name: str) -> dict[str, PutBack]:
    """Not where the change set says so already."""
    changes, found = customised(shipped, here.published, name), {}
    for key in {each.key for each in changes}:
        document = as_it_came(changes, here.published, name, key)
        if document is not None and without_engine_keys(here.documents.get(key, {})) != document:
            found[key] = PutBack(f"/api/v1/change-sets/{here.set}/documents/{key}", document)
    return found


@route("/-/blueprints/export")
def export_blueprint() -> Response:
    here = bench()
    origins = {name: here.blueprint_called(name) for name, _document in of_kind(here.published, "blueprint")}
    page = ExportPage(_frame(_("Export")), tuple(_kinds(here)), tuple(_sources(here)), origins, f"{API}/export")
    return html(page)


def _sources(here: Bench) -> Iterator[Source]:
    """Entities of which the person may export records. People do not go along, and lines with their parents."""
    model = here.workspace.serving(here.revision).model
    for entity in sorted(model.entities.values(), key=lambda each: (pick(each.label), each.name)):
        may = here.context.access.may(Operation.EXPORT, entity.name)
        if may and entity.name not in PEOPLE and entity.line_of is None:
            yield Source(entity.name, pick(entity.label))


def _kinds(here: Bench) -> Iterator[Kind]:
    words, ours = kind_words(), system_documents()
    for kind in ("app", *(each for each in SHOWN if each != "app")):
        items = sorted(
            Choosable(_origin(here, each), pick(each.get("label")) or name, f"{kind}/{name}")
            for name, each in of_kind(here.published, kind)
            if f"{kind}/{name}" not in ours
        )
        if items:
            yield Kind(words[kind], ICONS[kind], tuple(items))


def _origin(here: Bench, document: Document) -> str:
    return here.blueprint_called(document["origin"]) if "origin" in document else ""


@route("/-/blueprints/import")
def import_blueprint() -> Response:
    done = url_for("builder.blueprint", name="NAME")
    upgrade = url_for("builder.upgrade", name="NAME", to="TO")
    return html(ImportPage(_frame(_("Import")), f"{API}/import", done, upgrade, waits_at(), tuple(addresses(bench()))))


def _frame(title: str) -> Frame:
    return frame(title, "blueprints", trail=(Link(_("Blueprints"), url_for("builder.blueprints")),))
