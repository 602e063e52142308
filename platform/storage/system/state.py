"""Where the workspace stands, and which process owns which node number."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.storage.system.base import BigInt, Instant, Json, Text, key, maybe, needed, table

sys_state = table(
    "sys_state",
    key("id", sa.Integer()),
    needed("revision", BigInt),
    needed("authz", BigInt),
    needed("stamp", BigInt),
    needed("workspace", Text),
)
"""One row, number 1. revision: of the design. authz: raised when anyone's rights change.

stamp rises with either, so a request compares one number. workspace: made once, tells two databases apart.
"""

sys_node = table(
    "sys_node",
    key("number", sa.Integer()),
    needed("holder", Text),
    needed("until_ms", BigInt),
    needed("last_ms", BigInt),
)
"""Leases of the node part of ids. Milliseconds since 1970; last_ms: no id of this node is younger."""

sys_notice = table(
    "sys_notice",
    key("name", Text),
    needed("at", Instant()),
    maybe("body", Text),
)
"""What a process leaves for the next one to read; see `unfinished.py`."""

sys_setting = table(
    "sys_setting",
    key("name", Text),
    needed("value", Json()),
    maybe("by", BigInt),
    needed("at", Instant()),
)
"""Small values that the workspace keeps by name: what an administrator set, and what was measured."""
