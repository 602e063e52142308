"""Creating and changing records through forms. They work without a script; with one, rules show while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Conflict, Invalid
from sartor.platform.model import Entity, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.wish import Wish
from sartor.platform.records.writer import require_version
from sartor.platform.text import gettext as _
from sartor.platform.text import pick, within
from sartor.platform.ui.pages.form import FormPage
from sartor.platform.ui.pages.parts import Link
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route, with_current_design
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.boards.reasons import NEEDS_A_NOTE, reason_place
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.coming_back import place_to_return
from sartor.runtime.pages.forms.conflicts import conflict_page, with_choices
from sartor.runtime.pages.forms.filling import Filling
from sartor.runtime.pages.forms.forms import record_form
from sartor.runtime.pages.forms.layout import shown_for
from sartor.runtime.pages.forms.previews import previewed
from sartor.runtime.pages.forms.typed import Typed, json_of, sent_place, values
from sartor.runtime.pages.reading import read_lines, read_record
from sartor.runtime.pages.rendering import html, see
from sartor.runtime.pages.shell import say, shell

NEW = "/app/<app>/<entity>/r/new"
EDIT = "/app/<app>/<entity>/r/<record>/edit"


@route(pages, NEW, signed_in, methods=["GET"])
def new_record(app: str, entity: str) -> AnyResponse:
    """The form of a new record; parameters named like fields fill them in (`?account=…`)."""
    here = desk(app)
    found = here.entity(entity)
    here.access.require(Operation.CREATE, entity)
    given = given_values(here, found)
    filling = Filling(found, preview=previewed(here, found, given), given=given)
    return html(form_page(here, filling, None))


@route(pages, NEW, signed_in, methods=["POST"], endpoint="create_now")
def create_record(app: str, entity: str) -> AnyResponse:
    here = desk(app)
    found = here.entity(entity)
    typed = Typed.of(request.form.items(multi=True))
    sent: dict[str, Any] | None = None
    try:
        sent = values(here, found, typed)
        written = with_current_design(lambda serving, asker: serving.writer.create(asker, entity, sent))
    except Invalid as refused:
        return refused_form(here, Filling(found, typed=typed), refused, None, by_writer=sent is not None)
    say(_("%(entity)s was made.", entity=pick(found.label)))
    return see(place_to_return() or addresses.record(app, entity, encode_id(written.id)))


@route(pages, EDIT, signed_in, methods=["GET"])
def edit_record(app: str, entity: str, record: str) -> AnyResponse:
    here = desk(app)
    found = here.entity(entity)
    here.access.require(Operation.UPDATE, entity)
    row = read_record(here, found, decode_id(record))
    preview = previewed(here, found, {}, decode_id(record))
    filling = Filling(found, row=row, lines=read_lines(here, found, decode_id(record)), preview=preview)
    return html(form_page(here, filling, record))


@route(pages, EDIT, signed_in, methods=["POST"], endpoint="save_now")
def save_record(app: str, entity: str, record: str) -> AnyResponse:
    here = desk(app)
    found = here.entity(entity)
    typed = with_choices(Typed.of(request.form.items(multi=True)))
    require_version(typed.version)
    number = decode_id(record)
    sent: dict[str, Any] | None = None
    try:
        sent = values(here, found, typed)
        wish = Wish(sent, typed.version, typed.notes)
        with_current_design(lambda serving, asker: serving.writer.update(asker, entity, number, wish))
    except Conflict as conflict:
        return html(conflict_page(here, found, record, conflict), 409)
    except Invalid as refused:
        row, lines = read_record(here, found, number), read_lines(here, found, number)
        filling = Filling(found, row=row, lines=lines, typed=typed)
        return refused_form(here, filling, refused, record, by_writer=sent is not None)
    say(_("Saved."))
    return see(addresses.record(app, entity, record))


def refused_form(
    desk: Desk, filling: Filling, refused: Invalid, record: str | None, *, by_writer: bool = True
) -> AnyResponse:
    """The form again, with what was typed and what is wrong. by_writer: places of lines are counted as it does."""
    typed = filling.typed
    assert typed is not None
    lined = [field.name for field in filling.entity.fields.values() if field.type.owns(field) is not None]
    problems: dict[str, str] = {}
    for problem in refused.problems:
        place = reason_place(problem.field) if problem.code == NEEDS_A_NOTE else problem.field
        for name in lined if by_writer else ():
            place = sent_place(typed, name, place)
        problems.setdefault(place, problem.message)
    preview = previewed(desk, filling.entity, _readable(desk, filling), None if record is None else decode_id(record))
    return html(form_page(desk, replace(filling, problems=problems, preview=preview), record), 422)


def _readable(desk: Desk, filling: Filling) -> dict[str, Any]:
    """What could be read of what was typed, for the rules of the form."""
    assert filling.typed is not None
    try:
        return values(desk, filling.entity, filling.typed)
    except Invalid as refused:
        wrong = {problem.field.partition(".")[0] for problem in refused.problems}
        kept = {name: each for name, each in filling.typed.form.items() if name not in wrong}
        try:
            return values(desk, filling.entity, replace(filling.typed, form=kept))
        except Invalid:
            return {}


def given_values(desk: Desk, entity: Entity) -> dict[str, Any]:
    """What the address fills in; what cannot be read is left out, since the form shows it anyway."""
    found = {}
    for item in desk.access.readable(entity.name):
        parts = {
            key.partition(".")[2]: value for key, value in request.args.items() if key.partition(".")[0] == item.name
        }
        if not parts:
            continue
        try:
            found[item.name] = json_of(desk, item, parts[""] if list(parts) == [""] else parts)
        except ValueError:
            continue
    return found


def form_page(desk: Desk, filling: Filling, record: str | None) -> FormPage:
    entity = filling.entity
    label = pick(entity.label)
    back = place_to_return() or addresses.entity(desk.app.name, entity.name)
    if record is None:
        title = _("New %(entity)s", entity=within(label))
    else:
        title = str(filling.row.get(entity.title) or label)
        back = addresses.record(desk.app.name, entity.name, record)
    bar = TitleBar(title=title, back=Link(_("Back"), back))
    form = record_form(desk, filling, record, back)
    return FormPage(shell(desk, title, f"entity/{entity.name}"), bar, form, shown_for(desk, entity.name))
