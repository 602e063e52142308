"""What an import did, row by row, so that it can be resumed and undone."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_import = table(
    "sys_import",
    key("id"),
    needed("entity", Text),
    needed("file", Text),
    needed("state", Text),
    needed("options", Json()),
    needed("counts", Json()),
    maybe("by", BigInt),
    needed("at", Instant()),
    maybe("undone_at", Instant()),
)

sys_import_row = table(
    "sys_import_row",
    key("import_id"),
    key("row_no"),
    needed("entity", Text),
    needed("record", BigInt),
    needed("action", Text),
    needed("version", BigInt),
    maybe("before", Json()),
    sa.Index("ix_sys_import_row_entity_record", "entity", "record"),
)
"""action: `create`, `update` or `skip`. version: the record's after the import; undo refuses one that moved on.

before: the record as it was; NULL for one that the import made. entity, and the fields in before: physical names.
"""
