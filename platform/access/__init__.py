"""Who may do what with which records, and how far each field is open: identity, roles, scopes, field levels."""

from sartor.platform.access.actor import Actor
from sartor.platform.access.authority import Authority
from sartor.platform.access.context import Context, person_context, setup_context, system_context
from sartor.platform.access.rights import Access
from sartor.platform.access.scopes import Columns, Scope

__all__ = [
    "Access", "Actor", "Authority", "Columns", "Context", "Scope", "person_context", "setup_context", "system_context",
]  # fmt: skip
