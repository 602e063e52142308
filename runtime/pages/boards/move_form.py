"""What a move to another stage asks for, as a dialog or as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.errors import Forbidden, Invalid, NotFound, Problem
from sartor.platform.model import Entity, Operation, Stage
from sartor.platform.model.ids import decode_id
from sartor.platform.text import did_you_mean, near, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.form import Dialog, Form, FormPage, FormProblem, FormSection
from sartor.platform.ui.pages.parts import Action, Link
from sartor.platform.ui.pages.shell import TitleBar
from sartor.platform.ui.pages.widget import Widget
from sartor.runtime.pages import addresses
from sartor.runtime.pages.boards.reasons import NEEDS_A_NOTE, reason_widget
from sartor.runtime.pages.boards.stage_path import Standing, standing, ways
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.filling import Filling
from sartor.runtime.pages.forms.forming import said_of
from sartor.runtime.pages.forms.forms import problem_text
from sartor.runtime.pages.forms.layout import WHOLE
from sartor.runtime.pages.forms.widgets import Shown, is_closed, widget
from sartor.runtime.pages.reading import read_record
from sartor.runtime.pages.shell import shell
from sartor.runtime.pages.titles import title_text


@dataclass(frozen=True)
class Moving:
    """A record on its way. row: its values as JSON."""

    entity: Entity
    key: str
    row: dict[str, Any]
    at: Standing
    target: Stage
    title: str


@dataclass(frozen=True)
class Asked:
    """widgets: what has to be given. others: what stands against the move and cannot be mended here."""

    widgets: tuple[Widget, ...]
    others: tuple[str, ...]
    sent: bool = False


def moving_of(desk: Desk, name: str, key: str, stage: str) -> Moving:
    """:raises NotFound: for a stage or a record that is not there."""
    entity = desk.entity(name)
    if not desk.access.may(Operation.UPDATE, name):
        raise Forbidden(desk.access.explain(Operation.UPDATE, name).message)
    row = read_record(desk, entity, decode_id(key))
    at = standing(desk, entity, row, True)
    if at is None or stage not in at.pipeline.stages:
        hint = did_you_mean(near(stage, at.pipeline.stages) if at else None)
        raise NotFound(_("There is no stage “%(name)s” here.", name=stage) + hint)
    return Moving(entity, row["id"], row, at, at.pipeline.stages[stage], title_text(desk, entity, row))


def asked_for(
    desk: Desk, moving: Moving, typed: Mapping[str, Any], notes: Mapping[str, str], refused: Invalid | None = None
) -> Asked:
    """What the writer says is missing; before it was asked, a preview says so."""
    problems = refused.problems if refused else _foreseen(desk, moving)
    allowed, reason = ways(desk, moving.at, moving.target)
    widgets: dict[str, Widget] = {}
    others = [reason] if reason else []
    for problem in problems:
        field = moving.entity.fields.get(problem.field)
        if problem.code == NEEDS_A_NOTE:
            continue
        if field is None or field is moving.at.field or is_closed(desk, field) or field.type.owns(field) is not None:
            others.append(problem.message)
        elif field.name not in widgets:
            widgets[field.name] = _widget(desk, moving, field, typed, problem if refused else None)
    for name in typed:
        field = moving.entity.fields.get(name)
        if field is not None and name not in widgets and not is_closed(desk, field) and field is not moving.at.field:
            widgets[name] = _widget(desk, moving, field, typed, None)
    noted = [_note(notes, problems if refused else ())] if any(way.note for way in allowed) else []
    return Asked((*widgets.values(), *noted), tuple(dict.fromkeys(others)), refused is not None)


def _foreseen(desk: Desk, moving: Moving) -> tuple[Problem, ...]:
    sent = {moving.at.field.name: moving.target.name}
    preview = desk.here.writer.preview(desk.context, moving.entity.name, sent, decode_id(moving.key))
    return preview.problems


def _widget(desk: Desk, moving: Moving, field: Any, typed: Mapping[str, Any], problem: Problem | None) -> Widget:
    filling = Filling(moving.entity, row=moving.row)
    now = typed.get(field.name)
    shown = Shown(
        said=said_of(desk, field, filling, now),
        typed=now,
        problem=problem.message if problem else None,
        required=True,
        span=WHOLE,
    )
    return widget(desk, moving.entity, field, shown)


def _note(notes: Mapping[str, str], problems: tuple[Problem, ...]) -> Widget:
    missing = next((problem.message for problem in problems if problem.code == NEEDS_A_NOTE), None)
    return reason_widget("stage", notes.get("stage", ""), missing)


def move_form(desk: Desk, moving: Moving, asked: Asked) -> Form:
    name, entity = desk.app.name, moving.entity.name
    stage = pick(moving.target.label)
    problems = [FormProblem(text) for text in asked.others]
    problems += [FormProblem(problem_text(each.label, each.error), each.id) for each in asked.widgets if each.error]
    return Form(
        label=_("Move to %(stage)s", stage=stage),
        url=addresses.record(name, entity, moving.key, "move", moving.target.name),
        csrf=desk.csrf,
        save=Action(text=_("Move to %(stage)s", stage=stage), url="", look="primary", key="⌘S"),
        cancel=Action(text=_("Cancel"), url=addresses.record(name, entity, moving.key), key="Esc"),
        sections=(FormSection("all", None, asked.widgets),) if asked.widgets else (),
        version=str(moving.row["version"]),
        lead=_("It was not moved.") if asked.sent else _("It cannot be moved yet.") if asked.others else None,
        problems=tuple(problems),
    )


def move_dialog(desk: Desk, moving: Moving, asked: Asked) -> Dialog:
    return Dialog(_("Move to %(stage)s", stage=pick(moving.target.label)), move_form(desk, moving, asked), moving.title)


def move_page(desk: Desk, moving: Moving, asked: Asked) -> FormPage:
    title = _("Move to %(stage)s", stage=pick(moving.target.label))
    back = Link(moving.title, addresses.record(desk.app.name, moving.entity.name, moving.key))
    bar = TitleBar(title=title, back=back, trail=(back,))
    return FormPage(shell(desk, title, f"entity/{moving.entity.name}"), bar, move_form(desk, moving, asked))
