"""Renames: every reference in every definition says the new name, and nothing else changes.

The old name stays in `formerly`, which is how a publish knows that the thing is the same one. The physical name of an
entity or a field stays, so no table is touched; keys of choices and stages are values, which the publish rewrites.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, of_kind
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.lineage import Lineage
from sartor.platform.publishing.references import noted
from sartor.platform.publishing.rekeying import Keys, parts_of_set, rekeyed
from sartor.platform.publishing.rewriting import Rename, Rewriting
from sartor.platform.text import gettext as _
from sartor.platform.text import near

Changed = dict[str, Document | None]


def renamed(documents: Documents, rename: Rename, kinds: Kinds) -> Changed:
    """The documents that a rename changes; None for the one that is gone under its old name.

    :raises NotFound: when there is no such thing. :raises Conflict: when the new name is taken.
    """
    _require(documents, rename)
    if rename.entry is not None:
        return _with_keys(documents, _together(documents, rename), kinds)
    changed = _renamed(documents, rename, kinds)
    if rename.kind != "pipeline" or rename.field:
        return changed
    followed = {owner: {rename.old: rename.new} for owner in _choosing(documents, rename.old)}
    return {**changed, **_with_keys(_applied(documents, changed), followed, kinds)}


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


def in_new_names(documents: Documents, lineage: Lineage, kinds: Kinds) -> Documents:
    """Documents with the renames of a lineage in them, as far as the new names are free."""
    result = dict(documents)
    pairs = [*lineage.named_otherwise()]
    for of_fields in (False, True):
        wished = [pair for pair in pairs if ("#" in pair[0]) == of_fields and _is_there(result, pair[0])]
        result = _all_moved(result, wished, kinds)
    for owner, keys in lineage.keys_by_set().items():
        there = parts_of_set(result, owner) or {}
        wanted = {old: new for old, new in keys.items() if old in there}
        if wanted:
            result = _applied(result, _with_keys(result, {owner: wanted}, kinds))
    return result


def _is_there(documents: Documents, place: str) -> bool:
    key, _hash, field = place.partition("#")
    return key in documents and (not field or field in documents[key].get("fields", {}))


def _all_moved(documents: dict[str, Document], pairs: list[tuple[str, str]], kinds: Kinds) -> dict[str, Document]:
    olds, news = {old for old, _new in pairs}, {new for _old, new in pairs}
    linked = [(old, new) for old, new in pairs if new in olds or old in news]
    try:
        result, direct = _exchanged(documents, linked, olds, kinds), [each for each in pairs if each not in linked]
    except (Conflict, NotFound):
        result, direct = documents, pairs
    for old, new in direct:
        with suppress(Conflict, NotFound):
            result = _moved(result, old, new, kinds)
    return result


def _exchanged(
    documents: dict[str, Document], linked: list[tuple[str, str]], olds: set[str], kinds: Kinds
) -> dict[str, Document]:
    """Chains and exchanges: what takes the name of another one goes by way of a name that nobody has."""
    result, between = documents, {}
    for old, new in linked:
        if new in olds:
            free = (f"{new}_{number}" for number in range(2, len(documents) + len(linked) + 1000))
            between[old] = next(each for each in free if not _is_there(result, each))
            result = _moved(result, old, between[old], kinds)
    for old, new in linked:
        result = _moved(result, between.get(old, old), new, kinds)
        if old in between:
            result = _never_called(result, new, _name(between[old]))
    return result


def _moved(documents: dict[str, Document], old: str, new: str, kinds: Kinds) -> dict[str, Document]:
    key, _hash, field = old.partition("#")
    return _applied(documents, _renamed_if_there(documents, Rename(key, _name(new), field or None), kinds))


def _name(place: str) -> str:
    """`industry` of `entity/account#industry`, `rep` of `role/rep`."""
    return place.partition("#")[2] or place.partition("/")[2]


def _never_called(documents: dict[str, Document], place: str, name: str) -> dict[str, Document]:
    """The same, a thing having forgotten one of its former names."""
    key, _hash, field = place.partition("#")
    document = documents[key]
    part = document["fields"][field] if field else document
    part = {**part, "formerly": [each for each in part["formerly"] if each != name]}
    return {**documents, key: {**document, "fields": {**document["fields"], field: part}} if field else part}


def _renamed_if_there(documents: Documents, rename: Rename, kinds: Kinds) -> Changed:
    _require(documents, rename)
    return _renamed(documents, rename, kinds)


def _applied(documents: Documents, changed: Mapping[str, Document | None]) -> dict[str, Document]:
    return {key: each for key, each in {**documents, **changed}.items() if each is not None}


# ---- choices and stages


def _with_keys(documents: Documents, keys: Mapping[str, Keys], kinds: Kinds) -> Changed:
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
            beside = (f"pipeline/{name}" for name in _beside(documents, owner.partition("/")[2]))
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


def _beside(documents: Documents, pipeline: str) -> Iterator[str]:
    """The pipelines that a stage field has besides one."""
    for _entity, options in _stage_fields(documents):
        if pipeline in options["pipelines"]:
            yield from (each for each in options["pipelines"] if f"pipeline/{each}" in documents)


def _choosing(documents: Documents, pipeline: str) -> Iterator[str]:
    """Sets of choices whose keys are names of pipelines, among them this one."""
    for entity, options in _stage_fields(documents):
        field = options.get("by") if pipeline in options["pipelines"] else None
        chosen = documents[f"entity/{entity}"]["fields"].get(field, {}).get("options", {})
        owner = f"options/{chosen['set']}" if "set" in chosen else f"entity/{entity}#{field}"
        if field and pipeline in (parts_of_set(documents, owner) or {}):
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
        guess = near(wanted, names)
        hint = " " + _("Did you mean %(guess)s?", guess=guess) if guess else ""
        raise NotFound(_("There is no %(name)s.", name=wanted) + hint)
    if new in names:
        raise Conflict(_("The name %(name)s is taken.", name=rename.new))
    if rename.entry and rename.set in _choosing(documents, rename.entry):
        raise Conflict(_("%(name)s is the name of a pipeline; rename the pipeline.", name=rename.entry))


def _with_field_renamed(document: Document, rename: Rename) -> Document:
    fields = {
        (rename.new if name == rename.field else name): (_formerly(part, name) if name == rename.field else part)
        for name, part in document["fields"].items()
    }
    return {**document, "fields": fields}


def _formerly(part: Document, old: str) -> Document:
    return {**part, "formerly": [*(name for name in part.get("formerly", ()) if name != old), old]}
