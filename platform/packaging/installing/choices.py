"""What is to happen about names that are taken, by blueprint: kept, so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping

from sartor.platform.storage import notices
from sartor.platform.storage.engine import Database

KEEP, REPLACE, MERGE, BOTH = "keep", "replace", "merge", "both"
ALONG = "along"
"""Of what the file does not have: a copy of what is here comes along, since another copy is nothing without it."""
CHOICES = (KEEP, REPLACE, MERGE, BOTH, ALONG)
COPIED = (BOTH, ALONG)
Choices = Mapping[str, str]
"""What to do by definition; `*` for every one that is not named."""


class ChoiceBook:
    """The choices of a workspace about one blueprint file."""

    def __init__(self, database: Database, blueprint: str) -> None:
        self.database = database
        self.name = f"import:{blueprint}"

    def read(self) -> dict[str, str]:
        with self.database.read() as connection:
            return notices.read(connection, self.name) or {}

    def write(self, choices: Choices) -> None:
        self.database.run(lambda work: notices.write(work, self.name, dict(choices)))
