"""Forms: the list of them, and the designer of one with a preview as people will see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.canvas.drafted import drafted
from sartor.builder.frame import Frame, frame, preview_address
from sartor.builder.lists.paging import Part, fits, part_of
from sartor.builder.palettes.related_lists import related_lists
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.pages.parts import Link


@dataclass(frozen=True, slots=True)
class FormRow:
    """purpose: main or quick, in words. mark: new, edited or nothing."""

    link: Link
    name: str
    entity: str
    purpose: str
    fields: int
    mark: str


@dataclass(frozen=True, slots=True)
class FormsPage:
    """make_url: what the address of a new form begins with."""

    template: ClassVar[str] = "build/forms.html"

    frame: Frame
    found: Part[FormRow]
    make_url: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """entity: whose form it is. related: other entities whose records point here, for lists of them.

    try_url: the form as people will see it. records_url, roles: on what record, and as whom it can be tried.
    is_phone: whether its canvas begins as wide as a phone.
    """

    template: ClassVar[str] = "build/form.html"

    frame: Frame
    key: str
    entity: str
    published: Document | None
    related: tuple[Mapping[str, Any], ...]
    icons: str
    try_url: str
    records_url: str
    roles: tuple[tuple[str, str], ...]
    is_phone: bool


@route("/forms")
def forms() -> Response:
    here = bench()
    rows = (_row(here, name, each) for name, each in here.of_kind("form"))
    sought = [row for row in rows if fits(row.link.text, row.name, row.entity)]
    part = part_of(sorted(sought, key=lambda row: row.link.text.lower()))
    return html(FormsPage(frame(_("Forms"), "forms"), part, url_for("builder.forms")))


@route("/forms/<name>")
def form(name: str) -> Response:
    here, key = bench(), f"form/{name}"
    document = here.document("form", name)
    trail = (Link(_("Forms"), url_for("builder.forms")),)
    entity = str(document.get("entity", ""))
    return html(
        FormPage(
            frame=frame(f"{here.called(key)} · {_purpose(document)}", "forms", trail=trail),
            key=key,
            entity=entity,
            published=here.before(key),
            related=tuple(related_lists(drafted(here), entity)),
            icons=" ".join(sorted(Assets().icons)),
            try_url=preview_address(f"/app/-/form/{name}"),
            records_url=url_for("builder.template_records"),
            roles=tuple((role, pick(each.get("label")) or role) for role, each in here.of_kind("role")),
            is_phone=document.get("purpose") == "phone",
        )
    )


def _row(here: Bench, name: str, document: Document) -> FormRow:
    key, entity = f"form/{name}", str(document.get("entity", ""))
    return FormRow(
        link=Link(here.called(key), url_for("builder.form", name=name), "forms"),
        name=name,
        entity=here.called(f"entity/{entity}"),
        purpose=_purpose(document),
        fields=sum(len(section.get("fields", {})) for section in _sections(document)),
        mark=here.mark(key),
    )


def _purpose(document: Document) -> str:
    words = {"phone": _("phone form"), "quick": _("quick form")}
    return words.get(document.get("purpose", ""), _("main form"))


def _sections(document: Document) -> Iterator[Mapping[str, Any]]:
    yield from document.get("sections", {}).values()
    for _name, tab in in_order(document.get("tabs", {})):
        yield from tab.get("sections", {}).values()
