"""Published definitions: documents by their content, and revisions that name them."""

from __future__ import annotations

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_document = table(
    "sys_document",
    key("hash", Text),
    needed("body", Text),
)
"""Canonical text by its digest. Written once, shared by every revision that holds it."""

sys_revision = table(
    "sys_revision",
    key("number"),
    needed("note", Text),
    maybe("by", BigInt),
    needed("at", Instant()),
    needed("manifest", Json()),
    needed("summary", Json()),
)
"""manifest: document name -> hash. summary: what publishing did, step by step."""
