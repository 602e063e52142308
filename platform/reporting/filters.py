"""Filters over a whole report or dashboard: the period, whose records, of which department, compared with what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sartor.platform.access.context import Context
from sartor.platform.access.scopes import place_of
from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Entity, Model
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.reporting.choices import choice_condition, read_choices
from sartor.platform.reporting.periods import Period, read_period
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, near, pick

ME, TEAM, MINE, BELOW = "me", "team", "mine", "below"


def _previous(period: Period, today: date) -> Period:
    return period.before()


def _previous_year(period: Period, today: date) -> Period:
    return period.year_before()


def _same_days(period: Period, today: date) -> Period:
    """The period before, as far into it as this one is: the 20th of May against the 1st to the 20th of April."""
    before = period.before()
    if not period.holds(today):
        return before
    return before.until(before.first + (today - period.first))


COMPARE: Mapping[str, Callable[[Period, date], Period]] = {
    "previous_period": _previous,
    "previous_year": _previous_year,
    "same_days": _same_days,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose, as it stands in an address.

    period: see `read_period`; `all` lifts that of the report. owner: ids, `me`, or `team` (me and my reports).
    department: ids (with those below them), `mine`, or `below` (mine and those below).
    compare: previous_period, previous_year, same_days, or `none`. choices: see `read_choices`.
    """

    period: str | None = None
    owner: str | None = None
    department: str | None = None
    compare: str | None = None
    choices: str | None = None

    @classmethod
    def of(cls, given: Filters | Mapping[str, str | None] | None) -> Filters:
        """:raises Invalid: for a filter that reports do not have."""
        if isinstance(given, Filters):
            return given
        known = [each.name for each in fields(cls)]
        chosen = {name: text.strip() for name, text in (given or {}).items() if text and text.strip()}
        for name in chosen:
            if name not in known:
                raise _unknown(name, name, known)
        if chosen.get("compare", "none") not in (*COMPARE, "none"):
            raise _unknown("compare", chosen["compare"], [*COMPARE, "none"])
        return cls(**chosen)

    @property
    def names(self) -> tuple[str, ...]:
        """Those that narrow numbers; one by a field goes by the name of that."""
        whose = [name for name in ("period", "owner", "department") if getattr(self, name)]
        return (*whose, *(each.name for each in read_choices(self.choices)))

    def period_of(self, designed: str | None, context: Context) -> Period | None:
        """The period that holds: the reader's own choice before that of the report."""
        text = None if self.period == "all" else self.period or designed
        return read_period(text, context.env()) if text else None

    def compared(self, designed: str | None, period: Period | None, context: Context) -> Period | None:
        """The period to compare with."""
        how = self.compare or designed or "none"
        return COMPARE[how](period, context.env().today) if period and how in COMPARE else None


def _unknown(place: str, name: str, known: list[str]) -> Invalid:
    guess = near(name, known)
    said = _("“%(name)s” is not one of %(known)s.", name=name, known=listed(known))
    return Invalid(said, [Problem(place, "unknown", said, guess)])


def conditions_on(model: Model, entity: Entity, filters: Filters, context: Context) -> list[tuple[str, str | None]]:
    """What the filters by person, department and choice ask of an entity; None where its records have no such field."""
    found: list[tuple[str, str | None]] = []
    if filters.owner:
        found.append(("owner", owner_condition(model, entity, filters.owner)))
    if filters.department:
        found.append(("department", department_condition(model, entity, filters.department, context)))
    for each in read_choices(filters.choices):
        found.append((each.name, choice_condition(model, context.access, entity, each)))
    return found


def not_narrowed(model: Model, names: Iterable[str]) -> str:
    """That filters which were chosen change nothing here."""
    words = {"period": _("period"), "owner": _("owner"), "department": _("the department")}
    said = listed(words.get(name) or called(model, name) for name in names)
    return _("Not filtered by %(names)s", names=said) if said else ""


def called(model: Model, name: str) -> str:
    """What people call a filter by a field."""
    entity, _dot, field = name.partition(".")
    return pick(model.field(entity, field).label)


def owner_condition(model: Model, entity: Entity, text: str) -> str | None:
    """Whose records, as a condition on an entity; None where records of it have no owner."""
    path = _place(model, entity, "owner")
    if path is None:
        return None
    if text == ME:
        return f"{path} = me()"
    if text == TEAM:
        return f"({path} = me() or {path} in reports())"
    return _one_of(path, _ids(text, "owner"))


def department_condition(model: Model, entity: Entity, text: str, context: Context) -> str | None:
    """Of which department, as a condition; None where records of the entity have none."""
    path = _place(model, entity, "department")
    if path is None:
        return None
    if text == MINE:
        return f"{path} = my_department()"
    if text == BELOW:
        return f"{path} in departments_below()"
    found = {each for given in _ids(text, "department") for each in context.directory.departments_from(given)}
    return _one_of(path, sorted(found))


def _place(model: Model, entity: Entity, part: str) -> str | None:
    """The path to the owner or department: a field of the record, or of the record that it is a line of."""
    found = getattr(place_of(entity), part)
    if found == "created_by" or found is None:
        above = entity.line_of
        inner = _place(model, model.entity(above.parent), part) if above else None
        return f"{above.lookup}.{inner}" if above and inner else None
    return str(found)


def _ids(text: str, place: str) -> list[int]:
    """:raises BadRequest: for what is no id."""
    found = [decode_id(each.strip()) for each in text.split(",") if each.strip()]
    if not found:
        said = _("“%(text)s” names nobody.", text=text)
        raise Invalid(said, [Problem(place, "id", said)])
    return found


def _one_of(path: str, ids: list[int]) -> str:
    written = [f"'{encode_id(each)}'" for each in ids]
    return f"{path} = {written[0]}" if len(written) == 1 else f"{path} in [{', '.join(written)}]"
