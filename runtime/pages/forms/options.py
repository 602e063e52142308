"""What pickers look for: records that a field offers, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import NotFound
from sartor.platform.fields.base import Wanted, quoted
from sartor.platform.fields.regions import LEVELS, regions
from sartor.platform.model import Entity, Field, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.query.question import Question
from sartor.platform.query.searching import search
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.runtime.answers import answer
from sartor.runtime.gate import route
from sartor.runtime.pages import pages
from sartor.runtime.pages.desk import Desk, desk

MOST = 20


@route(pages, "/app/<app>/<entity>/r/options", signed_in, methods=["GET"])
def picker_options(app: str, entity: str) -> Response:
    """`?field=account&of=account&q=…`: `{"options": [{"value", "text", "hint"}], "more": true}`; of whatever the field
    may point to where `of` does not say whose."""
    here = desk(app)
    found = here.entity(entity)
    field = next((each for each in here.access.readable(entity) if each.name == request.args.get("field")), None)
    targets = field.type.targets(field) if field else ()
    wanted = (request.args["of"],) if request.args.get("of") else targets
    if field is None or not wanted or set(wanted) - set(targets):
        raise NotFound(_("%(entity)s has no field %(name)s.", entity=found.name, name=request.args.get("field", "")))
    query = request.args.get("q", "").strip()
    if len(wanted) == 1:
        found_there = _options(here, field, wanted[0], query)
        return answer({"options": found_there[:MOST], "more": len(found_there) > MOST})
    return answer(_of_several(here, field, wanted, query))


def _of_several(desk: Desk, field: Field, targets: Sequence[str], query: str) -> dict[str, Any]:
    """Records of each target that is open to the reader, with what they are."""
    by_target = {each: _options(desk, field, each, query) for each in targets if desk.access.may(Operation.READ, each)}
    options = [
        {**option, "hint": pick(desk.model.entity(target).label)}
        for target, found in by_target.items()
        for option in found[:MOST]
    ]
    return {"options": options, "more": any(len(found) > MOST for found in by_target.values())}


def _options(desk: Desk, field: Field, target: str, query: str) -> list[dict[str, str]]:
    return searched(desk, field, target, query) if query else first_ones(desk, field, target)


@route(pages, "/app/<app>/<entity>/r/places", signed_in, methods=["GET"])
def places(app: str, entity: str) -> Response:
    """`?level=city&province=…`: the regions of a level inside what is chosen so far."""
    desk(app).entity(entity)
    args = request.args
    if args.get("level") not in LEVELS:
        raise NotFound(_("There is no level “%(name)s” of an address.", name=args.get("level", "")))
    found = regions(args["level"], args.get("province"), args.get("city"))
    return answer({"options": [{"value": name, "text": name} for name in found]})


def offered(field: Field) -> tuple[Formula, ...]:
    """The condition that the field's definition puts on what is offered."""
    found = getattr(field.details, "filter", None)
    return (found,) if found is not None else ()


def first_ones(desk: Desk, field: Field, target: str) -> list[dict[str, str]]:
    """Before anything is typed: the newest ones."""
    return _rows(desk, desk.entity(target), Question(target, paths(desk, target), where=offered(field), limit=MOST + 1))


def searched(desk: Desk, field: Field, target: str, query: str) -> list[dict[str, str]]:
    """Records found by the search index, cut to what the field offers."""
    hits = search(desk.reader, desk.context, query, [target], limit=MOST + 1)
    if not hits:
        return _by_title(desk, field, target, query)
    among = f"id in [{', '.join(quoted(hit.id) for hit in hits)}]"
    where = (*offered(field), *desk.names.conditions(target, [among]))
    rows = _rows(desk, desk.entity(target), Question(target, paths(desk, target), where=where, limit=MOST + 1))
    order = {hit.id: place for place, hit in enumerate(hits)}
    return sorted(rows, key=lambda row: order.get(row["value"], MOST))


def _by_title(desk: Desk, field: Field, target: str, query: str) -> list[dict[str, str]]:
    """Entities whose title no index holds, and beginnings too short for one."""
    title = desk.model.entity(target).title_field
    if "contains" not in title.face.type.operators:
        return []
    where = (*offered(field), *desk.names.conditions(target, [f"contains({title.name}, {quoted(query)})"]))
    return _rows(desk, desk.entity(target), Question(target, paths(desk, target), where=where, limit=MOST + 1))


def paths(desk: Desk, target: str) -> tuple[tuple[str, ...], ...]:
    """The title, and one more thing that tells records of the same name apart."""
    entity = desk.model.entity(target)
    hint = hint_field(desk, entity)
    return ((entity.title,), *(((hint.name,),) if hint else ()))


def hint_field(desk: Desk, entity: Entity) -> Field | None:
    """The record's number where it has one, else what it belongs to."""
    readable = [each for each in desk.access.readable(entity.name) if not each.system and each.name != entity.title]
    numbers = [each for each in readable if each.type.unique and each.type.computed]
    parents = [each for each in readable if each.required and each.type.targets(each)]
    return next(iter([*numbers, *parents]), None)


def _rows(desk: Desk, entity: Entity, question: Question) -> list[dict[str, str]]:
    desk.access.require(Operation.READ, entity.name)
    hint = hint_field(desk, entity)
    made = []
    for row in desk.reader.page(desk.context, question).rows:
        option = {"value": row["id"], "text": str(row[entity.title] or row["id"])}
        beside = row.get(hint.name) if hint else None
        if beside:
            option["hint"] = str(beside.get("title") or "") if isinstance(beside, dict) else str(beside)
        made.append(option)
    return made


def resolve(desk: Desk, wanted: Wanted) -> str:
    """The id of the record that somebody typed the title of.

    :raises ValueError: where none, or more than one, has it.
    """
    for target in wanted.targets:
        entity = desk.entity(target)
        where = desk.names.conditions(target, [f"{entity.title} = {quoted(wanted.text)}"])
        rows = desk.reader.page(desk.context, Question(target, ((entity.title,),), where=where, limit=2)).rows
        if len(rows) == 1:
            return str(rows[0]["id"])
        if rows:
            raise ValueError(_("There are several called “%(title)s”; choose one.", title=wanted.text))
    label = pick(desk.model.entity(wanted.targets[0]).label) if wanted.targets else ""
    raise ValueError(_("There is no %(entity)s called “%(title)s”.", entity=label, title=wanted.text))
