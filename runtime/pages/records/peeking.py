"""A look at a record without leaving the list: the drawer beside it."""

from __future__ import annotations

from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model.ids import decode_id
from sartor.platform.records.history.story import Story
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.list import Peek
from sartor.platform.ui.pages.parts import Action, Pill
from sartor.platform.ui.tones import dot_of_stage
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.boards.stage_path import dwell_pill
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.records.details import facts, sections
from sartor.runtime.pages.records.happenings import stream
from sartor.runtime.pages.records.opening import Opened, opened
from sartor.runtime.pages.records.record import ONE, number_text
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.titles import title_text

LATELY = 6


@route(pages, f"{ONE}/peek", signed_in, methods=["GET"])
def peek(app: str, entity: str, record: str) -> AnyResponse:
    here = desk(app)
    return html(peek_of(here, opened(here, entity, record)))


def peek_of(desk: Desk, found: Opened) -> Peek:
    href = addresses.record(desk.app.name, found.entity.name, found.key)
    details = sections(desk, found)
    return Peek(
        title=title_text(desk, found.entity, found.row),
        href=href,
        subtitle=number_text(desk, found) or "",
        pills=tuple(_pills(desk, found)),
        facts=facts(desk, found),
        pairs=details[0].pairs if details else (),
        feed=_lately(desk, found),
        actions=_actions(desk, found, href),
    )


def _pills(desk: Desk, found: Opened) -> list[Pill]:
    if found.at is None:
        return []
    stage = Pill(pick(found.at.stage.label), "accent", dot=dot_of_stage(found.at.pipeline, found.at.stage))
    late = dwell_pill(desk, found.at, found.stays)
    return [stage, late] if late else [stage]


def _lately(desk: Desk, found: Opened) -> tuple:
    if not found.entity.timeline:
        return ()
    happenings = Story(workspace().database, desk.reader).timeline(
        desk.context, found.entity.name, decode_id(found.key)
    )
    return stream(desk, found.entity, found.key, happenings[:LATELY])


def _actions(desk: Desk, found: Opened, href: str) -> tuple[Action, ...]:
    if not found.may_change or found.entity.line_of:
        return ()
    return (Action(text=_("Edit"), url=f"{href}/edit", icon="pencil"),)
