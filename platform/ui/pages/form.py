"""Forms: a whole page to create or edit a record, the same form inside a record's page, and dialogs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.shell import Shell, TitleBar
from sartor.platform.ui.pages.widget import Widget


@dataclass(frozen=True, slots=True)
class FormSection:
    """A heading and its fields in a grid of twelve columns."""

    name: str
    title: str | None
    widgets: tuple[Widget, ...]
    visible: bool = True
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class FormTab:
    """A page of a long form. All tabs are in the same form; `problems` counts the errors inside."""

    name: str
    title: str
    sections: tuple[FormSection, ...]
    problems: int = 0


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A line of the summary on top. target: id of the field's control, if the problem has one."""

    text: str
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is filled in and sent.

    url: takes the POST. version: of the record when it was read, sent back as `_version`.
    save: drawn in its own look, so that only one form of a page has the primary button.
    preview_url: takes the same fields and answers JSON (see runtime/frontend/src/form.ts); None: no live rules.
    lead, problems: the summary; lead says in bold that nothing is saved.
    saves: whether the button writes down what was typed; only such a form counts what is not saved yet, and asks before
    it is left.
    fields: hidden values. one_use: the idempotency key, sent as `_key`.
    """

    label: str
    url: str
    csrf: str
    save: Action
    cancel: Action | None = None
    sections: tuple[FormSection, ...] = ()
    tabs: tuple[FormTab, ...] = ()
    version: str | None = None
    one_use: str | None = None
    preview_url: str | None = None
    lead: str | None = None
    problems: tuple[FormProblem, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    more: tuple[Action, ...] = ()
    multipart: bool = False
    saves: bool = True


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form by itself. shown_for: `phone` or `desk` where each has its own (platform/ui/frontend/width.ts)."""

    template: ClassVar[str] = "form.html"

    shell: Shell
    bar: TitleBar
    form: Form
    shown_for: str = ""


@dataclass(frozen=True, slots=True)
class Dialog:
    """A fragment put into the page's one `<dialog>`. text says the consequence in one line."""

    template: ClassVar[str] = "fragments/dialog.html"

    title: str
    form: Form
    text: str | None = None
