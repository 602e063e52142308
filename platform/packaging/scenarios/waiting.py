"""Playing scenarios as long work: written down as a job, told how far it is, and stopped if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.packaging.installing.install import require_installed
from sartor.platform.packaging.scenarios.asked import run_installed
from sartor.platform.storage import jobs as rows
from sartor.platform.workspace import Workspace

KIND = "scenarios"


def begin(workspace: Workspace, context: Context, name: str, change_set: str | None) -> int:
    """Write the job down; its number. change_set: what publishing it would make of the blueprint; none: as it is.

    :raises NotFound: for a blueprint that is not installed.
    """
    sets = workspace.publisher.sets
    require_installed(sets.documents(change_set) if change_set else workspace.serving().design.documents, name)
    number = workspace.database.new_id()
    told = {"blueprint": name, "set": change_set, "language": context.language, "zone": context.zone}
    workspace.database.run(lambda work: rows.begin(work, number, KIND, told, context.actor.id))
    return number


def played(
    workspace: Workspace, given: Mapping[str, Any], progress: Callable[[int, int], object]
) -> list[dict[str, Any]]:
    """What became of each scenario. progress: told how many were played, of how many."""
    return [each.as_dict() for each in run_installed(workspace, [given["blueprint"]], given["set"], progress)]
