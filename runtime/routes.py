"""Every blueprint of the runtime, with its routes on it."""

from __future__ import annotations

from importlib.metadata import entry_points

from flask import Blueprint

from sartor.platform.definitions.plugins import named
from sartor.runtime.api.mounted import api
from sartor.runtime.pages.mounted import pages


def blueprints(left_out: str = "") -> list[Blueprint]:
    """Ours, and those that the builder and plug-ins bring by the entry point `sartor.modules`.

    left_out: plugins whose pages are left out with them, as in the setting.
    """
    others = [point.load() for point in entry_points(group="sartor.modules") if point.name not in named(left_out)]
    return [api, pages, *(each for each in others if isinstance(each, Blueprint))]
