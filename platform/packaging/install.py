"""Installing, exporting and taking out blueprints, always as a plan over the workspace's own definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sartor.platform.definitions.documents import Documents, without_engine_keys
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.packaging.compose import add_blueprint, in_order
from sartor.platform.packaging.folder import Blueprint, Parts, read_folder, write_folder
from sartor.platform.packaging.merge import entries_of_others, only_origin, unstamped, without_origin
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.publisher import Publication
from sartor.platform.text import gettext as _
from sartor.platform.text import near
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
    guess = near(name_or_folder, stock)
    said = _("There is no blueprint and no folder %(name)s.", name=name_or_folder)
    raise NotFound(said + (" " + _("Did you mean %(guess)s?", guess=guess) if guess else ""))


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
    """The blueprints and those of ours that they require and that are not there yet, in order."""
    found = {each.name: each for each in wanted}
    waiting = [name for each in found.values() for name in each.requires]
    while waiting:
        name = waiting.pop()
        if name not in found and f"blueprint/{name}" not in present:
            found[name] = find_blueprint(name)
            waiting += found[name].requires
    missing = [each for each in found.values() if f"blueprint/{each.name}" not in present]
    return in_order(missing, [each.name for each in installed(present)])


def install_plan(workspace: Workspace, blueprints: Iterable[Blueprint], level: str | None = None) -> Plan:
    """What installing these blueprints (and what they require) would do.

    level: of what is new; what is there already and is required is raised to it.

    :raises InvalidDefinition: when a name is taken.
    """
    documents: dict[str, Any] = dict(workspace.serving().design.documents)
    wanted = with_required(blueprints, documents)
    for each in wanted:
        add_blueprint(documents, each)
    for name in _standing_on(wanted, documents) if level else ():
        key = f"blueprint/{name}"
        is_new = key not in workspace.serving().design.documents
        if is_new or documents[key].get("level", "L3") < level:
            documents[key] = {**documents[key], "level": level}
    return workspace.publisher.plan_documents(documents)


def _standing_on(blueprints: Iterable[Blueprint], documents: Documents) -> set[str]:
    """The names of blueprints and of all that they require."""
    found: set[str] = set()
    waiting = [each.name for each in blueprints]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += documents[f"blueprint/{name}"].get("requires", {})
    return found


def uninstall_plan(workspace: Workspace, name: str) -> Plan:
    """What taking out a blueprint would do: its definitions and additions go, the values are retired, not lost.

    :raises Conflict: while another blueprint stands on it.
    """
    documents = dict(workspace.serving().design.documents)
    if f"blueprint/{name}" not in documents:
        known = [each.name for each in installed(documents)]
        guess = near(name, known)
        said = _("%(name)s is not installed.", name=name)
        raise NotFound(said + (" " + _("Did you mean %(guess)s?", guess=guess) if guess else ""))
    users = [each.name for each in installed(documents) if name in each.requires]
    if users:
        raise Conflict(_("%(name)s is needed by %(users)s; take that out first.", name=name, users=", ".join(users)))
    remaining = {key: without_origin(each, name) for key, each in documents.items() if each.get("origin") != name}
    return workspace.publisher.plan_documents(remaining)


def apply(
    workspace: Workspace,
    plan: Plan,
    note: str,
    by: int | None = None,
    *,
    also: Callable[[Work], None] = lambda work: None,
) -> int:
    """Publish a plan that the caller has seen. also: what else happens in the same transaction."""
    return workspace.publisher.apply(plan, Publication(note, by, plan.fingerprint, also=also))


def exported(documents: Documents, name: str) -> tuple[dict[str, Any], Parts]:
    """Manifest and parts of an installed blueprint, as the workspace has it now."""
    manifest = documents.get(f"blueprint/{name}")
    if manifest is None:
        raise NotFound(_("%(name)s is not installed.", name=name))
    own, extends = {}, {}
    for key, document in documents.items():
        if key == f"blueprint/{name}":
            continue
        plain = without_engine_keys(document)
        if document.get("origin") == name:
            mine = plain
            for other in set(entries_of_others(plain, name)):
                mine = without_origin(mine, other)
            own[key] = unstamped(mine)
        elif (added := only_origin(plain, name)) is not None:
            extends[key] = added
    head = {key: value for key, value in manifest.items() if key not in ("origin", "level")}
    return {"name": name, **head}, Parts(own, extends)


def export(workspace: Workspace, name: str, folder: Path) -> int:
    """Write an installed blueprint into a folder; how many definitions."""
    manifest, parts = exported(workspace.serving().design.documents, name)
    write_folder(folder, manifest, parts)
    return len(parts.documents) + len(parts.extends)
