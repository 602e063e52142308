"""Where a form leads when it is saved: back to the record from which it was opened, if the address says so."""

from __future__ import annotations

from flask import request

BACK = "_back"
"""The parameter; in an address it stands beside the fields' own names, none of which begins so."""


def is_ours(url: str) -> bool:
    """Whether an address is a page of ours, whatever browsers make of slashes."""
    return url.startswith("/app/") and "\\" not in url and "//" not in url and url.isprintable()


def place_to_return() -> str | None:
    """The page named by the address of the form, or by the form itself."""
    wanted = request.form.get(BACK) or request.args.get(BACK) or ""
    return wanted if is_ours(wanted) else None
