"""People and departments: their records under addresses of their own, and what only an administrator does with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response

from sartor.platform.access import one_time
from sartor.platform.access.assign import Assignment
from sartor.platform.access.inviting import accept, invite, invited
from sartor.platform.access.people import Person
from sartor.platform.access.policy import ability, public, signed_in
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api, records
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import ID, TEXT, closed
from sartor.runtime.gate import context, origin, serving, workspace

administer = ability(ADMINISTER)

USER = "/users/<user>"
ADDRESSES = {"user": "/users", "department": "/departments"}

ACCOUNT = closed(
    {"id": ID, "roles": {"type": "array", "items": TEXT}, "active": {"type": "boolean"}}, "id", "roles", "active"
)
INVITATION = closed({"link": TEXT, "expires_at": TEXT}, "link", "expires_at")
PASSWORD = {"type": "string", "minLength": 1, "maxLength": 1000}
ACCEPT = closed({"password": PASSWORD}, "password")


def _address(entity: str) -> None:
    """The record routes of a system entity, at an address of its own."""
    rule = ADDRESSES[entity]
    one = f"{rule}/<record>"
    for method, address, says, view in (
        ("GET", rule, records.LIST, records.list_records),
        ("POST", rule, records.CREATE, records.create_record),
        ("GET", one, records.READ, records.get_record),
        ("PATCH", one, records.UPDATE, records.update_record),
        ("DELETE", one, records.DELETE, records.delete_record),
        ("POST", f"{one}/restore", records.RESTORE, records.restore_record),
    ):
        endpoint(api, method, address, signed_in, replace(says, entity=entity))(view)


for _entity in ADDRESSES:
    _address(_entity)


@endpoint(api, "GET", f"{USER}/roles", administer, Says(answer=ACCOUNT))
def get_roles(user: str) -> Response:
    """The roles of a person, and whether the person may act."""
    return answer(_account(decode_id(user)))


@endpoint(api, "PUT", f"{USER}/roles/<role>", administer, Says(answer=ACCOUNT))
def give_role(user: str, role: str) -> Response:
    """Give a role; nobody can give a right that he lacks."""
    return _change(user, lambda work, number: _assignment().assign(work, context(), number, role))


@endpoint(api, "DELETE", f"{USER}/roles/<role>", administer, Says(answer=ACCOUNT))
def take_role(user: str, role: str) -> Response:
    """Take a role away."""
    return _change(user, lambda work, number: _assignment().revoke(work, context(), number, role))


@endpoint(api, "POST", f"{USER}/disable", administer, Says(answer=ACCOUNT))
def disable_user(user: str) -> Response:
    """Switch somebody off: sessions and tokens end."""
    return _change(user, lambda work, number: workspace().identity.disable(work, context(), number, _assignment()))


@endpoint(api, "POST", f"{USER}/enable", administer, Says(answer=ACCOUNT))
def enable_user(user: str) -> Response:
    """Let somebody sign in again, with the password of before."""
    return _change(user, lambda work, number: workspace().identity.enable(work, context(), number, _assignment()))


@endpoint(api, "POST", f"{USER}/invite", administer, Says(answer=INVITATION, status=201))
def invite_user(user: str) -> Response:
    """A link with which the person chooses a password, once, within a week; older ones stop working. Nobody may invite
    somebody who may do more than oneself."""
    number = _known(decode_id(user)).id
    made: list[Any] = []

    def job(work: Work) -> None:
        key = invite(work, context(), number)
        made[:] = [f"{origin()}/invite/{key}", work.now + one_time.LIFETIMES[one_time.INVITE]]

    workspace().database.run(job)
    link, ends = made
    return answer({"link": link, "expires_at": instant(ends)}, 201)


@endpoint(api, "POST", "/invitations/<key>", public, Says(body=ACCEPT, answer=closed({"email": TEXT}, "email")))
def accept_invitation(key: str) -> Response:
    """Choose a password with the key of an invitation; then sign in with it."""
    password, here = sent_as(ACCEPT)["password"], workspace()
    person = invited(here.database, here.directory(here.stamp()), key)
    accept(here.database, here.identity, person, key, password)
    return answer({"email": person.email})


def _assignment() -> Assignment:
    return Assignment(workspace().database, serving().tables)


def _change(user: str, job: Callable[[Work, int], None]) -> Response:
    """Do something with a person who is there; the answer is the state after."""
    number = _known(decode_id(user)).id
    workspace().database.run(lambda work: job(work, number))
    return answer(_account(number))


def _known(number: int | None) -> Person:
    """:raises NotFound: for somebody who is not there."""
    found = workspace().directory(workspace().stamp()).people.get(number or 0)
    if found is None:
        raise NotFound(_("There is no such user."))
    return found


def _account(number: int) -> dict[str, Any]:
    person = _known(number)
    return {"id": encode_id(person.id), "roles": sorted(person.roles), "active": person.active}
