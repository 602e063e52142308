"""Templates: the list of them, and the designer of one beside a record filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from flask import Response, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.canvas.drafted import drafted
from sartor.builder.canvas.sent import sent_json
from sartor.builder.canvas.template import live_template, records_for
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.palettes.fields import shelves
from sartor.builder.palettes.related_lists import related_lists
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document
from sartor.platform.errors import BadRequest
from sartor.platform.model import Model
from sartor.platform.text import LANGUAGES
from sartor.platform.text import gettext as _
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """purpose: print or mail, in words. mark: new, edited or nothing."""

    link: Link
    name: str
    entity: str
    purpose: str
    mark: str


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """make_url: what the address of a new template begins with."""

    template: ClassVar[str] = "build/templates.html"

    frame: Frame
    found: Part[TemplateRow]
    make_url: str


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """shelves: fields of the record, and of each list below it by entity. lists: what tables may show."""

    template: ClassVar[str] = "build/template.html"

    frame: Frame
    key: str
    entity: str
    published: Document | None
    shelves: Mapping[str, list[dict[str, Any]]]
    lists: tuple[Mapping[str, Any], ...]
    icons: str
    live_url: str
    records_url: str


@route("/templates")
def templates() -> Response:
    here = bench()
    rows = (_row(here, name, each) for name, each in here.of_kind("template"))
    sought = [row for row in rows if fits(row.link.text, row.name, row.entity)]
    part = part_of(sorted(sought, key=_by_entity))
    return html(TemplatesPage(frame(_("Templates"), "templates"), part, url_for("builder.templates")))


@route("/templates/<name>")
def template(name: str) -> Response:
    here, key = bench(), f"template/{name}"
    document = here.document("template", name)
    entity = str(document.get("entity", ""))
    model = drafted(here)
    lists = tuple(related_lists(model, entity))
    trail = (Link(_("Templates"), url_for("builder.templates")),)
    return html(
        TemplatePage(
            frame=frame(here.called(key), "templates", trail=trail),
            key=key,
            entity=entity,
            published=here.before(key),
            shelves=_shelves(model, [entity, *(each["entity"] for each in lists), "user"]),
            lists=lists,
            icons=" ".join(sorted(Assets().icons)),
            live_url=url_for("builder.template_live"),
            records_url=url_for("builder.template_records"),
        )
    )


@route("/-/live-template", methods=["POST"])
def template_live() -> Response:
    """The definition that is sent, filled in; nothing is kept. :raises BadRequest: for no definition."""
    sent = sent_json()
    if not isinstance(sent, dict) or not isinstance(sent.get("template"), dict):
        raise BadRequest(_("The definition of a template was expected."))
    here = bench()
    language = sent.get("language") if sent.get("language") in LANGUAGES else here.context.language
    return jsonify(asdict(live_template(here, sent["template"], str(sent.get("record") or ""), str(language))))


@route("/-/template-records")
def template_records() -> Response:
    """Records of an entity whose title holds a text, the latest first."""
    found = records_for(bench(), request.args.get("entity", ""), request.args.get("q", "")[:80])
    return jsonify([asdict(each) for each in found])


def _shelves(model: Model, entities: list[str]) -> dict[str, list[dict[str, Any]]]:
    known = (model.entities.get(name) for name in dict.fromkeys(entities))
    return {entity.name: shelves(model, entity) for entity in known if entity is not None}


def _row(here: Bench, name: str, document: Document) -> TemplateRow:
    entity = str(document.get("entity", ""))
    is_mail = document.get("purpose") == "mail"
    icon = "mail" if is_mail else "printer"
    return TemplateRow(
        link=Link(here.called(f"template/{name}"), url_for("builder.template", name=name), icon),
        name=name,
        entity=here.called(f"entity/{entity}"),
        purpose=_("Mail") if is_mail else _("Print"),
        mark=here.mark(f"template/{name}"),
    )


def _by_entity(row: TemplateRow) -> tuple[str, str, str]:
    return row.entity.lower(), row.link.text.lower(), row.name
