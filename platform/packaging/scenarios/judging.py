"""Whether what a scenario says holds: values of a record, who sees it, how many there are, what a metric counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sartor.platform.definitions.documents import canonical
from sartor.platform.errors import NotFound
from sartor.platform.packaging.scenarios.stage import Stage
from sartor.platform.query.question import Question
from sartor.platform.reporting.reporter import Reporter
from sartor.platform.text import gettext as _

Check = Mapping[str, Any]


def judged(stage: Stage, check: Check) -> Iterator[str]:
    """What of a check does not hold, in sentences.

    :raises SartorError: for names and conditions that mean nothing.
    """
    if "of" in check:
        yield from _record(stage, check)
    if "in" in check:
        yield from _count(stage, check)
    if "metric" in check:
        yield from _metric(stage, check)


def _record(stage: Stage, check: Check) -> Iterator[str]:
    entity, record = stage.named(check["of"])
    context, serving = stage.context(check.get("as")), stage.workspace.serving()
    wanted = stage.meant(check.get("has", {}))
    seen = check.get("is_seen", True)
    try:
        paths = serving.names.of(context).paths(entity, ",".join(wanted) or "id")
        row = serving.reader.record(context, entity, record, paths)
    except NotFound:
        if seen:
            yield _("%(name)s is not seen.", name=check["of"])
        return
    if not seen:
        yield _("%(name)s is seen.", name=check["of"])
    for name, value in wanted.items():
        if not same(row[name], value):
            yield _("%(name)s: %(field)s is %(found)s, and %(wanted)s was expected.", name=check["of"], field=name,
                    found=_shown(row[name]), wanted=_shown(value))  # fmt: skip


def _count(stage: Stage, check: Check) -> Iterator[str]:
    context, serving = stage.context(check.get("as")), stage.workspace.serving()
    where = serving.names.of(context).conditions(check["in"], [_with_ids(stage, check.get("where"))])
    found, _more = serving.reader.count(context, Question(check["in"], (), where=where), exact=True)
    wanted = check.get("count", 1)
    if found != wanted:
        yield _("%(entity)s: there are %(found)s, and %(wanted)s were expected.", entity=check["in"], found=found,
                wanted=wanted)  # fmt: skip


def _with_ids(stage: Stage, text: str | None) -> str | None:
    """A condition may name records as `'@acme'`."""
    for name, (_entity, _record) in stage.names.items() if text else ():
        text = str(text).replace(f"'@{name}'", f"'{stage.meant('@' + name)}'")
    return text


def _metric(stage: Stage, check: Check) -> Iterator[str]:
    context, filters = stage.context(check.get("as")), stage.meant(check.get("filters", {}))
    answer = Reporter(stage.workspace.serving()).metric(context, check["metric"], filters=filters)
    found = answer.table.rows[0][0].value if answer.table and answer.table.rows else None
    if not same(found, check.get("is")):
        yield _("%(name)s is %(found)s, and %(wanted)s was expected.", name=check["metric"], found=_shown(found),
                wanted=_shown(check.get("is")))  # fmt: skip


def same(found: Any, wanted: Any) -> bool:
    """Whether a value is what was expected: numbers by their worth, records by their ids, objects as far as said."""
    if isinstance(found, Mapping) and isinstance(wanted, str):
        return wanted in (found.get("id"), found.get("key"), found.get("amount"))
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        return all(same(found.get(name), value) for name, value in wanted.items())
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if found is None or wanted is None or isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    return str(found) == str(wanted) or _is_same_number(found, wanted) or _is_same_moment(found, wanted)


def _is_same_number(found: Any, wanted: Any) -> bool:
    try:
        return Decimal(str(found)) == Decimal(str(wanted))
    except InvalidOperation:
        return False


def _is_same_moment(found: Any, wanted: Any) -> bool:
    try:
        return datetime.fromisoformat(str(found)) == datetime.fromisoformat(str(wanted))
    except (ValueError, TypeError):
        return False


def _shown(value: Any) -> str:
    if isinstance(value, Decimal | str | int):
        return str(value)
    return canonical(value).strip() if value is not None else _("blank")
