"""A role that the workspace made and nobody has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import GONE, Edit, Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Role
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class IdleRole(Rule):
    key = "L501"
    label = {"en": "A role that nobody needs", "zh": "没有人使用的角色"}
    icon = "user-off"
    severity = Severity.HINT
    unmended = {
        "en": "A role that somebody has is not taken away from them.",
        "zh": "已有人担任的角色不会被撤走。",
    }
    example = {"role/fitter": {"label": {"en": "Fitter", "zh": "装配工"}, "grants": {}}}

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Roles of blueprints are there to be given; what grants nothing is idle whoever has it."""
        for role in subject.model.roles.values():
            key = f"role/{role.name}"
            used = bool(subject.model.dependents.get(key))
            gives = bool(role.grants or role.abilities or role.includes)
            unheld = subject.held is not None and role.name not in subject.held
            if not used and (not gives or (unheld and "origin" not in subject.documents[key])):
                held = subject.held is not None and not unheld
                mend = None if held else fix(lambda: _("Take the role out"), Edit(key, "", GONE))
                yield self.finding(key, "", partial(_sentence, role, gives), mend)


def _sentence(role: Role, gives: bool) -> str:
    label = pick(role.label)
    if not gives:
        return _("%(role)s opens nothing: it has no grant and no ability.", role=label)
    return _("Nobody has the role %(role)s, and nothing refers to it.", role=label)
