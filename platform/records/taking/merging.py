"""Two people, one record: different fields merge, the same field is a conflict that shows both values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from sartor.platform.errors import Conflict, Problem
from sartor.platform.model import Field
from sartor.platform.records.history.former import names_by_column
from sartor.platform.records.memory.change import Change
from sartor.platform.storage.system.history import sys_history
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.work import Work


def refuse_lost_updates(change: Change, values: Mapping[str, Any], version: int | None, work: Work) -> None:
    """Compare the version that the actor saw with the record's.

    :raises Conflict: when one of the fields in `values` was changed since then, by whoever it was.
    """
    before = change.before
    assert before is not None
    if version is None or version == before.version:
        return
    if version > before.version:
        raise Conflict(_("The record has never had version %(version)s.", version=version))
    since = _changed_since(change, version, work)
    rivals = {
        name: _both(change.entity.fields[name], values[name], before.get(name))
        for name in values
        if name in since and before.get(name) != values[name]
    }
    if rivals:
        said = _("Somebody changed the same field after you had opened this record.")
        problems = [
            Problem(name, "conflict", _("%(field)s was changed.", field=pick(change.entity.fields[name].label)))
            for name in rivals
        ]
        raise Conflict(said, problems, values=rivals)


def _changed_since(change: Change, version: int, work: Work) -> set[str]:
    chosen = sa.select(sys_history.c.changes).where(
        sys_history.c.entity == change.entity.table,
        sys_history.c.record == change.id,
        sys_history.c.version > version,
    )
    said = {key for (changes,) in work.connection.execute(chosen) for key in changes}
    names = names_by_column(work.connection, change.entity, said)
    return {names.get(key, key) for key in said}


def _both(item: Field, mine: Any, theirs: Any) -> dict[str, Any]:
    return {"yours": _json(item, mine), "theirs": _json(item, theirs)}


def _json(item: Field, value: Any) -> Any:
    return None if value is None else item.type.dump(item, value)
