"""Every blueprint of the runtime, with its routes on it."""

from __future__ import annotations

from importlib.metadata import entry_points

from flask import Blueprint

from sartor.runtime.api.mounted import api
from sartor.runtime.pages.mounted import pages


def blueprints() -> list[Blueprint]:
    """Ours, and those that the builder and plug-ins bring by the entry point `sartor.modules`."""
    others = [point.load() for point in entry_points(group="sartor.modules")]
    return [api, pages, *(each for each in others if isinstance(each, Blueprint))]
