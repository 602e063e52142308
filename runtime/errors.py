"""The one table from errors to HTTP: status, and an RFC 9457 problem document."""

from __future__ import annotations

from typing import Any

from sartor.platform import errors
from sartor.platform.errors import SartorError

STATUS: dict[type[SartorError], int] = {
    errors.BadRequest: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.NotAllowedHere: 405,
    errors.Conflict: 409,
    errors.Outdated: 410,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.VersionRequired: 428,
    errors.TooMany: 429,
    errors.OverBudget: 503,
}

TITLES = {
    400: "Bad request", 401: "Sign in", 403: "Forbidden", 404: "Not found", 405: "Not allowed", 409: "Conflict",
    410: "Gone", 413: "Too large", 415: "Unsupported media type", 422: "Not valid", 428: "Version required",
    429: "Too many requests", 500: "Server error", 503: "Over budget",
}  # fmt: skip


def status_of(error: SartorError) -> int:
    """The status of an error: that of the nearest class in the table."""
    return next((STATUS[cls] for cls in type(error).__mro__ if cls in STATUS), 500)


def problem_document(error: SartorError) -> dict[str, Any]:
    """RFC 9457: type, title, status, detail, and one entry for each fault."""
    status = status_of(error)
    document: dict[str, Any] = {
        "type": f"about:blank#{error.code}",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": error.message,
    }
    if error.problems:
        document["errors"] = [problem.as_dict() for problem in error.problems]
    if isinstance(error, errors.Conflict) and error.values:
        document["values"] = error.values
    return document
