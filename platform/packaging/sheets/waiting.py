"""A proposal for files that take a while to read: written down as a job, told how far it is, and stopped if need be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, TooLarge
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.files import StoredFile
from sartor.platform.workspace import Workspace

KIND = "propose"
AT_ONCE = 400_000
"""Bytes that are read while somebody waits: well below a second on a slow machine."""


def is_long(files: Iterable[StoredFile]) -> bool:
    """Whether reading the files is a job of its own. A workbook unpacks to several times its size."""
    return sum(each.size * (5 if each.name.lower().endswith(".xlsx") else 1) for each in files) > AT_ONCE


def begin(workspace: Workspace, context: Context, files: Iterable[StoredFile], change_set: str) -> int:
    """Write the job down; its number."""
    number = workspace.database.new_id()
    given = {"files": [each.id for each in files], "set": change_set}
    told = {**given, "language": context.language, "zone": context.zone}
    workspace.database.run(lambda work: rows.begin(work, number, KIND, told, context.actor.id))
    return number


def proposed(
    workspace: Workspace, context: Context, given: Mapping[str, Any], progress: Callable[[int], object]
) -> int:
    """The number of the proposal. progress: told how many rows were read, of all tables together.

    :raises Invalid: naming every file that cannot be read.
    """
    desk, read = Desk(workspace, context), dict[str, int]()
    files = [desk.mine(int(each)) for each in given["files"]]

    def tell(name: str, count: int) -> None:
        read[name] = count
        progress(sum(read.values()))

    try:
        return desk.keep(desk.propose(files, workspace.publisher.sets.documents(given["set"]), tell))
    except (Invalid, TooLarge) as error:
        raise Invalid(" ".join(each.message for each in error.problems) or error.message) from None
