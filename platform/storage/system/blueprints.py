"""Installed blueprints and what they shipped, so that an upgrade can tell their changes from the workspace's."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_blueprint = table(
    "sys_blueprint",
    key("name", Text),
    needed("version", Text),
    needed("manifest", Json()),
    needed("levels", Json()),
    maybe("by", BigInt),
    needed("installed_at", Instant()),
    needed("updated_at", Instant()),
)

sys_shipped_document = table(
    "sys_shipped_document",
    key("blueprint", Text),
    key("version", Text),
    key("document", Text),
    needed("hash", Text),
)
"""hash: the document as shipped, kept in `sys_document`."""

sys_shipped_record = table(
    "sys_shipped_record",
    key("blueprint", Text),
    key("entity", Text),
    key("key", Text),
    needed("record", BigInt),
    needed("sample", sa.Boolean()),
    maybe("hash", Text),
    sa.Index("ix_sys_shipped_record_entity_record", "entity", "record"),
)
"""Records made from a blueprint, by their stable key. sample: goes again in one command."""
