"""Roles: the list of them with who holds them, the designer of one, and what its edits change for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from flask import Response, jsonify, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.canvas.drafted import drafted
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.rendering import html
from sartor.builder.review.role_effects import effects, holders, published_name
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document
from sartor.platform.model import Entity, Model
from sartor.platform.publishing.names.lineage import lineage
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class RoleRow:
    """entities: how many it opens. holders: how many people have it. mark: new, edited or nothing."""

    link: Link
    name: str
    entities: int
    holders: int
    mark: str


@dataclass(frozen=True, slots=True)
class RolesPage:
    template: ClassVar[str] = "build/roles.html"

    frame: Frame
    found: Part[RoleRow]
    make_url: str


@dataclass(frozen=True, slots=True)
class RolePage:
    """entities: the rows of the matrix. always: fields that every record has.

    effects_url: answers what changes for whom. fields_url: answers the fields of one entity, since all of a big
    workspace are more than a page should carry.
    """

    template: ClassVar[str] = "build/role.html"

    frame: Frame
    key: str
    published: Document | None
    entities: list[dict[str, Any]]
    always: list[str]
    icons: str
    list_url: str
    effects_url: str
    fields_url: str


@route("/roles")
def roles() -> Response:
    sought = [row for row in _rows(bench()) if fits(row.link.text, row.name)]
    part = part_of(sorted(sought, key=lambda row: (row.link.text.lower(), row.name)))
    return html(RolesPage(frame(_("Roles"), "roles"), part, url_for("builder.roles")))


@route("/roles/<name>")
def role(name: str) -> Response:
    here = bench()
    key = here.known(f"role/{name}")
    model = drafted(here)
    return html(
        RolePage(
            frame=frame(here.called(key), "roles", trail=(Link(_("Roles"), url_for("builder.roles")),)),
            key=key,
            published=here.before(key),
            entities=list(_entities(model)),
            always=_always(model),
            icons=" ".join(sorted(Assets().icons)),
            list_url=url_for("builder.roles"),
            effects_url=url_for("builder.role_changes", name=name),
            fields_url=url_for("builder.role_fields"),
        )
    )


@route("/-/role-fields")
def role_fields() -> Response:
    """The fields of an entity, as a role opens them. :raises NotFound: for no entity of the change set."""
    return jsonify(list(_fields(drafted(bench()).entity(request.args.get("entity", "")))))


@route("/roles/<name>/changes")
def role_changes(name: str) -> Response:
    """What the edits of a role change for whom, as data for its designer."""
    here = bench()
    here.known(f"role/{name}")
    return jsonify(asdict(effects(here, name)))


def _rows(here: Bench) -> Iterator[RoleRow]:
    model, names = here.workspace.serving(here.revision).model, lineage(here.documents, here.published)
    for name, document in here.of_kind("role"):
        key = f"role/{name}"
        yield RoleRow(
            link=Link(here.called(key), url_for("builder.role", name=name), "shield-lock"),
            name=name,
            entities=len(document.get("grants", {})),
            holders=len(holders(here, published_name(names, name), model)),
            mark=here.mark(key),
        )


def _always(model: Model) -> list[str]:
    fields = (each for entity in model.entities.values() for each in entity.fields.values())
    return sorted({each.name for each in fields if each.system})


def _entities(model: Model) -> Iterator[dict[str, Any]]:
    """Entities that stand for themselves; the rights in lines are those in their record."""
    shown = [each for each in model.entities.values() if each.line_of is None]
    for entity in sorted(shown, key=lambda each: (each.system, pick(each.plural).lower())):
        own = [each for each in entity.fields.values() if not each.system]
        yield {
            "name": entity.name,
            "label": pick(entity.plural),
            "icon": entity.icon,
            "owned": entity.owned,
            "count": len(own),
            "sensitive": [each.name for each in own if each.sensitive],
        }


def _fields(entity: Entity) -> Iterator[dict[str, Any]]:
    for field in entity.fields.values():
        if not field.system:
            yield {
                "name": field.name,
                "label": pick(field.label),
                "icon": field.face.type.icon,
                "sensitive": field.sensitive,
                "computed": field.type.computed,
            }
