"""Renames: every reference in every definition says the new name, and nothing else changes.

The old name stays in `formerly`, which is how a publish knows that the thing is the same one. The physical name of an
entity or a field stays, so no table is touched; keys of choices and stages are values, which the publish rewrites.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.compile.system import OWNED
from sartor.platform.definitions.documents import Changed, Document, Documents, applied, of_kind
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.system import read_types
from sartor.platform.definitions.validate import CHOICE_KEY, DOTTED_NAME, PLAIN_NAME
from sartor.platform.errors import Conflict, Invalid, NotFound, Problem
from sartor.platform.publishing.names.rekeying import Keys, parts_of_set, rekeyed
from sartor.platform.publishing.names.rewriting import Rename, Rewriting
from sartor.platform.publishing.uses.references import noted
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


def renamed(documents: Documents, rename: Rename, kinds: Kinds) -> Changed:
    """The documents that a rename changes; None for the one that is gone under its old name.

    :raises NotFound: when there is no such thing. :raises Conflict: when the new name is taken.
    """
    _require(documents, rename)
    if rename.entry is not None:
        return with_keys(documents, _together(documents, rename), kinds)
    changed = _renamed(documents, rename, kinds)
    if rename.kind != "pipeline" or rename.field:
        return changed
    followed = {owner: {rename.old: rename.new} for owner in naming_pipelines(documents, rename.old)}
    return {**changed, **with_keys(applied(documents, changed), followed, kinds)}


def renamed_together(documents: Documents, names: Mapping[str, str], kinds: Kinds) -> Changed:
    """The same for many definitions at once. names: the new key of each.

    :raises NotFound: when there is no such thing. :raises Conflict: when a new name is taken.
    """
    renames = {key: Rename(key, new.partition("/")[2]) for key, new in names.items()}
    for each in renames.values():
        _require(documents, each)
    draft = noted(documents, kinds)
    changed: Changed = {}
    if renames:
        editing = Rewriting(documents, next(iter(renames.values())), draft)
        beside = {key: editing.beside(each) for key, each in renames.items()}
        for reference in draft.found:
            for target in set(reference.targets) & beside.keys():
                beside[target].rewrite(reference)
        changed.update(editing.finished())
    for key, each in renames.items():
        owner = changed.pop(key, None) or deepcopy(dict(documents[key]))
        changed |= {key: None, names[key]: _formerly(owner, each.old)}
    return {**changed, **with_keys(applied(documents, changed), _followed(documents, names), kinds)}


def _followed(documents: Documents, names: Mapping[str, str]) -> Mapping[str, Keys]:
    """Keys of choices that are names of pipelines, which get other ones, by the sets as they are called then."""
    found: dict[str, dict[str, str]] = {}
    for key, new in names.items():
        kind, _slash, name = key.partition("/")
        for owner in naming_pipelines(documents, name) if kind == "pipeline" else ():
            definition, hash_, field = owner.partition("#")
            found.setdefault(names.get(definition, definition) + hash_ + field, {})[name] = new.partition("/")[2]
    return found


def renamed_alone(documents: Documents, rename: Rename, kinds: Kinds) -> Changed:
    """The same for a definition or a field, without keys of choices that are names of what gets another one.

    :raises NotFound: when there is no such thing. :raises Conflict: when the new name is taken.
    """
    _require(documents, rename)
    return _renamed(documents, rename, kinds)


def _renamed(documents: Documents, rename: Rename, kinds: Kinds) -> Changed:
    draft = noted(documents, kinds)
    editing = Rewriting(documents, rename, draft)
    for reference in draft.found:
        editing.rewrite(reference)
    changed: Changed = dict(editing.finished())
    owner = changed.pop(rename.key, None) or deepcopy(dict(documents[rename.key]))
    if rename.field:
        changed[rename.key] = _with_field_renamed(owner, rename)
    else:
        changed[rename.key] = None
        changed[f"{rename.kind}/{rename.new}"] = _formerly(owner, rename.old)
    return changed


# ---- choices and stages


def with_keys(documents: Documents, keys: Mapping[str, Keys], kinds: Kinds) -> Changed:
    """The documents that change when choices or stages get other keys. keys: new by old ones, of each set."""
    now = dict(documents)
    changed: Changed = {}
    for owner, new in keys.items():
        made = rekeyed(now, noted(now, kinds), owner, new)
        changed |= made
        now |= made
    return changed


def _together(documents: Documents, rename: Rename) -> dict[str, Keys]:
    """The sets in which a key is renamed: a stage that several pipelines of one field have means the same in each."""
    assert rename.entry is not None
    keys = {rename.entry: rename.new}
    owners = [rename.set]
    for owner in owners:
        if owner.startswith("pipeline/"):
            beside = (f"pipeline/{name}" for name in pipelines_beside(documents, owner.partition("/")[2]))
            owners += [each for each in beside if each not in owners and rename.entry in parts_of_set(documents, each)]
    for owner in owners:
        if rename.new in parts_of_set(documents, owner):
            raise Conflict(_("The name %(name)s is taken.", name=rename.new))
    return dict.fromkeys(owners, keys)


def _stage_fields(documents: Documents) -> Iterator[tuple[str, Document]]:
    for name, entity in of_kind(documents, "entity"):
        for part in entity["fields"].values():
            if part.get("type") and "pipelines" in part.get("options", {}):
                yield name, part["options"]


def pipelines_beside(documents: Documents, pipeline: str) -> Iterator[str]:
    """The pipelines that a stage field has besides one."""
    for _entity, options in _stage_fields(documents):
        if pipeline in options["pipelines"]:
            yield from (each for each in options["pipelines"] if f"pipeline/{each}" in documents)


def choosers(documents: Documents, pipeline: str) -> Iterator[tuple[str, str]]:
    """Entity and field of choices that say in which pipeline a record is, this one among them."""
    for entity, options in _stage_fields(documents):
        if "by" in options and pipeline in options["pipelines"]:
            yield entity, options["by"]


def naming_pipelines(documents: Documents, pipeline: str) -> Iterator[str]:
    """Sets of choices whose keys are names of pipelines, among them this one."""
    for entity, field in choosers(documents, pipeline):
        chosen = documents[f"entity/{entity}"]["fields"].get(field, {}).get("options", {})
        owner = f"options/{chosen['set']}" if "set" in chosen else f"entity/{entity}#{field}"
        if pipeline in (parts_of_set(documents, owner) or {}):
            yield owner


# ---- what may be renamed


def _require(documents: Documents, rename: Rename) -> None:
    names: Mapping[str, Any] = documents
    wanted, new = rename.key, f"{rename.kind}/{rename.new}"
    if rename.key in documents and (rename.field or rename.entry):
        names = documents[rename.key].get("fields", {}) if rename.field else documents
        wanted, new = (rename.field, rename.new) if rename.field else (wanted, new)
        if rename.entry and wanted in names:
            names = parts_of_set(documents, rename.set) or {}
            wanted, new = rename.entry, rename.new
    if wanted not in names:
        hint = did_you_mean(near(wanted, names))
        raise NotFound(_("There is no %(name)s.", name=wanted) + hint)
    _require_form(rename)
    if new in names:
        raise Conflict(_("The name %(name)s is taken.", name=rename.new))
    if not rename.entry and (_is_read(rename) or _says_whose(documents, rename)):
        said = _("%(name)s has to keep its name: signing in and rights are worked out by it.", name=rename.old)
        raise Conflict(said)
    if rename.entry and rename.set in naming_pipelines(documents, rename.entry):
        raise Conflict(_("%(name)s is the name of a pipeline; rename the pipeline.", name=rename.entry))


def _require_form(rename: Rename) -> None:
    if rename.entry and rename.kind != "pipeline":
        said, form = _("%(name)s is not a key: letters, digits, _, + and -, at most 40.", name=rename.new), CHOICE_KEY
    else:
        plain = bool(rename.field or rename.entry) or rename.kind in ("entity", "options")
        said = _("%(name)s is not a name: lower-case letters, digits and _.", name=rename.new)
        form = PLAIN_NAME if plain else DOTTED_NAME
    if not form.match(rename.new):
        raise Invalid(said, [Problem("to", "name", said)])


def _is_read(rename: Rename) -> bool:
    """Whether the engine knows it by its name, as it does people and departments."""
    read = read_types(rename.key.removeprefix("entity/"))
    return rename.field in read if rename.field else bool(read)


def _says_whose(documents: Documents, rename: Rename) -> bool:
    """Whether rights go by the field: *own* and *of the department* find the owner and the department so."""
    part = documents[rename.key].get("fields", {}).get(rename.field, {})
    return rename.field in OWNED and part.get("type") == OWNED[rename.field]["type"]


def _with_field_renamed(document: Document, rename: Rename) -> Document:
    fields = {
        (rename.new if name == rename.field else name): (_formerly(part, name) if name == rename.field else part)
        for name, part in document["fields"].items()
    }
    return {**document, "fields": fields}


def _formerly(part: Document, old: str) -> Document:
    return {**part, "formerly": [*(name for name in part.get("formerly", ()) if name != old), old]}
