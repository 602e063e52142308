"""What the routes of design share: who may, who did, and a publication as it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sartor.platform.access.assign import require_own_changes
from sartor.platform.access.policy import ability
from sartor.platform.definitions.documents import Document, Documents, digest, without_engine_keys
from sartor.platform.errors import BadRequest, Conflict, Forbidden
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.changes import is_set_name
from sartor.platform.publishing.openness import shows, shows_losses
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.publisher import Publisher
from sartor.platform.text import gettext as _
from sartor.runtime.api.shapes import TEXT, closed
from sartor.runtime.gate import context, workspace

design = ability("design")

LONGEST_NOTE = 2000
LARGEST_NUMBER = 2**31 - 1
NOTE = {**TEXT, "maxLength": LONGEST_NOTE, "pattern": "^[^\\x00]*$", "description": "What it is about."}
CONFIRM = {**TEXT, "maxLength": 64, "description": "Fingerprint of the plan that was seen, where it loses values."}
PUBLISH = closed({"note": NOTE, "confirm": CONFIRM})
KEY = {**TEXT, "maxLength": 200, "description": "The definition, `entity/deal`."}


def publisher() -> Publisher:
    return workspace().publisher


def known_set(name: str) -> str:
    """:raises BadRequest: for what is no name of a change set."""
    if not is_set_name(name):
        raise BadRequest(_("A change set has a name of lower-case letters, digits and _, such as main."))
    return name


def tag(document: Document) -> str:
    """The ETag of a document as it travels: the same whether it is published, with what the engine keeps in it, or an
    edit that says the same."""
    return f'"{digest(without_engine_keys(document))}"'


def edited_by_others(key: str) -> Conflict:
    """What to raise for a document that is not the one that was edited."""
    return Conflict(_("%(key)s was edited by somebody else after you had opened it.", key=key[:120]))


def publication(body: dict[str, Any]) -> Publication:
    """As it was sent, by whoever sent it; nobody opens in a role what he lacks."""
    asker = context()
    return Publication(
        note=body.get("note", ""),
        by=asker.actor.id,
        confirm=body.get("confirm"),
        judge=lambda model, moved: require_own_changes(asker, model, moved),
    )


def at_once(body: dict[str, Any]) -> Publication:
    """The same, refused where it would take long: a worker publishes the change set that is there then."""
    return replace(publication(body), quick=True)


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan as its reader may know it: samples of values only where all of them are open to him."""
    told = plan.as_dict()
    for step, each in zip(plan.steps, told["steps"], strict=True):
        if step.samples and not shows(context(), step):
            del each["samples"]
    return told


def documents_of(number: int) -> Documents:
    """The definitions of a revision. :raises NotFound: for one that was never published."""
    if number > LARGEST_NUMBER:
        raise BadRequest(_("%(number)s is not the number of a revision.", number=str(number)[:40]))
    return publisher().documents(number)


def require_open(plan: Plan, subject: str) -> None:
    """:raises Forbidden: where the reader does not see the values of a step of every record."""
    if not shows_losses(context(), plan, subject):
        raise Forbidden(_("The values of %(name)s are not all open to you.", name=subject[:120]))


def person(number: int | None) -> str | None:
    """The id of whoever did it, None for the system."""
    return None if number is None else encode_id(number)
