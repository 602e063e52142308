"""A proposal beside what is there when it is made, maybe days after it was proposed: nothing else is overwritten."""

from __future__ import annotations

from dataclasses import replace

from sartor.platform.definitions.documents import Documents
from sartor.platform.packaging.sheets.names import Label, entity_name
from sartor.platform.packaging.sheets.proposal import Proposal


def apart(proposal: Proposal, there: Documents) -> Proposal:
    """With names that nothing else has; what the proposal made itself before keeps its own. The application is named
    after what it is called now."""
    others = there.keys() - set(proposal.made)
    taken = _names(others, "entity/")
    sheets = []
    for sheet in proposal.sheets:
        name = entity_name(_said(sheet.label), taken) if sheet.entity in taken else sheet.entity
        taken.add(name)
        sheets.append(replace(sheet, entity=name))
    kept = f"app/{proposal.name}" in proposal.made
    name = proposal.name if kept else entity_name(_said(proposal.label), _names(others, "app/"))
    return replace(proposal, name=name, sheets=tuple(sheets))


def _names(keys: set[str], kind: str) -> set[str]:
    return {key.removeprefix(kind) for key in keys if key.startswith(kind)}


def _said(label: Label) -> str:
    return label.get("en") or next(iter(label.values()))
