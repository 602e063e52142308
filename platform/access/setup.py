"""The set-up of a new workspace: while nobody can sign in, a one-time key opens the page of the first administrator."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.access import one_time
from sartor.platform.storage.engine import Database
from sartor.platform.storage.system.identity import sys_credential


def has_somebody(database: Database) -> bool:
    """Whether anybody can sign in yet."""
    with database.read() as connection:
        able = sa.select(sys_credential.c.user_id).where(sys_credential.c.password_hash.is_not(None)).limit(1)
        return connection.execute(able).first() is not None


def setup_key(database: Database) -> str:
    """A fresh key; older ones work until one of them was used."""
    return database.run(lambda work: one_time.issue(work, one_time.SETUP))
