"""Reasons: why something is allowed or not, and who could open it, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sartor.platform.model import Entity, Field, Operation, Role
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, pick


@dataclass(frozen=True, slots=True)
class Reason:
    """roles: labels of the roles that allow it, the actor's own where it is allowed, else those that would."""

    allowed: bool
    message: str
    roles: tuple[str, ...] = ()


def _verb(operation: Operation) -> str:
    return {
        Operation.CREATE: _("create"),
        Operation.READ: _("read"),
        Operation.UPDATE: _("change"),
        Operation.DELETE: _("delete"),
        Operation.EXPORT: _("export"),
        Operation.IMPORT: _("import"),
    }[operation]


def about(operation: Operation, entity: Entity, field: Field | None = None) -> str:
    """What it is about: `change “Amount” of Deals`."""
    names = {"verb": _verb(operation), "entity": pick(entity.plural), "field": pick(field.label) if field else ""}
    return _("%(verb)s “%(field)s” of %(entity)s", **names) if field else _("%(verb)s %(entity)s", **names)


def reason(what: str, by: Sequence[Role], openers: Sequence[Role]) -> Reason:
    """by: the actor's roles that allow it; openers: all roles that would."""
    if by:
        labels = _labels(by)
        return Reason(True, _("You may %(what)s: %(roles)s.", what=what, roles=listed(labels)), labels)
    labels = _labels(openers)
    said = _("None of your roles may %(what)s.", what=what)
    if labels:
        hint = _("These may: %(roles)s. An administrator can give you one.", roles=listed(labels))
    else:
        hint = _("No role does; an administrator can open it in a role.")
    return Reason(False, f"{said} {hint}", labels)


def unreached_reason(what: str, words: Sequence[str]) -> Reason:
    """The operation is allowed, but not on this record. words: the scopes within which it is."""
    within = listed(dict.fromkeys(_within(word) for word in words))
    return Reason(False, _("Your roles let you %(what)s only as far as these: %(within)s.", what=what, within=within))


def _within(word: str) -> str:
    return {
        "own": _("your own"),
        "reports": _("your own and those of your reports"),
        "department": _("those of your department"),
        "department_below": _("those of your department and the ones below"),
    }.get(word, _("those that meet a condition"))


def read_only_reason(what: str) -> Reason:
    return Reason(False, _("This token may only read; it may not %(what)s.", what=what))


def narrowed_reason(what: str, by: Sequence[Role]) -> Reason:
    """A role opens a field, and another one shows records without it (see `levels`)."""
    labels = _labels(by)
    said = _("%(roles)s may %(what)s, but another of your roles shows records of which it is closed. "
             "An administrator can open it in that role too.", roles=listed(labels), what=what)  # fmt: skip
    return Reason(False, said, labels)


def _labels(roles: Sequence[Role]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pick(role.label) for role in roles))
