"""What points to a record: for every lookup and link of other entities, the latest records and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.expressions import check
from sartor.platform.model import Entity, Field, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import Question, Term
from sartor.platform.records.history.happening import require_seen
from sartor.platform.text import pick
from sartor.runtime.answers import answer
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.shapes import LINK, TEXT, closed, listed
from sartor.runtime.gate import context, serving

LIMIT = Parameter("limit", "How many of each.", {"type": "integer", "minimum": 1, "maximum": 50, "default": 5})
ROW = closed(
    {
        "entity": TEXT,
        "field": TEXT,
        "label": TEXT,
        "count": {"type": "integer"},
        "capped": {"type": "boolean"},
        "data": {"type": "array", "items": LINK},
    },
    "entity", "field", "label", "count", "capped", "data",
)  # fmt: skip


@endpoint(
    api, "GET", "/records/<entity>/<record>/links", signed_in,
    Says(query=(LIMIT,), answer=listed(ROW), needs=Operation.READ),
)  # fmt: skip
def get_links(entity: str, record: str) -> Response:
    """Records that point to this one, by entity and field, the latest first; with an exact count up to 10,000."""
    number = decode_id(record)
    serving().names.of(context()).entity(entity)
    require_seen(serving().reader, context(), entity, number)
    return answer({"data": [_row(other, field, number) for other, field in _pointing(entity)]})


def _pointing(entity: str) -> Iterator[tuple[Entity, Field]]:
    """Fields through which other records can be seen to point here; lines are part of their record."""
    model, access = serving().model, context().access
    for field in model.lookups_to(entity):
        other = model.entities[field.entity]
        seen = access.may(Operation.READ, other.name) and access.path_is_readable(other.name, (field.name,))
        if seen and other.line_of is None and not field.system:
            yield other, field


def _row(other: Entity, field: Field, number: int) -> dict[str, Any]:
    question = pointing_question(other, field, number, asked()["limit"])
    reader = serving().reader
    rows = reader.page(context(), question).rows
    count, capped = reader.count(context(), question)
    return {
        "entity": other.name,
        "field": field.name,
        "label": f"{pick(other.plural)} · {pick(field.label)}",
        "count": count,
        "capped": capped,
        "data": [{"entity": other.name, "id": row["id"], "title": row.get(other.title)} for row in rows],
    }


def pointing_question(other: Entity, field: Field, number: int, limit: int) -> Question:
    """The latest records of an entity whose field points to a record."""
    access = context().access
    title = ((other.title,),) if access.path_is_readable(other.name, (other.title,)) else ()
    sort = (Term("created_at", descending=True),) if access.path_is_readable(other.name, ("created_at",)) else ()
    if field.type.members(field) is None and len(field.type.targets(field)) == 1:
        # One statement for all records, whichever is asked about.
        return Question(other.name, title, equal=(field.name,), given={field.name: number}, sort=sort, limit=limit)
    operator = "in" if field.type.members(field) else "="
    condition = check(f"'{encode_id(number)}' {operator} {field.name}", ModelScope(serving().model), other.name)
    return Question(other.name, title, where=(condition,), sort=sort, limit=limit)
