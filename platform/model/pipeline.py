"""Pipelines: the stages a record goes through, who may move it where, and what a move asks and sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sartor.platform.model.entity import Check
from sartor.platform.model.formula import Formula
from sartor.platform.text import Label


class Outcome(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Stage:
    """index: 1 for the first open stage, counted in order. dwell_limit in whole days."""

    name: str
    label: Label
    index: int
    outcome: Outcome = Outcome.OPEN
    probability: Decimal | None = None
    forecast_category: str | None = None
    dwell_limit: int | None = None
    colour: str | None = None
    guidance: Label | None = None
    to_enter: tuple[Check, ...] = ()
    to_leave: tuple[Check, ...] = ()
    on_enter: Mapping[str, Formula] = field(default_factory=dict)
    on_leave: Mapping[str, Formula] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transition:
    """A permitted move. Empty `roles`: everyone who may update the record. `note` asks for a reason."""

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    roles: tuple[str, ...] = ()
    note: bool = False
    checks: tuple[Check, ...] = ()
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """`field` of `entity` is the stage field that follows this pipeline. adopts: whether a publication that brings or
    changes it puts records without a stage into the first one."""

    name: str
    entity: str
    field: str
    label: Label
    stages: Mapping[str, Stage]
    transitions: tuple[Transition, ...]
    first: str
    level: str = "L1"
    adopts: bool = True

    def between(self, source: str, target: str) -> list[Transition]:
        """The transitions that lead from one stage to another."""
        return [move for move in self.transitions if source in move.sources and target in move.targets]

    def reachable(self, source: str) -> list[str]:
        """Stages that some transition leads to from `source`, in the order of the pipeline."""
        return [name for name in self.stages if name != source and self.between(source, name)]

    def passed(self, source: str, target: str) -> list[str]:
        """Open stages skipped by a move forward: they count as passed."""
        start, end = self.stages[source], self.stages[target]
        if end.outcome in (Outcome.LOST, Outcome.INVALID):
            return []
        return [
            stage.name
            for stage in self.stages.values()
            if stage.outcome is Outcome.OPEN and start.index < stage.index and self._before(stage, end)
        ]

    @staticmethod
    def _before(stage: Stage, end: Stage) -> bool:
        return end.outcome is Outcome.WON or stage.index < end.index
