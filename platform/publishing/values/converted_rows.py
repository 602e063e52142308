"""The values that a conversion would write, as rows of a statement: for whoever reads what will be."""

from __future__ import annotations

from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.records.saving.save import driver_columns
from sartor.platform.storage.tables import Tables

RECORD = "record"


def converted_rows(connection: sa.Connection, conversion: Conversion, tables: Tables) -> sa.Subquery:
    """A row for each record that has a value: its id as `record`, and the new columns by name. tables: of the draft."""
    new, table = conversion.new, tables.of(conversion.new.entity)
    names = list(driver_columns(tables, new, None))
    made = [[record, *(columns[name] for name in names)] for record, columns in _converted(connection, conversion)]
    wanted = {RECORD: table.c.id.type} | {name: table.c[name].type for name in names}
    told = sa.literal(orjson.dumps(made, default=str).decode(), sa.Text())
    return (_sqlite if tables.dialect == "sqlite" else _postgresql)(told, wanted)


def _converted(connection: sa.Connection, conversion: Conversion) -> Any:
    converter, after = conversion.converter(connection), 0
    while ids := conversion.next_ids(connection, after):
        for record, value in conversion.values(connection, ids).items():
            yield record, driver_columns(conversion.after, conversion.new, converter(value).value)
        after = ids[-1]


def _sqlite(told: sa.ColumnElement[str], wanted: dict[str, Any]) -> sa.Subquery:
    rows = sa.func.json_each(told).table_valued("value")
    cells = (sa.func.json_extract(rows.c.value, f"$[{place}]") for place in range(len(wanted)))
    columns = (sa.type_coerce(cell, kind).label(name) for cell, (name, kind) in zip(cells, wanted.items(), strict=True))
    return sa.select(*columns).subquery()


def _postgresql(told: sa.ColumnElement[str], wanted: dict[str, Any]) -> sa.Subquery:
    rows = sa.func.jsonb_array_elements(sa.cast(told, JSONB)).table_valued(sa.column("value", JSONB))
    cells = (rows.c.value[place].astext for place in range(len(wanted)))
    columns = (sa.cast(cell, kind).label(name) for cell, (name, kind) in zip(cells, wanted.items(), strict=True))
    return sa.select(*columns).subquery()
