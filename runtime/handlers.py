"""What each kind of long job does, by kind."""

from __future__ import annotations

from collections.abc import Mapping

from sartor.platform.automation.jobs import Handler
from sartor.platform.workspace import Workspace


def handlers(workspace: Workspace) -> Mapping[str, Handler]:
    """The handlers of a workspace's jobs."""
    return {}
