"""Many writes in one call: all or nothing, or each for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import BadRequest, Invalid, Problem, SartorError
from sartor.platform.model.ids import decode_id
from sartor.platform.records.revision import StaleModel
from sartor.platform.records.wish import Wish, Written
from sartor.platform.records.writer import Writer
from sartor.platform.text import gettext as _
from sartor.platform.text import near
from sartor.platform.work import Work

MOST = 1000
ACTIONS = ("create", "update", "delete", "restore")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation."""

    written: Written | None = None
    error: SartorError | None = None


def run_batch(
    writer: Writer, context: Context, entity: str, operations: Sequence[Any], *, partial: bool, work: Work
) -> list[Outcome]:
    """Run operations in order.

    partial: a refused operation leaves the others; otherwise the first refusal undoes all of them.
    :raises Invalid: naming the operation that was refused, unless `partial`.
    """
    if not isinstance(operations, Sequence) or not 0 < len(operations) <= MOST:
        raise Invalid(_("A batch holds 1 to %(most)s operations.", most=MOST))
    outcomes = []
    for number, operation in enumerate(operations):
        try:
            with work.connection.begin_nested():
                outcomes.append(Outcome(_one(writer, context, entity, operation, work)))
        except StaleModel:
            raise
        except SartorError as error:
            if not partial:
                raise _told(number, error) from None
            outcomes.append(Outcome(error=error))
    return outcomes


def _one(writer: Writer, context: Context, entity: str, operation: Any, work: Work) -> Written:
    if not isinstance(operation, Mapping):
        raise BadRequest(_("An operation is a JSON object."))
    action = operation.get("action", "create")
    values, version = operation.get("values", {}), operation.get("version")
    if action == "create":
        return writer.create(context, entity, values, work=work)
    if action not in ACTIONS:
        guess = near(str(action), ACTIONS)
        said = _("action is one of %(known)s.", known=", ".join(ACTIONS))
        raise Invalid(said, [Problem("action", "unknown", said, guess)])
    number = decode_id(operation.get("id"))
    if action == "update":
        return writer.update(context, entity, number, Wish(values, version), work=work)
    if action == "delete":
        return writer.delete(context, entity, number, version=version, work=work)
    return writer.restore(context, entity, number, work=work)


def _told(number: int, error: SartorError) -> SartorError:
    """The same refusal, with the number of the operation before each place."""
    problems = [
        Problem(f"{number}.{each.field}" if each.field else str(number), each.code, each.message, each.near)
        for each in error.problems
    ] or [Problem(str(number), error.code, error.message)]
    error.problems = tuple(problems)
    return error
