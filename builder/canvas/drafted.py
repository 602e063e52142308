"""The model as it would be with the edits of the change set in use; what does not hold in it is left out."""

from __future__ import annotations

from sartor.builder.bench import Bench
from sartor.platform.model import Model


def drafted(here: Bench) -> Model:
    """Compiled only where something is edited."""
    if not here.edited.edits:
        return here.workspace.serving(here.revision).model
    return here.workspace.compiler.draft(here.documents).model
