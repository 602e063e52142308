"""Every error a person can meet.

Each class is one *meaning*; `runtime/errors.py` holds the one table that turns a meaning into a status and a page.
The message is shown to a person: it names the value, says what was expected, and offers the near match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    field: dotted field path of a record, JSON pointer of a definition, or column of a file; empty for the whole.
    code: stable word for programs (`required`, `unknown`, `min`, `unique`, …).
    message: a sentence in the reader's language.
    near: what was probably meant.
    """

    field: str
    code: str
    message: str
    near: str | None = None
    file: str | None = None

    def as_dict(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value is not None}


class SartorError(Exception):
    """Base of all errors that are meant for people."""

    code = "error"

    def __init__(self, message: str, problems: Sequence[Problem] = (), *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)
        if code:
            self.code = code

    def __str__(self) -> str:
        lines = [self.message]
        for problem in self.problems:
            if problem.message != self.message:
                lines.append(f"{problem.field}: {problem.message}" if problem.field else problem.message)
        return "\n  ".join(lines)


class BadRequest(SartorError):
    """The request cannot be read at all: broken JSON, a cursor that was not ours."""

    code = "bad_request"


class Invalid(SartorError):
    """The request was understood and its content is refused; `problems` says where."""

    code = "invalid"


class InvalidExpression(Invalid):
    """An expression that does not parse or does not fit; `position` counts characters from 0."""

    code = "expression"

    def __init__(self, message: str, *, position: int = 0, near: str | None = None) -> None:
        super().__init__(message, [Problem("", "expression", message, near)])
        self.position = position
        self.near = near


class InvalidDefinition(Invalid):
    """Definitions that do not hold together; one problem for each fault found."""

    code = "definition"


class FollowsFromOther(InvalidDefinition):
    """Wrong only because something else is, which is told where that stands."""


class Unauthenticated(SartorError):
    """Nobody is signed in, or the token is unknown, expired or revoked."""

    code = "unauthenticated"


class Forbidden(SartorError):
    """The actor is known and may not do this."""

    code = "forbidden"


class NotFound(SartorError):
    """It does not exist, or the actor may not know that it does."""

    code = "not_found"


class SpentLink(NotFound):
    """A one-time link that opens nothing: used, ended, replaced, or never given; `problems` says where to go."""

    code = "spent_link"


class NotAllowedHere(SartorError):
    """The thing exists and does not take this operation (a line is written through its parent)."""

    code = "not_allowed"


class Conflict(SartorError):
    """Somebody else changed the same thing first; `values` carries both sides of each field."""

    code = "conflict"

    def __init__(self, message: str, problems: Sequence[Problem] = (), *, values: dict | None = None) -> None:
        super().__init__(message, problems)
        self.values = values or {}


class Outdated(SartorError):
    """What the request builds on is gone: a cursor of another revision, a plan that was overtaken."""

    code = "outdated"


class VersionRequired(SartorError):
    """A write from a form must say which version it saw."""

    code = "version_required"


class TooLarge(SartorError):
    """Beyond a stated limit."""

    code = "too_large"


class TooMany(SartorError):
    """Too many attempts; `retry_after` in seconds."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OverBudget(SartorError):
    """The database stopped a question that would have taken too long."""

    code = "over_budget"


class BadSetting(SartorError):
    """A setting that cannot work; the message names the variable."""

    code = "setting"


class NotRegistrable(SartorError):
    """A plug-in class that does not keep the contract of its registry, or claims a taken key."""

    code = "not_registrable"


class BrokenPlugin(SartorError):
    """A plugin that is installed and cannot be loaded; the message says which, why, and how to start without it."""

    code = "plugin"


class UnknownKey(SartorError):
    """A definition names something that is not registered."""

    code = "unknown_key"
