"""Values that are more than one Python object: money, address, reference, and what a read lookup looks like."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sartor.platform.unchanging import unchanging


@unchanging()
class Money:
    """An amount in a currency (ISO 4217 code), None until the writer has filled in the record's."""

    amount: Decimal
    currency: str | None


SEVERAL = "X" * 3
"""ISO 4217 for "no currency": stands for the currency where amounts of several ones were not added up."""


@unchanging()
class Several:
    """What amounts of several currencies come to: no amount, which is not the same as nothing to add up."""

    def __bool__(self) -> Literal[False]:
        return False


@unchanging()
class Address:
    """A Chinese address from large to small; abroad `province` is the country's own first level."""

    province: str | None = None
    city: str | None = None
    district: str | None = None
    street: str | None = None

    def __bool__(self) -> bool:
        return bool(self.province or self.city or self.district or self.street)


@unchanging()
class Reference:
    """A pointer to a record of one of several entities."""

    entity: str
    id: int


@unchanging()
class Linked:
    """A lookup as it is read: the target's id, its title, and whether it lies in the recycle bin.

    `title` is None where the reader may not see the target.
    """

    entity: str
    id: int
    title: str | None
    deleted: bool = False
