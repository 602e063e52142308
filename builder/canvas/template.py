"""A template that is being designed, filled in from a real record as the designer may see it, on what is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import g

from sartor.builder.bench import Bench
from sartor.builder.rendering import text
from sartor.platform.definitions.compile.draft import Draft
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.compile.templates import compile_template
from sartor.platform.definitions.documents import Document
from sartor.platform.definitions.validate import faults
from sartor.platform.errors import SartorError
from sartor.platform.fields.base import quoted
from sartor.platform.model import Model, Operation, Template
from sartor.platform.model.ids import decode_id
from sartor.platform.query.question import Question, Term
from sartor.platform.templating.filling import Templating
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.sheet import Sheet

NAME = "draft"
MOST = 20


@dataclass(frozen=True, slots=True)
class SheetPart:
    """The sheet as a piece of a page."""

    template: ClassVar[str] = "build/parts/template_sheet.html"

    sheet: Sheet
    workspace: str


@dataclass(frozen=True, slots=True)
class Filled:
    """html: the sheet, blank where there is nothing to show. notes: what is not shown yet, and why."""

    html: str = ""
    subject: str = ""
    to: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A record to fill a template in from."""

    id: str
    title: str


def live_template(here: Bench, sent: Document, record: str, language: str) -> Filled:
    """What is wrong in it is left out, with a word about it."""
    serving = here.workspace.serving(here.revision)
    problems = faults(here.workspace.kinds.validator("template"), sent)
    if problems:
        return Filled(notes=tuple(each.message for each in problems))
    made, notes = _compiled(here, serving.model, sent)
    if made is None or not record:
        return Filled(notes=notes or (_("There is no record to fill it in from."),))
    templating = Templating(serving.reader, serving.names.of(here.context), here.context, language)
    try:
        sheet = templating.fill(made, decode_id(record))
        if not templating.suits(made, decode_id(record)):
            notes = (*notes, _("It is not offered for this record: the condition “Offered only if” does not hold."))
    except SartorError as refused:
        return Filled(notes=(*notes, refused.message))
    return Filled(text(SheetPart(sheet, here.workspace.name.at(g.asker.stamp))), sheet.subject, sheet.to, notes)


def _compiled(here: Bench, model: Model, sent: Document) -> tuple[Template | None, tuple[str, ...]]:
    """On what is published: what is not, such as a new field, has no values that could be shown."""
    draft = Draft(here.published, here.workspace.extensions, 0)
    draft.model, draft.scope = model, ModelScope(model)
    made = compile_template(draft, NAME, sent)
    notes = (_("Not shown yet: %(why)s", why=each.message) for each in draft.problems)
    return made, tuple(dict.fromkeys(notes))


def records_for(here: Bench, entity: str, wanted: str) -> list[Found]:
    """The latest records whose title holds a text; none where the entity is closed or not published."""
    serving = here.workspace.serving(here.revision)
    known = serving.model.entities.get(entity)
    if known is None or not here.context.access.may(Operation.READ, entity):
        return []
    names = serving.names.of(here.context)
    where = [f"contains({known.title}, {quoted(wanted)})"] if wanted.strip() else []
    try:
        found = names.conditions(entity, where)
        asked = Question(entity, ((known.title,),), where=found, sort=(Term("id", descending=True),), limit=MOST)
        rows = serving.reader.page(here.context, asked).rows
    except SartorError:
        return []
    return [Found(row["id"], _title(row.get(known.title))) for row in rows]


def _title(said: Any) -> str:
    return str(said.get("title") if isinstance(said, dict) else said or _("(no name)"))
