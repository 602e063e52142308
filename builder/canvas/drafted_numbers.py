"""The numbers of the change set on what is published: reports and metrics as they are being designed, answered with
the records and rights that there are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sartor.builder.bench import Bench
from sartor.platform.definitions.compile.draft import Draft
from sartor.platform.definitions.compile.reports import compile_metric, compile_report
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.documents import Document, split
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import Problem
from sartor.platform.model import Model
from sartor.platform.query.reader import Reader
from sartor.platform.text import gettext as _

KINDS: dict[str, tuple[str, Any]] = {"metric": ("metrics", compile_metric), "report": ("reports", compile_report)}
"""What numbers are made of, in the order in which they build on one another: table of the model, compilation."""


@dataclass(frozen=True)
class DraftedNumbers:
    """Serves a reporter. faults: what is wrong with a report or metric that is not in the model, by its key."""

    model: Model
    reader: Reader
    faults: Mapping[str, Sequence[Problem]]

    @property
    def problems(self) -> dict[str, str]:
        """The first fault of each, in words."""
        return {key: found[0].message for key, found in self.faults.items()}


def drafted_numbers(here: Bench, sent: Mapping[str, Document] | None = None) -> DraftedNumbers:
    """The published model with the metrics and reports of the change set.

    sent: definitions as they are on a canvas, before the change set has them.
    """
    serving = here.workspace.serving(here.revision)
    wanted = {key: each for key, each in {**here.documents, **(sent or {})}.items() if split(key)[0] in KINDS}
    rest = {key: each for key, each in here.published.items() if split(key)[0] not in KINDS}
    draft = Draft({**rest, **wanted}, here.workspace.extensions, serving.model.revision)
    _take(draft, serving.model)
    told: dict[str, Sequence[Problem]] = {}
    for kind in KINDS:
        told |= _renew(here, draft, kind)
    return DraftedNumbers(draft.model, serving.reader, told)


def _renew(here: Bench, draft: Draft, kind: str) -> dict[str, Sequence[Problem]]:
    """Put the definitions of a kind into the model as they are drafted; why those that are wrong are not in it."""
    table, compiled = KINDS[kind]
    made = dict(getattr(draft.model, table))
    told = {}
    for key in [key for key in {**here.published, **draft.documents} if split(key)[0] == kind]:
        document = draft.documents.get(key)
        if document == here.published.get(key):
            continue
        made.pop(split(key)[1], None)
        if document is None:
            continue
        found, faults = _compiled(here, draft, key, compiled)
        if faults:
            told[key] = faults
        elif found is not None:
            made[found.name] = found
    renewed: dict[str, Any] = {table: made}
    _take(draft, replace(draft.model, **renewed))
    return told


def _compiled(here: Bench, draft: Draft, key: str, compiled: Any) -> tuple[Any, Sequence[Problem]]:
    """A metric or report, and what is wrong with it."""
    document = draft.documents[key]
    faults = validate(here.workspace.kinds, key, document)
    entity = document.get("entity")
    if not faults and f"entity/{entity}" in here.documents and entity not in draft.model.entities:
        text = _("The entity is not published yet, so there are no records to show.")
        faults = [Problem("/entity", "unpublished", text, file=key)]
    if faults:
        return None, faults
    before = len(draft.problems)
    found = compiled(draft, split(key)[1], document)
    return found, draft.problems[before:]


def _take(draft: Draft, model: Model) -> None:
    draft.model = model
    draft.scope = ModelScope(model)
