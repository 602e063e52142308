"""Field levels: which fields of an entity are open to somebody who has several grants.

Visible rows are the union of what the grants reach. A field is readable in a query when it is readable on *every*
visible row: for each grant that contributes rows there is one that surely contains those rows and opens the field.
So `own: everything` beside `all: names only` reads names only, while `department: everything` beside `own: names`
reads everything. The rule errs on the closed side; it never shows a value on a row whose grant hides it, and needs
no mask in the query. Writing is judged row by row (`Access.writable`), where the row is at hand.

A derived value is readable only where what it was made from is: a formula where all its inputs are, a roll-up where
its inputs are and the role sees all the counted records or its grant for them discloses roll-ups (DECISIONS 25). A
copy is a value of its own; but who could make it, by choosing a record of which the source is hidden, reads it neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import RLock
from typing import Protocol

from sartor.platform.access.grants import Alternative, designed, writable
from sartor.platform.model import Field, FieldLevel, Model, Operation
from sartor.platform.model.model import targets

Path = tuple[str, ...]


class Grants(Protocol):
    """Where the alternatives of an entity come from."""

    model: Model

    def alternatives(self, entity: str) -> Sequence[Alternative]: ...


class Levels:
    """Levels of the fields of one model for one set of roles, worked out once."""

    def __init__(self, grants: Grants) -> None:
        self.grants = grants
        self.model = grants.model
        self._known: dict[tuple[str, str], FieldLevel] = {}
        self._pending: set[tuple[str, str]] = set()
        self._lock = RLock()

    def level(self, entity: str, name: str) -> FieldLevel:
        """HIDDEN, READ, or WRITE where some grant that may create or update opens it for writing."""
        key = (entity, name)
        if key not in self._known:
            with self._lock:
                if key in self._pending:  # a circle of formulas, which `check` refuses
                    return FieldLevel.HIDDEN
                self._pending.add(key)
                try:
                    self._known[key] = self._work_out(entity, name)
                finally:
                    self._pending.discard(key)
        return self._known[key]

    def path_is_readable(self, entity: str, path: Path) -> bool:
        """Whether each step of a path is readable where it stands; what follows a plain value is part of it."""
        if designed(entity) != entity:
            return self._stays_are_readable(designed(entity), path)
        here = self.model.entities.get(entity)
        if here is None or not path:
            return here is not None
        step, rest = path[0], path[1:]
        if step == "old" and step not in here.fields:
            return self.path_is_readable(entity, rest)
        if step == "parent" and here.line_of and step not in here.fields:
            return self.path_is_readable(here.line_of.parent, rest)
        if step not in here.fields or self.level(entity, step) < FieldLevel.READ:
            return False
        return not rest or all(self.path_is_readable(each, rest) for each in self._behind(here.fields[step], rest))

    def _stays_are_readable(self, entity: str, path: Path) -> bool:
        """The stays of a record are open where its stage is; `record` leads back to it."""
        stages = [name for name, field in self.model.entity(entity).fields.items() if field.type.pipelines(field)]
        return all(self.level(entity, name) >= FieldLevel.READ for name in stages) and (
            path[:1] != ("record",) or self.path_is_readable(entity, path[1:])
        )

    def _behind(self, field: Field, rest: Sequence[str]) -> list[str]:
        """Entities to which a path goes on; of several targets of a reference those that have the next step."""
        found = [name for name in targets(field) if name in self.model.entities]
        if len(found) < 2:
            return found
        return [name for name in found if rest[0] in self.model.entities[name].fields] or found

    def _work_out(self, entity: str, name: str) -> FieldLevel:
        if designed(entity) != entity:
            return FieldLevel.READ if self.path_is_readable(entity, (name,)) else FieldLevel.HIDDEN
        field = self.model.field(entity, name)
        if field.inert:
            return FieldLevel.HIDDEN
        if not self._covered(entity, field) or not self._inputs_are_readable(entity, field):
            return FieldLevel.HIDDEN
        if field.copy is not None and self._could_be_drawn(entity, field.copy.paths):
            return FieldLevel.HIDDEN
        if not writable(field):
            return FieldLevel.READ
        opened = any(
            each.level(field) == FieldLevel.WRITE
            for each in self.grants.alternatives(entity)
            if each.allows(Operation.CREATE) or each.allows(Operation.UPDATE)
        )
        return FieldLevel.WRITE if opened else FieldLevel.READ

    def _covered(self, entity: str, field: Field) -> bool:
        readers = [each for each in self.grants.alternatives(entity) if each.allows(Operation.READ)]
        openers = [each.reach(Operation.READ) for each in readers if each.level(field) >= FieldLevel.READ]
        return bool(readers) and all(
            any(wide.contains(each.reach(Operation.READ)) for wide in openers) for each in readers
        )

    def _inputs_are_readable(self, entity: str, field: Field) -> bool:
        inputs = list(field.type.inputs(field))
        if field.formula is not None:
            return all(self.path_is_readable(each, path) for each, path in inputs)
        counted: dict[str, list[Path]] = {}
        for each, path in inputs:
            counted.setdefault(each, []).append(path)
        return all(self._discloses(entity, each, paths) for each, paths in counted.items())

    def _could_be_drawn(self, entity: str, paths: Iterable[Path]) -> bool:
        """Whether somebody with these roles could bring a hidden value into a record of his by choosing where it is
        copied from."""
        if not any(
            each.allows(Operation.CREATE) or each.allows(Operation.UPDATE) for each in self.grants.alternatives(entity)
        ):
            return False
        return any(self._can_be_chosen(entity, path) and not self.path_is_readable(entity, path) for path in paths)

    def _can_be_chosen(self, entity: str, path: Path) -> bool:
        """Whether the record that a path leads through can be one that he sees."""
        field = self.model.entities[entity].fields.get(path[0])
        if field is None or len(path) < 2:
            return field is None
        return any(
            each.allows(Operation.READ)
            for name in self._behind(field, path[1:])
            for each in self.grants.alternatives(name)
        )

    def _discloses(self, entity: str, counted: str, paths: Sequence[Path]) -> bool:
        """Whether a number over the counted records tells nothing new, or is allowed to."""
        seen = self._are_own_lines(entity, counted)
        for each in self.grants.alternatives(counted):
            seen = seen or (each.allows(Operation.READ) and each.reach(Operation.READ).is_everything)
            if each.grant.discloses and self._opens(each, counted, paths):
                return True
        return seen and all(self.path_is_readable(counted, path) for path in paths)

    def _are_own_lines(self, entity: str, counted: str) -> bool:
        """Whether the counted records are lines of the entity's own, and open wherever a record of it is."""
        found = self.model.entities.get(counted)
        lines = found.line_of if found else None
        return lines is not None and lines.parent == entity and self.level(entity, lines.field) >= FieldLevel.READ

    def _opens(self, alternative: Alternative, counted: str, paths: Sequence[Path]) -> bool:
        """A disclosing grant covers the records, not their fields: each one read must be open in it."""
        if designed(counted) != counted:
            return self._stays_are_readable(designed(counted), ())
        fields = self.model.entity(counted).fields
        for first, *rest in paths:
            if first not in fields or alternative.level(fields[first]) < FieldLevel.READ:
                return False
            if rest and not all(self.path_is_readable(each, tuple(rest)) for each in self._behind(fields[first], rest)):
                return False
        return True
