"""Installing blueprints, ours or those of a folder, with what they require: as a draft of the design."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.errors import NotFound
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.compose import add_blueprint, in_order
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.needs import missing, require_present, require_version
from sartor.platform.publishing.plan import Plan
from sartor.platform.text import did_you_mean, listed, near, pick
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace


def stock_folders() -> dict[str, Path]:
    """The blueprints that ship with the product, by name."""
    spec = find_spec("sartor.blueprints")
    roots = [Path(each) for each in (spec.submodule_search_locations or ()) if Path(each).is_dir()] if spec else []
    folders = [each for root in roots for each in sorted(root.iterdir())]
    return {each.name: each for each in folders if (each / "blueprint.json").is_file()}


def find_blueprint(name_or_folder: str) -> Blueprint:
    """A blueprint by its folder, or one of ours by name.

    :raises NotFound: with the near match.
    """
    stock = stock_folders()
    if name_or_folder in stock:
        return read_folder(stock[name_or_folder])
    path = Path(name_or_folder)
    if path.is_dir():
        return read_folder(path)
    said = _("There is no blueprint and no folder %(name)s.", name=name_or_folder)
    raise NotFound(said + did_you_mean(near(name_or_folder, stock)))


def stock_blueprint(name: str) -> Blueprint | None:
    """One of ours; None for any other name."""
    folder = stock_folders().get(name)
    return read_folder(folder) if folder else None


@dataclass(frozen=True, slots=True)
class Installed:
    """One installed blueprint."""

    name: str
    version: str
    label: Any
    level: str
    requires: tuple[str, ...]


def installed(documents: Documents) -> list[Installed]:
    """The blueprints in a set of definitions."""
    return [
        Installed(
            key.removeprefix("blueprint/"),
            each["version"],
            each["label"],
            each.get("level", "L1"),
            tuple(each.get("requires", ())),
        )
        for key, each in sorted(documents.items())
        if key.startswith("blueprint/")
    ]


def with_required(wanted: Iterable[Blueprint], present: Documents) -> list[Blueprint]:
    """The blueprints and those of ours that they require and that are not there yet, in order.

    :raises NotFound: for a requirement that is nowhere; :raises Conflict: for one in a version that will not do.
    """
    found = {each.name: each for each in wanted}
    waiting = list(found.values())
    while waiting:
        one = waiting.pop()
        require_present(one, present)
        for name in one.requires:
            if name not in found and f"blueprint/{name}" not in present:
                found[name] = _stock_for(one, name)
                waiting.append(found[name])
            if name in found:
                require_version(one, name, str(found[name].manifest["version"]))
    lacking = [each for each in found.values() if f"blueprint/{each.name}" not in present]
    return in_order(lacking, [each.name for each in installed(present)])


def _stock_for(blueprint: Blueprint, name: str) -> Blueprint:
    ours = stock_blueprint(name)
    if ours is None:
        raise missing(blueprint, name)
    return ours


def installing(present: Documents, blueprints: Iterable[Blueprint], level: str | None = None) -> Draft:
    """The design with these blueprints (and what they require) in it.

    level: of what is new; what is there already and is required is raised to it.

    :raises InvalidDefinition: when a name is taken.
    """
    documents: dict[str, Any] = dict(present)
    wanted = with_required(blueprints, documents)
    for each in wanted:
        add_blueprint(documents, each)
        documents[f"blueprint/{each.name}"]["shipped"] = each.digest
    standing = {name for each in wanted for name in _needed_by(each.name, documents)}
    for name in sorted(standing) if level else ():
        key = f"blueprint/{name}"
        if key not in present or documents[key].get("level", "L3") < level:
            documents[key] = {**documents[key], "level": level}
    names = listed(pick(each.manifest["label"]) for each in wanted)
    return Draft(_set_name("install", wanted), _("Install %(name)s", name=names), documents, tuple(wanted))


def _set_name(act: str, blueprints: Iterable[Blueprint]) -> str:
    """Of a change set: the last one is what was asked for."""
    return f"{act}.{[each.name for each in blueprints][-1]}" if blueprints else act


def switched(documents: Documents, name: str, level: str) -> dict[str, Document]:
    """The definitions of blueprints that another level of one changes: what it stands on goes up with it, and what
    stands on it goes down with it, since nothing may name what is above its level."""
    there = [each.name for each in installed(documents)]
    below = _needed_by(name, documents)
    above = {each for each in there if each != name and name in _needed_by(each, documents)}

    def wanted(each: str, now: str) -> str:
        if each == name:
            return level
        return max(now, level) if each in below else min(now, level) if each in above else now

    found = {f"blueprint/{each}": wanted(each, documents[f"blueprint/{each}"].get("level", "L1")) for each in there}
    return {
        key: {**documents[key], "level": to} for key, to in found.items() if documents[key].get("level", "L1") != to
    }


def _needed_by(name: str, documents: Documents) -> set[str]:
    """The names of an installed blueprint and of all that it requires."""
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one not in found and f"blueprint/{one}" in documents:
            found.add(one)
            waiting += documents[f"blueprint/{one}"].get("requires", {})
    return found


def install_plan(workspace: Workspace, blueprints: Iterable[Blueprint], level: str | None = None) -> Plan:
    """What installing these blueprints (and what they require) would do."""
    drafts = Drafts(workspace)
    return drafts.plan(installing(drafts.present(), blueprints, level))


def require_installed(documents: Documents, name: str) -> None:
    """:raises NotFound: with the near match."""
    if f"blueprint/{name}" not in documents:
        said = _("%(name)s is not installed.", name=name[:80])
        raise NotFound(said + did_you_mean(near(name, [each.name for each in installed(documents)])))


def install(
    workspace: Workspace,
    blueprints: Iterable[Blueprint],
    level: str | None = None,
    *,
    also: Callable[[Work], None] = lambda work: None,
) -> int:
    """Install blueprints as the system does it; the revision. also: what else happens in the same transaction."""
    drafts = Drafts(workspace)
    draft = installing(drafts.present(), blueprints, level)
    said = "Installed " + ", ".join(each.name for each in draft.shipped)
    return drafts.carry_out(draft, said, also=also)
