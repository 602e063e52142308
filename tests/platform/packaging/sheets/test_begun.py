"""How far an application from spreadsheets is, by what is published, what is drafted, and whether its data came in."""

from __future__ import annotations

from typing import Any

import pytest

from sartor.platform.errors import Conflict
from sartor.platform.packaging.sheets.begun import (
    CHOOSING,
    DRAFTED,
    FILLING,
    PUBLISHED,
    begun,
    begun_as,
    require_first,
)
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.filling import begin
from sartor.platform.packaging.sheets.proposal import Proposal
from sartor.platform.storage import jobs as rows

SAWS = "Saw,Teeth\nA,1\nB,2\nC,3\n"


@pytest.fixture
def made(propose: Any) -> Proposal:
    """As it is once its definitions were put into a change set."""
    proposal = propose(saws=SAWS)
    return Proposal(**{name: getattr(proposal, name) for name in ("name", "label", "sheets", "about")},
                    made=tuple(documents(proposal, role=True)))  # fmt: skip


def fill(desk: Any, proposal: Proposal) -> int:
    database = desk.workspace.database

    def work_it(work: Any) -> int:
        job = begin(database, work, proposal, None, {})
        require_first(work, job, proposal)
        return job

    return database.run(work_it)


def test_it_is_what_became_of_its_definitions(desk: Any, made: Proposal) -> None:
    number, there = desk.keep(made), dict.fromkeys(made.made, {})
    assert begun_as(desk, number, {}, {}).state == CHOOSING
    assert begun_as(desk, number, {}, there).state == DRAFTED
    assert begun_as(desk, number, there, there).state == PUBLISHED


def test_the_data_comes_in_once_and_outlives_another_name_of_its_entity(desk: Any, made: Proposal) -> None:
    number, there = desk.keep(made), dict.fromkeys(made.made, {})
    job = fill(desk, made)
    with pytest.raises(Conflict):
        fill(desk, made)
    assert begun_as(desk, number, there, there).state == FILLING
    desk.workspace.database.run(lambda work: rows.ask_to_stop(work, job))
    assert begun_as(desk, number, {f"app/{made.name}": {}}, {}).state == FILLING
    assert begun_as(desk, number, {}, there).state == DRAFTED


def test_only_the_latest_look_at_a_proposal_is_listed_until_it_is_forgotten(desk: Any, made: Proposal) -> None:
    desk.keep(made)
    number = desk.keep(made)
    assert [each.number for each in begun(desk, {}, {}) if each.proposal.brought == made.brought] == [number]
    desk.forget(made)
    assert made.brought not in [each.proposal.brought for each in begun(desk, {}, {})]
