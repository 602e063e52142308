"""What an import is to do: plain data, made by a person step by step, kept with the import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.files.dates import FORMATS
from sartor.platform.records.files.numbers import STYLES
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _

ON_MATCH = ("update", "skip", "create")
TEXTS = ("encoding", "delimiter", "sheet")
MAPS = ("columns", "dates", "numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """How a file becomes records.

    columns: column -> field, or `lookup.field` to say what a lookup is matched by, or `amount.currency` for a part;
    a column that is not named is left out. None: the suggestions that are sure.
    values: field -> what the file says -> what is meant; an empty text means blank.
    key: fields that tell which record a row is about. on_match: what happens when there is one.
    dates, numbers: column -> a key of `files.dates.FORMATS`, a name of `files.numbers.STYLES`.
    exact: the file was exported for transfer. blanks: whether an empty cell clears the field of a record that is there.
    migrate: read-only and system fields are written too, which needs a right of its own.
    """

    entity: str
    columns: Mapping[str, str] | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    on_match: str = "update"
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    dates: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    blanks: bool = False
    migrate: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON, without what was left as it is."""
        made = asdict(self) | {"key": list(self.key)}
        return {name: value for name, value in made.items() if value not in (None, {}, [], False)}

    @classmethod
    def from_dict(cls, given: Any) -> ImportPlan:
        """:raises Invalid: naming what is wrong, what was expected, and the near match."""
        if not isinstance(given, Mapping):
            raise _wrong("", _("An import plan is a JSON object."))
        known = {each.name for each in fields(cls)}
        for name in given:
            if name not in known:
                guess = near(str(name), known)
                raise _wrong(str(name), _("An import plan has no %(name)s.", name=repr(name)), guess)
        if not isinstance(given.get("entity"), str):
            raise _wrong("entity", _("Say which entity the records are to be."))
        key = given.get("key") or ()
        names = (key,) if isinstance(key, str) else tuple(key) if isinstance(key, list | tuple) else (key,)
        made = cls(**{**given, "key": names})
        _check(made)
        return made


def _check(plan: ImportPlan) -> None:
    one_of("on_match", plan.on_match, ON_MATCH)
    if not all(isinstance(name, str) for name in plan.key):
        raise _wrong("key", _("key names one field, or a list of fields."))
    for name in TEXTS:
        if not isinstance(getattr(plan, name), str | None):
            raise _wrong(name, _("%(name)s is a text.", name=name))
    for name in ("exact", "blanks", "migrate"):
        if not isinstance(getattr(plan, name), bool):
            raise _wrong(name, _("%(name)s is true or false.", name=name))
    row = plan.header_row
    if isinstance(row, bool) or not isinstance(row, int | None) or (row is not None and row < 1):
        raise _wrong("header_row", _("header_row is the number of a row, counted from 1."))
    for name in MAPS:
        _check_texts(name, {} if name == "columns" and plan.columns is None else getattr(plan, name))
    if not isinstance(plan.values, Mapping):
        raise _wrong("values", _("%(name)s is an object of texts.", name="values"))
    for name, meanings in plan.values.items():
        _check_texts(f"values.{name}", meanings)
    for column, key in plan.dates.items():
        one_of(f"dates.{column}", key, tuple(FORMATS))
    for column, key in plan.numbers.items():
        one_of(f"numbers.{column}", key, tuple(each.name for each in STYLES))


def _check_texts(place: str, given: Any) -> None:
    if not isinstance(given, Mapping) or not all(isinstance(text, str) for pair in given.items() for text in pair):
        raise _wrong(place, _("%(name)s is an object of texts.", name=place))


def one_of(place: str, value: Any, known: tuple[str, ...]) -> None:
    """:raises Invalid: for anything else, with the near match."""
    if value not in known:
        guess = near(value, known) if isinstance(value, str) else None
        raise _wrong(place, _("%(value)s is not one of %(known)s.", value=repr(value), known=", ".join(known)), guess)


def _wrong(place: str, said: str, guess: str | None = None) -> Invalid:
    said += did_you_mean(guess)
    return Invalid(said, [Problem(place, "plan", said, guess)])
