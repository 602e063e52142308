"""What stands on a form: the sections of its definition, or all fields of an entity that has none."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from sartor.platform.model import Entity, Field, Form, Item, LineTable, Section
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.device import is_phone, width
from sartor.runtime.pages.forms.widgets import WIDE, is_closed

WHOLE = 12
MAIN, PHONE, QUICK = "main", "phone", "quick"
PARAMETER = "_form"
"""Which of its forms a record gets: by the address at first, by the form itself from then on."""


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
    """What a record is typed into: for a new one the quick form if that is asked for, else what its page shows."""
    quick = desk.model.form_of(entity.name, QUICK) if new and purpose_asked() == QUICK else None
    return quick or page_form(desk, entity.name)


def page_form(desk: Desk, entity: str) -> Form | None:
    """The form that the page of a record follows: the main one, on a phone the one for phones where there is one."""
    asked = purpose_asked()
    phone = desk.model.form_of(entity, PHONE) if asked == PHONE or (asked != MAIN and is_phone()) else None
    return phone or desk.model.form_of(entity)


def shown_for(desk: Desk, entity: str) -> str:
    """For which width a page was made that has a form for each; empty where it is the same for both."""
    goes_by_width = request.method == "GET" and not purpose_asked() and desk.model.form_of(entity, PHONE) is not None
    return width() if goes_by_width else ""


def purpose_asked() -> str:
    return request.form.get(PARAMETER) or request.args.get(PARAMETER) or ""


def parts_of(desk: Desk, entity: Entity, form: Form | None, *, new: bool = False) -> list[Part]:
    """The sections of a form; a new record leaves out what nobody can fill in yet."""
    sections = form.sections if form else (plain_section(desk, entity),)
    if form and form.purpose != QUICK:
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
