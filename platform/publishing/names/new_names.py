"""Renames of a whole lineage: documents of one time in the names of another one, chains and exchanges of names too."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

from sartor.platform.definitions.documents import Document, Documents, applied
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.names.lineage import Lineage
from sartor.platform.publishing.names.rekeying import parts_of_set
from sartor.platform.publishing.names.renaming import renamed_alone, with_keys
from sartor.platform.publishing.names.rewriting import Rename

Aside = dict[str, str]
"""What gave up its name for something else, and what it is called since: `view/deal.all`, `entity/account#industry`."""
LONGEST = 36
"""Letters of a name that a number goes behind."""


def in_new_names(documents: Documents, lineage: Lineage, kinds: Kinds, aside: Aside | None = None) -> Documents:
    """Documents with the renames of a lineage in them, as far as the new names are free.

    aside: what has a new name already makes room for it and goes on under another one, which is noted here; what is
    noted here already goes on under that.
    """
    result = dict(documents)
    pairs = [*lineage.named_otherwise()]
    for of_fields in (False, True):
        wished = [pair for pair in pairs if ("#" in pair[0]) == of_fields and _is_there(result, pair[0])]
        if aside is not None:
            result = _with_room(result, wished, kinds, aside)
        result = _all_moved(result, wished, kinds)
    for owner, keys in lineage.keys_by_set().items():
        there = parts_of_set(result, owner) or {}
        wanted = {old: new for old, new in keys.items() if old in there}
        if wanted:
            result = applied(result, with_keys(result, {owner: wanted}, kinds))
    return result


def _with_room(
    documents: dict[str, Document], pairs: list[tuple[str, str]], kinds: Kinds, aside: Aside
) -> dict[str, Document]:
    """What stands where something else is to stand gets a name that nobody has, and forgets the one that it had."""
    result, olds = documents, {old for old, _new in pairs}
    for _old, new in pairs:
        if new not in olds and _is_there(result, new):
            free = aside.setdefault(new, _free(new, result))
            result = _never_called(_moved(result, new, free, kinds), free, _name(new))
    return result


def _free(place: str, documents: Documents) -> str:
    start = max(map(place.rfind, "/#.")) + 1
    numbered = (f"{place[: start + LONGEST]}_{number}" for number in count(2))
    return next(each for each in numbered if not _is_there(documents, each))


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
    if not part["formerly"]:
        del part["formerly"]
    return {**documents, key: {**document, "fields": {**document["fields"], field: part}} if field else part}
