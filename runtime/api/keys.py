"""Oneself: who one is and what one may, one's tokens and sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, g, request

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Forbidden, Invalid, NotFound, Problem
from sartor.platform.model import FieldLevel, Operation
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.runtime import sessions
from sartor.runtime.answers import answer, instant, sent_as
from sartor.runtime.api import api
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.shapes import ID, TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving, workspace

ABILITIES = ("design", "administer", "migrate", "share")
LEVELS = {FieldLevel.READ: "read", FieldLevel.WRITE: "write"}

ME = closed(
    {
        "id": nullable(ID),
        "name": TEXT,
        "language": TEXT,
        "roles": {"type": "array", "items": TEXT},
        "abilities": {"type": "array", "items": TEXT},
        "read_only": {"type": "boolean"},
        "entities": {"type": "object"},
    },
    "id", "name", "language", "roles", "abilities", "read_only", "entities",
)  # fmt: skip
TOKEN = closed(
    {
        "id": ID,
        "name": TEXT,
        "read_only": {"type": "boolean"},
        "created_at": TEXT,
        "expires_at": nullable(TEXT),
        "last_used_at": nullable(TEXT),
    },
    "id", "name", "read_only", "created_at", "expires_at", "last_used_at",
)  # fmt: skip
NEW_TOKEN = closed(
    {
        "name": {**TEXT, "minLength": 1, "maxLength": 80, "pattern": "^[^\\x00]*$", "description": "What it is for."},
        "expires_at": {
            "type": ["string", "null"],
            "maxLength": 40,
            "description": "When it ends, ISO 8601 with a zone.",
        },
        "read_only": {"type": "boolean", "default": False, "description": "It may change nothing."},
    },
    "name",
)
SESSION = closed(
    {
        "id": TEXT,
        "created_at": TEXT,
        "seen_at": TEXT,
        "expires_at": TEXT,
        "address": TEXT,
        "agent": TEXT,
        "current": {"type": "boolean"},
    }
)
GONE = closed({"id": TEXT}, "id")


@endpoint(api, "GET", "/me", signed_in, Says(answer=ME))
def get_me() -> Response:
    """Who asks, and what this person or token may: operations and fields by entity."""
    asker = context()
    body = {
        "id": encode_id(asker.actor.id) if asker.actor.id else None,
        "name": asker.actor.name,
        "language": asker.language,
        "roles": list(asker.actor.roles),
        "abilities": [name for name in ABILITIES if asker.access.ability(name)],
        "read_only": asker.actor.read_only,
        "entities": {
            name: _rights(name) for name in serving().model.entities if asker.access.may(Operation.READ, name)
        },
    }
    return answer(body)


def _rights(entity: str) -> dict[str, Any]:
    access = context().access
    return {
        "operations": [str(each) for each in Operation if access.may(each, entity)],
        "fields": {field.name: LEVELS[access.level(entity, field.name)] for field in access.readable(entity)},
    }


@endpoint(api, "GET", "/tokens", signed_in, Says(answer=listed(TOKEN)))
def list_tokens() -> Response:
    """One's own tokens, the newest first; ended ones too."""
    with workspace().database.read() as connection:
        found = workspace().tokens.listed(connection, _me())
    return answer({"data": [_token(each) for each in found]})


@endpoint(
    api,
    "POST",
    "/tokens",
    signed_in,
    Says(body=NEW_TOKEN, answer=closed({"id": ID, "key": TEXT}, "id", "key"), status=201),
)
def create_token() -> Response:
    """A new token for oneself; its key is told once. Only a person who is signed in can make one."""
    _require_person()
    body = sent_as(NEW_TOKEN)
    ends, user = _instant(body.get("expires_at")), _me()
    made, key = workspace().database.run(
        lambda work: workspace().tokens.create(
            work, user, body["name"], expires_at=ends, read_only=body.get("read_only", False)
        )
    )
    return answer({"id": encode_id(made), "key": key}, 201)


@endpoint(api, "DELETE", "/tokens/<token>", signed_in, Says(answer=GONE))
def revoke_token(token: str) -> Response:
    """End a token of one's own. A token can end itself and no other."""
    number, user = decode_id(token), _me()
    if context().actor.token != number:
        _require_person()
    workspace().database.run(lambda work: workspace().tokens.revoke(work, user, number))
    return answer({"id": encode_id(number)})


@endpoint(api, "GET", "/sessions", signed_in, Says(answer=listed(SESSION)))
def list_sessions() -> Response:
    """Where one is signed in, the latest used first."""
    with workspace().database.read() as connection:
        found = workspace().sessions.listed(connection, _me())
    own = g.asker.session.handle if g.asker.session else None
    data = [
        {
            "id": each.handle,
            "created_at": instant(each.created_at),
            "seen_at": instant(each.seen_at),
            "expires_at": instant(each.expires_at),
            "address": each.address,
            "agent": each.agent,
            "current": each.handle == own,
        }
        for each in found
    ]
    return answer({"data": data})


@endpoint(api, "DELETE", "/sessions/<handle>", signed_in, Says(answer=GONE))
def end_session(handle: str) -> Response:
    """Sign out somewhere."""
    _require_person()
    user = _me()
    if not workspace().database.run(lambda work: workspace().sessions.end_one(work, user, handle[:80])):
        raise NotFound(_("There is no such session."))
    return answer({"id": handle})


CHANGE_PASSWORD = closed(
    {"current_password": {**TEXT, "maxLength": 1000}, "password": {**TEXT, "maxLength": 1000}},
    "current_password",
    "password",
)


@endpoint(
    api, "PUT", "/me/password", signed_in, Says(body=CHANGE_PASSWORD, answer=closed({"changed": {"const": True}}))
)
def change_password() -> Response:
    """Choose another password; every other session of the person ends."""
    _require_person()
    body, here, user = sent_as(CHANGE_PASSWORD), workspace(), _me()
    here.identity.confirm(user, body["current_password"], request.remote_addr or "")
    hashed = here.identity.hash_good(body["password"], here.directory(g.asker.stamp).people[user])
    key = sessions.key()

    def job(work: Work) -> None:
        here.identity.set_password(work, user, hashed, but=key)

    here.database.run(job)
    return answer({"changed": True})


def _me() -> int:
    user = context().actor.id
    if user is None:
        raise Forbidden(_("Only a person has tokens and sessions."))
    return user


def _require_person() -> None:
    """What opens further doors is done by people who are signed in: a token that leaked must not make others."""
    if not sessions.is_here():
        raise Forbidden(_("A token cannot do this; sign in and do it there."))


def _token(token: Any) -> dict[str, Any]:
    return {
        "id": encode_id(token.id),
        "name": token.name,
        "read_only": bool(token.read_only),
        "created_at": instant(token.created_at),
        "expires_at": instant(token.expires_at) if token.expires_at else None,
        "last_used_at": instant(token.last_used_at) if token.last_used_at else None,
    }


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            found.timestamp()
            return found
    except (ValueError, OverflowError):
        pass
    said = _("expires_at is an instant with a time zone, such as 2027-01-31T00:00:00Z.")
    raise Invalid(said, [Problem("expires_at", "format", said)])
