"""The frame of the pages before sign-in."""

from __future__ import annotations

from sartor.platform.text import LANGUAGE_NAMES
from sartor.platform.ui.pages.parts import Choice, Note
from sartor.platform.ui.pages.shell import Outside
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import look_of_request
from sartor.runtime.pages.shell import take_messages, workspace_name


def outside(title: str, *messages: Note, workspace: str | None = None) -> Outside:
    """workspace: its name, where the database is not to be asked for it."""
    look = look_of_request()
    return Outside(
        title=title,
        workspace=workspace_name() if workspace is None else workspace,
        csrf="",
        look=look,
        languages=tuple(Choice(text, key, look.language == key) for key, text in LANGUAGE_NAMES.items()),
        preferences_url=addresses.PREFERENCES,
        messages=(*take_messages(), *messages),
    )
