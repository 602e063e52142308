"""Limits on guessing: token buckets in a table, so that all processes count together, with memory in front.

A sign-in takes one token from three buckets: the address, the account, and the two together. The narrow one stops a
person's own repeated tries early; the account's stops a guess from many addresses; nobody can lock a colleague out
for long, since every bucket fills again by itself.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from sartor.platform.errors import TooMany
from sartor.platform.storage.engine import Database
from sartor.platform.storage.inserting import inserting
from sartor.platform.storage.system.identity import sys_attempt
from sartor.platform.text import fold, ngettext
from sartor.platform.work import Work

REMEMBERED = 10_000
LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True)
class Bucket:
    """name: what is counted, hashed where it is stored. size: tries at once. seconds: until one more is given."""

    name: str
    size: float
    seconds: float

    @property
    def key(self) -> str:
        return sha256(self.name.encode("utf-8", "replace")).hexdigest()


def sign_in_buckets(email: str, address: str) -> tuple[Bucket, ...]:
    """A known and an unknown account are counted alike."""
    account = fold(email[:LONGEST_ADDRESS])
    return (
        Bucket(f"pair {account} {address}", 8, 30),
        Bucket(f"account {account}", 40, 20),
        Bucket(f"address {address}", 60, 5),
    )


class Attempts:
    """Counts attempts. Memory holds what is known to be empty, so that a flood does not reach the database."""

    def __init__(self, database: Database, ticks: Callable[[], float] = time.monotonic) -> None:
        self.database = database
        self._ticks = ticks
        self._empty: dict[str, float] = {}

    def take(self, buckets: Sequence[Bucket]) -> None:
        """Take one token from each.

        :raises TooMany: when one is empty, with the seconds until it is not.
        """
        waits = [self._empty.get(bucket.key, 0) - self._ticks() for bucket in buckets]
        if max(waits) <= 0:
            waits = self.database.run(lambda work: [_take(work, bucket) for bucket in buckets])
            self._remember(buckets, waits)
        if max(waits) > 0:
            raise _too_many(max(waits))

    def forgive(self, work: Work, buckets: Sequence[Bucket]) -> None:
        """Forget the tries that led to a success."""
        keys = [bucket.key for bucket in buckets]
        work.connection.execute(sa.delete(sys_attempt).where(sys_attempt.c.bucket.in_(keys)))

    def purge(self, work: Work, before: datetime) -> None:
        """Remove buckets that nobody touched since; every bucket is full again after an hour."""
        work.connection.execute(sa.delete(sys_attempt).where(sys_attempt.c.at < before))

    def _remember(self, buckets: Sequence[Bucket], waits: Sequence[float]) -> None:
        if len(self._empty) > REMEMBERED:
            self._empty.clear()
        now = self._ticks()
        self._empty.update((bucket.key, now + wait) for bucket, wait in zip(buckets, waits, strict=True) if wait > 0)


def _take(work: Work, bucket: Bucket) -> float:
    """Seconds to wait; 0 when a token was there and is now taken."""
    fresh = inserting(work.connection, sys_attempt).values(bucket=bucket.key, level=bucket.size, at=work.now)
    work.connection.execute(fresh.on_conflict_do_nothing())
    mine = sys_attempt.c.bucket == bucket.key
    level, at = work.connection.execute(
        sa.select(sys_attempt.c.level, sys_attempt.c.at).where(mine).with_for_update()
    ).one()
    level = min(bucket.size, level + max(0.0, (work.now - at).total_seconds()) / bucket.seconds)
    if level < 1:
        return (1 - level) * bucket.seconds
    work.connection.execute(sa.update(sys_attempt).where(mine).values(level=level - 1, at=work.now))
    return 0.0


def _too_many(waiting: float) -> TooMany:
    seconds = math.ceil(waiting)
    said = ngettext(
        "Too many attempts. Try again in %(n)s second.", "Too many attempts. Try again in %(n)s seconds.", seconds
    )
    return TooMany(said, retry_after=seconds)
