"""Two people changed the same field: both values side by side, and the reader chooses."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flask import request

from sartor.platform.errors import Conflict
from sartor.platform.model import Entity
from sartor.platform.model.ids import decode_id
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick
from sartor.platform.ui.pages.error import ConflictPage, Difference
from sartor.platform.ui.pages.parts import Action, Cell, Link
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.pages import addresses
from sartor.runtime.pages.cells import Cells
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.forming import with_titles
from sartor.runtime.pages.forms.typed import VERSION, Typed
from sartor.runtime.pages.reading import read_record
from sartor.runtime.pages.shell import shell

KEEP = "keep"


def with_choices(typed: Typed) -> Typed:
    """The form after somebody chose on the conflict page: what was left to the others is not sent."""
    kept = typed.form.get(KEEP)
    if not isinstance(kept, dict):
        return typed
    left = {name for name, side in kept.items() if side == "theirs"}
    form = {name: value for name, value in typed.form.items() if name != KEEP and name not in left}
    return replace(typed, form=form)


def conflict_page(desk: Desk, entity: Entity, record: str, conflict: Conflict) -> ConflictPage:
    row = read_record(desk, entity, decode_id(record))
    differences = tuple(
        Difference(
            name,
            pick(entity.fields[name].label),
            shown(desk, entity, name, both["theirs"]),
            shown(desk, entity, name, both["yours"]),
        )
        for name, both in conflict.values.items()
    )
    title = str(row.get(entity.title) or pick(entity.label))
    url = addresses.record(desk.app.name, entity.name, record, "edit")
    by = row.get("updated_by") or {}
    who = by.get("title") or _("Somebody else")
    return ConflictPage(
        shell=shell(desk, title, f"entity/{entity.name}"),
        bar=TitleBar(title=title, back=Link(_("Back"), addresses.record(desk.app.name, entity.name, record))),
        title=_("Both of you changed this record"),
        text=_("Nothing of yours is lost. Choose what holds; everything else of yours is saved with it."),
        who=str(who),
        differences=differences,
        url=url,
        csrf=desk.csrf,
        fields=tuple(_again(row)),
        discard=Action(text=_("Discard my changes"), url=addresses.record(desk.app.name, entity.name, record)),
    )


def _again(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Everything that was sent, with the version that is seen now."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("_csrf", VERSION) and not name.startswith(f"{KEEP}[")
    ]
    return [*kept, (VERSION, str(row["version"]))]


def shown(desk: Desk, entity: Entity, name: str, said: Any) -> str:
    """A value in words."""
    field = entity.fields[name]
    cell: Cell = Cells(desk, field, full=True)(with_titles(desk, field, said))
    if cell.pills:
        return listed(pill.text for pill in cell.pills)
    return cell.text or (json.dumps(said, ensure_ascii=False) if said not in (None, [], "") else "")
