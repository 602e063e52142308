"""Which scenarios are to be run against which design: those of a folder, or of what a workspace has installed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.packaging.comparing import shipped_blueprint
from sartor.platform.packaging.files.check import needed_by
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.packaging.installing.install import installed, require_installed
from sartor.platform.packaging.scenarios.format import scenarios_of
from sartor.platform.packaging.scenarios.running import Result, Tell, nobody, run_scenarios
from sartor.platform.workspace import Workspace


def run_folder(folder: Path, beside: Iterable[Path], extensions: Extensions | None = None) -> list[Result]:
    """The scenarios of a blueprint, with that blueprint and what it requires at the highest level, and nothing else.

    extensions: the types that there are; without them those of every plugin that is installed.
    """
    blueprint = read_folder(folder)
    documents = compose(needed_by(blueprint, beside))
    for key, each in documents.items():
        if key.startswith("blueprint/"):
            documents[key] = {**each, "level": "L3"}
    return run_scenarios(documents, scenarios_of(blueprint), extensions)


def run_installed(
    workspace: Workspace, names: Iterable[str] = (), change_set: str | None = None, tell: Tell = nobody
) -> list[Result]:
    """The scenarios of installed blueprints against what is published, or what a change set would make of it.

    names: of blueprints; none: all of them. tell: how far it is.

    :raises NotFound: for one that is not installed. :raises InvalidDefinition: for a draft that does not hold together.
    """
    documents = workspace.publisher.sets.documents(change_set) if change_set else workspace.serving().design.documents
    wanted = list(names) or [each.name for each in installed(documents)]
    scenarios = []
    for name in wanted:
        require_installed(documents, name)
        found = shipped_blueprint(workspace, name, documents)
        scenarios += [replace(each, blueprint=name) for each in scenarios_of(found)] if found else []
    return run_scenarios(documents, scenarios, workspace.extensions, tell)
