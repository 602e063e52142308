"""A change set as it is looked at: what it changes, in sentences, and one change taken out of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, without_engine_keys
from sartor.platform.definitions.places import parts_of, pointer_to
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import Conflict, InvalidDefinition, Problem
from sartor.platform.publishing.change_sets.changes import MAIN, ChangeSets
from sartor.platform.publishing.change_sets.edits import ChangeSet, Edit
from sartor.platform.publishing.change_sets.merging import put_at, taken_from
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.publishing.words.telling import RENAMED, Told, told
from sartor.platform.text import gettext as _


class Reviews:
    """Looks at change sets and takes single changes out of them."""

    def __init__(self, sets: ChangeSets) -> None:
        self.sets = sets
        self.models = sets.models

    def told(self, name: str = MAIN) -> list[Told]:
        """What a change set changes, in the reader's language."""
        found = self.sets.get(name)
        return self._told(found)

    def _told(self, found: ChangeSet) -> list[Told]:
        published = self.models.current()
        before = _seen(found, published.documents)
        return told(self.models.compiler.kinds, published.model, before, found.applied(published.documents))

    def take_out(self, change: str, *, also: Collection[str] = (), by: int | None = None, name: str = MAIN) -> Told:
        """Take one change out of a change set, by the `id` of what was told; the change that is gone.

        also: others that go with it, such as those that stand on it.
        :raises Conflict: when it is no longer there. :raises InvalidDefinition: when the rest does not hold without it.
        """
        gone: list[Told] = []

        def without(found: ChangeSet, now: datetime) -> Mapping[str, Edit | None]:
            told = self._told(found)
            gone[:] = [_of(told, change), *(each for each in told if each.id in also and each.id != change)]
            return self._without(found, gone, lambda edit: replace(edit, by=by, at=now))

        self.sets.rewrite(without, name=name)
        return gone[0]

    def standing_on(self, change: str, name: str = MAIN) -> list[Told]:
        """The other changes that do not hold without one; none where leaving them out, too, does not help."""
        found = self.sets.get(name)
        told = self._told(found)
        drafted, gone = found.applied(self.models.current().documents), [_of(told, change)]
        while problems := self._faults(drafted, self._changed(found, gone)):
            rest = (each for each in told if each not in gone and each.kind != RENAMED)
            more = [each for each in rest if any(_is_about(problem, each) for problem in problems)]
            if not more:
                return []
            gone += more
        return gone[1:]

    def _without(
        self, found: ChangeSet, gone: Sequence[Told], signed: Callable[[Edit], Edit]
    ) -> Mapping[str, Edit | None]:
        published = self.models.current().documents
        changed = self._changed(found, gone)
        if problems := self._faults(found.applied(published), changed):
            raise InvalidDefinition(_("It cannot be taken out alone; other changes stand on it."), problems)
        manifest = self.models.store.manifest_of(published)
        edits: dict[str, Edit | None] = {}
        for key, document in changed.items():
            known = found.edits.get(key) or Edit(key, document, manifest.get(key), None, None)
            same = not known.clashes and _bare(document) == _bare(published.get(key))
            edits[key] = None if same else signed(replace(known, document=document))
        return edits

    def _changed(self, found: ChangeSet, gone: Sequence[Told]) -> dict[str, Document | None]:
        """What becomes of documents of the draft without some of its changes."""
        published = self.models.current().documents
        seen, made = _seen(found, published), dict[str, Document | None](found.applied(published))
        changed: dict[str, Document | None] = {}
        for each in gone:
            if each.kind == RENAMED:
                here = {key: document for key, document in made.items() if document is not None}
                undone = self._named_back(here, published, each)
            else:
                undone = {each.key: _undone(each, made.get(each.key), seen.get(each.key))}
            made.update(undone)
            changed.update(undone)
        return changed

    def _named_back(self, drafted: Documents, published: Documents, told: Told) -> dict[str, Document | None]:
        """Every document of the draft in the former name; `formerly` says again what it said."""
        rename = _back(told)
        changed = renamed(drafted, rename, self.models.compiler.kinds)
        key = told.key if rename.field or rename.entry else told.former or ""
        place = _place(rename) + "/formerly"
        was = taken_from(published.get(key, {}), place)
        return {**changed, key: put_at(changed[key], place, was)}

    def _faults(self, drafted: Documents, changed: Mapping[str, Document | None]) -> list[Problem]:
        """Documents that are none, and what does not hold together in a draft that held before."""
        made = {**drafted, **changed}
        rest = {key: each for key, each in made.items() if each is not None}
        problems: list[Problem] = []
        for key, document in changed.items():
            if document is not None:
                problems += validate(self.models.compiler.kinds, key, document)
        if not problems and not self.models.compiler.check(drafted):
            problems += self.models.compiler.check(rest)
        return problems


def _of(told: Sequence[Told], change: str) -> Told:
    """:raises Conflict: for a change that is not there any more."""
    found = next((each for each in told if each.id == change), None)
    if found is None:
        raise Conflict(_("This change is not in the change set any more; look at it again."))
    return found


def _is_about(problem: Problem, told: Told) -> bool:
    """Whether a problem is at a place of a change, inside of it, or around it."""
    places = [f"{place}/" for place in told.places]
    field = f"{problem.field}/"
    return problem.file == told.key and any(field.startswith(each) or each.startswith(field) for each in places)


def _seen(found: ChangeSet, published: Documents) -> Documents:
    """What the edits are compared with: what is published, and where that clashes, what the author saw."""
    before = dict(published)
    for key, edit in found.edits.items():
        if edit.clashes:
            before.pop(key, None)
            if edit.base is not None:
                before[key] = edit.base
    return before


def _back(told: Told) -> Rename:
    """The rename that takes one back."""
    owner, _at, entry = (told.former or "").partition("@")
    field = owner.partition("#")[2] or None
    if entry:
        return Rename(told.key, told.before, field, told.after)
    return Rename(told.key, told.before, told.after if field else None)


def _place(rename: Rename) -> str:
    """Where the thing stands that has its former name again."""
    if rename.entry is None:
        return f"/fields/{rename.new}" if rename.field else ""
    within = "choices" if rename.field or rename.kind == "options" else "stages"
    return pointer_to(*(("fields", rename.field, "options") if rename.field else ()), within, rename.new)


def _undone(told: Told, document: Document | None, before: Document | None) -> Document | None:
    made: Any = ABSENT if document is None else document
    was: Any = ABSENT if before is None else without_engine_keys(before)
    for place in told.places:
        made = put_at(made, place, taken_from(was, place))
        around = pointer_to(*parts_of(place)[:-1])
        if around and taken_from(made, around) == {} and taken_from(was, around) is ABSENT:
            made = put_at(made, around, ABSENT)  # the map came with the first of its entries
    return None if made is ABSENT else made


def _bare(document: Document | None) -> Any:
    return None if document is None else without_engine_keys(document)
