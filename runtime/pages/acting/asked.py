"""What a press says: with which record, as somebody saw it."""

from __future__ import annotations

from flask import request

ONE = "/app/<app>/<entity>/r/<record>"


def sent_version() -> int | None:
    """The version that was on the page; None where it says none."""
    text = request.form.get("_version", "")
    return int(text) if text.isdigit() else None
