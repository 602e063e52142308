"""A trial run of an import, read back from its job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.errors import NotFound
from sartor.platform.model import Entity
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.storage.files import StoredFile
from sartor.platform.storage.jobs import Job
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class Trial:
    """An import that was tried. plan: what was tried."""

    entity: Entity
    file: StoredFile
    job: Job
    plan: ImportPlan

    @property
    def result(self) -> Mapping[str, Any]:
        return self.job.result if isinstance(self.job.result, dict) else {}

    @property
    def misses(self) -> list[tuple[str, str]]:
        """(field, value) of everything that was not found, in order."""
        return [(each["field"], value["value"]) for each, value in self.missed()]

    def missed(self) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """The values that were not found, each with the field that it stands in."""
        return [(each, value) for each in self.result.get("misses", ()) for value in each["values"]]


def trial_of(entity: Entity, file: StoredFile, job: Job, kind: str) -> Trial:
    """:raises NotFound: for a job that is no trial of this file."""
    if job.kind != kind or str(job.input.get("file")) != str(file.id):
        raise NotFound(_("There is no such trial run."))
    return Trial(entity, file, job, ImportPlan.from_dict(job.input["plan"]))
