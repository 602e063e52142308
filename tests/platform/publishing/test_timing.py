"""Publishing at a time: once, and only what was accepted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from workshops import text, with_field

from sartor.platform.access.context import Context, system_context
from sartor.platform.automation.timed import TimedPublications
from sartor.platform.errors import Invalid, NotFound
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.approving import Approvals
from sartor.platform.publishing.change_sets.remarks import Kind, of_set
from sartor.platform.publishing.change_sets.timing import Timing
from sartor.platform.publishing.publisher import Unconfirmed

ANN, BOB = 7, 8


class Night:
    """A workshop whose clock can be put on."""

    def __init__(self, workshop) -> None:
        self.workshop = workshop
        self.now = datetime.now().astimezone()
        workshop.database.clock = lambda: self.now
        self.timing = Timing(workshop.publisher)

    def edit(self, **part) -> None:
        self.workshop.publisher.sets.put_all(with_field(self.workshop, "nick", text(**part)), by=ANN)

    def appoint(self, **more) -> None:
        self.timing.make(Publication("tonight", ANN, **more), "main", self.now + timedelta(hours=8), "Asia/Shanghai")

    def run(self, hours: int = 9) -> int:
        self.now += timedelta(hours=hours)
        return self.timed().run()

    def timed(self) -> TimedPublications:
        def acting(_user: int) -> Context:
            return system_context(self.workshop.design.model, "test", zone="Asia/Shanghai")

        return TimedPublications(self.timing, acting)

    @property
    def revision(self) -> int:
        return self.workshop.models.stamp().revision

    @property
    def said(self) -> list[tuple[str, str]]:
        with self.workshop.database.read() as connection:
            return [(str(each.kind), each.body) for each in of_set(connection, "main") if each.kind is Kind.MISSED]


@pytest.fixture
def night(workshop) -> Night:
    return Night(workshop)


def test_it_is_published_when_its_time_has_come_and_once(night):
    night.edit()
    night.appoint()
    assert (night.run(hours=7), night.revision) == (0, 1)
    assert (night.run(hours=2), night.run(), night.revision) == (1, 0, 2)
    revision = night.workshop.publisher.revision(2)
    assert (revision.note, revision.by) == ("tonight", ANN)
    assert night.timing.get("main") is None


def test_what_is_taken_back_is_not_published(night):
    night.edit()
    night.appoint()
    night.timing.take_back("main", BOB)
    assert (night.run(), night.revision, night.said) == (0, 1, [])
    with pytest.raises(NotFound):
        night.timing.take_back("main", BOB)


def test_a_time_that_was_taken_back_while_it_was_kept_publishes_nothing(night, monkeypatch):
    night.edit()
    night.appoint()
    plan = night.workshop.publisher.plan

    def taken_back_meanwhile(name: str):
        night.timing.take_back(name, BOB)
        return plan(name)

    monkeypatch.setattr(night.workshop.publisher, "plan", taken_back_meanwhile)
    assert (night.run(), night.revision, night.said) == (0, 1, [])


def test_what_was_edited_since_is_not_published_and_its_author_is_told(night):
    night.edit()
    night.appoint()
    night.edit(label="Other")
    assert (night.run(), night.revision) == (0, 1)
    assert night.said == [("missed", "It was edited after the time had been set.")]
    assert night.run() == 0


def test_a_plan_that_came_to_lose_values_is_not_published(night):
    document = night.workshop.document("entity/account")
    document["fields"]["phone"] = {"type": "integer", "label": "Phone", "order": 30}
    night.workshop.publisher.sets.put("entity/account", document, by=ANN)
    night.appoint()
    night.workshop.make("account", name="A", phone="021-12345678")
    assert (night.run(), night.revision) == (0, 1)
    ((_kind, why),) = night.said
    assert "other values than when the time was set: Change Phone" in why


def test_a_loss_that_was_accepted_is_published_although_others_published_meanwhile(night):
    night.workshop.make("account", name="A", phone="021-12345678")
    document = night.workshop.document("entity/account")
    document["fields"]["phone"] = {"type": "integer", "label": "Phone", "order": 30}
    night.workshop.publisher.sets.put("entity/account", document, by=ANN)
    with pytest.raises(Unconfirmed):
        night.appoint()
    night.appoint(confirm=night.workshop.publisher.plan().fingerprint)
    night.workshop.publish(with_field(night.workshop, "side", text(), entity="contact"), name="other")
    assert (night.run(), night.revision, night.said) == (1, 3, [])


def test_what_clashes_with_another_publication_waits_for_its_author(night):
    night.edit(label="Mine")
    night.appoint()
    night.workshop.publish(with_field(night.workshop, "nick", text(label="Theirs")), name="other")
    assert (night.run(), night.revision) == (0, 2)
    assert len(night.said) == 1


def test_what_nobody_has_approved_by_then_is_not_published(night):
    night.edit()
    Approvals(night.workshop.publisher.sets).ask("main", ANN, BOB)
    night.appoint()
    assert (night.run(), night.revision) == (0, 1)
    assert "asked to approve it" in night.said[0][1]


@pytest.mark.parametrize("hours", [0, -1, 24 * 400])
def test_a_time_lies_ahead_and_not_too_far(night, hours):
    night.edit()
    with pytest.raises(Invalid):
        night.timing.make(Publication("x", ANN), "main", night.now + timedelta(hours=hours), "UTC")
