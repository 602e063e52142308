"""The directory in memory: names, who is below whom, actors."""

from __future__ import annotations

import pytest

from sartor.platform.access.people import Directory, Person, Unit, initials


def person(number, manager=None, **more):
    return Person(number, f"P{number}", f"P{number}@Example.com", manager=manager, **more)


def test_reports_are_transitive_and_leave_out_oneself():
    directory = Directory([person(1), person(2, 1), person(3, 2), person(4)])
    assert directory.reports(1) == (2, 3)
    assert directory.reports(3) == ()


def test_a_circle_of_managers_ends():
    directory = Directory([person(1, 2), person(2, 1)])
    assert directory.reports(1) == (2,)


def test_a_department_has_all_below_it():
    units = [Unit(1, "A"), Unit(2, "B", 1), Unit(3, "C", 2), Unit(4, "D")]
    directory = Directory(departments=units)
    assert directory.departments_from(1) == (1, 2, 3)
    assert directory.departments_from(None) == ()


def test_an_actor_knows_what_scopes_need():
    people = [person(1, department=7, roles=("b", "a")), person(2, 1)]
    actor = Directory(people, [Unit(7, "A"), Unit(8, "B", 7)]).actor(1, token=5, read_only=True)
    assert (actor.kind, actor.roles, actor.departments, actor.reports) == ("token", ("a", "b"), (7, 8), (2,))
    assert (actor.token, actor.read_only) == (5, True)


def test_who_may_not_act_is_no_actor():
    directory = Directory([person(1, active=False)])
    assert directory.actor(1) is None
    assert directory.actor(2) is None
    assert directory.name_of(1) == "P1"


def test_an_address_is_found_however_it_is_written():
    assert Directory([person(1)]).by_email(" p1@EXAMPLE.com").id == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("Ada Byron King", "AK"), ("ada", "A"), ("赵子龙", "子龙"), ("王芳", "芳"), ("", "")],
)
def test_an_avatar_has_the_usual_characters(name, said):
    assert initials(name) == said
