"""The order of choices and stages as they were arranged, in SQL: each key by its rank, the rest after them by itself.

One text column comes of it, which an index holds, a cursor carries and a page is cut by like any other. An index
answers a query only where both say the same expression with the ranks written out, so both come here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from sartor.platform.storage.statement import COMPILERS

MOST = 200
"""Keys that are ranked: every row is compared with them one by one. Longer lists are in the order of their keys."""
AFTER_ALL = "~"
"""Greater than every digit: keys that are no choice any more stand behind those that are."""


def ranked(column: sa.ColumnElement[Any], keys: Sequence[str]) -> sa.ColumnElement[Any]:
    """What sorts a column of keys in this order; blank where the column is."""
    digits = len(str(len(keys)))
    ranks = [(_literal(key), _literal(f"{place:0{digits}}")) for place, key in enumerate(keys)]
    return sa.case(*ranks, value=column, else_=_literal(AFTER_ALL).concat(column))


def ranked_text(column: str, keys: Sequence[str], dialect: str) -> str:
    """The same of a column of this name, for the definition of an index."""
    made = ranked(sa.column(column, sa.Text()), keys)
    return str(made.compile(dialect=COMPILERS[dialect], compile_kwargs={"literal_binds": True}))


def _literal(text: str) -> sa.ColumnElement[Any]:
    return sa.literal(text, sa.Text(), literal_execute=True)
