"""One value on its way into a field of another type, by that type's own parser, and what the way does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import marshmallow as ma

from sartor.platform.errors import SartorError
from sartor.platform.fields.base import Reading, Wanted
from sartor.platform.model import Field
from sartor.platform.text import gettext as _

NAMED_GROUPS = ("choice", "relation", "people")
"""Groups of types whose values people know by a label or a title, not by what is stored."""

Resolve = Callable[[Wanted], int | None]
REMEMBERED = 10_000
"""Values whose outcome is kept, since a table says many of them over and over."""


class Verdict(StrEnum):
    """EXACT: comes back as it was. INEXACT: something of it is lost. FAILED: the new field cannot take it."""

    EXACT = "exact"
    INEXACT = "inexact"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """value: for the new field, None when it failed. before, after: the texts by which people know them."""

    verdict: Verdict
    value: Any
    before: str
    after: str | None = None
    reason: str = ""


class Converter:
    """Converts values of one field to values of another one. resolve: finds the record that a title means.

    zone: in which a day begins, for what turns days into moments and back.
    """

    def __init__(self, old: Field, new: Field, resolve: Resolve, language: str = "en", zone: str = "UTC") -> None:
        self.old = old
        self.new = new
        self.resolve = resolve
        self.language = language
        from_text, to_text = old.face.type.group == "text", new.face.type.group == "text"
        self._reading = Reading(language=language, zone=zone, exact=not from_text)
        self._back = Reading(language=language, zone=zone, exact=not to_text)
        named = old.face.type.group in NAMED_GROUPS or old.type.members(old) is not None
        self._purpose = "spreadsheet" if to_text and named else "transfer"
        self._schemas = {id(field): field.type.schema_field(field) for field in (old, new)}
        self._known: dict[Any, Outcome] = {}

    def __call__(self, value: Any) -> Outcome:
        """What becomes of a value (never blank) of the old field."""
        try:
            found = self._known.get(value)
        except TypeError:  # a list, say
            return self._outcome(value)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[value] = self._outcome(value)
        return found

    def _outcome(self, value: Any) -> Outcome:
        before = self._text(self.old, value)
        try:
            made = self._made(value)
        except (ValueError, ma.ValidationError, SartorError) as error:
            return Outcome(Verdict.FAILED, None, before, reason=_said(error))
        if made is None or made == ():
            return Outcome(Verdict.FAILED, None, before, reason=_("nothing is left of it"))
        after = self._text(self.new, made)
        if self._comes_back(value, made, before, after):
            return Outcome(Verdict.EXACT, made, before, after)
        return Outcome(Verdict.INEXACT, made, before, after, _("something of it is lost"))

    def _made(self, value: Any) -> Any:
        """All of it, else its core: the number of an amount, where its currency has no place."""
        try:
            return self._parsed(self.new, self._cell(self.old, value), self._reading)
        except (ValueError, ma.ValidationError, SartorError):
            core = self.old.type.core_text(self.old, value)
            if core is None:
                raise
            return self._parsed(self.new, core, self._reading)

    def _cell(self, field: Field, value: Any) -> Any:
        return field.type.write_text(field, value, self._purpose, self.language)

    def _text(self, field: Field, value: Any) -> str:
        return str(field.type.write_text(field, value, "spreadsheet", self.language) or "")

    def _parsed(self, field: Field, cell: Any, reading: Reading) -> Any:
        json = field.type.read_text(field, cell, reading)
        if isinstance(json, Wanted):
            return self._found(field, json)
        if isinstance(json, tuple | list) and any(isinstance(each, Wanted) for each in json):
            return tuple(self._found(field, each) for each in json)
        return self._schemas[id(field)].deserialize(json)

    def _found(self, field: Field, wanted: Wanted) -> Any:
        for target in wanted.targets:
            number = self.resolve(Wanted((target,), wanted.text))
            if number is not None:
                return field.type.pointer(target, number)
        raise ValueError(_("there is no record called %(text)s", text=wanted.text))

    def _comes_back(self, value: Any, made: Any, before: str, after: str) -> bool:
        if before == after or _same_number(before, after):
            return True
        try:
            return bool(self._parsed(self.old, self._cell(self.new, made), self._back) == value)
        except (ValueError, ma.ValidationError, SartorError):
            return False


def _same_number(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _said(error: Exception) -> str:
    if isinstance(error, ma.ValidationError):
        messages = error.messages
        return str(messages[0]) if isinstance(messages, list) and messages else str(messages)
    return str(error)
