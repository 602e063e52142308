"""What the columns of the database hold, for designs of which a part is not known any more."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.fields.base import ColumnKind
from sartor.platform.storage.engine import Database

KINDS: tuple[tuple[type[sa.types.TypeEngine], ColumnKind], ...] = (
    (sa.Boolean, ColumnKind.BOOLEAN),
    (sa.Integer, ColumnKind.INTEGER),
    (sa.Numeric, ColumnKind.DECIMAL),
    (sa.Date, ColumnKind.DATE),
    (sa.DateTime, ColumnKind.INSTANT),
    (sa.Text, ColumnKind.TEXT),
)


class KeptColumns:
    """Asks the database each time: that happens only where something is gone."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, table: str, column: str) -> ColumnKind | None:
        with self.database.read() as connection:
            found = sa.inspect(connection)
            columns = (
                {each["name"]: each["type"] for each in found.get_columns(table)} if found.has_table(table) else {}
            )
        return next((kind for cls, kind in KINDS if isinstance(columns.get(column), cls)), None)
