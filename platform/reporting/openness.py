"""Who may see a number: whether everything that it is made of is open to the reader, and if not, who could open it."""

from __future__ import annotations

from collections.abc import Iterable

from sartor.platform.access.grants import designed
from sartor.platform.access.rights import Access
from sartor.platform.definitions.compile.scope import STAYS
from sartor.platform.model import Entity, FieldLevel, Model, Operation
from sartor.platform.query.question import Path
from sartor.platform.query.stays import stage_field


class Openness:
    """One reader's view of the inputs of numbers."""

    def __init__(self, model: Model, access: Access) -> None:
        self.model = model
        self.access = access

    def closed(self, source: str, paths: Iterable[Path]) -> str | None:
        """Why a number over a source that reads these paths is closed, and who may open it; None where it is open."""
        entity = designed(source)
        if not self.access.may(Operation.READ, entity):
            return self.access.explain(Operation.READ, entity).message
        # Whoever counts stays is told of stages, even if he names none.
        asked = {*paths, ("stage",)} if source.endswith(STAYS) else set(paths)
        for path in sorted(asked):
            if not self.access.path_is_readable(source, path):
                return self._reason(source, path)
        return None

    def _reason(self, source: str, path: Path) -> str:
        here = self.model.entity(designed(source))
        if source.endswith(STAYS):
            if path[0] != "record":
                return self._explained(here, stage_field(here).name)
            path = path[1:]
        for step in path:
            if step == "parent" and here.line_of and step not in here.fields:
                here = self.model.entity(here.line_of.parent)
                continue
            if step not in here.fields or self.access.level(here.name, step) < FieldLevel.READ:
                return self._explained(here, step)
            targets = here.fields[step].type.targets(here.fields[step])
            if len(targets) == 1:
                here = self.model.entity(targets[0])
                if not self.access.may(Operation.READ, here.name):
                    return self.access.explain(Operation.READ, here.name).message
        return self._explained(here, path[-1])

    def _explained(self, entity: Entity, field: str) -> str:
        known = field if field in entity.fields else None
        return self.access.explain(Operation.READ, entity.name, known).message
