"""Renames of a whole lineage: documents of one time in the names of another one, chains and exchanges of names too."""

from __future__ import annotations

from contextlib import suppress

from sartor.platform.definitions.documents import Document, Documents, applied
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.names.rekeying import parts_of_set
from sartor.platform.publishing.names.renaming import renamed_alone, with_keys
from sartor.platform.publishing.names.rewriting import Rename


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
            result = applied(result, with_keys(result, {owner: wanted}, kinds))
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
    return applied(documents, renamed_alone(documents, Rename(key, _name(new), field or None), kinds))


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
