"""Founding a workspace: system tables and the first revision.

Imported only by what makes or upgrades a workspace, because migrations bring Alembic with them.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from sartor.platform.definitions.system import system_documents
from sartor.platform.publishing.publisher import Publication
from sartor.platform.storage.migrate import upgrade
from sartor.platform.storage.system.state import sys_state
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace


def found_workspace(workspace: Workspace) -> bool:
    """Bring the database to this version and publish the system entities; False where that was done before."""
    upgrade(workspace.database)
    workspace.database.run(_begin_state)
    if workspace.stamp().revision > 0:
        return False
    plan = workspace.publisher.plan_documents(system_documents())
    workspace.publisher.apply(plan, Publication("The beginning: users and departments"))
    return True


def _begin_state(work: Work) -> None:
    if work.connection.execute(sa.select(sys_state.c.id)).first() is None:
        row = {"id": 1, "revision": 0, "authz": 1, "stamp": 1, "workspace": uuid.uuid4().hex}
        work.connection.execute(sa.insert(sys_state).values(row))
