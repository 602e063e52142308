"""Every reference between definitions, with its place: what a compilation looks up, noted as it does so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place, Wish
from sartor.platform.definitions.compile.drafting import Drafting, compile_draft
from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.expressions import Expression
from sartor.platform.fields.base import FieldType
from sartor.platform.model import Field, Merge

Owner = tuple[str, str]
"""(entity, field)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands at a place of a document.

    targets: definitions named there, `entity/deal`. owners: for a field or a path, whose field each step is.
    wish: for an expression, how it is read. merged: for a text with such expressions in it.
    """

    key: str
    pointer: str
    targets: tuple[str, ...] = ()
    owners: tuple[Owner | None, ...] = ()
    wish: Wish | None = None
    merged: bool = False


@dataclass(slots=True)
class Noting(Draft):
    """A workbench that remembers each reference."""

    found: list[Reference] = field(default_factory=list)
    known: Collection[str] = ()
    """Definitions of which everything was taken over from another draft."""

    def carry(self, last: Draft, keys: Collection[str]) -> None:
        super(Noting, self).carry(last, keys)
        assert isinstance(last, Noting)
        self.found = [each for each in last.found if each.key not in keys]
        self.known = self.documents.keys() - keys

    def named(self, place: Place, kind: str, name: str | None) -> bool:
        if name is not None:
            self.found.append(Reference(place.key, place.pointer, (f"{kind}/{name}",)))
        return super(Noting, self).named(place, kind, name)

    def field_named(self, place: Place, entity: str, name: str | None) -> bool:
        if name is not None:
            self.found.append(Reference(place.key, place.pointer, owners=((entity, name),)))
        return super(Noting, self).field_named(place, entity, name)

    def walk(self, place: Place, entity: str, steps: tuple[str, ...]) -> bool:
        self.found.append(Reference(place.key, place.pointer, owners=owners_of(self, entity, steps)))
        return super(Noting, self).walk(place, entity, steps)

    def formula(self, place: Place, text: str | None, wish: Wish) -> Expression | None:
        seen = len(self.found)
        found = super(Noting, self).formula(place, text, wish)
        del self.found[seen:]  # its paths are walked again to note what it uses; the text is rewritten as a whole
        if text is not None:
            self.found.append(Reference(place.key, place.pointer, wish=wish))
        return found

    def merging(self, place: Place, text: str, wish: Wish) -> tuple[str | Merge, ...]:
        seen = len(self.found)
        found = super(Noting, self).merging(place, text, wish)
        del self.found[seen:]
        if found:
            self.found.append(Reference(place.key, place.pointer, wish=wish, merged=True))
        return found


def owners_of(draft: Draft, entity: str, steps: tuple[str, ...]) -> tuple[Owner | None, ...]:
    """Whose field each step of a path is; None for an attribute, and for what does not exist."""
    owners: list[Owner | None] = []
    here: str | None = entity
    for step in steps:
        kind = draft.scope.sound(here, step) if here else None
        owners.append((here, step) if here and kind is not None else None)
        here = kind.entity if kind is not None else None
    return tuple(owners)


def noted(documents: Documents, kinds: Kinds) -> Noting:
    """Compile documents and note every reference in them."""
    draft = compile_draft(documents, kinds, 0, Noting)
    assert isinstance(draft, Noting)
    return _completed(draft)


class Notes:
    """The same for whoever only looks at it, time and again: what the last edit did not reach is not compiled again."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._drafts = Drafting(kinds, Noting)

    def of(self, documents: Documents) -> Noting:
        """Documents that are valid by themselves, with every reference in them."""
        last = self._drafts.last
        if last is not None and last.documents == documents:
            assert isinstance(last, Noting)
            return last
        draft = self._drafts.draft(documents)
        assert isinstance(draft, Noting)
        return _completed(draft)


def _completed(draft: Noting) -> Noting:
    """With what is not looked up while compiling."""
    more = (*_titles(draft), *_options(draft), *_report_dates(draft))
    draft.found += [each for each in more if each.key not in draft.known]
    return draft


def _titles(draft: Noting) -> Iterator[Reference]:
    for entity in draft.model.entities.values():
        yield Reference(f"entity/{entity.name}", "/title", owners=((entity.name, entity.title),))


def _report_dates(draft: Noting) -> Iterator[Reference]:
    for report in draft.model.reports.values():
        if report.on and report.entity:
            owners = owners_of(draft, report.entity, tuple(report.on.split(".")))
            yield Reference(f"report/{report.name}", "/on", owners=owners)


# ---- options of types, by what their schemas say of them


def _options(draft: Noting) -> Iterator[Reference]:
    for entity in draft.model.entities.values():
        for each in entity.fields.values():
            if each.name in draft.documents[f"entity/{entity.name}"]["fields"]:
                yield from _of_field(draft, each)
    for view in draft.model.views.values():
        place = Place(f"view/{view.name}", "/options")
        yield from _of_object(draft, place, view.type.options_schema, view.options, view.entity)


def _of_field(draft: Noting, item: Field) -> Iterator[Reference]:
    place = Place(f"entity/{item.entity}", f"/fields/{item.name}/options")
    document = draft.documents[place.key]["fields"][item.name].get("options", {})
    yield from _of_object(draft, place, item.type.options_schema, document, item.entity)


def _of_object(
    draft: Noting, place: Place, schema: Mapping[str, Any], options: Mapping[str, Any], entity: str
) -> Iterator[Reference]:
    for name, value in options.items():
        part = schema.get("properties", {}).get(name)
        if not isinstance(part, Mapping):
            continue
        if name == "options" and (kind := _kind_said(draft, schema, options)) is not None:
            yield from _of_object(draft, place.at(name), kind.options_schema, value, entity)
        of = options.get(part["x-of"], entity) if "x-of" in part else part.get("x-entity", entity)
        yield from _of_value(draft, place.at(name), part, value, of)
        if isinstance(value, Mapping) and "properties" in part:
            yield from _of_object(draft, place.at(name), part, value, entity)


def _kind_said(draft: Noting, schema: Mapping[str, Any], options: Mapping[str, Any]) -> FieldType | None:
    """The type of field of which these are the options too: that of what a formula gives."""
    asks = schema["properties"].get("type", {}).get("x-registry") == "field type"
    return draft.extensions.fields.get(options.get("type", "")) if asks else None


def _of_value(draft: Noting, place: Place, part: Mapping[str, Any], value: Any, entity: str) -> Iterator[Reference]:
    what, _, kind = str(part.get("x-widget", "")).partition(":")
    if isinstance(value, list) and what != "definitions":
        for number, each in enumerate(value):
            yield from _of_value(draft, place.at(number), {**part, **part.get("items", {})}, each, entity)
    elif what == "definition" and isinstance(value, str):
        yield Reference(place.key, place.pointer, (f"{kind}/{value}",))
    elif what == "definitions":
        for number, each in enumerate(value):
            at = place.at(each if isinstance(value, Mapping) else number)
            yield Reference(at.key, at.pointer, (f"{kind}/{each}",))
    elif what in ("field", "path") and isinstance(value, str):
        yield Reference(place.key, place.pointer, owners=owners_of(draft, entity, tuple(value.split("."))))
