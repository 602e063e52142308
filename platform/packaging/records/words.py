"""What an upgrade asks and tells about reference records, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.model import Entity, Field, Model
from sartor.platform.packaging.records.lines import Place, Rows, parent_of
from sartor.platform.packaging.samples.cells import pointed_at
from sartor.platform.packaging.versions.upgrading import Issue
from sartor.platform.publishing.change_sets.deciding import Question
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.openness import is_open
from sartor.platform.text import gettext as _
from sartor.platform.text import language, listed, pick

Value = Callable[[Entity, Field, Mapping[str, str]], Any]


@dataclass(frozen=True, slots=True)
class RecordWords:
    """base, new: the rows of both versions. value: reads the cells of a field.

    asker: who reads the questions; what is not open to him is left out of them.
    """

    model: Model
    base: Rows
    new: Rows
    value: Value
    asker: Context | None = None

    def question(self, issue: Issue) -> Question:
        _base, entity, key = issue.key.split("/", 2)
        thing = self.thing((entity, key))
        if issue.left_out:
            return Question(issue.key, issue.clash, thing, _("as it was"), _("as it was"), _("taken out"))
        model = self.model.entities[entity]
        field = model.fields[issue.place[1:]]
        was, mine, theirs = (
            self._shown(model, field, text) for text in (issue.clash.base, issue.clash.mine, issue.clash.theirs)
        )
        clash = issue.clash
        if self.asker and not is_open(self.asker, f"entity/{entity}#{field.name}"):
            clash, mine = replace(clash, mine=ABSENT), _("not open to you")
        return Question(issue.key, clash, f"{thing}: {pick(field.label)}", was, mine, theirs)

    def gone(self, place: Place) -> str:
        return _("%(thing)s is taken out", thing=self.thing(place))

    def come(self, place: Place) -> str:
        return _("%(thing)s is added", thing=self.thing(place))

    def changed(self, place: Place, fields: Mapping[str, Any]) -> str:
        """Which fields of a record change, in one sentence."""
        known = self.model.entities[place[0]].fields
        return f"{self.thing(place)}: {listed(pick(known[name].label) for name in fields)}"

    def thing(self, place: Place) -> str:
        """A record by its entity and title; a line after the record that it belongs to."""
        said = f"{pick(self.model.entities[place[0]].label)} “{self.title(place)}”"
        parent = parent_of(self.model, place, self._row(place))
        return f"{self.thing(parent)}, {said}" if parent else said

    def title(self, place: Place) -> str:
        """What a record is called in the new version, or was when it came; else its key."""
        return self._title(place, {place})

    def _title(self, place: Place, seen: set[Place]) -> str:
        """seen: records on the way to it; titles may be those of others in a circle."""
        entity = self.model.entities[place[0]]
        cell = self._row(place).get(entity.title, {}).get(entity.title, "")
        item = entity.fields.get(entity.title)
        targets = item.type.targets(item) if item else ()
        pointed = pointed_at(cell, targets[0]) if targets and cell else None
        if pointed and pointed not in seen and self._row(pointed):
            return self._title(pointed, seen | {pointed})
        return cell or place[1]

    def _row(self, place: Place) -> Mapping[str, Mapping[str, str]]:
        return self.new.get(place) or self.base.get(place, {})

    def _shown(self, entity: Entity, field: Field, text: str) -> str:
        value = None if field.type.targets(field) else self.value(entity, field, {field.name: text})
        said = text if value is None else field.type.show(field, value, language())
        return f"“{said}”" if said else _("blank")
