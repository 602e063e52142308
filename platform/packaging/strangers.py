"""The people in the records of a blueprint file, before it comes in: who is unknown here, and who may be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sartor.platform.access.people import Directory
from sartor.platform.model import Model
from sartor.platform.packaging.record_tables import USER
from sartor.platform.packaging.sample_cells import pointed_at
from sartor.platform.packaging.sample_files import RECORDS, SAMPLES, read_rows
from sartor.platform.packaging.shape import Blueprint
from sartor.platform.text import near

GUESSED = 50
"""Strangers for whom somebody here is looked for."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A mail address that nobody has here. near: that of somebody who may be meant, for the first ones.

    sample: in demo data only.
    """

    email: str
    near: str | None
    sample: bool


def strangers_in(blueprint: Blueprint, model: Model, directory: Directory) -> list[Stranger]:
    """Everybody in its records whom nobody has here, by mail address; model: with the blueprint in it."""
    lasting = set(_addresses(blueprint, model, RECORDS))
    found = sorted(lasting | set(_addresses(blueprint, model, SAMPLES)))
    unknown = [each for each in found if directory.by_email(each) is None]
    here = sorted(each.email for each in directory.people.values() if each.active and each.email) if unknown else []
    guesses = {each: _near(each, here) for each in unknown[:GUESSED]}
    return [Stranger(each, guesses.get(each), each not in lasting) for each in unknown]


def _addresses(blueprint: Blueprint, model: Model, what: str) -> Iterator[str]:
    for name, text in blueprint.table(what).items():
        entity = model.entities.get(name)
        fields = entity.fields.values() if entity else ()
        pointing = {item.name: each[0] for item in fields if USER in (each := item.type.targets(item))}
        for _number, cells in read_rows(text) if pointing else ():
            for column, target in pointing.items():
                named = (pointed_at(each.strip(), target) for each in cells.get(column, "").split(";"))
                yield from (key for of, key in named if of == USER and "@" in key)


def _near(address: str, here: list[str]) -> str | None:
    """Whoever has the same name before the @, else one that is written much the same."""
    name = address.partition("@")[0].lower()
    return next((each for each in here if each.partition("@")[0].lower() == name), None) or near(address, here)
