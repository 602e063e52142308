"""The system's own tables, one module for each concern, all in one MetaData. Designed tables are elsewhere."""

from sartor.platform.storage.system import (
    blueprints,
    changes,
    comments,
    currencies,
    documents,
    events,
    files,
    history,
    identity,
    imports,
    jobs,
    numbers,
    preferences,
    state,
    stays,
)
from sartor.platform.storage.system.base import METADATA

HEAD = "0007"
"""The last migration, which these tables are the result of; a test holds the two together."""

__all__ = [
    "HEAD", "METADATA", "blueprints", "changes", "comments", "currencies", "documents", "events", "files", "history",
    "identity", "imports", "jobs", "numbers", "preferences", "state", "stays",
]  # fmt: skip
