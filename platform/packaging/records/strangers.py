"""The people in the records of a blueprint file, before it comes in: who is unknown here, and who may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sartor.platform.access.people import Directory
from sartor.platform.definitions.documents import Documents
from sartor.platform.model import Model
from sartor.platform.packaging.files.names_of_now import tables_of_now
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.records.newcomers import USER, newcomers_of
from sartor.platform.packaging.samples.cells import pointed_at
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES, read_rows
from sartor.platform.text import near
from sartor.platform.workspace import Workspace

GUESSED = 50
"""Strangers for whom somebody here is looked for."""
NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Stranger:
    """A mail address that nobody has here. near: that of somebody who may be meant, for the first ones.

    sample: in demo data only.
    """

    email: str
    near: str | None
    sample: bool


def strangers_in(
    blueprint: Blueprint, documents: Documents, model: Model, directory: Directory, meant: Mapping[str, str] = NOBODY
) -> list[Stranger]:
    """Everybody in its records whom nobody has here, by mail address; documents, model: with the blueprint in it.

    meant: what was said before about some of them, which is proposed again.
    """
    lasting = set(_addresses(tables_of_now(blueprint, RECORDS, documents), model))
    found = sorted(lasting | set(_addresses(tables_of_now(blueprint, SAMPLES, documents), model)))
    unknown = [each for each in found if directory.by_email(each) is None]
    here = sorted(each.email for each in directory.people.values() if each.active and each.email) if unknown else []
    said = {each: meant[each] for each in unknown if meant.get(each) in here}
    guesses = {**{each: _near(each, here) for each in unknown[:GUESSED]}, **said}
    return [Stranger(each, guesses.get(each), each not in lasting) for each in unknown]


def strangers_among(workspace: Workspace, coming: Iterable[Blueprint], documents: Documents) -> list[Stranger]:
    """Everybody in the reference records of blueprints that come as other versions, once; documents: with these."""
    having = [each for each in coming if any("@" in text for text in each.table(RECORDS).values())]
    if not having:
        return []
    model, directory = workspace.compiler.draft(documents).model, workspace.directory(workspace.stamp())
    found = (
        one
        for each in having
        for one in strangers_in(each, documents, model, directory, newcomers_of(workspace.database, each.name).meant)
        if not one.sample
    )
    return sorted({each.email: each for each in found}.values(), key=lambda each: each.email)


def _addresses(tables: Mapping[str, str], model: Model) -> Iterator[str]:
    for name, text in tables.items():
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
