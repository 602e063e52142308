"""What a workspace made of a blueprint: each definition as it was shipped, beside what it is now."""

from __future__ import annotations

from collections.abc import Iterable

from sartor.platform.definitions.documents import Document, Documents, without_engine_keys
from sartor.platform.linting.finding import GONE, Edit
from sartor.platform.linting.mending import edited
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.packaging.installing.install import installed, stock_folders
from sartor.platform.packaging.installing.merge import with_origin
from sartor.platform.packaging.samples.files import SAMPLES
from sartor.platform.packaging.selection import Selecting
from sartor.platform.packaging.versions.replacing import brought, put_in, taken_out
from sartor.platform.publishing.diff import ABSENT, Difference, differences
from sartor.platform.workspace import Workspace


def shipped_blueprint(workspace: Workspace, name: str, documents: Documents | None = None) -> Blueprint | None:
    """An installed blueprint as it came; None where that is not known any more.

    What came in before that was noted is read from its folder, if we ship that version, or looked for in the revisions.
    """
    present = documents if documents is not None else workspace.serving().design.documents
    itself = present.get(f"blueprint/{name}")
    if itself is None:
        return None
    if "shipped" in itself and (kept := Shelf(workspace.database, workspace.store).find(name, itself["shipped"])):
        return kept
    ours = stock_folders().get(name)
    if ours and (found := read_folder(ours)).manifest["version"] == itself.get("version"):
        return found
    then = _first_with(workspace, name, itself.get("version"))
    if then is None:
        return None
    manifest = then[f"blueprint/{name}"]
    return Blueprint(name, {"name": name, **Blueprint(name, manifest, Parts()).document()}, taken_out(then, name))


def shipped_for(workspace: Workspace, name: str, what: str) -> list[Blueprint]:
    """Where the records of an installed blueprint come from. what: RECORDS, or SAMPLES, which may add to the samples of
    blueprints that it requires."""
    found = _shipped_with_required(workspace, name)
    return found if what == SAMPLES else found[-1:]


def _shipped_with_required(workspace: Workspace, name: str) -> list[Blueprint]:
    """The same, behind those that it requires. What is not known any more is left out."""
    found = shipped_blueprint(workspace, name)
    if found is None:
        return []
    before = [each for needed in found.requires for each in _shipped_with_required(workspace, needed)]
    return list({each.name: each for each in [*before, found]}.values())


def as_shipped(workspace: Workspace, name: str) -> Documents | None:
    """The design as it would be if nobody had changed what a blueprint brought; None where that is not known."""
    documents = workspace.serving().design.documents
    shipped = shipped_blueprint(workspace, name)
    return None if shipped is None else put_in(documents, shipped)


def stock(documents: Documents) -> dict[str, Blueprint]:
    """The installed blueprints that we ship in the same version, with all that they require."""
    there = {each.name: each.version for each in installed(documents)}
    found = {name: read_folder(path) for name, path in stock_folders().items() if name in there}
    found = {name: each for name, each in found.items() if each.manifest["version"] == there[name]}
    while lacking := [name for name, each in found.items() if not each.requires.keys() <= found.keys()]:
        found = {name: each for name, each in found.items() if name not in lacking}
    return found


def _first_with(workspace: Workspace, name: str, version: str | None) -> Documents | None:
    """The oldest revision of those, without a gap until now, that have the blueprint in this version."""
    found = None
    for revision in workspace.publisher.revisions():
        documents = workspace.publisher.documents(revision.number)
        if documents.get(f"blueprint/{name}", {}).get("version") != version:
            return found
        found = documents
    return found


def customised(shipped: Documents, documents: Documents, name: str) -> list[Difference]:
    """Properties of what a blueprint brought that are not as it brought them. Its level is not one of them."""
    return differences(brought(shipped, name), brought(documents, name))


def as_it_came(changes: Iterable[Difference], documents: Documents, name: str, key: str) -> Document | None:
    """A definition of a blueprint with everything put back that was changed; what others put into it stays.

    None where there is nothing to put back to. changes: as `customised` told them.
    """
    found = [each for each in changes if each.key == key]
    if any(each.pointer == "" and each.before is ABSENT for each in found):
        return None
    if key not in documents:
        return with_origin(found[0].before, name) if found else None
    if documents[key].get("origin") != name:  # entries in somebody else's: they are not told apart from new ones
        return None
    edits = (Edit(key, each.pointer, GONE if each.before is ABSENT else each.before) for each in found)
    put_back = edited(documents, edits).get(key)
    return None if put_back is None else without_engine_keys(put_back)


def selecting(workspace: Workspace) -> Selecting:
    """Selections of what is published, on top of the blueprints that every workspace can have."""
    documents = workspace.serving().design.documents
    ours = stock(documents)
    return Selecting(documents, workspace.kinds, compose(ours.values()), tuple(ours))
