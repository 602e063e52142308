"""Filling what was made from files: one job that does one import after the other, and goes on where it was left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.packaging.sheets.plans import fillings
from sartor.platform.packaging.sheets.proposal import Proposal
from sartor.platform.records.importing import ledger
from sartor.platform.storage import jobs as rows
from sartor.platform.storage.engine import Database
from sartor.platform.work import Work

KIND = "fill"


def begin(database: Database, work: Work, proposal: Proposal, owner: int | None, told: Mapping[str, Any]) -> int:
    """Open the books of every import and write the job down, all in the transaction of `work`; the job's number.

    told: the language and the zone of whoever begins it.
    """
    found = fillings(proposal)
    imports = [ledger.begin(work, each.plan, (each.file, each.name), owner) for each in found]
    number = database.new_id()
    given = {"imports": imports, "rows": [each.rows for each in found], "proposal": proposal.brought, **told}
    rows.begin(work, number, KIND, given, owner)
    return number
