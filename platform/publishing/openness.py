"""What of a plan its reader may know: values of records only where all of them are open to him."""

from __future__ import annotations

from sartor.platform.access.context import Context
from sartor.platform.access.scopes import EVERYTHING
from sartor.platform.model import FieldLevel, Operation


def is_open(context: Context, subject: str) -> bool:
    """Whether somebody sees a field (`entity/deal#amount`) of every record."""
    entity, _hash, field = subject.partition("/")[2].partition("#")
    if entity not in context.model.entities or field not in context.model.entities[entity].fields:
        return False
    everything = context.access.scope(Operation.READ, entity) == EVERYTHING
    return everything and context.access.level(entity, field) >= FieldLevel.READ
