"""Blueprints taken out of a workspace, and single definitions edited in it, as tests do it in one line."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import without_engine_keys
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.uninstall import RETIRE, uninstalling
from sartor.platform.workspace import Workspace


def take_out(workspace: Workspace, name: str, data: str = RETIRE) -> int:
    drafts = Drafts(workspace)
    return drafts.carry_out(uninstalling(drafts.present(), workspace.kinds, name, data), f"Took out {name}")


def edit(workspace: Workspace, key: str, change: Callable[[Any], Any]) -> int:
    """Publish a definition with a change in it."""
    documents = workspace.serving().design.documents
    document = deepcopy(without_engine_keys(documents[key]))
    change(document)
    return Drafts(workspace).carry_out(Draft("edit", "Edit", {**documents, key: document}), "Edit")
