"""Idempotency keys: a repeated request is answered as the first one was, and does nothing a second time.

The answer is kept in the transaction of the write itself, for 24 hours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import sqlalchemy as sa

from sartor.platform.errors import BadRequest, Invalid, Problem
from sartor.platform.storage.system.events import sys_idempotency
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

KEPT = timedelta(hours=24)
LONGEST = 200

Answer = tuple[int, Any]


def purge(work: Work) -> int:
    """Forget answers whose time is over; how many."""
    gone = sa.delete(sys_idempotency).where(sys_idempotency.c.expires_at <= work.now)
    return work.connection.execute(gone).rowcount


def answered_once(work: Work, actor: int | None, key: str, body: Any, job: Callable[[], Answer]) -> Answer:
    """The kept answer for this key, or that of `job`, which is then kept.

    :raises Invalid: when the same key came with another body before.
    """
    if not 0 < len(key) <= LONGEST:
        raise BadRequest(_("An Idempotency-Key has 1 to %(n)s characters.", n=LONGEST))
    mine = sa.and_(sys_idempotency.c.actor == (actor or 0), sys_idempotency.c.key == key)
    body_hash = hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    found = work.connection.execute(sa.select(sys_idempotency).where(mine)).first()
    if found is not None and found.expires_at > work.now:
        if found.body_hash != body_hash:
            said = _("This Idempotency-Key was used for another request.")
            raise Invalid(said, [Problem("Idempotency-Key", "reused", said)])
        return found.status, orjson.loads(found.answer)
    status, answer = job()
    work.connection.execute(sa.delete(sys_idempotency).where(mine))
    row = {
        "actor": actor or 0, "key": key, "body_hash": body_hash, "status": status,
        "answer": orjson.dumps(answer).decode(), "expires_at": work.now + KEPT,
    }  # fmt: skip
    work.connection.execute(sa.insert(sys_idempotency).values(row))
    return status, answer
