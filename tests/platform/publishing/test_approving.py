"""A second person's approval: what it holds for, and what it does not."""

from __future__ import annotations

import pytest
from workshops import text, with_field

from sartor.platform.errors import Conflict, Forbidden, Outdated
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.approving import Approvals, Unapproved
from sartor.platform.publishing.kept_settings import APPROVAL, keep

ANN, BOB, EVE = 7, 8, 9


@pytest.fixture
def approvals(workshop):
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text()), by=ANN)
    return Approvals(workshop.publisher.sets)


def seen(approvals) -> str:
    return approvals.get("main").content


def publish(workshop, by: int | None = ANN) -> int:
    return workshop.publisher.publish(Publication("test", by))


def for_all(workshop) -> None:
    workshop.database.run(lambda work: keep(work, APPROVAL, True))


def test_what_was_asked_for_is_needed(workshop, approvals):
    approvals.ask("main", ANN, BOB)
    with pytest.raises(Unapproved, match="was asked to approve it"):
        publish(workshop)
    approvals.approve("main", EVE, seen(approvals))
    with pytest.raises(Unapproved):
        publish(workshop)
    approvals.approve("main", BOB, seen(approvals))
    assert publish(workshop) == 2


def test_a_workspace_can_ask_it_of_every_change_set(workshop, approvals):
    for_all(workshop)
    with pytest.raises(Unapproved, match="ask for approval"):
        publish(workshop)
    with pytest.raises(Unapproved):
        publish(workshop, by=None)
    approvals.approve("main", BOB, seen(approvals))
    assert publish(workshop) == 2


def test_any_later_edit_is_not_approved(workshop, approvals):
    approvals.ask("main", ANN)
    approvals.approve("main", BOB, seen(approvals))
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text(label="Other")), by=EVE)
    assert approvals.get("main").voided.by == BOB
    with pytest.raises(Unapproved, match="before it was edited again"):
        publish(workshop)


def test_what_others_publish_elsewhere_leaves_an_approval_as_it_is(workshop, approvals):
    approvals.ask("main", ANN)
    approvals.approve("main", BOB, seen(approvals))
    workshop.publish(with_field(workshop, "side", text(), entity="contact"), name="other")
    assert publish(workshop) == 3


def test_nobody_approves_his_own_changes(workshop, approvals):
    for_all(workshop)
    with pytest.raises(Forbidden, match="your own changes"):
        approvals.approve("main", ANN, seen(approvals))
    with pytest.raises(Forbidden):
        approvals.ask("main", ANN, ANN)
    approvals.approve("main", BOB, seen(approvals))
    with pytest.raises(Unapproved, match="approved it yourself"):
        publish(workshop, by=BOB)


def test_what_was_edited_while_it_was_looked_at_is_not_approved(workshop, approvals):
    looked_at = seen(approvals)
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text(label="Other")), by=ANN)
    with pytest.raises(Outdated):
        approvals.approve("main", BOB, looked_at)


def test_a_refusal_takes_an_approval_back_and_says_why(workshop, approvals):
    approvals.ask("main", ANN)
    approvals.approve("main", BOB, seen(approvals))
    approvals.refuse("main", BOB, "Not before Monday")
    with pytest.raises(Unapproved, match="Not before Monday"):
        publish(workshop)
    approvals.approve("main", BOB, seen(approvals))
    assert publish(workshop) == 2


def test_after_a_refusal_it_is_asked_for_again(workshop, approvals):
    approvals.ask("main", ANN, BOB)
    assert not approvals.get("main").may_be_asked
    approvals.refuse("main", BOB, "Too early")
    assert approvals.get("main").may_be_asked
    approvals.ask("main", ANN, BOB)
    assert not approvals.get("main").may_be_asked
    with pytest.raises(Unapproved, match="was asked to approve it"):
        publish(workshop)


def test_after_an_edit_it_is_asked_for_again(workshop, approvals):
    approvals.ask("main", ANN, BOB)
    approvals.approve("main", BOB, seen(approvals))
    assert not approvals.get("main").may_be_asked
    workshop.publisher.sets.put_all(with_field(workshop, "nick", text(label="Other")), by=ANN)
    assert approvals.get("main").may_be_asked
    approvals.ask("main", ANN, BOB)
    with pytest.raises(Unapproved, match="was asked to approve it"):
        publish(workshop)


def test_whoever_asked_can_do_without_it(workshop, approvals):
    approvals.ask("main", ANN)
    with pytest.raises(Forbidden):
        approvals.withdraw("main", BOB)
    approvals.withdraw("main", ANN)
    with pytest.raises(Conflict):
        approvals.withdraw("main", ANN)
    assert publish(workshop) == 2


def test_a_plan_without_a_change_set_waits_for_nobody_only_where_nobody_is_asked(workshop):
    documents = {**workshop.design.documents, **with_field(workshop, "nick", text())}
    for_all(workshop)
    with pytest.raises(Unapproved):
        workshop.publisher.apply(workshop.publisher.plan_documents(documents), Publication("test", ANN))
    assert workshop.publisher.apply(workshop.publisher.plan_documents(documents), Publication("test", None)) == 2
    assert (
        workshop.publisher.rollback(1, Publication("back", ANN, workshop.publisher.plan_rollback(1).fingerprint)) == 3
    )
