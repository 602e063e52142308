"""Unpublished edits, what was retired, and steps that publishing left to the background."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

GOES_ON_IN = "goes_on_in"
PURGED = "purged"
KEPT_KEYS, KEPT_LABELS = "keys", "labels"
"""What is noted of the keys of a field: new ones by old ones; what those are called that are taken out."""

sys_change_set = table(
    "sys_change_set",
    key("name", Text),
    needed("base", BigInt),
    maybe("by", BigInt),
    needed("created_at", Instant()),
    needed("updated_at", Instant()),
    maybe("title", Text),
)
"""base: the revision that the edits are meant for. title: what people call it, where they said so."""

sys_change = table(
    "sys_change",
    key("set", Text),
    key("document", Text),
    maybe("body", Text),
    maybe("base_hash", Text),
    maybe("by", BigInt),
    needed("at", Instant()),
)
"""body: NULL deletes. base_hash: the published content that the author saw; NULL when there was none."""

sys_retired = table(
    "sys_retired",
    key("id"),
    needed("entity", Text),
    maybe("field", Text),
    needed("table_name", Text),
    maybe("column_name", Text),
    needed("what", Text),
    needed("revision", BigInt),
    needed("at", Instant()),
    needed("definition", Json()),
    sa.Index("ix_sys_retired_entity_field", "entity", "field"),
)
"""Columns and tables that no definition names any more. what: `field`, `entity`, `type` (the old column of a change
of type, whose definition says under `goes_on_in` which ones the field has now), `role` with those who had it, `keys`
for those of a field that are renamed or taken out. They come back with a rollback, fields
also one by one, and go with `purge`. Of the old column of a change of type `purged` is left, which tells the history
where the field goes on."""

sys_background_step = table(
    "sys_background_step",
    key("id"),
    needed("revision", BigInt),
    needed("kind", Text),
    needed("body", Json()),
    needed("state", Text),
    needed("cursor", BigInt),
    needed("done", BigInt),
    needed("total", BigInt),
    maybe("error", Text),
    needed("at", Instant()),
    sa.Index("ix_sys_background_step_state", "state"),
)
"""Work on big tables after a publish. cursor: the last record id that is finished."""

sys_remark = table(
    "sys_remark",
    key("id"),
    maybe("set", Text),
    maybe("revision", BigInt),
    needed("kind", Text),
    maybe("document", Text),
    maybe("place", Text),
    needed("about", Text),
    needed("body", Text),
    maybe("of", BigInt),
    maybe("content", Text),
    maybe("by", BigInt),
    needed("at", Instant()),
    sa.Index("ix_sys_remark_set_id", "set", "id"),
    sa.Index("ix_sys_remark_revision_id", "revision", "id"),
)
"""What people say about a change set and decide about it; with its publication it goes over to the revision.

kind: `comment`, `asked`, `withdrawn`, `approved`, `refused`, `timed`, `untimed`, `missed`. document, place: the
definition that is meant, and where in it; about: the change there as it was told. of: who is asked. content: of the
change set that was approved.
"""

sys_due = table(
    "sys_due",
    key("set", Text),
    needed("at", Instant()),
    needed("zone", Text),
    needed("note", Text),
    needed("content", Text),
    needed("losses", Text),
    needed("by", BigInt),
    needed("made_at", Instant()),
)
"""Change sets that are published at a time. content, losses: of the plan that was accepted."""
