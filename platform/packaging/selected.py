"""A selection as a blueprint: definitions with what they need, records with the definitions that they need, and the
scenarios that can be played with nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.definitions.system import system_documents
from sartor.platform.packaging.comparing import selecting, shipped_blueprint
from sartor.platform.packaging.files.shape import SCENARIOS, Blueprint
from sartor.platform.packaging.installing.install import installed
from sartor.platform.packaging.records.base import RecordBase
from sartor.platform.packaging.records.issues import rows_of
from sartor.platform.packaging.records.keys import came
from sartor.platform.packaging.records.lines import found_by_order
from sartor.platform.packaging.records.newcomers import PEOPLE
from sartor.platform.packaging.records.tables import Record, RecordTables, Wanted
from sartor.platform.packaging.scenarios.format import Scenario, named_in, scenarios_of
from sartor.platform.packaging.selection import Selected
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
    lines = line_keys(workspace)
    chosen = {what: wanted for what, wanted in records.items() if wanted}
    tables = {what: RecordTables(workspace, context, lines).written(wanted) for what, wanted in chosen.items()}
    entities = sorted({name for each in tables.values() for name in each if "." not in name} - set(PEOPLE))
    along = [f"entity/{name}" for name in entities if f"entity/{name}" not in keys]
    found = selecting(workspace).select(keys, along=along, forms=forms)
    requires = {"requires": dict(found.requires)} if found.requires else {}
    carried = dict(_scenarios(workspace, found))
    name, head = str(manifest["name"]), {**manifest, **requires}
    return Blueprint(name, head, found.parts, tables=tables, carried=carried), found


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario that says something about what goes along. lacks: definitions that it needs and do not."""

    blueprint: Blueprint
    scenario: Scenario
    lacks: tuple[str, ...]


def _scenarios(workspace: Workspace, found: Selected) -> Iterator[tuple[str, str]]:
    """Those that need nothing that does not go along. Two of one name are told apart by their blueprints."""
    taken = set[str]()
    for each in _asked(workspace, found):
        if not each.lacks:
            name, owner = each.scenario.name, each.blueprint
            called = f"{owner.name}_{name}" if name in taken else name
            taken.add(called)
            yield f"{SCENARIOS}/{called}.json", owner.carried[f"{SCENARIOS}/{name}.json"]


def left_scenarios(workspace: Workspace, found: Selected) -> list[Asked]:
    """Scenarios that stay behind, since what they need does not go along."""
    return [each for each in _asked(workspace, found) if each.lacks]


def _asked(workspace: Workspace, found: Selected) -> Iterator[Asked]:
    """Scenarios of installed blueprints about what goes along. What is required brings its own."""
    documents = workspace.serving().design.documents
    required = {key for key, each in documents.items() if each.get("origin") in found.requires}
    there = found.parts.documents.keys() | required | system_documents().keys()
    for each in installed(documents):
        shipped = shipped_blueprint(workspace, each.name) if each.name not in found.requires else None
        for scenario in scenarios_of(shipped) if shipped else ():
            named = named_in(scenario.body)
            if shipped and not scenario.faults and named & found.parts.documents.keys():
                yield Asked(shipped, scenario, tuple(sorted(named - there)))


def line_keys(workspace: Workspace) -> dict[Record, str]:
    """Keys of lines that came before these were noted, by entity and record: they stand in their order."""
    model, found = workspace.serving().model, dict[Record, str]()
    with workspace.database.read() as connection:
        ids = {(entity, key): record for entity, key, record in came(connection, model)}
    documents = workspace.serving().design.documents
    for each in installed(documents):
        lines = found_by_order(workspace, rows_of(RecordBase(workspace, each.name).found(), documents), {}, ids)
        found |= {(entity, record): key for (entity, key), record in lines.items()}
    return found
