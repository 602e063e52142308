"""What each person chose for himself (language, theme, density …): small values by name, no rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.preferences import sys_preference
from sartor.platform.work import Work


class Preferences:
    """Preferences of the people of one workspace."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, user: int) -> dict[str, Any]:
        """Everything that a person chose, by name."""
        mine = sa.select(sys_preference.c.name, sys_preference.c.value).where(sys_preference.c.user_id == user)
        with self.database.read() as connection:
            return {row.name: row.value for row in connection.execute(mine)}

    def put(self, user: int, chosen: Mapping[str, Any]) -> None:
        """Keep values; others stay as they are."""
        if chosen:
            self.database.run(lambda work: _put(work, user, chosen))


def _put(work: Work, user: int, chosen: Mapping[str, Any]) -> None:
    for name, value in chosen.items():
        mine = (sys_preference.c.user_id == user) & (sys_preference.c.name == name)
        work.connection.execute(sa.delete(sys_preference).where(mine))
        row = {"user_id": user, "name": name, "value": value, "at": work.now}
        work.connection.execute(sa.insert(sys_preference).values(row))
