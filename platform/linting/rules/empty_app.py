"""An application with nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import GONE, Edit, Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.model import App
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class EmptyApp(Rule):
    key = "L304"
    label = {"en": "An application with nothing in it", "zh": "空的应用"}
    icon = "app-window"
    severity = Severity.WARNING
    unmended = None
    example = {"app/workshop": {"label": {"en": "Workshop", "zh": "车间"}, "items": {}}}

    def find(self, subject: Subject) -> Iterator[Finding]:
        for app in subject.model.apps.values():
            if not app.items:
                key = f"app/{app.name}"
                mend = fix(lambda: _("Take the application out"), Edit(key, "", GONE))
                yield self.finding(key, "/items", partial(_sentence, app), mend)


def _sentence(app: App) -> str:
    return _("%(label)s has no entry: whoever opens it sees nothing.", label=pick(app.label))
