"""Sample records taken out again, in one command."""

from __future__ import annotations

from collections.abc import Iterable

from sartor.platform.access.context import Context
from sartor.platform.errors import Conflict
from sartor.platform.storage import shipped
from sartor.platform.work import Work
from sartor.platform.workspace import Serving, Workspace


def remove_samples(workspace: Workspace, blueprint: str | None = None) -> int:
    """Put every sample record into the recycle bin, what others need last; how many.

    Records that somebody's own records need stay, and with them what they need.
    """
    serving, context = workspace.serving(), workspace.system("samples removed")

    def job(work: Work) -> int:
        waiting, removed = _without_lines(serving, work, shipped.samples(work, blueprint)), 0
        while waiting:
            kept = [each for each in waiting if not _remove(serving, context, each, work)]
            removed += len(waiting) - len(kept)
            if len(kept) == len(waiting):
                break
            waiting = kept
        return removed

    return workspace.database.run(job)


def _without_lines(serving: Serving, work: Work, found: Iterable[shipped.Shipped]) -> list[shipped.Shipped]:
    """Lines go with their parents; what was noted of them goes here."""
    lines = {entity.table for entity in serving.model.entities.values() if entity.line_of}
    kept = []
    for each in found:
        if each.entity in lines:
            shipped.forget(work, each)
        else:
            kept.append(each)
    return kept


def _remove(serving: Serving, context: Context, sample: shipped.Shipped, work: Work) -> bool:
    """Whether the record went; it stays while others need it."""
    try:
        with work.connection.begin_nested():
            entity = next((each for each in serving.model.entities.values() if each.table == sample.entity), None)
            if entity is not None:
                serving.writer.delete(context, entity.name, sample.record, work=work)
            shipped.forget(work, sample)
        return True
    except Conflict:
        return False
