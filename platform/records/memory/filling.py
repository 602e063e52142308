"""The state after of one record, worked out: defaults, copies, currencies, stages, effects, formulas."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid, Problem
from sartor.platform.expressions import Env
from sartor.platform.model import Field, SetOn
from sartor.platform.model.formula import Formula
from sartor.platform.records.judging.stages import entered, note_moves
from sartor.platform.records.memory.change import Change
from sartor.platform.records.memory.effects import is_first_of_group
from sartor.platform.records.memory.state import Loader
from sartor.platform.records.memory.values import RecordValues
from sartor.platform.text import gettext as _

Group = tuple[Any, ...]


class Filling:
    """What works out the records of one write, with what it keeps between them.

    changes: the records that take part by now. notes: what was said of their moves. now: the moment of the write.
    """

    def __init__(
        self, context: Context, env: Env, loader: Loader, changes: Container[tuple[str, int]], now: datetime
    ) -> None:
        self.context = context
        self.env = env
        self.loader = loader
        self.changes = changes
        self.now = now
        self.notes: dict[str, str] = {}
        self._marked: dict[Group, int] = {}

    def _values(self, change: Change) -> RecordValues:
        return RecordValues(change.after, self.loader, self.env, change.before)

    def fill(self, change: Change) -> None:
        """Defaults, copies, currencies, stages, formulas and the entity's own settings, on one record."""
        plan = change.plan
        if change.kind == "create":
            self._fill_defaults(change)
        if change.kind in ("create", "update"):
            if plan.copies:
                self._fill_copies(change)
            if plan.stages:
                note_moves(change, self.context.model, self.notes, self.now)
            if plan.money:
                self._fill_currencies(change)
            if plan.sets or change.moves:
                self.compute(change)
                self._apply_settings(change)
        self.compute(change)

    def _fill_defaults(self, change: Change) -> None:
        for item, default in change.plan.defaults:
            if item.name not in change.given and change.after.get(item.name) is None:
                self._set(change, item, default)
        for effect in change.plan.only_ones:
            group = (change.entity.name, effect.name, *(change.after.get(name) for name in effect.per))
            held = (change.entity.name, self._marked.get(group, 0)) in self.changes
            if not held and is_first_of_group(change, effect, self.loader):
                change.after.values[effect.field] = True
            if change.after.get(effect.field):
                self._marked[group] = change.id

    def _fill_copies(self, change: Change) -> None:
        """Copies are taken when the record is made and when the lookup that they come through changes."""
        for item, source in change.plan.copies:
            if item.name not in change.given and any([change.has_changed(path[0]) for path in source.paths]):
                self._set(change, item, source)

    def _fill_currencies(self, change: Change) -> None:
        """Amounts without a currency take the record's, or the workspace's."""
        name = change.entity.currency_field
        own = change.after.get(name) if name else None
        moved = name is not None and change.before is not None and change.has_changed(name)
        for item in change.plan.money:
            value = change.after.get(item.name)
            if value is None:
                continue
            fixed = item.options.get("currency")
            chosen = fixed or own or value.currency or self.context.currency
            if value.currency is None or (own and not fixed and (moved or value.currency != own)):
                change.after.values[item.name] = self._in_currency(item, value, chosen)

    def _in_currency(self, item: Field, value: Any, currency: str) -> Any:
        try:
            return item.type.in_currency(item, value, currency)
        except ValueError as error:
            raise Invalid(_("The record was not saved."), [Problem(item.name, "digits", str(error))]) from None

    def compute(self, change: Change) -> None:
        """The formulas of a record, in the order in which they read each other."""
        for item, formula in change.plan.formulas:
            self._set(change, item, formula)

    def _apply_settings(self, change: Change) -> None:
        """`on_leave` and `on_enter` of stages, then the entity's own `set` effects."""
        for left, came in entered(change, self.context.model):
            if left and left.on_leave:
                self._set_all(change, left.on_leave)
            if came and came.on_enter:
                self._set_all(change, came.on_enter)
        self.apply_sets(change)

    def apply_sets(self, change: Change) -> None:
        """The entity's own `set` effects."""
        kind = "create" if change.before is None else "update"
        for effect in change.plan.sets:
            if effect.on in ("always", kind) and self._applies(change, effect):
                self._set_all(change, effect.values)
                self.compute(change)

    def _applies(self, change: Change, effect: SetOn) -> bool:
        return effect.when is None or bool(self._values(change).evaluate(effect.when))

    def _set_all(self, change: Change, values: Mapping[str, Formula]) -> None:
        kept = change.given if self.context.purpose == "migrate" else frozenset[str]()  # the past comes along
        wanted = {name: formula for name, formula in values.items() if name not in kept}
        worked_out = {name: self._values(change).evaluate(formula) for name, formula in wanted.items()}
        for name, value in worked_out.items():
            item = change.entity.fields[name]
            change.after.values[name] = self._fitting(change, item, value)

    def _set(self, change: Change, item: Field, formula: Formula) -> None:
        value = self._values(change).evaluate(formula)
        change.after.values[item.name] = None if value is None else self._fitting(change, item, value)

    def _fitting(self, change: Change, item: Field, value: Any) -> Any:
        if value is None:
            return None
        try:
            made = item.type.from_operand(item, value)
        except ValueError as error:
            raise Invalid(_("The record was not saved."), [Problem(item.name, "computed", str(error))]) from None
        fill = getattr(item.face.type, "rounded_in", None)
        if fill is None or made.currency:
            return made
        name = change.entity.currency_field
        return fill(item.face, made, (change.after.get(name) if name else None) or self.context.currency)
