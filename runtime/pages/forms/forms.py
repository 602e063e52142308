"""The form of a record, as a page or inside one: sections, addresses, the summary of what is wrong."""

from __future__ import annotations

from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.pages.form import Form, FormProblem, FormSection
from sartor.platform.ui.pages.parts import Action
from sartor.platform.ui.pages.widget import Widget
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.coming_back import BACK, place_to_return
from sartor.runtime.pages.forms.filling import Filling
from sartor.runtime.pages.forms.forming import first_seen, form_sections
from sartor.runtime.pages.forms.layout import MAIN, PARAMETER, layout_of, purpose_asked
from sartor.runtime.pages.forms.typed import SEEN


def record_form(desk: Desk, filling: Filling, record: str | None, cancel: str) -> Form:
    entity, app = filling.entity, desk.app.name
    layout = layout_of(desk, entity, new=record is None)
    sections = form_sections(desk, filling, layout)
    if record is None:
        url = addresses.of_entity(app, entity.name, "new")
        preview = addresses.of_entity(app, entity.name, "preview")
    else:
        url = addresses.record(app, entity.name, record, "edit")
        preview = addresses.record(app, entity.name, record, "preview")
    typed = filling.typed
    version = None if record is None else str(typed.version if typed else filling.row["version"])
    count = len(filling.problems)
    lead = ngettext("Not saved: one value needs you.", "Not saved: %(n)s values need you.", count) if count else None
    fields = {SEEN: typed.seen_text if typed else first_seen(sections, filling.given)}
    if record is None and place_to_return():
        fields[BACK] = place_to_return() or ""
    if layout is not None and (purpose_asked() or layout.purpose != MAIN):
        fields[PARAMETER] = layout.purpose
    return Form(
        label=pick(entity.label),
        url=url,
        csrf=desk.csrf,
        save=Action(text=_("Save"), url="", look="primary", key="⌘S"),
        cancel=Action(text=_("Cancel"), url=cancel, key="Esc"),
        sections=sections,
        version=version,
        preview_url=preview,
        lead=lead,
        problems=tuple(summary(filling, sections)),
        fields=fields,
    )


def summary(filling: Filling, sections: tuple[FormSection, ...]) -> list[FormProblem]:
    """What is wrong, each line leading to its input."""
    widgets = {each.name: each for section in sections for each in section.widgets}
    lines = []
    for place, message in filling.problems.items():
        target = _target(widgets, place)
        field = filling.entity.fields.get(place.partition(".")[0])
        label = pick(field.label) if field else ""
        lines.append(FormProblem(problem_text(label, message), target))
    return lines


def problem_text(label: str, message: str) -> str:
    """What is wrong with an input, away from it: most messages name it themselves."""
    return message if not label or label in message else _("%(label)s: %(message)s", label=label, message=message)


def _target(widgets: dict[str, Widget], place: str) -> str | None:
    name, _dot, rest = place.partition(".")
    found = widgets.get(name)
    if found is None or found.lines is None or not rest:
        return found.id if found else None
    number, _dot, field = rest.partition(".")
    return Widget(name=f"{name}[{number}].{field}", label="").id
