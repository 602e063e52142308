"""Fields of a draft that take up retired columns: which columns that are, and that each comes back as it was.

A column can hold only what it held, and nobody may open by it what was closed: another type, another right or the end
of its sensitivity are changes of their own, for afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from sartor.platform.access.grants import Alternative
from sartor.platform.definitions.documents import Documents, of_kind
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.model import Field, FieldLevel, Grant, Operation, Role
from sartor.platform.publishing.facing import kinds_of
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.names.lineage import Lineage, lineage
from sartor.platform.publishing.names.pairing import BRINGS_BACK, physical_name
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.retired.bringing_back import in_names_of_now
from sartor.platform.publishing.retired.leftovers import FIELD, Retired, entities_of, fields_of
from sartor.platform.text import gettext as _

Place = tuple[str, str]
"""Entity and field of the draft."""


@dataclass(frozen=True, slots=True)
class Comebacks:
    """The retired fields that a draft brings back, by what they are called there. pairs: of the draft with what is
    published."""

    found: Mapping[Place, Retired]
    published: Documents
    pairs: Lineage
    whole: Mapping[str, Retired] = field(default_factory=dict)
    """Entities that come back, by what they are called in the draft."""

    @property
    def names(self) -> dict[Place, str]:
        """Physical names of columns; and of tables, where no field is named."""
        columns = {place: str(each.column) for place, each in self.found.items()}
        return {**columns, **{(entity, ""): each.table for entity, each in self.whole.items()}}

    def require_as_it_was(self, models: ModelCache, after: Design) -> None:
        """:raises InvalidDefinition: for what would be another kind of column, or more open than it was."""
        problems: list[Problem] = []
        for (entity, name), row in self.found.items():
            before, now = models.former(row.revision - 1), after.model.entities[entity].fields[name]
            old = before.model.entities[row.entity].fields[str(row.field)]
            problems += _differences(before, old, after, now)
            problems += self._opened(before, old, after, now)
        for entity, row in self.whole.items():
            problems += self._wider(models, after, entity, row)
        if problems:
            raise InvalidDefinition(problems[0].message, problems)

    def _opened(self, before: Design, old: Field, after: Design, new: Field) -> Iterator[Problem]:
        whole = new.entity in self.whole
        for role, then in self._roles(before, after):
            if (whole or then is not None) and _is_opened(then, old, role, new, whole=whole):
                opened = {"name": new.name, "role": role.name}
                said = _("%(name)s was closed to %(role)s; publish it so first and open it then.", **opened)
                yield Problem(f"/grants/{new.entity}/fields", BRINGS_BACK, said, file=f"role/{role.name}")

    def _wider(self, models: ModelCache, after: Design, new: str, row: Retired) -> Iterator[Problem]:
        """What roles may do with the records that come back, and could not do when these went."""
        before = models.former(row.revision - 1)
        renamed = Rename(f"entity/{row.entity}", new)
        told = in_names_of_now(before.documents, [renamed], self.published, self.pairs, models.compiler.kinds)
        for role, then in self._roles(before, after):
            grant, now = then.grants.get(row.entity) if then else None, role.grants.get(new)
            same = _condition(told, role.name, new) == _condition(after.documents, role.name, new)
            if now is not None and (grant is None or _is_wider(grant, now, same=same)):
                opened = {"name": new, "role": role.name}
                said = _("%(name)s was closed to %(role)s; publish it so first and open it then.", **opened)
                yield Problem(f"/grants/{new}", BRINGS_BACK, said, file=f"role/{role.name}")

    def _roles(self, before: Design, after: Design) -> Iterator[tuple[Role, Role | None]]:
        """The roles of the draft, each with what it was then; None where there was no such role."""
        since = lineage(self.published, before.documents)
        for role in after.model.roles.values():
            known = _former(since, _former(self.pairs, f"role/{role.name}"))
            yield role, before.model.roles.get(known.partition("/")[2]) if known else None


def comebacks(connection: sa.Connection, documents: Documents, before: Design, pairs: Lineage) -> Comebacks:
    """What a draft brings back; what somebody else has brought back meanwhile is a field like any other.

    :raises InvalidDefinition: for a column that is not retired, or wanted twice.
    """
    wanted = {place: column for place, column in _wanted(documents) if pairs.field(*place) is None}
    whole = dict(_whole(connection, documents, pairs))
    if not wanted:
        return Comebacks({}, before.documents, pairs, whole)
    rows = {(each.table, each.column): each for _number, each in fields_of(connection)}
    rows |= {(each.table, each.column): each for entity in whole.values() for each in _fields(entity)}
    found: dict[Place, Retired] = {}
    for (entity, name), column in wanted.items():
        old = pairs.entity(entity)
        table = before.model.entities[old].table if old else whole[entity].table if entity in whole else ""
        row = rows.pop((table, column), None)
        if row is None:
            said = _("%(name)s has no values to bring back: they were purged, or are back already.", name=name)
            raise InvalidDefinition(said, [_problem(entity, name, said)])
        found[entity, name] = row
    return Comebacks(found, before.documents, pairs, whole)


def _whole(connection: sa.Connection, documents: Documents, pairs: Lineage) -> Iterator[tuple[str, Retired]]:
    back = {
        entity: document[BRINGS_BACK]
        for entity, document in of_kind(documents, "entity")
        if BRINGS_BACK in document and pairs.entity(entity) is None
    }
    rows = {each.table: each for _number, each in entities_of(connection)} if back else {}
    for entity, table in back.items():
        row = rows.pop(table, None)
        if row is None:
            said = _("%(name)s has no records to bring back: they were purged, or are back already.", name=entity)
            raise InvalidDefinition(said, [Problem("", BRINGS_BACK, said, file=f"entity/{entity}")])
        yield entity, row


def _fields(entity: Retired) -> Iterator[Retired]:
    """The fields that an entity had when it went."""
    for name, part in entity.definition["fields"].items():
        yield replace(entity, field=name, column=physical_name(part, name), what=FIELD, definition=part)


def _wanted(documents: Documents) -> Iterator[tuple[Place, str]]:
    for entity, document in of_kind(documents, "entity"):
        for name, part in document["fields"].items():
            if BRINGS_BACK in part:
                yield (entity, name), part[BRINGS_BACK]


def _problem(entity: str, name: str, said: str, field: str = "") -> Problem:
    return Problem(f"/fields/{name}{field}", BRINGS_BACK, said, file=f"entity/{entity}")


def _differences(before: Design, old: Field, after: Design, new: Field) -> Iterator[Problem]:
    if kinds_of(old, _tables(before).__getitem__) != kinds_of(new, _tables(after).__getitem__):
        said = _("%(name)s comes back as it was; publish that first and change its type then.", name=new.name)
        yield _problem(new.entity, new.name, said, "/type")
    if old.sensitive and not new.sensitive:
        said = _("%(name)s was sensitive and comes back so; publish that first and open it then.", name=new.name)
        yield _problem(new.entity, new.name, said, "/sensitive")


def _former(pairs: Lineage, key: str | None) -> str | None:
    """What a definition was called; None where the name was another one's."""
    if key is None or key in pairs.others:
        return pairs.others[key] if key else None
    return None if key in pairs.others.values() else key


def _is_opened(then: Role | None, old: Field, role: Role, new: Field, *, whole: bool) -> bool:
    """Whether a role may do more with it than when the field went. What was not listed was closed as well.

    whole: its entity comes back with it, which was closed to roles that had no rights in it.
    """
    grant, now = then.grants.get(old.entity) if then else None, role.grants.get(new.entity)
    if now is None or (grant is None and not whole):
        return False
    return now.level(new.name) > (grant.level(old.name) if grant else FieldLevel.HIDDEN)


def _is_wider(then: Grant, now: Grant, *, same: bool) -> bool:
    """Whether a grant allows what another one did not: an operation, or one on more records, or all totals.

    same: whether their conditions say the same, by the names that things have now.
    """
    known = replace(now, condition=then.condition) if same else now
    old, new = Alternative("", then), Alternative("", known)
    wider = now.discloses and not then.discloses
    return wider or any(
        not (old.allows(each) and old.reach(each).contains(new.reach(each))) for each in Operation if new.allows(each)
    )


def _condition(documents: Documents, role: str, entity: str) -> Any:
    return documents.get(f"role/{role}", {}).get("grants", {}).get(entity, {}).get("condition")


def _tables(design: Design) -> Mapping[str, str]:
    return {entity.name: entity.table for entity in design.model.entities.values()}
