"""A decision as a form sends it: keep, take, or another value, which is text or JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import request

from sartor.platform.errors import BadRequest
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.text import gettext as _


def chosen() -> tuple[Choice, Any]:
    """What was chosen in the form that was sent.

    :raises BadRequest: for no choice, and for what should be JSON and is not.
    """
    sent = request.form
    choice = sent.get("choice", "")
    if choice not in set(Choice):
        raise BadRequest(_("Choose one of the values."))
    value, was = sent.get("value", ""), sent.get("was", "")
    if choice == Choice.KEEP and value != was:
        choice = Choice.EDIT  # whoever typed another value means it, whatever button is still pressed
    return Choice(choice), _parsed(value, sent.get("as", ""))


def rest() -> Choice:
    """What holds wherever nobody has decided.

    :raises BadRequest: for what is neither of the two.
    """
    choice = request.form.get("choice", "")
    if choice not in (Choice.KEEP, Choice.TAKE):
        raise BadRequest(_("Choose one of the values."))
    return Choice(choice)


def _parsed(value: str, as_: str) -> object:
    if as_ == "text":
        return value
    try:
        return json.loads(value) if value else None
    except ValueError as error:
        raise BadRequest(_("This is not JSON: %(error)s.", error=error)) from error


def written(value: Any) -> tuple[str, bool]:
    """A value as a form shows it, to be edited; whether that is plain text."""
    if isinstance(value, str):
        return value, True
    return ("" if value is ABSENT else json.dumps(value, ensure_ascii=False, indent=2)), False
