"""Commands whose modules are imported when they are called: `sartor run` does not wait for what imports files."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


def load(module: str) -> Any:
    """A module of this folder, imported now."""
    return import_module(f"sartor.runtime.cli.{module}")


class LazyGroup(click.Group):
    """A group that knows its commands by the module and the name that each has there.

    places: command -> `module:name`.
    """

    def __init__(self, *args: Any, places: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return None
        module, _colon, name = self.places[cmd_name].partition(":")
        found: click.Command = getattr(load(module), name)
        return found
