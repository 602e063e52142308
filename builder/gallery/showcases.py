"""Blueprints as they ship, compiled once for their pictures. What ships does not change while the product runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask.blueprints import BlueprintSetupState

from sartor.builder import builder
from sartor.builder.gallery.sketches import Sketch, sketches
from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import Documents
from sartor.platform.model import Model
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.packaging.installing.install import stock_folders
from sartor.platform.packaging.samples.rows import SampleRows

NAME = "builder showcases"


@dataclass(frozen=True, slots=True)
class Showcase:
    """A blueprint with all that it requires, and nothing else."""

    blueprints: tuple[Blueprint, ...]
    documents: Documents
    model: Model

    def drawn(self, name: str) -> list[Sketch]:
        # A picture of samples does not depend on the time zone of whoever looks at it.
        return sketches(self.documents, SampleRows(self.blueprints, self.model, date.today()), name)


@builder.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.extensions[NAME] = {}


def showcase(blueprint: Blueprint, compiler: Compiler) -> Showcase:
    """The showcase of one of ours."""
    known: dict[str, Showcase] = current_app.extensions[NAME]
    if blueprint.name not in known:
        together = _with_required(blueprint)
        documents = compose(together)
        known[blueprint.name] = Showcase(tuple(together), documents, compiler.compile(documents, 0))
    return known[blueprint.name]


def _with_required(blueprint: Blueprint) -> list[Blueprint]:
    folders, found = stock_folders(), {blueprint.name: blueprint}
    waiting = list(blueprint.requires)
    while waiting:
        name = waiting.pop()
        if name not in found and name in folders:
            found[name] = read_folder(folders[name])
            waiting += found[name].requires
    return list(found.values())
