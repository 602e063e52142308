"""What a blueprint left in the database when it was taken out: it comes back when the blueprint is installed again.

An entity or a field of it is the one that went if it has its name and its type; what the workspace had added to such an
entity comes back with it. What would be another column, or open to more people than it was, stays where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from sartor.platform.definitions.documents import Document, Documents, of_kind, without_engine_keys
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.publishing.names.pairing import BRINGS_BACK, physical_name
from sartor.platform.publishing.retired.leftovers import Retired, entities_of, fields_of
from sartor.platform.storage import catalogue
from sartor.platform.storage.tables import member_table_name
from sartor.platform.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Former:
    """What an entity of a draft had. table: its own, where all of it went. columns: by field. own: fields of the
    workspace that went with it."""

    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Document] = field(default_factory=dict)


def with_former_data(workspace: Workspace, documents: Documents, names: Collection[str]) -> Documents:
    """A draft that goes on with what these blueprints left. names: those of them that it installs.

    What a draft cannot go on with is left out of it, so that it can be installed all the same.
    """
    published = workspace.serving().design.documents
    fresh = {name for name in names if f"blueprint/{name}" not in published}
    if not fresh:
        return documents
    with workspace.database.read() as connection:
        former = dict(_former(connection, documents, published, fresh))
    while former:
        made = {**documents, **{f"entity/{name}": _going_on(documents, name, each) for name, each in former.items()}}
        try:
            workspace.publisher.plan_documents(made)
        except InvalidDefinition as error:
            former = _without_refused(former, error.problems)
        else:
            return made
    return documents


def _going_on(documents: Documents, entity: str, former: Former) -> dict[str, Any]:
    document = documents[f"entity/{entity}"]
    fields = {
        name: {**part, BRINGS_BACK: former.columns[name]} if name in former.columns else part
        for name, part in {**former.own, **document["fields"]}.items()
    }
    return {**document, "fields": fields, **({BRINGS_BACK: former.table} if former.table else {})}


def _without_refused(former: Mapping[str, Former], problems: Iterable[Problem]) -> dict[str, Former]:
    """Without entities that may not come back as they would; failing that, without the fields of the workspace."""
    refused = {_entity_of(each) for each in problems if each.code == BRINGS_BACK} & former.keys()
    if refused:
        return {name: each for name, each in former.items() if name not in refused}
    if any(each.own for each in former.values()):
        return {name: replace(each, own={}) for name, each in former.items()}
    return {}


def _entity_of(problem: Problem) -> str:
    """`/grants/deal/fields` of a role, or `entity/deal`."""
    kind, _slash, name = (problem.file or "").partition("/")
    return name if kind == "entity" else "".join(problem.field.split("/")[2:3])


# ---- what there is


def _former(
    connection: sa.Connection, documents: Documents, published: Documents, names: Collection[str]
) -> Iterator[tuple[str, Former]]:
    gone = [each for _number, each in entities_of(connection)]
    lost = [each for _number, each in fields_of(connection) if each.definition.get("origin") in names]
    if not gone and not lost:
        return
    there = _Kept(connection)
    for name, document in of_kind(documents, "entity"):
        known = published.get(f"entity/{name}")
        if known is not None:
            mine = [each for each in lost if each.table == physical_name(known, name)]
            columns = dict(_columns(document, known["fields"], _parts(mine), there, physical_name(known, name)))
            if columns:
                yield name, Former(columns=columns)
        elif document.get("origin") in names and (row := _same(gone, name, document)):
            parts = {each: (part, physical_name(part, each)) for each, part in row.definition["fields"].items()}
            columns = dict(_columns(document, {}, parts, there, row.table))
            besides = _own(parts, columns.values(), there, row.table)
            own = {each: part for each, part in besides if each not in document["fields"]}
            yield name, Former(row.table, {**columns, **{each: parts[each][1] for each in own}}, own)


def _same(gone: Iterable[Retired], name: str, document: Document) -> Retired | None:
    """The entity that went last of those that had the name and came with the same blueprint."""
    mine = (each for each in gone if each.definition.get("origin") == document["origin"])
    return next((each for each in mine if name in (each.entity, *each.definition.get("formerly", ()))), None)


def _parts(rows: Iterable[Retired]) -> dict[str, tuple[Document, str]]:
    """Definition and column by name; the last one that went."""
    found: dict[str, tuple[Document, str]] = {}
    for each in rows:
        found.setdefault(str(each.field), (each.definition, str(each.column)))
    return found


def _columns(
    document: Document,
    known: Collection[str],
    parts: Mapping[str, tuple[Document, str]],
    there: _Kept,
    table: str,
) -> Iterator[tuple[str, str]]:
    """Fields that are new in a definition, with the columns in which their values are."""
    for name, part in document["fields"].items():
        if name not in known:
            same = (old for old, (was, _column) in parts.items() if name in (old, *was.get("formerly", ())))
            was, column = parts.get(next(same, ""), ({}, ""))
            if was.get("type") == part["type"] and there.has(table, column):
                yield name, column


def _own(
    parts: Mapping[str, tuple[Document, str]], taken: Collection[str], there: _Kept, table: str
) -> Iterator[tuple[str, Document]]:
    """What nobody's blueprint had brought, and none brings now."""
    for name, (part, column) in parts.items():
        if "origin" not in part and column not in taken and there.has(table, column):
            yield name, without_engine_keys(part)


class _Kept:
    """Asks what is in the database."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.columns: dict[str, frozenset[str]] = {}

    def has(self, table: str, column: str) -> bool:
        """Whether a field has its columns, or its side table, there."""
        side = member_table_name(table, column)
        if lacking := [each for each in (table, side) if each not in self.columns]:
            found = catalogue.columns(self.connection, lacking)
            self.columns |= {each: found.get(each, frozenset()) for each in lacking}
        mine = self.columns[table]
        return bool(self.columns[side]) or column in mine or any(each.startswith(f"{column}__") for each in mine)
