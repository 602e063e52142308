"""Where something stood when it went: on forms and lists, in menus and dashboards, in what read it. There it stands
again, unless something else stands there by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, applied, without_engine_keys
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.publishing.change_sets.merging import merge
from sartor.platform.publishing.uses.mending import mended, problems
from sartor.platform.publishing.uses.retiring import without

Owner = tuple[str, str | None]
"""A definition, and one of its fields where that is what is meant."""


def put_back(told: Documents, draft: Documents, owner: Owner, kinds: Kinds) -> dict[str, Document]:
    """The documents of a draft in which what has come back stands again.

    told: everything as it was before it went, in the names of the draft. Where what read it would not hold together as
    the draft is now, it is merely shown again; a right in something else is not given back with it.
    """
    shown = without(told, kinds, *owner)
    read = mended(applied(told, shown), kinds, problems(told, kinds))
    gone = {**shown, **{key: each for key, each in read.items() if not key.startswith("role/")}}
    held = _holding(draft, dict(_stood(told, draft, gone)), kinds)
    merely = {key: each for key, each in _stood(told, draft, shown) if key not in held}
    return {**held, **_holding(applied(draft, held), merely, kinds)}


def nobodys(part: Document, documents: Documents) -> Document:
    """A part that comes back, without what the engine keeps in it; its blueprint may be gone."""
    gone = () if f"blueprint/{part.get('origin')}" in documents else ("origin", "level")
    return {label: each for label, each in without_engine_keys(part).items() if label not in gone}


def _holding(draft: Documents, made: dict[str, Document], kinds: Kinds) -> dict[str, Document]:
    """Those of the documents that are as right as they were before."""
    known, wrong = _wrong(draft, kinds), _wrong(applied(draft, made), kinds)
    return {key: each for key, each in made.items() if key not in wrong - known}


def _wrong(documents: Documents, kinds: Kinds) -> set[str]:
    return {each.file or "" for each in problems(documents, kinds)}


def _stood(told: Documents, draft: Documents, gone: Mapping[str, Document | None]) -> Iterator[tuple[str, Document]]:
    """gone: what there was without it; None for what went as a whole."""
    for key, bare in gone.items():
        now = draft.get(key)
        if now is None or bare is None:
            if now is None and bare is None and not key.startswith("entity/"):
                yield key, nobodys(told[key], draft)
            continue
        three = [without_engine_keys(each) for each in (bare, now, told[key])]
        document = merge(*(_with_common_fields(three) if key.startswith("entity/") else three)).document
        if key.startswith("entity/"):
            document = {**document, "fields": {**three[1]["fields"], **document["fields"]}}
        if document != three[1]:
            yield key, document


def _with_common_fields(three: list[Any]) -> list[Any]:
    """Fields have values: which of them are there is no matter of where something stood."""
    names = set.intersection(*(set(each["fields"]) for each in three))
    return [{**each, "fields": {name: each["fields"][name] for name in names}} for each in three]
