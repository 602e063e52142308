"""The workspace that the settings name, opened for one command, and who acts in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import NotFound
from sartor.platform.storage.version import require_current
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import settings


@contextmanager
def opened(*, current: bool = True) -> Iterator[Workspace]:
    """The workspace that the settings name. current: refuse one of another version, or none at all."""
    workspace = Workspace.open(settings())
    try:
        if current:
            require_current(workspace.database)
        yield workspace
    finally:
        workspace.close()


def acting(workspace: Workspace, person: str | None, reason: str, **more: Any) -> Context:
    """The context of a command: the system with its reason, or a person by mail address."""
    if person is None:
        return workspace.system(reason, **more)
    stamp = workspace.stamp()
    found = workspace.directory(stamp).by_email(person)
    if found is None:
        raise NotFound(_("Nobody has the mail address %(email)s.", email=person))
    return workspace.person(stamp, found.id, **more)
