"""openapi.json: the API of exactly this workspace as exactly this reader may use it, as OpenAPI 3.1.

Routes come from what they declare, records from the model: one path for each entity that the reader may read, with
the fields that are open and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.fields.pointing import ID_SCHEMA
from sartor.platform.model import Entity, Field, FieldLevel, Model, Operation
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.runtime.api.endpoint import Endpoint
from sartor.runtime.api.parameters import Parameter
from sartor.runtime.api.records import NOTES
from sartor.runtime.api.shapes import ID, SHARED, named, nullable

VERSION = "3.1.0"
PROBLEM = {
    "description": "A problem document (RFC 9457).",
    "content": {"application/problem+json": {"schema": named("Problem")}},
}
PLACES = {
    "record": ID_SCHEMA,
    "user": ID_SCHEMA,
    "comment": ID_SCHEMA,
    "token": ID_SCHEMA,
    "job": ID_SCHEMA,
    "number": {"type": "integer", "minimum": 0},
}


class Description:
    """Writes the description for one reader."""

    def __init__(self, context: Context, model: Model, endpoints: Iterable[Endpoint], server: str) -> None:
        self.context = context
        self.access = context.access
        self.model = model
        self.endpoints = list(endpoints)
        self.server = server

    def document(self) -> dict[str, Any]:
        return {
            "openapi": VERSION,
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "info": {
                "title": "Sartor",
                "version": str(self.model.revision),
                "description": _("This workspace, as it is open to you."),
            },
            "servers": [{"url": self.server}],
            "security": [{"token": []}, {"session": []}],
            "paths": self._paths(),
            "components": {"schemas": dict(self._schemas()), "securitySchemes": SECURITY},
        }

    # ---- paths

    def _paths(self) -> dict[str, Any]:
        paths: dict[str, dict[str, Any]] = {}
        for each in self.endpoints:
            for address, entity in self._addresses(each):
                paths.setdefault(address, {})[each.method.lower()] = self._operation(each, entity)
        return paths

    def _addresses(self, each: Endpoint) -> Iterator[tuple[str, Entity | None]]:
        """The addresses at which the reader meets a route: one for each entity, where it speaks of one."""
        if each.policy.ability and not self.access.ability(each.policy.ability):
            return
        if each.says.entity:
            entity = self.model.entity(each.says.entity)
            if self._has(each, entity):
                yield each.template, entity
        elif "entity" not in each.places:
            yield each.template, None
        else:
            for entity in self._readable():
                if self._has(each, entity):
                    yield each.template.replace("{entity}", entity.name), entity

    def _has(self, each: Endpoint, entity: Entity) -> bool:
        """Lines are read for themselves and written through their record."""
        if entity.line_of is not None and each.method != "GET":
            return False
        return each.says.needs is None or self.access.may(each.says.needs, entity.name)

    def _readable(self) -> list[Entity]:
        return [each for each in self.model.entities.values() if self.access.may(Operation.READ, each.name)]

    def _operation(self, each: Endpoint, entity: Entity | None) -> dict[str, Any]:
        name = f"{each.name}.{entity.name}" if entity else each.name
        said: dict[str, Any] = {
            "operationId": name,
            "summary": each.about,
            "tags": [pick(entity.plural) if entity else each.rule.split("/")[1]],
            "parameters": list(_parameters(each)),
            "responses": self._responses(each, entity),
        }
        if each.says.body is not None:
            content = {"application/json": {"schema": filled(each.says.body, entity)}}
            said["requestBody"] = {"required": True, "content": content}
        if each.policy.anyone:
            said["security"] = []
        return said

    def _responses(self, each: Endpoint, entity: Entity | None) -> dict[str, Any]:
        content = {"application/json": {"schema": filled(each.says.answer, entity)}}
        found = {str(each.says.status): {"description": _("Done."), "content": content}, "4XX": PROBLEM, "503": PROBLEM}
        if each.says.later is not None:
            begun = {"application/json": {"schema": filled(each.says.later, entity)}}
            found["202"] = {"description": _("It takes long and goes on as a job."), "content": begun}
        if any(parameter.name == "dry_run" for parameter in each.says.query):
            found["200"] = {"description": _("Done, or the plan."), "content": content}
        return found

    # ---- schemas

    def _schemas(self) -> Iterator[tuple[str, Any]]:
        yield from SHARED.items()
        for entity in self._readable():
            yield entity.name, self._read(entity)
            yield f"{entity.name}.new", self._written(entity, Operation.CREATE)
            yield f"{entity.name}.changes", self._written(entity, Operation.UPDATE)

    def _read(self, entity: Entity) -> dict[str, Any]:
        properties = {field.name: self._value(field) for field in self.access.readable(entity.name)}
        related = {"type": "object", "description": "Records that point to this one, as far as they were asked for."}
        return {
            "type": "object",
            "title": pick(entity.label),
            "properties": {**properties, "id": ID, "related": properties.get("related", related)},
            "patternProperties": {r"\.": {"description": "A path through lookups, as it was asked for."}},
            "required": ["id"],
            "additionalProperties": False,
        }

    def _value(self, field: Field) -> dict[str, Any]:
        owned = field.type.owns(field)
        schema = {"type": "array", "items": named(owned[0])} if owned else self._plain(field)
        return _labelled(schema, field)

    def _plain(self, field: Field) -> dict[str, Any]:
        return nullable(dict(field.type.json_schema(field)))

    def _written(self, entity: Entity, operation: Operation) -> dict[str, Any]:
        writable = self.access.writable(operation, entity.name)
        fields = [field for field in entity.fields.values() if field.name in writable and not field.read_only]
        fields = [field for field in fields if self.access.level(entity.name, field.name) >= FieldLevel.READ]
        notes = {"$notes": {**NOTES, "description": "Reasons of moves in pipelines, by stage field."}}
        return {
            "type": "object",
            "title": pick(entity.label),
            "properties": {field.name: self._sent(field, operation) for field in fields}
            | (notes if operation is Operation.UPDATE else {}),
            "additionalProperties": False,
        }

    def _sent(self, field: Field, operation: Operation) -> dict[str, Any]:
        owned = field.type.owns(field)
        if owned is None:
            return _labelled(self._plain(field), field)
        new = {"type": "array", "items": named(f"{owned[0]}.new")}
        if operation is Operation.CREATE:
            return _labelled(new, field)
        changes = {"type": "object", "additionalProperties": named(f"{owned[0]}.changes"), "propertyNames": ID_SCHEMA}
        parts = {"add": new, "update": changes, "remove": {"type": "array", "items": ID}}
        return _labelled(
            {"anyOf": [new, {"type": "object", "properties": parts, "additionalProperties": False}]}, field
        )


SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "sartor_session"},
}


def _labelled(schema: dict[str, Any], field: Field) -> dict[str, Any]:
    return {**schema, "title": pick(field.label)}


def _parameters(each: Endpoint) -> Iterator[dict[str, Any]]:
    for name in each.places:
        if name != "entity":
            yield {
                "name": name,
                "in": "path",
                "required": True,
                "schema": PLACES.get(name, {"type": "string", "minLength": 1}),
            }
    for where, parameters in (("query", each.says.query), ("header", each.says.headers)):
        for parameter in parameters:
            yield _parameter(parameter, where)


def _parameter(parameter: Parameter, where: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": where,
        "required": parameter.required,
        "description": parameter.about,
        "schema": dict(parameter.schema),
    }


def filled(schema: Mapping[str, Any], entity: Entity | None) -> Any:
    """The schema with the entity's own components where it says `{entity}`."""
    if isinstance(schema, Mapping):
        return {name: filled(value, entity) for name, value in schema.items()}
    if isinstance(schema, list | tuple):
        return [filled(each, entity) for each in schema]
    if isinstance(schema, str) and entity is not None:
        return schema.replace("{entity}", entity.name)
    return schema
