"""Names that a definition may not take, because SQL, the expression language or an address already has them."""

from __future__ import annotations

from sartor.platform.definitions.documents import ENGINE_KEYS
from sartor.platform.text import gettext as _

PREFIXES = ("sys_", "pg_", "sqlite_")
SYSTEM_COLUMNS = {"ctid", "oid", "xmin", "xmax", "cmin", "cmax", "tableoid", "rowid", "_rowid_"}
EXPRESSION_WORDS = {
    "and", "or", "not", "in", "is", "blank", "between", "true", "false", "null", "case", "old",
}  # fmt: skip
API_WORDS = {"batch", "aggregate", "import", "export", "search", "new", "restore", "timeline", "history"}
SYSTEM_FIELDS = {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"}


def entity_name_problem(name: str) -> str | None:
    """Why an entity may not have this name."""
    if name.startswith(PREFIXES):
        return _("%(name)s begins like a table of the system; choose another name.", name=name)
    if name in API_WORDS | EXPRESSION_WORDS:
        return _("%(name)s is a reserved word; choose another name.", name=name)
    return _double_underscore(name)


def field_name_problem(name: str) -> str | None:
    """Why a field may not have this name."""
    if name.startswith(PREFIXES) or name in SYSTEM_COLUMNS:
        return _("%(name)s is a column of the database system; choose another name.", name=name)
    if name in SYSTEM_FIELDS:
        return _("%(name)s is there by itself on every entity; leave it out.", name=name)
    if name in ENGINE_KEYS:
        return _("%(name)s is a reserved word; choose another name.", name=name)
    if name in EXPRESSION_WORDS:
        return _("%(name)s is a word of the expression language; choose another name.", name=name)
    return _double_underscore(name)


def _double_underscore(name: str) -> str | None:
    if "__" in name:
        return _("%(name)s holds two underscores in a row, which the engine keeps for itself.", name=name)
    return None
