"""Reading the directory, and noticing that rights have moved."""

from __future__ import annotations

import sqlalchemy as sa

from sartor.platform.access.stamp import raise_authz
from sartor.platform.storage.system.identity import sys_user_role


def test_people_departments_and_roles_are_read(database, directory):
    with database.work() as work:
        work.connection.execute(sa.insert(sys_user_role).values(user_id=1, role="seller"))
    found = directory()
    actor = found.actor(1)
    assert (actor.roles, actor.department, actor.departments, actor.reports) == (("seller",), 10, (10, 11), (2, 3))
    assert found.department_name(20) == "West"


def test_people_who_left_keep_their_names_and_cannot_act(directory):
    found = directory()
    assert found.name_of(5) == "Gone"
    assert found.actor(5) is None


def test_people_in_the_recycle_bin_cannot_act(database, tables, directory):
    user = tables.of("user")
    with database.work() as work:
        work.connection.execute(sa.update(user).where(user.c.id == 4).values(deleted_at="2026-05-01 00:00:00"))
    assert directory().actor(4) is None


def test_it_is_read_again_only_when_rights_have_moved(database, directories, tables):
    first = directories.current(0, tables)
    assert directories.current(first.authz, tables) is first
    with database.work() as work:
        raise_authz(work)
    second = directories.current(first.authz + 1, tables)
    assert second is not first
    assert directories.current(first.authz, tables) is second


def test_rights_move_the_stamp_too(database, directories, tables):
    before = directories.read(tables).authz
    with database.work() as work:
        raise_authz(work)
    assert directories.read(tables).authz == before + 1
