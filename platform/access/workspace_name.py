"""What the workspace is called: an administrator says it, kept in the database; until then the setting does."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.access.stamp import Stamp, raise_stamp
from sartor.platform.errors import Invalid, Problem
from sartor.platform.settings import LONGEST_NAME
from sartor.platform.storage.engine import Database
from sartor.platform.storage.notices import read, write
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

KEPT = "workspace name"


class WorkspaceName:
    """The name, read again whenever the stamp moves, so that every process shows another one at once."""

    def __init__(self, database: Database, otherwise: str) -> None:
        self.database = database
        self.otherwise = otherwise
        self._known: tuple[int, str] = (-1, otherwise)

    @property
    def last(self) -> str:
        """As it was last read, without asking the database."""
        return self._known[1]

    def at(self, stamp: Stamp) -> str:
        number, name = self._known
        if number != stamp.number:
            with self.database.read() as connection:
                name = self._read(connection)
            self._known = (stamp.number, name)
        return name

    def _read(self, connection: sa.Connection) -> str:
        return str(read(connection, KEPT) or self.otherwise)

    def change(self, work: Work, name: str) -> None:
        """:raises Invalid: for none, one of several lines, or one that is too long."""
        kept = " ".join(name.split())
        if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
            said = _("Give a name of one line, of at most %(n)s characters.", n=LONGEST_NAME)
            raise Invalid(said, [Problem("name", "name", said)])
        write(work, KEPT, kept)
        raise_stamp(work)
