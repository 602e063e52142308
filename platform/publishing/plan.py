"""What publishing would do: ordered steps, each with what it costs and what it touches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sartor.platform.errors import Problem
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.words.access_changes import AccessChange
from sartor.platform.storage.steps import Step


class Grade(StrEnum):
    """SAFE: at once, nothing is lost. SLOW: reads or writes many rows. LOSSY: values change or go out of sight."""

    SAFE = "safe"
    SLOW = "slow"
    LOSSY = "lossy"


@dataclass(frozen=True, slots=True)
class Sample:
    """One value that does not convert as it is. result: what becomes of it, None for nothing; reason: why."""

    record: int
    value: str
    result: str | None
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {"record": encode_id(self.record), "value": self.value, "result": self.result, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Counts:
    """How values fare in a conversion. estimated: only the first rows were tried."""

    exact: int = 0
    inexact: int = 0
    failed: int = 0
    estimated: bool = False

    @property
    def lossy(self) -> int:
        return self.inexact + self.failed


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One line of a plan.

    kind: stable word for programs. subject: the definition or field (`entity/deal#amount`). text: the sentence.
    rows: how many records it concerns. dependents: definitions that use the subject. ddl: what is done to tables.
    """

    kind: str
    subject: str
    text: str
    grade: Grade = Grade.SAFE
    rows: int = 0
    counts: Counts | None = None
    samples: tuple[Sample, ...] = ()
    dependents: tuple[str, ...] = ()
    ddl: tuple[Step, ...] = ()
    job: Any = None
    """Work on rows (`Refresh`, `Conversion`), done in the publish or, on big tables, around it."""
    seconds: int = 0
    """About how long it takes, where that is a second or more."""
    sort: str = ""
    """By which its time is measured: its kind, or of what is worked out what that is."""
    unsure: bool = False
    """Whether it may as well take half or twice as long, since nothing of the kind was measured here yet."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sort", self.sort or self.kind)

    @property
    def waited_for(self) -> int:
        """About how many seconds everybody waits for it; work on many rows is done before the publish or after it. A
        unique key is made in it, however many they are."""
        apart = self.job is not None and self.grade is Grade.SLOW
        return 0 if apart or (self.counts and self.counts.estimated) else self.seconds

    @property
    def between(self) -> tuple[int, int]:
        """The seconds that it takes at the least and at the most."""
        return (max(self.seconds // 2, 1), self.seconds * 2) if self.unsure else (self.seconds, self.seconds)

    @property
    def lost(self) -> int:
        """How many values it loses or hides."""
        return self.counts.lossy if self.counts else self.rows if self.grade is Grade.LOSSY else 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "subject": self.subject,
            "text": self.text,
            "grade": str(self.grade),
            "rows": self.rows,
            **({"seconds": self.seconds} if self.seconds else {}),
            **({"between": list(self.between)} if self.unsure else {}),
            **({"counts": _shown(self.counts)} if self.counts else {}),
            **({"samples": [each.as_dict() for each in self.samples]} if self.samples else {}),
            **({"dependents": list(self.dependents)} if self.dependents else {}),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """base: the revision that it was made for. access: what changes in people's rights.

    obstacles: why it cannot be published as the records are (duplicates under a new unique key). notes: what was
    left out, and why.
    """

    base: int
    design: Design
    changed: Sequence[str]
    steps: tuple[PlanStep, ...]
    access: tuple[AccessChange, ...] = ()
    obstacles: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    retired: tuple[Any, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not self.changed

    def renamed(self, kind: str) -> frozenset[str]:
        """Definitions of a kind that are called otherwise now, by their new names; and roles that come back: to both
        come people of others."""
        found = [step.subject.partition("/") for step in self.steps if step.kind in ("rename", "restore_role")]
        return frozenset(name for of, _slash, name in found if of == kind)

    @property
    def grade(self) -> Grade:
        grades = {step.grade for step in self.steps}
        return next((grade for grade in (Grade.LOSSY, Grade.SLOW) if grade in grades), Grade.SAFE)

    @property
    def seconds(self) -> int:
        """About how long everything takes."""
        return sum(step.seconds for step in self.steps)

    @property
    def between(self) -> tuple[int, int]:
        """The seconds that it takes at the least and at the most; the same where all of it is known well enough."""
        return sum(step.between[0] for step in self.steps), sum(step.between[1] for step in self.steps)

    @property
    def waited_for(self) -> int:
        """About how many seconds of these everybody waits who writes."""
        return sum(step.waited_for for step in self.steps)

    @property
    def fingerprint(self) -> str:
        """What a person confirms: the base, the steps, and how many values each of them loses."""
        return _short(
            [str(self.base), *(f"{step.kind} {step.subject} {step.grade} {step.lost}" for step in self.steps)]
        )

    @property
    def losses(self) -> str:
        """The same as long as the same values are lost or hidden, whatever else was published; empty for none."""
        lossy = sorted(f"{step.kind} {step.subject} {step.lost}" for step in self.steps if step.grade is Grade.LOSSY)
        return _short(lossy) if lossy else ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "base": self.base,
            "grade": str(self.grade),
            "fingerprint": self.fingerprint,
            "seconds": self.seconds,
            "between": list(self.between),
            "changed": list(self.changed),
            "steps": [step.as_dict() for step in self.steps],
            "access": [each.text for each in self.access],
            "obstacles": [each.as_dict() for each in self.obstacles],
            "notes": list(self.notes),
        }


def _short(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _shown(counts: Counts) -> dict[str, Any]:
    return {
        "exact": counts.exact,
        "inexact": counts.inexact,
        "failed": counts.failed,
        "estimated": counts.estimated,
    }
