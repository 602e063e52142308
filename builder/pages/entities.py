"""Entities: the list of them with what each consists of, and the designer of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask import Response, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document
from sartor.platform.model import Operation
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.retired.bringing_entities import BringingEntities
from sartor.platform.query.question import Question
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.format import day_long, number
from sartor.platform.ui.pages.parts import Link

SHOWING = ("form", "view")


@dataclass(frozen=True, slots=True)
class EntityRow:
    """mark: new, edited or nothing."""

    link: Link
    name: str
    fields: int
    shown: Mapping[str, int]
    mark: str


@dataclass(frozen=True, slots=True)
class GoneRow:
    """A retired entity. about: since when it is gone. records: what `records_url` calls it, where the reader may know
    how many records it has."""

    id: str
    label: str
    name: str
    about: str
    records: str


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """make_url: what the address of a new entity begins with. records_url: tells how many records there are, once the
    page is seen: counting in hundreds of tables takes its time."""

    template: ClassVar[str] = "build/entities.html"

    frame: Frame
    found: Part[EntityRow]
    make_url: str
    records_url: str
    relations_url: str
    gone: tuple[GoneRow, ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """published: the definition without the edits, null for a new one; form: its main form, onto which new fields come,
    empty where there is none; icons: names that the page can draw.

    is_first: for somebody who comes from the first steps, to which `start_url` leads back.
    """

    template: ClassVar[str] = "build/entity.html"

    frame: Frame
    key: str
    published: Document | None
    form: str
    icons: str
    list_url: str
    start_url: str
    is_first: bool = False


@route("/entities")
def entities() -> Response:
    here = bench()
    shown = {kind: Counter(str(each.get("entity")) for _name, each in here.of_kind(kind)) for kind in SHOWING}
    own = (each for each in here.of_kind("entity") if not _is_system(here, each[0]))
    sought = [(name, each) for name, each in own if fits(name, pick(each.get("label")))]
    part = part_of(sorted(sought, key=lambda each: (pick(each[1].get("label")) or each[0]).lower()))
    rows = tuple(_row(here, name, document, shown) for name, document in part.items)
    make, counts, relations = (url_for(f"builder.{each}") for each in ("entities", "entity_records", "relations"))
    found, gone = Part(rows, part.pages), tuple(_gone(here))
    return html(EntitiesPage(frame(_("Entities"), "entities"), found, make, counts, relations, gone))


@route("/entities/-/records")
def entity_records() -> Response:
    """How many records of each entity the reader sees, as texts by name, and of each retired one by its number; what is
    not open to him is left out."""
    here = bench()
    counted = {name: _records(here, name) for name, _document in here.of_kind("entity")}
    return jsonify({**{name: text for name, text in counted.items() if text is not None}, **_records_gone(here)})


@route("/entities/<name>")
def entity(name: str) -> Response:
    here = bench()
    key = here.known(f"entity/{name}")
    trail = (Link(_("Entities"), url_for("builder.entities")),)
    return html(
        EntityPage(
            frame=frame(here.called(key), "entities", trail=trail),
            key=key,
            published=here.before(key),
            form=_main_form(here, name),
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.entities"),
            start_url=url_for("builder.start"),
            is_first=request.args.get("first") == "yes",
        )
    )


def _main_form(here: Bench, entity: str) -> str:
    forms = ((name, each.get("entity"), each.get("purpose", "main")) for name, each in here.of_kind("form"))
    return next((f"form/{name}" for name, *what in forms if what == [entity, "main"]), "")


def _gone(here: Bench) -> Iterator[GoneRow]:
    for each in _leaving(here).all():
        since = _("retired on %(day)s", day=day_long(each.at.astimezone(ZoneInfo(here.context.zone)).date()))
        records = _gone_name(each.id) if here.context.access.rights.complete else ""
        label = pick(each.definition.get("label")) or each.entity
        yield GoneRow(encode_id(each.id), label, each.entity, since, records)


def _records_gone(here: Bench) -> dict[str, str]:
    if not here.context.access.rights.complete:
        return {}
    counted = _leaving(here).records()
    return {_gone_name(key): ngettext("%(n)s record", "%(n)s records", count) for key, count in counted.items()}


def _gone_name(key: int) -> str:
    """No entity of now is called so."""
    return f"-{encode_id(key)}"


def _leaving(here: Bench) -> BringingEntities:
    return BringingEntities(here.workspace.publisher.models, here.documents)


def _is_system(here: Bench, name: str) -> bool:
    found = here.workspace.serving(here.revision).model.entities.get(name)
    return found is not None and found.system


def _row(here: Bench, name: str, document: Document, shown: Mapping[str, Mapping[str, int]]) -> EntityRow:
    key = f"entity/{name}"
    return EntityRow(
        link=Link(here.called(key), url_for("builder.entity", name=name), _icon(document)),
        name=name,
        fields=len(document.get("fields", {})),
        shown={kind: counts.get(name, 0) for kind, counts in shown.items()},
        mark=here.mark(key),
    )


def _icon(document: Mapping[str, Any]) -> str:
    return str(document.get("icon", "table"))


def _records(here: Bench, name: str) -> str | None:
    serving = here.workspace.serving(here.revision)
    if name not in serving.model.entities or not here.context.access.may(Operation.READ, name):
        return None
    count, cut = serving.reader.count(here.context, Question(name, (("id",),)))
    return number(count) + ("+" if cut else "")
