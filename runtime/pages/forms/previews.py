"""Live forms: what the writer would make of what is typed now. There is no second evaluator in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Entity, Field, Form
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.preview import Preview
from sartor.runtime.answers import answer
from sartor.runtime.gate import route
from sartor.runtime.pages import pages
from sartor.runtime.pages.cells import Cells, line_cells
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.forming import dumped, with_titles
from sartor.runtime.pages.forms.layout import Placed, layout_of, parts_of
from sartor.runtime.pages.forms.line_columns import LineColumn, line_columns
from sartor.runtime.pages.forms.line_sums import line_sums
from sartor.runtime.pages.forms.typed import Typed, differs, sent_place, values, writer_order
from sartor.runtime.pages.forms.widgets import is_closed, value_of

NEW = "/app/<app>/<entity>/r/preview"
ONE = "/app/<app>/<entity>/r/<record>/preview"


def previewed(desk: Desk, entity: Entity, sent: Mapping[str, Any], number: int | None = None) -> Preview:
    """The writer's answer, with the conditions of the form's sections."""
    layout = layout_of(desk, entity, new=number is None)
    return desk.here.writer.preview(desk.context, entity.name, sent, number, asked=_sections(layout))


def _sections(layout: Form | None) -> dict[str, Formula]:
    found = layout.sections if layout else ()
    return {section.name: section.visible_if for section in found if section.visible_if is not None}


@route(pages, NEW, signed_in, methods=["POST"])
def preview_new(app: str, entity: str) -> Response:
    return _told(desk(app), entity, None)


@route(pages, ONE, signed_in, methods=["POST"])
def preview_change(app: str, entity: str, record: str) -> Response:
    return _told(desk(app), entity, decode_id(record))


def _told(desk: Desk, name: str, number: int | None) -> Response:
    """The fields of the form as `runtime/frontend/src/preview.ts` reads them."""
    entity = desk.entity(name)
    typed = Typed.of(request.form.items(multi=True))
    unread: tuple[Problem, ...] = ()
    try:
        sent = values(desk, entity, typed)
    except Invalid as refused:
        unread, sent = refused.problems, _rest(desk, entity, typed, refused)
    preview = previewed(desk, entity, sent, number)
    parts = parts_of(desk, entity, layout_of(desk, entity, new=number is None), new=number is None)
    fields: dict[str, Any] = {}
    lines: dict[str, Any] = {}
    for placed in (placed for part in parts for placed in part.fields):
        field = placed.field
        if field.type.owns(field) is None:
            fields[field.name] = _field(desk, field, preview, typed.form.get(field.name))
        else:
            lines[field.name] = _lines(desk, placed, preview, typed, fields)
    _place_problems(fields, unread, typed, lines, mapped=False)
    _place_problems(fields, preview.problems, typed, lines, mapped=True)
    sections = {key: {"visible": holds} for key, holds in preview.holds.items()}
    return answer({"fields": fields, "sections": sections, "lines": lines})


def _rest(desk: Desk, entity: Entity, typed: Typed, refused: Invalid) -> dict[str, Any]:
    """What could be read."""
    wrong = {problem.field.partition(".")[0] for problem in refused.problems}
    kept = Typed(
        {name: each for name, each in typed.form.items() if name not in wrong}, typed.seen, typed.rows, typed.version
    )
    try:
        return values(desk, entity, kept)
    except Invalid:
        return {}


def _field(desk: Desk, field: Field, preview: Preview, typed: Any) -> dict[str, Any]:
    seen = preview.fields.get(field.name)
    if seen is None:
        return {}
    said: dict[str, Any] = {"visible": seen.visible, "error": None}
    if is_closed(desk, field):
        return said | {"text": _text(desk, field, seen.value, Cells(desk, field, full=True))}
    said |= {"required": seen.required, "readonly": seen.read_only}
    return said | _changed(desk, field, seen.value, typed)


def _changed(desk: Desk, field: Field, value: Any, typed: Any) -> dict[str, Any]:
    """The value, where the writer would make another one of it than stands in the input."""
    made = value_of(desk, field, dumped(field, value))
    if not differs(made, typed):
        return {}
    told: dict[str, Any] = {"value": list(made) if isinstance(made, tuple) else made}
    if field.type.targets(field) and isinstance(made, str) and made:
        told["options"] = [{"value": made, "text": _text(desk, field, value, Cells(desk, field, full=True))}]
    return told


def _text(desk: Desk, field: Field, value: Any, draw: Cells) -> str:
    said = with_titles(desk, field, dumped(field, value))
    cell = draw(said)
    return cell.text or ("–" if said in (None, []) else str(said))


def _lines(desk: Desk, placed: Placed, preview: Preview, typed: Typed, fields: dict[str, Any]) -> dict[str, Any]:
    """Whether they are shown, and computed values of each line under the names of its inputs."""
    field = placed.field
    columns = line_columns(desk, field, placed.lines)
    seen = preview.fields.get(field.name)
    fields[field.name] = {"visible": seen.visible} if seen else {}
    numbers = typed.rows.get(field.name, [])
    order = writer_order(typed, field.name)
    rows = [row for row in typed.form.get(field.name, ()) if isinstance(row, dict)]
    known = {encode_id(line["id"]): line for line in preview.lines.get(field.name, ()) if line.get("id")}
    stored = [line for key, line in known.items() if key in {row.get("id") for row in rows}]
    new = [line for line in preview.lines.get(field.name, ()) if line not in stored]
    fresh = iter(new)
    for place in order:
        line = known.get(rows[place].get("id") or "") or next(fresh, None)
        if line is not None and place < len(numbers):
            _line(desk, columns, line, (f"{field.name}[{numbers[place]}].", rows[place]), fields)
    if rows and not preview.lines.get(field.name):
        return {"foot": {}}
    made = [
        {each.name: dumped(each.field, line.get(each.name)) for each in columns}
        for line in preview.lines.get(field.name, ())
    ]
    return {"foot": line_sums(desk, columns, made)}


def _line(
    desk: Desk, columns: list[LineColumn], line: Mapping[str, Any], source: tuple[str, Any], fields: dict[str, Any]
) -> None:
    prefix, row = source
    for each in (column.field for column in columns):
        value = line.get(each.name)
        if is_closed(desk, each):
            fields[prefix + each.name] = {"text": _text(desk, each, value, line_cells(desk, each)), "error": None}
        else:
            fields[prefix + each.name] = {"error": None, **_changed(desk, each, value, row.get(each.name))}


def _place_problems(
    fields: dict[str, Any], problems: tuple[Problem, ...], typed: Typed, lined: Mapping[str, Any], *, mapped: bool
) -> None:
    for problem in problems:
        place = problem.field
        for name in lined:
            place = sent_place(typed, name, place) if mapped else place
        parts, written = place.split("."), typed.form.get(place)
        if len(parts) == 3 and parts[0] in lined and parts[1].isdigit():
            numbers = typed.rows.get(parts[0], [])
            number = int(parts[1])
            written = _typed_in_line(typed, parts[0], number, parts[2])
            place = f"{parts[0]}[{numbers[number]}].{parts[2]}" if number < len(numbers) else parts[0]
        told = fields.setdefault(place, {})
        told["error"] = problem.message
        if written:  # it stays, to be mended: what stood there before would look like an answer
            told.pop("value", None)


def _typed_in_line(typed: Typed, name: str, number: int, field: str) -> Any:
    rows = typed.form.get(name, [])
    row = rows[number] if number < len(rows) else None
    return row.get(field) if isinstance(row, dict) else None
