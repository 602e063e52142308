"""Changes of tables as objects: each says what it does, and does it inside the caller's transaction.

All of them are the same on both engines as far as SQL allows; none destroys a value (see `purge`).
"""

from sartor.platform.storage.steps.columns import AddColumns, AddReferences
from sartor.platform.storage.steps.fill import Fill
from sartor.platform.storage.steps.indexes import CreateIndex, DropIndex, IndexColumn
from sartor.platform.storage.steps.search import CreateSearch
from sartor.platform.storage.steps.step import Step, run
from sartor.platform.storage.steps.tables import CreateTable
from sartor.platform.storage.steps.unset import Unset

__all__ = [
    "AddColumns", "AddReferences", "CreateIndex", "CreateSearch", "CreateTable", "DropIndex", "Fill", "IndexColumn",
    "Step", "Unset", "run",
]  # fmt: skip
