"""An expression tried out by whoever writes it: on one record, or, for a measure, over all that one may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sartor.platform.access.context import Context
from sartor.platform.errors import Forbidden, NotFound, SartorError
from sartor.platform.expressions import Expression, Type
from sartor.platform.fields.currencies import said_of_several
from sartor.platform.model import SEVERAL, Model, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.publishing.trials.sampling import Trial, tried
from sartor.platform.publishing.trials.written import Written
from sartor.platform.query.asking import Names
from sartor.platform.query.question import Question, Sum, Term
from sartor.platform.query.reader import Reader
from sartor.platform.query.wording import Desk, title_of
from sartor.platform.records.memory.state import Loader, Loadings
from sartor.platform.text import gettext as _
from sartor.platform.text import language, listed, pick
from sartor.platform.ui import format as formats

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Result:
    """record, title: the sample; empty over many records. shown: the value as people read it. note: why there is
    none, or what it lacks."""

    record: str = ""
    title: str = ""
    shown: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who tries: words by the draft, records and their titles from what is published."""

    written: Written
    context: Context
    reader: Reader
    names: Names
    loadings: Loadings

    @property
    def model(self) -> Model:
        return self.written.model

    @property
    def language(self) -> str:
        return self.context.language


def result(seat: Seat, expression: Expression, sample: str) -> Result:
    """sample: the id of a record, or `latest`. What stands in the way is told, not raised."""
    entity = seat.written.wish.entity
    try:
        if seat.written.wish.aggregates:
            return _over_all(seat, entity, expression)
        found = _sample(seat, entity, sample)
        return _on(seat, entity, found, expression) if found else Result(note=_("There is no record to try it on yet."))
    except SartorError as refused:
        return Result(note=refused.message)


def _sample(seat: Seat, entity: str, sample: str) -> dict[str, Any] | None:
    """The sample's title and id. :raises NotFound: for a record that one may not see."""
    published = seat.reader.tables.model.entities.get(entity)
    if published is None:
        raise NotFound(_("The entity is not published yet, so there are no records to show."))
    seat.context.access.require(Operation.READ, entity)
    is_open = seat.context.access.path_is_readable(entity, (published.title,))
    titles = ((published.title,),) if is_open else (("id",),)
    if sample != LATEST:
        row = seat.reader.record(seat.context, entity, decode_id(sample), titles)
    else:
        question = Question(entity, titles, sort=(Term("id", descending=True),), limit=1)
        rows = seat.reader.page(seat.context, question).rows
        if not rows:
            return None
        row = rows[0]
    return {"id": row["id"], "title": str(row.get(published.title) or row["id"])}


def _on(seat: Seat, entity: str, sample: Mapping[str, str], expression: Expression) -> Result:
    context = seat.context
    with seat.reader.database.work(late=True) as work:
        loader = Loader(work, seat.loadings, context.directory.people)
        state = loader.state(entity, decode_id(sample["id"]))
        if state is None:
            raise NotFound(_("There is no record to try it on yet."))
        trial = Trial(seat.model, loader, context, context.env())
        try:
            value = tried(expression, state, trial)
        except Forbidden as refused:
            return Result(sample["id"], sample["title"], note=refused.message)
    missing = listed(dict.fromkeys(trial.missing))
    note = _("Counted as blank, since there are no values yet: %(fields)s", fields=missing) if missing else ""
    return Result(sample["id"], sample["title"], shown(seat, expression.type, value), note)


def _over_all(seat: Seat, entity: str, expression: Expression) -> Result:
    """A measure counts what is published; what it reads of the draft alone has no values."""
    measure = seat.names.measure(seat.names.entity(entity).name, expression.text)
    ((value, currency),) = seat.reader.sum(seat.context, Sum(entity, (measure,), coins=True))
    said = said_of_several(language()) if currency == SEVERAL else ""
    return Result(
        title=_("all records that you may see"), shown=said if value is None else formats.number(Decimal(value))
    )


# ---- values for people


def shown(desk: Desk, kind: Type, value: Any) -> str:
    """A value of the expression language as people read it; a blank one is said to be blank."""
    if value is None or value == () or value == "":
        return _("blank")
    if isinstance(value, tuple | list | frozenset | set) and kind.item is not None and kind.name == "list":
        return listed(shown(desk, kind.item, each) for each in value)
    for classes, show in SHOW:
        if isinstance(value, classes):
            return show(desk, kind, value)
    return str(value)


def _text(desk: Desk, kind: Type, value: str) -> str:
    return pick((kind.choices or {}).get(value, value), desk.language)


def _number(desk: Desk, kind: Type, value: Any) -> str:
    if kind.name == "record" and kind.entity:
        return title_of(desk, (kind.entity,), encode_id(value))
    return formats.number(value)


def _instant(desk: Desk, kind: Type, value: datetime) -> str:
    return formats.moment_full(value, ZoneInfo(desk.context.zone), desk.language)


SHOW: tuple[tuple[Any, Callable[[Desk, Type, Any], str]], ...] = (
    (bool, lambda desk, kind, value: _("yes") if value else _("no")),
    (str, _text),
    ((int, Decimal), _number),
    (datetime, _instant),
    (date, lambda desk, kind, value: formats.day(value)),
    (timedelta, lambda desk, kind, value: formats.span(int(value.total_seconds()))),
)
