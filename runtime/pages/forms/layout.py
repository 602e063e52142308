"""What stands on a form: the sections of its definition, or all fields of an entity that has none."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from sartor.platform.model import Entity, Field, Form, Item, LineTable, Section
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.widgets import WIDE, is_closed

WHOLE = 12
QUICK = "quick"
PARAMETER = "_form"
"""Which of its forms a new record gets: by the address at first, by the form itself from then on."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A field on a form; span: of twelve columns. lines: how it shows its lines, where the form says so."""

    field: Field
    span: int
    lines: LineTable | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the fields that the reader may see."""

    section: Section
    fields: tuple[Placed, ...]


def layout_of(desk: Desk, entity: Entity, *, new: bool) -> Form | None:
    """The form of an entity: its main one, or for a new record the one that is asked for."""
    main = desk.model.form_of(entity.name)
    purpose = purpose_asked()
    return (desk.model.form_of(entity.name, purpose) if new and purpose else None) or main


def purpose_asked() -> str:
    return request.form.get(PARAMETER) or request.args.get(PARAMETER) or ""


def parts_of(desk: Desk, entity: Entity, form: Form | None, *, new: bool = False) -> list[Part]:
    """The sections of a form; a new record leaves out what nobody can fill in yet."""
    sections = form.sections if form else (plain_section(desk, entity),)
    if form and form.purpose == "main":
        tabs = [section for tab in form.tabs if tab.kind == "fields" for section in tab.sections]
        sections = (*sections, *tabs)
    parts = [Part(section, tuple(_placed(desk, entity, section, new))) for section in sections]
    return [part for part in parts if part.fields]


def plain_section(desk: Desk, entity: Entity) -> Section:
    fields = [field for field in desk.access.readable(entity.name) if not field.system]
    items = tuple(Item((field.name,)) for field in fields)
    return Section("all", {"en": "Details", "zh": "基本信息"}, items)


def _placed(desk: Desk, entity: Entity, section: Section, new: bool) -> list[Placed]:
    readable = {field.name: field for field in desk.access.readable(entity.name)}
    found = []
    for item in section.items:
        field = readable.get(item.path[0])
        if len(item.path) > 1 or field is None or (new and is_late(desk, field)):
            continue
        found.append(Placed(field, _span(field, item, section), item.lines))
    return found


def is_late(desk: Desk, field: Field) -> bool:
    """Whether a field has no value before the record is there: the system's own, numbers, roll-ups."""
    return is_closed(desk, field) and field.type.owns(field) is None and field.formula is None


def _span(field: Field, item: Item, section: Section) -> int:
    if item.width:
        return item.width
    if field.type.widget in WIDE:
        return WHOLE
    return WHOLE // max(1, section.columns)


def lines_on(form: Form | None, name: str) -> LineTable | None:
    """How a form shows the lines of a field."""
    if form is None:
        return None
    sections = (*form.sections, *(section for tab in form.tabs for section in tab.sections))
    return next((item.lines for section in sections for item in section.items if item.path == (name,)), None)
