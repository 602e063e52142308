"""Values as the canvas of a designer shows them: what the reader gave as JSON, as plain text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sartor.platform.access.context import Context
from sartor.platform.model import Field, Model, Money
from sartor.platform.query.columns import Column, attribute_words
from sartor.platform.text import gettext as _
from sartor.platform.text import listed
from sartor.platform.ui import format as formats


class CellTexts:
    """For one reader."""

    def __init__(self, context: Context, model: Model) -> None:
        self.context = context
        self.model = model

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.context.zone)

    def of(self, column: Column) -> Callable[[Any], str]:
        """What says the values of one column."""
        if column.rest:
            words = attribute_words(self.model, column)
            return lambda said: "" if said is None else str(words.get(said, said))
        return lambda said: self.text(column.field.face, said)

    def text(self, field: Field, said: Any) -> str:
        if said is None or said in ("", []):
            return ""
        if field.type.targets(field):
            return listed(_title(each) for each in (said if isinstance(said, list) else [said]))
        return self._shown(field, field.type.told(field, said))

    def _shown(self, field: Field, value: Any) -> str:
        if isinstance(value, Money):
            return formats.money(value.amount, value.currency or self.context.currency)
        if isinstance(value, datetime):
            return formats.moment(value, self.zone, self.context.now())
        if isinstance(value, date):
            return formats.day(value, self.context.now().astimezone(self.zone).date())
        return str(field.type.show(field, value, self.context.language))


def _title(said: dict[str, Any]) -> str:
    return str(said.get("title") or _("not open to you"))
