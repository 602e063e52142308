"""What a report may group, sort and date by: told when it is designed, not when somebody opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.documents import Document
from sartor.platform.model import Dimension, Entity, Field
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick

DATED = ("date", "instant")


def check_report(draft: Draft, place: Place, document: Document, dimensions: Sequence[Dimension]) -> None:
    """Note what a report asks for and cannot get."""
    entity = draft.model.entities.get(document.get("entity", ""))
    for each in dimensions:
        # What else a path may begin with is of a stay: its stage, whatever the field of the record is called.
        if entity is not None and each.path[0] in entity.fields:
            _check_dimension(draft, place.at("dimensions", each.name), entity, each)
    _check_across(draft, place, document, dimensions)
    _check_subtotals(draft, place, document)
    _check_sort(draft, place, document)
    _check_date(draft, place, document, entity)


def check_counts(draft: Draft, place: Place, chart: Any, counts: Mapping[str, int]) -> None:
    """Note where there is more or less than a chart draws."""
    words = {
        "dimensions": _("%(chart)s takes %(range)s dimensions."),
        "measures": _("%(chart)s takes %(range)s measures."),
    }
    for part, count in counts.items():
        least, most = getattr(chart, part)
        if not least <= count <= most:
            told = str(least) if least == most else f"{least}–{most}"
            draft.say(place.at(part), "chart", words[part] % {"chart": pick(chart.label), "range": told})


def _check_dimension(draft: Draft, place: Place, entity: Entity, dimension: Dimension) -> None:
    field, rest = _end(draft, entity, dimension.path)
    if field is None or not field.face.type.columns(field.face) or field.face.type.members(field.face):
        name = pick(field.label) if field else ".".join(dimension.path)
        draft.say(place, "many", _("%(name)s holds many values; a group needs one.", name=name))
    elif dimension.bucket and not _is_dated(draft, field, rest):
        said = _("%(name)s has no days to put into buckets.", name=pick(field.label))
        draft.say(place.at("bucket"), "bucket", said)
    if dimension.bands and field is not None:
        _check_bands(draft, place.at("bands"), field, dimension)


def _check_bands(draft: Draft, place: Place, field: Field, dimension: Dimension) -> None:
    if dimension.path[-1] != field.name or not field.face.type.expression_type(field.face, draft.model).number:
        draft.say(place, "bands", _("%(name)s has no numbers to put into bands.", name=pick(field.label)))
    limits = [Decimal(each) for each in dimension.bands]
    if limits != sorted(limits):
        told = ", ".join(dimension.bands)
        draft.say(place, "bands", _("Bands go from the least to the greatest; these do not: %(limits)s.", limits=told))


def _end(draft: Draft, entity: Entity, path: tuple[str, ...]) -> tuple[Field | None, tuple[str, ...]]:
    """The last field of a path, and the attribute behind it."""
    field = entity.fields.get(path[0])
    for number, step in enumerate(path[1:], 1):
        if field is None:
            return None, ()
        targets = field.type.targets(field)
        if len(targets) != 1:
            return field, path[number:]
        field = draft.model.entities[targets[0]].fields.get(step)
    return field, ()


def _is_dated(draft: Draft, field: Field, rest: tuple[str, ...] = ()) -> bool:
    """rest: the attribute behind the field, such as the time at which a stage was entered."""
    kind = field.face.type.expression_type(field.face, draft.model)
    found = kind.attributes.get(".".join(rest)) if rest else kind
    return found is not None and found.name in DATED


def _check_across(draft: Draft, place: Place, document: Document, dimensions: Sequence[Dimension]) -> None:
    chart = draft.extensions.charts[document["chart"]]
    across = [each for each in dimensions if each.across]
    for each in across[1:]:
        said = _("Only one dimension can stand side by side; the other one is %(name)s.", name=across[0].name)
        draft.say(place.at("dimensions", each.name, "across"), "across", said)
    if across and not (chart.series or chart.crossed):
        said = _("%(chart)s has no room for values side by side.", chart=pick(chart.label))
        draft.say(place.at("dimensions", across[0].name, "across"), "across", said)


def check_shown(
    draft: Draft,
    place: Place,
    document: Document,
    dimensions: Sequence[Dimension],
    counts: Mapping[str, bool],
) -> None:
    """Shares and running sums need groups, numbers, and nothing to be compared with.

    counts: which measures give numbers.
    """
    chart = draft.extensions.charts[document["chart"]]
    crossed = len(dimensions) > 1 and (any(each.across for each in dimensions) or chart.series)
    for key, part in document["measures"].items():
        show, here = part.get("show"), place.at("measures", key, "show")
        if show and not dimensions:
            draft.say(here, "show", _("A single number has no parts; add a dimension."))
        elif show in ("share_row", "share_column") and not crossed:
            draft.say(here, "show", _("Rows and columns come from two dimensions, one of them side by side."))
        elif show and document.get("compare"):
            draft.say(here, "show", _("Shares and running sums are not compared with another period."))
        elif show and not counts.get(key, True):
            draft.say(here, "show", _("Shares and running sums need a number; this measure is none."))


def _check_subtotals(draft: Draft, place: Place, document: Document) -> None:
    down = [each for each in document.get("dimensions", {}).values() if not each.get("across")]
    if document.get("options", {}).get("subtotals") is True and len(down) < 2:
        said = _("Subtotals stand below groups of groups: two dimensions that do not stand side by side.")
        draft.say(place.at("options", "subtotals"), "subtotals", said)


def _check_sort(draft: Draft, place: Place, document: Document) -> None:
    known = [*document.get("dimensions", {}), *document["measures"]]
    for term in document.get("sort", ()):
        name = term.removeprefix("-")
        if name not in known:
            said = _("“%(name)s” is neither a dimension nor a measure of this report.", name=name)
            draft.say(place.at("sort"), "unknown", said, near(name, known))


def _check_date(draft: Draft, place: Place, document: Document, entity: Entity | None) -> None:
    if "on" not in document or entity is None or draft.path(place.at("on"), entity.name, document["on"]) is None:
        return
    field, rest = _end(draft, entity, tuple(document["on"].split(".")))
    if field is None or rest or not _is_dated(draft, field):
        draft.say(place.at("on"), "date", _("A period needs a date; %(name)s is none.", name=document["on"]))
