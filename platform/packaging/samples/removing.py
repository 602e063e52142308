"""Sample records taken out again, in one command or by one press."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from sartor.platform.access.context import Context
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.records.revision import StaleModel
from sartor.platform.storage import shipped
from sartor.platform.storage.shipped import Shipped
from sartor.platform.work import Work
from sartor.platform.workspace import Serving, Workspace

ROWS = 50
"""Records of one transaction: nobody waits longer to save something, and whoever stops it neither."""
Progress = Callable[[int, int], object]


def remove_samples(
    workspace: Workspace, blueprint: str | None = None, progress: Progress = lambda done, total: None
) -> int:
    """Put every sample record into the recycle bin, what others need last; how many.

    Records that somebody's own records need stay, and with them what they need.
    progress: told after each transaction how many are done, of how many, lines among them; it may raise to stop there.
    """
    found, waiting = workspace.database.run(lambda work: _found(workspace, work, blueprint))
    with_parents, removed = len(found) - len(waiting), 0
    while waiting:
        kept: list[Shipped] = []
        for start in range(0, len(waiting), ROWS):
            some = waiting[start : start + ROWS]
            left = _remove_some(workspace, some)
            kept += left
            removed += len(some) - len(left)
            progress(with_parents + removed, len(found))
        if len(kept) == len(waiting):
            break
        waiting = kept
    return removed


def _found(workspace: Workspace, work: Work, blueprint: str | None) -> tuple[list[Shipped], list[Shipped]]:
    """All, and those that go by themselves."""
    found = shipped.samples(work, blueprint)
    return found, _without_lines(workspace.serving(), work, found)


def _without_lines(serving: Serving, work: Work, found: Iterable[Shipped]) -> list[Shipped]:
    """Lines go with their parents; what was noted of them goes here."""
    lines = {entity.table for entity in serving.model.entities.values() if entity.line_of}
    shipped.forget(work, *(each for each in found if each.entity in lines))
    return [each for each in found if each.entity not in lines]


def _remove_some(workspace: Workspace, samples: list[Shipped]) -> list[Shipped]:
    """Those that stay; under the design of now, whatever is published meanwhile."""
    while True:
        serving, context = workspace.serving(), workspace.system("samples removed")

        def job(work: Work, here: Serving = serving, who: Context = context) -> list[Shipped]:
            alike = groupby(samples, key=lambda each: each.entity)
            return [each for _entity, some in alike for each in _remove(here, who, list(some), work)]

        try:
            return workspace.database.run(job)
        except StaleModel:
            continue


def _remove(serving: Serving, context: Context, samples: list[Shipped], work: Work) -> list[Shipped]:
    """Those that stay, of records of one entity: each is tried by itself where they do not go together.

    It stays while others need it. What somebody has put into the bin before is gone as well.
    """
    try:
        with work.connection.begin_nested():
            _delete(serving, context, samples, work)
    except (Conflict, NotFound) as error:
        if len(samples) > 1:
            return [each for one in samples for each in _remove(serving, context, [one], work)]
        if isinstance(error, Conflict):
            return samples
    shipped.forget(work, *samples)
    return []


def _delete(serving: Serving, context: Context, samples: list[Shipped], work: Work) -> None:
    entity = next((each for each in serving.model.entities.values() if each.table == samples[0].entity), None)
    if entity is not None:
        serving.writer.delete_all(context, entity.name, [each.record for each in samples], work=work)
