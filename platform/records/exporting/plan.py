"""What an export is to hold: plain data, kept with its job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from sartor.platform.errors import Invalid, Problem
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _

FORMATS = ("csv", "xlsx")
PURPOSES = ("spreadsheet", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """purpose: `spreadsheet` for people (labels, nothing is calculated), `transfer` for programs (names, exact).

    condition: a filter in the expression language; sort, paths: as in the API, comma-separated. Without paths, what a
    list can show; for transfer everything that an import can bring back.
    """

    entity: str
    purpose: Literal["spreadsheet", "transfer"] = "spreadsheet"
    format: str = "csv"
    condition: str | None = None
    sort: str | None = None
    paths: str | None = None
    deleted: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in (None, False)}

    @classmethod
    def from_dict(cls, given: Any) -> ExportPlan:
        """:raises Invalid: naming what is wrong, what was expected, and the near match."""
        if not isinstance(given, Mapping):
            raise _wrong("", _("An export plan is a JSON object."))
        known = {each.name for each in fields(cls)}
        for name, value in given.items():
            if name not in known:
                guess = near(str(name), known)
                raise _wrong(str(name), _("An export plan has no %(name)s.", name=repr(name)), guess)
            if name == "deleted" and not isinstance(value, bool):
                raise _wrong(name, _("%(name)s is true or false.", name=name))
            if name != "deleted" and not isinstance(value, str | None):
                raise _wrong(name, _("%(name)s is a text.", name=name))
        if not given.get("entity"):
            raise _wrong("entity", _("Say which entity is to be exported."))
        made = cls(**given)
        for name, value, allowed in (("purpose", made.purpose, PURPOSES), ("format", made.format, FORMATS)):
            if value not in allowed:
                said = _("%(value)s is not one of %(known)s.", value=repr(value), known=", ".join(allowed))
                raise _wrong(name, said, near(value, allowed))
        return made


def _wrong(place: str, said: str, guess: str | None = None) -> Invalid:
    said += did_you_mean(guess)
    return Invalid(said, [Problem(place, "plan", said, guess)])
