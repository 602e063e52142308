"""A selection as a blueprint: definitions with what they need, and records with the definitions that they need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.packaging.comparing import selecting
from sartor.platform.packaging.record_tables import PEOPLE, RecordTables, Wanted
from sartor.platform.packaging.selection import Selected
from sartor.platform.packaging.shape import Blueprint
from sartor.platform.workspace import Workspace

Records = Mapping[str, Sequence[Wanted]]
"""Chosen records by what they become: `records` or `samples`."""


def selected_blueprint(
    workspace: Workspace,
    context: Context,
    manifest: Mapping[str, Any],
    keys: Collection[str],
    records: Records,
    *,
    forms: bool = True,
) -> tuple[Blueprint, Selected]:
    """The blueprint, and what came along.

    :raises NotFound: for a definition that is not there. :raises Forbidden: for records that the person may not export.
    """
    tables = {what: RecordTables(workspace, context).written(wanted) for what, wanted in records.items() if wanted}
    entities = sorted({name for each in tables.values() for name in each if "." not in name} - set(PEOPLE))
    along = [f"entity/{name}" for name in entities if f"entity/{name}" not in keys]
    found = selecting(workspace).select([*keys, *along], forms=forms)
    requires = {"requires": dict(found.requires)} if found.requires else {}
    return Blueprint(str(manifest["name"]), {**manifest, **requires}, found.parts, tables=tables), found
