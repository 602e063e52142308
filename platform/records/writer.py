"""The writer: the only way in which a record is made, changed, deleted or brought back.

Each call is one transaction, or a part of one that the caller opened (`work`). Whatever is refused leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sartor.platform.access.assign import people_changed
from sartor.platform.access.context import Context
from sartor.platform.access.grants import DIRECTORY
from sartor.platform.errors import Conflict, Invalid, NotAllowedHere, NotFound, Problem, VersionRequired
from sartor.platform.fields.children import Lines
from sartor.platform.model import FieldLevel, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.records.bin import delete_record, restore_record
from sartor.platform.records.change import Change
from sartor.platform.records.closed import admits, require_scope, require_writable
from sartor.platform.records.merging import refuse_lost_updates
from sartor.platform.records.parse import parse
from sartor.platform.records.pointers import confirm_targets, expect_targets, require_targets
from sartor.platform.records.preview import LookedAhead, Preview, preview_of
from sartor.platform.records.revision import hold_context, stale_since
from sartor.platform.records.state import State
from sartor.platform.records.tools import Tools
from sartor.platform.records.violations import as_refusal, raise_as_refusal
from sartor.platform.records.wish import Ask, Wish, Written
from sartor.platform.records.writing import Writing
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.work import Work

T = TypeVar("T")


class Writer:
    """Writes one model's records."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.database = tools.database

    # ---- one record

    def create(
        self,
        context: Context,
        entity: str,
        values: Mapping[str, Any],
        *,
        work: Work | None = None,
        record_id: int | None = None,
    ) -> Written:
        """Make a record.

        :raises Invalid: with a problem for each field that is wrong. :raises Forbidden: for what the actor may not.
        """
        return self._in_work(context, work, lambda writing: self._create(writing, entity, values, record_id))

    def update(self, context: Context, entity: str, record_id: int, wish: Wish, *, work: Work | None = None) -> Written:
        """Change a record.

        :raises Conflict: when somebody changed the same field since `wish.version`; it carries both values.
        """
        return self._in_work(context, work, lambda writing: self._update(writing, entity, record_id, wish))

    def delete(
        self, context: Context, entity: str, record_id: int, *, version: int | None = None, work: Work | None = None
    ) -> Written:
        """Put a record into the recycle bin, with its lines."""

        def job(writing: Writing) -> Written:
            self._refuse_lines(writing, entity)
            change = self._taken(writing, entity, record_id, Operation.DELETE)
            self._require_version(change, version)
            delete_record(change, writing)
            return self._complete(writing, change)

        return self._in_work(context, work, job)

    def restore(self, context: Context, entity: str, record_id: int, *, work: Work | None = None) -> Written:
        """Bring a record back from the recycle bin, with the lines that went with it."""

        def job(writing: Writing) -> Written:
            self._refuse_lines(writing, entity)
            change = self._taken(writing, entity, record_id, Operation.DELETE, deleted=True)
            restore_record(change, writing)
            return self._complete(writing, change)

        return self._in_work(context, work, job)

    def preview(
        self,
        context: Context,
        entity: str,
        values: Mapping[str, Any],
        record_id: int | None = None,
        *,
        asked: Mapping[str, Formula] | None = None,
    ) -> Preview:
        """What a write would lead to; nothing is kept. Problems are part of the answer, not raised.

        Others may write meanwhile: it reads outside of any transaction, and takes its turn only where what it would
        save has to be read again (a roll-up that it moves), and only for that.
        asked: further conditions to judge on the state after, by name.
        """
        wanted = asked or {}

        def job(work: Work) -> None:
            writing = Writing(self.tools, work, context)

            def begin(given: Mapping[str, Any]) -> Change:
                if record_id is not None:
                    return self.begin_update(writing, entity, record_id, Wish(given))
                return self.begin_create(writing, entity, given, at_once=True)

            raise LookedAhead(preview_of(writing, begin, values, wanted))

        try:
            self.database.run(job, late=True)
        except LookedAhead as done:
            return done.preview
        raise AssertionError("unreachable")

    # ---- inside a transaction

    def _in_work(self, context: Context, work: Work | None, job: Callable[[Writing], T]) -> T:
        def run(inner: Work) -> T:
            hold_context(inner, context)
            if inner.is_late:
                inner.tell(lambda error: as_refusal(self.database, error))
                inner.tell(lambda error: stale_since(self.database, context.model, error))
            writing = Writing(self.tools, inner, context)
            try:
                return job(writing)
            except Exception as error:
                if writing.expected and isinstance(error, Invalid):
                    confirm_targets(writing)
                raise_as_refusal(self.database, error)
                raise

        return run(work) if work is not None else self.database.run(run, late=True)

    def begin(self, writing: Writing, entity: str, ask: Ask) -> Change:
        """A new or changed record, worked out but not judged; `complete` does the rest."""
        self._refuse_lines(writing, entity)
        writing.notes = dict(ask.notes)
        if ask.record is not None:
            return self.begin_update(writing, entity, ask.record, ask.wish)
        return self._begin_new(writing, entity, ask.values, None)

    def _begin_new(self, writing: Writing, entity: str, sent: Mapping[str, Any], record_id: int | None) -> Change:
        writing.context.access.require(Operation.CREATE, entity)
        change = self.begin_create(writing, entity, sent, record_id)
        require_scope(change, writing.context, Operation.CREATE, writing.loader)
        return change

    def _create(self, writing: Writing, entity: str, sent: Mapping[str, Any], record_id: int | None) -> Written:
        self._refuse_lines(writing, entity)
        return self._complete(writing, self._begin_new(writing, entity, sent, record_id))

    def begin_create(
        self,
        writing: Writing,
        entity: str,
        sent: Mapping[str, Any],
        record_id: int | None = None,
        *,
        at_once: bool = False,
    ) -> Change:
        """A new record and its lines, worked out but not judged. at_once: what it points to is looked up now."""
        plan = writing.plan(entity)
        values = parse(plan, sent, writing.context.access)
        lines = {item.name: values.pop(item.name) for item in plan.lines if item.name in values}
        require_writable(plan, [*values, *lines], writing.context, Operation.CREATE, None, writing.loader)
        (require_targets if at_once else expect_targets)(plan, values, writing)
        change = self._new(writing, entity, values, record_id)
        if lines:
            self._begin_lines(writing, change, lines)
        return change

    def _new(self, writing: Writing, entity: str, values: Mapping[str, Any], record_id: int | None) -> Change:
        now, actor, plan = writing.work.now, writing.context.actor.id, writing.plan(entity)
        number = record_id if record_id is not None else self.database.new_id()
        stamps = {"created_at": now, "created_by": actor, "updated_at": now, "updated_by": actor, "deleted_at": None}
        known = {**stamps, "id": number, "version": 1, **values, **plan.uncounted}
        if writing.context.purpose == "migrate" and "updated_at" not in values:
            known["updated_at"] = known["created_at"]
        change = Change("create", plan, None, State(plan.entity, number, known, new=True), frozenset(values))
        writing.begin(change)
        writing.fill(change)
        return change

    def _update(self, writing: Writing, entity: str, record_id: int, wish: Wish) -> Written:
        self._refuse_lines(writing, entity)
        change = self.begin_update(writing, entity, record_id, wish)
        return self._complete(writing, change)

    def begin_update(self, writing: Writing, entity: str, record_id: int, wish: Wish) -> Change:
        """A changed record and its lines, worked out but not judged."""
        change = self._taken(writing, entity, record_id, Operation.UPDATE)
        plan = change.plan
        values = parse(plan, wish.values, writing.context.access)
        lines = {item.name: values.pop(item.name) for item in plan.lines if item.name in values}
        operation = Operation.UPDATE
        require_writable(plan, [*values, *lines], writing.context, operation, change.before, writing.loader)
        require_targets(plan, values, writing)
        for name in values:
            writing.loader.value(change.saw, plan.entity.fields[name])
        refuse_lost_updates(change, values, wish.version, writing.work)
        writing.notes.update(wish.notes)
        change.given = frozenset(values)
        change.after.values.update(values)
        writing.fill(change)
        if lines:
            self._begin_lines(writing, change, lines)
        if lines or change.changed() or self._is_blind(writing, entity, values):
            self._stamp(writing, change)
        return change

    @staticmethod
    def _is_blind(writing: Writing, entity: str, names: Iterable[str]) -> bool:
        """Whether somebody writes what he may not read: that counts as a change, or the version would tell whether it
        was one."""
        level = writing.context.access.level
        return any(level(entity, name) < FieldLevel.READ for name in names)

    def _taken(
        self, writing: Writing, entity: str, record_id: int, operation: Operation, *, deleted: bool = False
    ) -> Change:
        """The record, locked, if the actor may do this with it."""
        context = writing.context
        context.access.require(operation, entity)
        state = writing.loader.take(entity, record_id)
        scope = context.access.scope(Operation.READ, entity)
        here = state is not None and (state.get("deleted_at") is not None) == deleted
        if state is None or not here or not admits(scope, state, writing.loader, context):
            label = pick(context.model.entity(entity).label)
            raise NotFound(_("There is no %(entity)s with this address, or it is not open to you.", entity=label))
        kind = "restore" if deleted else {Operation.DELETE: "delete"}.get(operation, "update")
        change = Change(kind, writing.plan(entity), state, state.copy(), saved=dict(state.values))
        require_scope(change, context, operation, writing.loader)
        return writing.begin(change)

    def _stamp(self, writing: Writing, change: Change) -> None:
        values = change.after.values
        values["version"] = change.saw.version + 1
        if not (writing.context.purpose == "migrate" and "updated_at" in change.given):
            values["updated_at"] = writing.work.now
            values["updated_by"] = writing.context.actor.id

    def _begin_lines(self, writing: Writing, parent: Change, sent: Mapping[str, Lines | None]) -> None:
        for name, lines in sent.items():
            item = parent.entity.fields[name]
            entity, lookup = item.type.owns(item)
            for place, (kind, number, values) in enumerate(_pieces(lines or Lines())):
                try:
                    self._begin_line(writing, parent, entity, lookup, (kind, number, values))
                except Invalid as error:
                    raise Invalid(
                        error.message, [_inside(f"{name}.{place}", each) for each in error.problems]
                    ) from None

    def _begin_line(
        self,
        writing: Writing,
        parent: Change,
        entity: str,
        lookup: str,
        piece: tuple[str, int | None, Mapping[str, Any]],
    ) -> None:
        kind, number, sent = piece
        plan = writing.plan(entity)
        if kind == "add":
            values = parse(plan, sent, writing.context.access)
            require_writable(plan, values, writing.context, Operation.CREATE, None, writing.loader)
            require_targets(plan, values, writing)
            self._new(writing, entity, values | {lookup: parent.id}, None)
            return
        state = None if number is None else writing.loader.state(entity, number)
        if state is None or state.get(lookup) != parent.id or state.get("deleted_at") is not None:
            raise Invalid(_("This line does not belong to the record."), [Problem("", "line", _("No such line."))])
        change = writing.begin(Change("update", plan, state, state.copy(), saved=dict(state.values)))
        if kind == "remove":
            change.kind = "delete"
            change.after.values["deleted_at"] = writing.work.now
        else:
            values = parse(plan, sent, writing.context.access)
            require_writable(plan, values, writing.context, Operation.UPDATE, parent.before, writing.loader)
            require_targets(plan, values, writing)
            change.given = frozenset(values)
            change.after.values.update(values)
            writing.fill(change)
        self._stamp(writing, change)

    def _complete(self, writing: Writing, change: Change) -> Written:
        return self.complete(writing, [change])[0]

    def complete(self, writing: Writing, changes: Sequence[Change]) -> list[Written]:
        """Carry a write through to its end: what it reaches, rules, numbers, history, search, events."""
        writing.spread()
        writing.judge()
        writing.finish()
        for change in changes:
            if change.entity.name in DIRECTORY:
                user = change.id if change.entity.name == "user" else None
                people_changed(writing.work, self.tools.tables, user)
        return [self._written(change) for change in changes]

    @staticmethod
    def _written(change: Change) -> Written:
        after = change.after
        return Written(change.plan.entity.name, after.id, after.version, change.kind, change)

    @staticmethod
    def _refuse_lines(writing: Writing, entity: str) -> None:
        found = writing.context.model.entity(entity)
        if found.line_of is not None:
            parent = pick(writing.context.model.entity(found.line_of.parent).label)
            said = _("Lines are written through their %(parent)s.", parent=parent)
            raise NotAllowedHere(said)

    @staticmethod
    def _require_version(change: Change, version: int | None) -> None:
        if version is not None and change.before and version != change.before.version:
            raise Conflict(_("Somebody changed this record after you had opened it."))


def _pieces(lines: Lines) -> Iterable[tuple[str, int | None, Mapping[str, Any]]]:
    for values in lines.add:
        yield "add", None, values
    for number, values in lines.update.items():
        yield "update", number, values
    for number in lines.remove:
        yield "remove", number, {}


def _inside(place: str, problem: Problem) -> Problem:
    field = f"{place}.{problem.field}" if problem.field else place
    return Problem(field, problem.code, problem.message, problem.near)


def require_version(version: int | None) -> None:
    """:raises VersionRequired: for writes of forms and cookie sessions that do not say what they saw."""
    if version is None:
        raise VersionRequired(_("Say which version you saw (If-Match), so that nobody's change is lost."))
