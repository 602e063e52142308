"""The lines of a record as a form shows them: which of their fields, in which order, with which totals."""

from __future__ import annotations

from collections.abc import Mapping

from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.compile.page_items import refuse_totals, shown_items, sort_terms
from sartor.platform.definitions.documents import Document
from sartor.platform.model import LineTable
from sartor.platform.text import gettext as _

OF_LINES = ("columns", "sort")


def compile_lines(draft: Draft, place: Place, entity: str, part: Document) -> LineTable | None:
    """The table of a field on a form; None where nothing is said of it. place: of the field on the form."""
    said = [name for name in OF_LINES if name in part]
    field = draft.model.entities[entity].fields.get(place.pointer.rpartition("/")[2])
    if not said or field is None:
        return None
    owned = field.type.owns(field)
    if owned is None:
        for name in said:
            draft.say(place.at(name), "unused", _("Only lines have columns and an order of their own."))
        return None
    lines, lookup = owned
    if lines not in draft.model.entities:  # which the field itself is told
        return None
    columns = _own_fields(draft, place.at("columns"), lines, lookup, part.get("columns", {}))
    refuse_totals(draft, place.at("columns"), lines, columns)
    return LineTable(
        columns=shown_items(draft, place.at("columns"), lines, columns),
        sort=sort_terms(draft, place.at("sort"), lines, tuple(part.get("sort", ()))),
    )


def _own_fields(
    draft: Draft, place: Place, lines: str, lookup: str, parts: Mapping[str, Document]
) -> dict[str, Document]:
    """The columns that can be typed in or looked at in a line; what else is named is a fault."""
    good = {}
    for key, part in parts.items():
        name = part.get("path", key)
        field = draft.model.entities[lines].fields.get(name)
        if "." in name:
            said = _("%(name)s lies behind a lookup; a line shows fields of its own.", name=name)
        elif name == lookup:
            said = _("%(name)s points to the record that the lines stand in.", name=name)
        elif field is not None and field.type.owns(field) is not None:
            said = _("%(name)s holds lines itself; a line shows single values.", name=name)
        else:
            good[key] = part
            continue
        draft.say(place.at(key), "lines", said)
    return good
