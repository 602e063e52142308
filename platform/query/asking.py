"""From texts to questions: filters, sorts, fields and measures as people and programs write them.

Every name is looked up among what the asker may read; a hidden field is as unknown as one that was never there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.access.rights import Access
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.errors import Invalid, InvalidExpression, Problem
from sartor.platform.expressions import BOOLEAN, Expression, aggregate, check
from sartor.platform.model import Entity, Field, Model, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.query.names import ReadableScope
from sartor.platform.query.question import Group, Path, Term
from sartor.platform.query.simple import Compare, take_apart
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _

MOST_FIELDS = 60
MOST_TERMS = 8
MOST_GROUPS = 6
MOST_MEASURES = 20
BUCKETS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, ready for a question: comparisons with values, or conditions."""

    where: tuple[Expression, ...] = ()
    compares: tuple[Compare, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)


class Names:
    """What one set of rights may name in one model; keeps the expressions that it has checked."""

    def __init__(self, model: Model, access: Access) -> None:
        self.model = model
        self.access = access
        self.scope = ReadableScope(ModelScope(model), access)
        self.filter = lru_cache(maxsize=500)(self._filter)
        self.measure = lru_cache(maxsize=500)(self._measure)
        self.paths = lru_cache(maxsize=500)(self._paths)
        self.terms = lru_cache(maxsize=500)(self._terms)
        self.path = lru_cache(maxsize=500)(self._path)
        self._fields: dict[str, dict[str, Field]] = {}

    def entity(self, name: str) -> Entity:
        """:raises NotFound: for a name that means nothing. :raises Forbidden: for an entity that is closed."""
        found = self.model.entity(name)
        self.access.require(Operation.READ, name)
        return found

    def _filter(self, entity: str, text: str) -> Expression:
        return check(text, self.scope, entity, expect=BOOLEAN)

    def _measure(self, entity: str, text: str) -> Expression:
        return aggregate(text, self.scope, entity)

    def may_use(self, expression: Formula, entity: str) -> bool:
        """Whether everything that a designed expression reads is open to the asker."""
        return all(self.access.path_is_readable(entity, path) for path in expression.paths)

    def conditions(self, entity: str, texts: Iterable[str | None]) -> tuple[Expression, ...]:
        """Filters, each as a condition of its own.

        :raises Invalid: with the position of the error, and what was probably meant.
        """
        found = []
        for text in texts:
            if text and text.strip():
                try:
                    found.append(self.filter(entity, text.strip()))
                except InvalidExpression as error:
                    raise _at("filter", error) from None
        return tuple(found)

    def asked(self, entity: str, text: str | None, dialect: str) -> Asked:
        """A filter as parameters where it is plain enough, else as a condition."""
        if not text or not text.strip():
            return Asked()
        simple = take_apart(text, lambda name: self._readable(entity).get(name), dialect)
        if simple is not None:
            return Asked(compares=simple.compares, given=simple.values)
        return Asked(where=self.conditions(entity, [text]))

    def _readable(self, entity: str) -> dict[str, Field]:
        if entity not in self._fields:
            self._fields[entity] = {field.name: field for field in self.access.readable(entity)}
        return self._fields[entity]

    def _terms(self, entity: str, text: str | None) -> tuple[Term, ...]:
        """`-amount,name` as sort terms."""
        terms = tuple(Term.parse(part.strip()) for part in (text or "").split(",") if part.strip())
        _refuse_more("sort", terms, MOST_TERMS)
        for term in terms:
            field = self._field(entity, term.name, "sort")
            if not field.type.sortable:
                said = _("%(name)s has no order to sort by.", name=term.name)
                raise Invalid(said, [Problem("sort", "sort", said)])
        return terms

    def _paths(self, entity: str, text: str | None) -> tuple[Path, ...]:
        """`name,account.name` as paths; without a text, every field that a list can show."""
        if not text:
            return tuple((field.name,) for field in self.listed(entity))
        names = [part.strip() for part in text.split(",") if part.strip()]
        _refuse_more("fields", names, MOST_FIELDS)
        return tuple(self.path(entity, name) for name in names)

    def _path(self, entity: str, dotted: str, place: str = "fields") -> Path:
        steps = tuple(dotted.split("."))
        self._field(entity, steps[0], place)
        if not self.access.path_is_readable(entity, steps) or not self._exists(entity, steps):
            raise self._unknown(entity, dotted, place)
        self._refuse_several(entity, steps, place)
        return steps

    def _refuse_several(self, entity: str, steps: Path, place: str) -> None:
        """A row of a list has one value in a column; values of a side table are read for the record itself."""
        found = self._field_at(entity, steps)
        if found.type.owns(found):
            said = _("%(name)s are other records; read them with the record that they belong to.", name=".".join(steps))
        elif found.type.members(found) and (len(steps) > 1 or place == "group"):
            said = _("%(name)s has many values; there is no single one to show here.", name=".".join(steps))
        else:
            return
        raise Invalid(said, [Problem(place, "several", said)])

    def _field_at(self, entity: str, steps: Path) -> Field:
        """The last field of a path that exists; a plain value's attributes belong to it."""
        found = self.model.field(entity, steps[0])
        for step in steps[1:]:
            targets = found.type.targets(found)
            if len(targets) != 1:
                break
            found = self.model.field(targets[0], step)
        return found

    def listed(self, entity: str) -> Sequence[Field]:
        """Readable fields of a record that are not other records."""
        return [field for field in self.access.readable(entity) if field.type.owns(field) is None]

    def groups(self, entity: str, text: str | None) -> tuple[Group, ...]:
        """`stage,closed_at:month` as groupings. :raises Invalid: for what is unknown, with the near match."""
        found = []
        for part in (text or "").split(","):
            name, _colon, bucket = part.strip().partition(":")
            if not name:
                continue
            if bucket and bucket not in BUCKETS:
                guess = near(bucket, BUCKETS)
                said = _("%(bucket)s is not one of %(known)s.", bucket=bucket, known=", ".join(BUCKETS))
                raise Invalid(said, [Problem("group", "bucket", said, guess)])
            found.append(Group(self.path(entity, name, "group"), bucket or None))
        _refuse_more("group", found, MOST_GROUPS)
        return tuple(found)

    def measures(self, entity: str, text: str | None) -> tuple[Expression, ...]:
        """`sum(amount),count()` as measures; commas inside brackets belong to the function."""
        parts = split_outside(text or "count()")
        _refuse_more("measure", parts, MOST_MEASURES)
        try:
            return tuple(self.measure(entity, part) for part in parts)
        except InvalidExpression as error:
            raise _at("measure", error) from None

    def _exists(self, entity: str, steps: Path) -> bool:
        here: str | None = entity
        for number, step in enumerate(steps):
            kind = self.scope.field(here, step) if here else None
            if kind is None:
                return False
            if kind.entity is None:
                rest = steps[number + 1 :]
                return not rest or (len(rest) == 1 and rest[0] in kind.attributes)
            here = kind.entity
        return True

    def _field(self, entity: str, name: str, place: str) -> Field:
        readable = self._readable(entity)
        if name not in readable:
            raise self._unknown(entity, name, place)
        return readable[name]

    def _unknown(self, entity: str, name: str, place: str) -> Invalid:
        guess = near(name, [field.name for field in self.access.readable(entity)])
        said = _("%(entity)s has no field %(name)s.", entity=entity, name=name) + did_you_mean(guess)
        return Invalid(said, [Problem(place, "unknown", said, guess)])


def _refuse_more(place: str, parts: Sequence[Any], most: int) -> None:
    if len(parts) > most:
        said = _("At most %(n)s can be asked for at once.", n=most)
        raise Invalid(said, [Problem(place, "too_many", said)])


def split_outside(text: str) -> list[str]:
    """Parts between commas that stand outside brackets and quotation marks."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, char in enumerate(text):
        if char == "'":
            quoted = not quoted
        elif not quoted and char in "([":
            depth += 1
        elif not quoted and char in ")]":
            depth -= 1
        elif not quoted and char == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _at(place: str, error: InvalidExpression) -> Invalid:
    said = _("%(message)s (at character %(n)s)", message=error.message, n=error.position + 1)
    return Invalid(said, [Problem(place, "expression", said, error.near)])


class NamesKept:
    """`Names` by set of rights, for one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._kept: dict[int, tuple[Access, Names]] = {}

    def of(self, context: Context) -> Names:
        rights = context.access.rights
        kept = self._kept.get(id(rights))
        if kept is None or kept[0].rights is not rights:
            kept = (context.access, Names(self.model, context.access))
            self._kept[id(rights)] = kept
        return kept[1]
