"""What people say about a record."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from sartor.platform.access.context import Context
from sartor.platform.errors import Forbidden, Invalid, NotFound, Problem
from sartor.platform.model.ids import encode_id
from sartor.platform.query.reader import Reader
from sartor.platform.records.history.happening import PAGE, Happening, iso, require_seen
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.comments import sys_comment
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

LONGEST_COMMENT = 10_000


class Comments:
    """The comments on records of one model."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self.database = database
        self.reader = reader

    def write(self, context: Context, entity: str, record: int, text: str) -> str:
        """Say something about a record that one can read; the id of the comment.

        :raises Invalid: for no text, or a longer one than is kept.
        """
        require_seen(self.reader, context, entity, record)
        _refuse_read_only(context)
        text = (text or "").strip() if isinstance(text, str) else ""
        if not 0 < len(text) <= LONGEST_COMMENT:
            said = _("A comment has 1 to %(most)s characters.", most=LONGEST_COMMENT)
            raise Invalid(said, [Problem("body", "length", said)])
        number = self.database.new_id()

        def job(work: Work) -> None:
            row = {
                "id": number,
                "entity": self._table(entity),
                "record": record,
                "body": text,
                "mentions": [],
                "by": context.actor.id,
                "at": work.now,
            }
            work.connection.execute(sa.insert(sys_comment).values(row))

        self.database.run(job)
        return encode_id(number)

    def remove(self, context: Context, entity: str, record: int, comment: int) -> None:
        """Take back what one has said oneself.

        :raises NotFound: for none. :raises Forbidden: for that of another one.
        """
        require_seen(self.reader, context, entity, record)
        _refuse_read_only(context)

        def job(work: Work) -> None:
            mine = sa.and_(
                sys_comment.c.id == comment,
                sys_comment.c.entity == self._table(entity),
                sys_comment.c.record == record,
            )
            found = work.connection.execute(
                sa.select(sys_comment.c.by).where(mine, sys_comment.c.deleted_at.is_(None))
            ).first()
            if found is None:
                raise NotFound(_("There is no such comment."))
            if found.by != context.actor.id and not context.access.ability("administer"):
                raise Forbidden(_("Only its author may remove a comment."))
            work.connection.execute(sa.update(sys_comment).where(mine).values(deleted_at=work.now))

        self.database.run(job)

    def all(self, context: Context, entity: str, record: int) -> list[Happening]:
        """What was said about a record, the latest first."""
        require_seen(self.reader, context, entity, record)
        return self.latest(entity, record)

    def latest(self, entity: str, record: int, until: datetime | None = None) -> list[Happening]:
        """The latest first, for whoever has asked whether the record may be seen. until: those said by then."""
        here = sa.and_(
            sys_comment.c.entity == self._table(entity),
            sys_comment.c.record == record,
            sys_comment.c.deleted_at.is_(None),
        )
        chosen = sa.select(sys_comment).where(here).order_by(sys_comment.c.id.desc()).limit(PAGE)
        if until is not None:
            chosen = chosen.where(sys_comment.c.at <= until)
        with self.database.read() as connection:
            rows = connection.execute(chosen).all()
        return [Happening("comment", encode_id(row.id), iso(row.at), row.by, {"text": row.body}) for row in rows]

    def _table(self, entity: str) -> str:
        return self.reader.tables.model.entity(entity).table


def _refuse_read_only(context: Context) -> None:
    if context.actor.read_only:
        raise Forbidden(_("This token may only read."))
