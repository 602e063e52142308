"""The writer: the only way in which a record is made, changed, deleted or brought back.

Each call is one transaction, or a part of one that the caller opened (`work`). Whatever is refused leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sartor.platform.access.assign import people_changed
from sartor.platform.access.context import Context
from sartor.platform.access.grants import DIRECTORY
from sartor.platform.errors import Conflict, Invalid, NotAllowedHere, VersionRequired
from sartor.platform.model import Operation
from sartor.platform.model.formula import Formula
from sartor.platform.records.bin import delete_record, restore_record
from sartor.platform.records.judging.violations import as_refusal, raise_as_refusal
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.preview import LookedAhead, Preview, preview_of
from sartor.platform.records.revision import hold_context, stale_since
from sartor.platform.records.taking.beginning import begin_create, begin_update, take
from sartor.platform.records.taking.closed import require_scope
from sartor.platform.records.taking.pointers import confirm_targets
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
            change = take(writing, entity, record_id, Operation.DELETE)
            self._refuse_other_version(change, version)
            delete_record(change, writing)
            return self._complete(writing, change)

        return self._in_work(context, work, job)

    def delete_all(self, context: Context, entity: str, ids: Sequence[int], *, work: Work | None = None) -> None:
        """The same for several records, or for none of them: what they reach is read and counted again once."""

        def job(writing: Writing) -> None:
            self._refuse_lines(writing, entity)
            writing.loader.load(entity, ids, lock=True)
            changes = [take(writing, entity, each, Operation.DELETE) for each in ids]
            for change in changes:
                delete_record(change, writing)
            self.complete(writing, changes)

        self._in_work(context, work, job)

    def restore(self, context: Context, entity: str, record_id: int, *, work: Work | None = None) -> Written:
        """Bring a record back from the recycle bin, with the lines that went with it."""

        def job(writing: Writing) -> Written:
            self._refuse_lines(writing, entity)
            change = take(writing, entity, record_id, Operation.DELETE, deleted=True)
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
                    return begin_update(writing, entity, record_id, Wish(given))
                return begin_create(writing, entity, given, at_once=True)

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
        writing.filling.notes = dict(ask.notes)
        if ask.record is not None:
            return begin_update(writing, entity, ask.record, ask.wish)
        return self._begin_new(writing, entity, ask.values, None)

    def _begin_new(self, writing: Writing, entity: str, sent: Mapping[str, Any], record_id: int | None) -> Change:
        writing.context.access.require(Operation.CREATE, entity)
        change = begin_create(writing, entity, sent, record_id)
        require_scope(change, writing.context, Operation.CREATE, writing.loader)
        return change

    def _create(self, writing: Writing, entity: str, sent: Mapping[str, Any], record_id: int | None) -> Written:
        self._refuse_lines(writing, entity)
        return self._complete(writing, self._begin_new(writing, entity, sent, record_id))

    def _update(self, writing: Writing, entity: str, record_id: int, wish: Wish) -> Written:
        self._refuse_lines(writing, entity)
        change = begin_update(writing, entity, record_id, wish)
        return self._complete(writing, change)

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
    def _refuse_other_version(change: Change, version: int | None) -> None:
        if version is not None and change.before and version != change.before.version:
            raise Conflict(_("Somebody changed this record after you had opened it."))


def require_version(version: int | None) -> None:
    """:raises VersionRequired: for writes of forms and cookie sessions that do not say what they saw."""
    if version is None:
        raise VersionRequired(_("Say which version you saw (If-Match), so that nobody's change is lost."))
