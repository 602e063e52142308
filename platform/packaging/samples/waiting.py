"""Taking sample records out as long work: written down as a job, told how far it is, and stopped if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.packaging.installing.install import require_installed
from sartor.platform.packaging.samples.removing import remove_samples
from sartor.platform.storage import jobs as rows
from sartor.platform.storage import shipped
from sartor.platform.storage.jobs import Job
from sartor.platform.workspace import Workspace

KIND = "samples"


def begin(workspace: Workspace, context: Context, name: str) -> int:
    """Write the job down; its number, or that of the one which is already on its way.

    :raises NotFound: for a blueprint that is not installed.
    """
    require_installed(workspace.serving().design.documents, name)
    if there := under_way(workspace, name):
        return there.id
    number = workspace.database.new_id()
    told = {"blueprint": name, "language": context.language, "zone": context.zone}
    workspace.database.run(lambda work: rows.begin(work, number, KIND, told, context.actor.id))
    return number


def under_way(workspace: Workspace, name: str) -> Job | None:
    """The job that takes out, or is about to, what came with a blueprint."""
    jobs = rows.newest(workspace.database, KIND)
    return next((each for each in jobs if not each.is_over and each.input["blueprint"] == name), None)


def taken_out(workspace: Workspace, given: Mapping[str, Any], progress: Callable[[int, int], object]) -> dict[str, int]:
    """How many stay, as somebody's own records need them. progress: told how many are done, of how many."""
    remove_samples(workspace, given["blueprint"], progress)
    return {"stay": workspace.database.run(lambda work: len(shipped.samples(work, given["blueprint"])))}
