"""A form as people will see it once a change set is published: drawn like any other, only to be looked at."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from sartor.platform.access.assign import require_own_changes
from sartor.platform.access.authority import Authority
from sartor.platform.access.policy import ability
from sartor.platform.errors import NotFound
from sartor.platform.publishing.changes import is_set_name
from sartor.platform.text import LANGUAGE_NAMES, LANGUAGES, pick, use_language
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.form import FormTrial
from sartor.platform.ui.pages.parts import Choice
from sartor.runtime.gate import route, workspace
from sartor.runtime.pages import pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.filling import Filling
from sartor.runtime.pages.forming import form_sections
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import workspace_name

TRIAL = "/app/-/trial/<change_set>/<name>"


@route(pages, TRIAL, ability("design"), methods=["GET"])
def try_form(change_set: str, name: str) -> Response:
    """language: in which it is shown, whatever the reader's own is.

    :raises InvalidDefinition: where the edits do not hold together yet. :raises Forbidden: where they open in a role
    what the designer lacks: a draft must show no more than publishing it could.
    """
    if not is_set_name(change_set):
        raise NotFound(_("There is no page with this address."))
    here = drafted(desk(), change_set)
    form = here.model.forms.get(name)
    if form is None:
        raise NotFound(_("There is no form “%(name)s”.", name=name[:80]))
    asked = request.args.get("language")
    use_language(asked if asked in LANGUAGES else here.language)
    sections = form_sections(here, Filling(here.model.entities[form.entity]), form)
    return html(
        FormTrial(
            title=pick(form.label),
            workspace=workspace_name(),
            csrf=here.csrf,
            look=here.look,
            sections=sections,
            languages=tuple(Choice(text, f"?language={key}", key == asked) for key, text in LANGUAGE_NAMES.items()),
        )
    )


def drafted(here: Desk, change_set: str) -> Desk:
    """The desk under the design that a change set would make; its reader and writer stay those of what is published."""
    documents = workspace().publisher.sets.documents(change_set)
    design = workspace().models.draft(documents, here.model.revision, here.here.design)
    require_own_changes(here.context, design.model)
    context = here.context.but(model=design.model, access=Authority().access(design.model, here.context.actor))
    return replace(here, context=context, here=replace(here.here, design=design))
