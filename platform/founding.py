"""Founding a workspace: system tables and the first revision.

Imported only by what makes or upgrades a workspace, because migrations bring Alembic with them.
"""

from __future__ import annotations

from sartor.platform.definitions.system import system_documents
from sartor.platform.publishing.publisher import Publication
from sartor.platform.storage.migrate import upgrade
from sartor.platform.storage.unfinished import NOTHING, Unfinished, note
from sartor.platform.workspace import Workspace


def found_workspace(workspace: Workspace, wanted: Unfinished = NOTHING) -> bool:
    """Bring the database to this version and publish the system entities; False where that was done before.

    wanted: what a workspace that is new is to get besides; noted in the same transaction, brought by `packaging.begin`.
    """
    upgrade(workspace.database)
    if workspace.stamp().revision > 0:
        return False
    plan = workspace.publisher.plan_documents(system_documents())
    beginning = Publication("The beginning: users and departments", also=lambda work: note(work, wanted))
    workspace.publisher.apply(plan, beginning)
    return True
