"""A role that is taken out leaves its people and comes back to them with a rollback; a new one of its name does not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from workshops import Workshop

from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.publishing.retired.purge import Purge
from sartor.platform.storage.system.identity import sys_user_role

PLAIN = {"label": "Another", "grants": {}}


def hold(workshop: Workshop, user: int, role: str) -> None:
    row = sa.insert(sys_user_role).values(user_id=user, role=role)
    workshop.database.run(lambda work: work.connection.execute(row))


def held(workshop: Workshop) -> list[tuple[int, str]]:
    return workshop.rows("SELECT user_id, role FROM sys_user_role ORDER BY user_id, role")


def rename(workshop: Workshop, old: str, new: str) -> int:
    workshop.publisher.sets.rename(Rename(f"role/{old}", new))
    return workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))


@pytest.fixture
def ann(workshop: Workshop) -> int:
    """Somebody who has a role that nothing else needs."""
    workshop.publish({"role/guest": {**PLAIN, "label": "Guest"}})
    user = workshop.make("user", name="Ann", email="ann@example.com")
    hold(workshop, user, "guest")
    return user


@pytest.fixture
def ben(workshop: Workshop) -> int:
    return workshop.make("user", name="Ben", email="ben@example.com")


def test_nobody_has_a_role_that_is_no_more_and_a_new_one_of_its_name_is_nobodys(workshop: Workshop, ann: int) -> None:
    plan = workshop.edit({"role/guest": None})
    said = [step.text for step in plan.steps if step.kind == "leave_role"]
    assert said == ["1 person loses the role Guest; a rollback gives it back"]
    workshop.publish({})
    assert held(workshop) == []
    workshop.publish({"role/guest": PLAIN})
    assert held(workshop) == []


def test_a_rollback_gives_it_back_to_those_who_had_it(workshop: Workshop, ann: int) -> None:
    then = workshop.design.revision
    workshop.publish({"role/guest": None})
    plan = workshop.publisher.plan_rollback(then)
    assert [step.text for step in plan.steps if step.kind == "restore_role"] == ["1 person gets the role Guest back"]
    assert plan.renamed("role") == {"guest"}
    workshop.rollback(then)
    assert held(workshop) == [(ann, "guest")]
    workshop.publish({"role/guest": None})
    workshop.rollback(then)
    assert held(workshop) == [(ann, "guest")]


def test_those_who_have_another_one_of_its_name_by_then_lose_that(workshop: Workshop, ann: int, ben: int) -> None:
    then = workshop.design.revision
    workshop.publish({"role/guest": None})
    workshop.publish({"role/guest": PLAIN})
    hold(workshop, ben, "guest")
    other = rename(workshop, "guest", "visitor")
    workshop.rollback(then)
    assert held(workshop) == [(ann, "guest")]
    workshop.rollback(other)
    assert held(workshop) == [(ben, "visitor")]


def test_it_is_followed_past_a_rename(workshop: Workshop, ann: int) -> None:
    then = workshop.design.revision
    renamed = rename(workshop, "guest", "visitor")
    workshop.publish({"role/visitor": None})
    workshop.rollback(then)
    assert held(workshop) == [(ann, "guest")]
    workshop.rollback(renamed)
    assert held(workshop) == [(ann, "visitor")]


def test_rows_that_an_earlier_version_left_are_nobodys_either(workshop: Workshop, ben: int) -> None:
    hold(workshop, ben, "ghost")
    plan = workshop.edit({"role/ghost": PLAIN})
    assert [step.rows for step in plan.steps if step.kind == "leave_role"] == [1]
    workshop.publish({})
    assert held(workshop) == []


def test_somebody_who_is_gone_for_good_gets_nothing_back_and_a_purge_leaves_roles_alone(
    workshop: Workshop, ann: int
) -> None:
    then = workshop.design.revision
    workshop.publish({"role/guest": None})
    assert Purge(workshop.database).leftovers() == []
    workshop.database.run(lambda work: work.connection.execute(sa.text('DELETE FROM "user"')))
    workshop.rollback(then)
    assert held(workshop) == []
