"""What of a plan its reader may know: values of records only where all of them are open to him."""

from __future__ import annotations

from sartor.platform.access.context import Context
from sartor.platform.access.scopes import EVERYTHING
from sartor.platform.model import FieldLevel, Operation
from sartor.platform.publishing.plan import Plan, PlanStep
from sartor.platform.publishing.values.convert_rows import Conversion


def is_open(context: Context, subject: str) -> bool:
    """Whether somebody sees a field (`entity/deal#amount`) of every record."""
    entity, _hash, field = subject.partition("/")[2].partition("#")
    if entity not in context.model.entities or field not in context.model.entities[entity].fields:
        return False
    everything = context.access.scope(Operation.READ, entity) == EVERYTHING
    return everything and context.access.level(entity, field) >= FieldLevel.READ


def shows(context: Context, step: PlanStep) -> bool:
    """Whether somebody may see the values that a step is about: rights are those of the field as it is called now."""
    field = step.job.old if isinstance(step.job, Conversion) else None
    return is_open(context, f"entity/{field.entity}#{field.name}" if field else step.subject)


def shows_losses(context: Context, plan: Plan, subject: str) -> bool:
    """The same for the step of a plan that converts `subject`."""
    steps = [step for step in plan.steps if step.subject == subject and isinstance(step.job, Conversion)]
    return all(shows(context, step) for step in steps) if steps else is_open(context, subject)
