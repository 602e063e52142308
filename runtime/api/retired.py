"""What was taken out and may come back with its values: fields, and entities with their records."""

from __future__ import annotations

from typing import Any

from flask import Response

from sartor.platform.definitions.documents import Changed, applied
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.publishing.retired.bringing_back import BringingBack, Comeback
from sartor.platform.publishing.retired.bringing_entities import BringingEntities, EntityGone
from sartor.platform.publishing.words.calling import Calling
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.designing import design, known_set, publisher
from sartor.runtime.api.documents import DOCUMENTS
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.proposing import CHANGES, SET, before_and_after, changes_in
from sartor.runtime.api.shapes import TEXT, closed, listed
from sartor.runtime.gate import context, serving, workspace

GONE = closed(
    {
        "id": TEXT, "entity": TEXT, "field": TEXT, "column": TEXT, "label": {}, "type": TEXT, "at": TEXT,
        "values": {
            "type": ["integer", "null"],
            "description": "How many records have one; null where one may not read them all.",
        },
    },
    "id", "entity", "field", "column", "type", "at", "values",
)  # fmt: skip
ENTITY_GONE = closed(
    {
        "id": TEXT, "entity": TEXT, "label": {}, "at": TEXT,
        "records": {
            "type": ["integer", "null"],
            "description": "How many it has; null where one may not read them all.",
        },
    },
    "id", "entity", "at", "records",
)  # fmt: skip
OF_ENTITY = Parameter("entity", "Only fields of this entity.", TEXT)
BACK = closed({"before": DOCUMENTS, "after": DOCUMENTS, "changes": CHANGES}, "before", "after", "changes")
COMEBACK = closed({"id": {**TEXT, "maxLength": 20, "description": "Of the retired field or entity."}}, "id")


@endpoint(api, "GET", f"{SET}/retired", design, Says(query=(OF_ENTITY,), answer=listed(GONE)))
def list_retired(name: str) -> Response:
    """Fields that were taken out and may come back with their values, the last one first."""
    return answer({"data": [_gone(each) for each in _leaving(name).all(asked()["entity"])]})


@endpoint(api, "GET", f"{SET}/retired-entities", design, Says(answer=listed(ENTITY_GONE)))
def list_retired_entities(name: str) -> Response:
    """Entities that were taken out and may come back with their records, the last one first."""
    entities = _entities(name)
    counted = entities.records() if context().access.rights.complete else {}
    return answer({"data": [_entity_gone(each, counted.get(each.id)) for each in entities.all()]})


@endpoint(api, "POST", f"{SET}/proposals/restore", design, Says(body=COMEBACK, answer=BACK))
def propose_comeback(name: str) -> Response:
    """The documents that change when a retired field or entity comes back: for a field its entity and roles that said
    something of it; for an entity what went with it; and what it stood on. Nothing is kept. Published so, it has its
    former values; type, sensitivity and rights are as they were. `changes`: the definitions, as people call them."""
    documents, number = publisher().sets.documents(known_set(name)), decode_id(sent_as(COMEBACK)["id"])
    entities = _entities(name)
    back = entities if entities.knows(number) else _leaving(name)
    changed: Changed = dict(back.edits(number))
    calling = Calling(workspace().kinds, serving().model, applied(documents, changed))
    return answer({**before_and_after(documents, changed), "changes": changes_in(calling, changed)})


def _leaving(name: str) -> BringingBack:
    here = publisher()
    return BringingBack(here.models, here.sets.documents(known_set(name)))


def _entities(name: str) -> BringingEntities:
    here = publisher()
    return BringingEntities(here.models, here.sets.documents(known_set(name)))


def _entity_gone(found: EntityGone, records: int | None) -> dict[str, Any]:
    return {
        "id": encode_id(found.id), "entity": found.entity, "label": found.definition.get("label"),
        "at": instant(found.at), "records": records,
    }  # fmt: skip


def _gone(found: Comeback) -> dict[str, Any]:
    return {
        "id": encode_id(found.id), "entity": found.entity, "field": found.field, "column": found.column,
        "label": found.definition.get("label"), "type": found.definition["type"], "at": instant(found.at),
        "values": found.values if context().access.rights.complete else None,
    }  # fmt: skip
