"""Many writes in one call: all or nothing, or each for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import BadRequest, Invalid, Problem, SartorError
from sartor.platform.model.ids import decode_id
from sartor.platform.records.bulk import write_many
from sartor.platform.records.revision import StaleModel
from sartor.platform.records.wish import Ask, Outcome
from sartor.platform.records.writer import Writer
from sartor.platform.text import gettext as _
from sartor.platform.text import near
from sartor.platform.work import Work

MOST = 1000
ACTIONS = ("create", "update", "delete", "restore")
Step = Ask | SartorError | tuple[str, int, int | None]
"""What an operation comes to: a write, a refusal, or (delete or restore, record, version)."""


def run_batch(
    writer: Writer, context: Context, entity: str, operations: Sequence[Any], *, partial: bool, work: Work
) -> list[Outcome]:
    """Run operations in order; neighbouring creates and updates together.

    partial: a refused operation leaves the others; otherwise the first refusal undoes all of them.
    :raises Invalid: naming the operation that was refused, unless `partial`.
    """
    if not isinstance(operations, Sequence) or not 0 < len(operations) <= MOST:
        raise Invalid(_("A batch holds 1 to %(most)s operations.", most=MOST))
    steps = [_read(each) for each in operations]
    outcomes: list[Outcome] = []
    for together, group in groupby(steps, key=lambda step: isinstance(step, Ask)):
        if together:
            outcomes += write_many(writer, context, entity, [each for each in group if isinstance(each, Ask)], work)
        else:
            outcomes += [_alone(writer, context, entity, each, work) for each in group]
    refused = next((number for number, each in enumerate(outcomes) if each.error), None)
    if refused is not None and not partial:
        error = outcomes[refused].error
        assert error is not None
        raise _told(refused, error)
    return outcomes


def _read(operation: Any) -> Step:
    try:
        return _step(operation)
    except SartorError as error:
        return error


def _step(operation: Any) -> Step:
    if not isinstance(operation, Mapping):
        raise BadRequest(_("An operation is a JSON object."))
    action = operation.get("action", "create")
    values, version = operation.get("values", {}), operation.get("version")
    if action == "create":
        return Ask(values)
    if action not in ACTIONS:
        guess = near(str(action), ACTIONS)
        said = _("action is one of %(known)s.", known=", ".join(ACTIONS))
        raise Invalid(said, [Problem("action", "unknown", said, guess)])
    number = decode_id(operation.get("id"))
    return Ask(values, number, version) if action == "update" else (action, number, version)


def _alone(writer: Writer, context: Context, entity: str, step: Step, work: Work) -> Outcome:
    if isinstance(step, SartorError):
        return Outcome(error=step)
    assert isinstance(step, tuple)
    action, number, version = step
    try:
        with work.connection.begin_nested():
            if action == "delete":
                return Outcome(writer.delete(context, entity, number, version=version, work=work))
            return Outcome(writer.restore(context, entity, number, work=work))
    except StaleModel:
        raise
    except SartorError as error:
        return Outcome(error=error)


def _told(number: int, error: SartorError) -> SartorError:
    """The same refusal, with the number of the operation before each place."""
    problems = [
        Problem(f"{number}.{each.field}" if each.field else str(number), each.code, each.message, each.near)
        for each in error.problems
    ] or [Problem(str(number), error.code, error.message)]
    error.problems = tuple(problems)
    return error
