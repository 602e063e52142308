"""The stamp: three numbers that tell every process, by one cheap read, what has moved since it last looked.

revision: the design. authz: anybody's rights, or who people are. number: rises with either.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from sartor.platform.storage.system.state import sys_state
from sartor.platform.work import Work

COLUMNS = (sys_state.c.revision, sys_state.c.authz, sys_state.c.stamp)


@dataclass(frozen=True, slots=True)
class Stamp:
    revision: int
    authz: int
    number: int


class Assumed:
    """The number of a stamp that was taken on trust, and the numbers under which the database really answered."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.told: set[int] = set()
        self.saw = self.told.add

    @property
    def holds(self) -> bool:
        """Whether something answered, and all of it under this number."""
        return self.told == {self.number}


def stamp_number() -> sa.ColumnElement[int]:
    """The number as a column of any statement, so that whoever reads rows learns without a trip whether it moved."""
    return sa.select(sys_state.c.stamp).where(sys_state.c.id == 1).scalar_subquery()


def raise_stamp(work: Work) -> None:
    """Make every process look again at what it remembers, though nobody's rights moved."""
    work.connection.execute(sa.update(sys_state).where(sys_state.c.id == 1).values(stamp=sys_state.c.stamp + 1))


def raise_authz(work: Work) -> None:
    """Make every process look again at who may do what, from its next request on.

    It also lets one change of rights wait for the other, so that each judges what the other left.

    :raises RuntimeError: where there is no workspace yet.
    """
    moved = sa.update(sys_state).where(sys_state.c.id == 1)
    moved = moved.values(authz=sys_state.c.authz + 1, stamp=sys_state.c.stamp + 1)
    if not work.connection.execute(moved).rowcount:
        raise RuntimeError("there is no workspace in this database yet: sys_state is empty")


def published_revision(work: Work) -> int:
    """The revision as this transaction has it, which may be the one that publishes."""
    return int(work.connection.execute(sa.select(sys_state.c.revision).where(sys_state.c.id == 1)).scalar_one())
