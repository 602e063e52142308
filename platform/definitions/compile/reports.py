"""Metrics, reports and dashboards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sartor.platform.definitions.compile.draft import Draft, Place, Wish, level_of
from sartor.platform.definitions.compile.report_checks import check_counts, check_report, check_shown
from sartor.platform.definitions.compile.scope import STAYS, stays_of
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.errors import InvalidDefinition, InvalidExpression
from sartor.platform.expressions import check as check_expression
from sartor.platform.fields.operators import may_narrow
from sartor.platform.model import Card, Dashboard, Dimension, Measure, Metric, Report
from sartor.platform.text import gettext as _

PERIOD = "period"
"""The dimension that stands for the date of each metric."""


def compile_metric(draft: Draft, name: str, document: Document) -> Metric | None:
    place = Place(f"metric/{name}", level=level_of(document))
    if not _whole(draft, place, document):
        return None
    for part in ("numerator", "denominator", "minus"):
        if part in document:
            draft.named(place.at(part), "metric", document[part])
    entity = document.get("entity")
    if entity and not draft.named(place.at("entity"), "entity", entity):
        return None
    source = stays_of(entity) if entity and document.get("source") == "stages" else entity
    if source and "on" in document:
        draft.path(place.at("on"), source, document["on"])
    return Metric(
        name=name,
        label=document["label"],
        definition=document["definition"],
        entity=entity,
        measure=draft.formula(place.at("measure"), document.get("measure"), Wish(source or "", aggregates=True)),
        filter=draft.condition(place.at("filter"), document.get("filter"), source) if source else None,
        on=document.get("on"),
        source=document.get("source", "records"),
        numerator=document.get("numerator"),
        denominator=document.get("denominator"),
        minus=document.get("minus"),
        format=document.get("format", "number"),
        level=place.level,
    )


def _whole(draft: Draft, place: Place, document: Document) -> bool:
    """A metric measures an entity, or divides two metrics; not both, not neither."""
    measures = "entity" in document and "measure" in document
    divides = "numerator" in document and "denominator" in document
    if measures == divides:
        draft.say(place, "metric", _("A metric has an entity and a measure, or a numerator and a denominator."))
    return measures != divides


def compile_report(draft: Draft, name: str, document: Document) -> Report | None:
    place = Place(f"report/{name}", level=level_of(document))
    entity = document.get("entity")
    if entity and not draft.named(place.at("entity"), "entity", entity):
        return None
    if "pipeline" in document:
        draft.named(place.at("pipeline"), "pipeline", document["pipeline"])
    chart = draft.extensions.charts[document["chart"]]
    dimensions = _dimensions(draft, place, document)
    measures = _measures(draft, place, entity, document)
    check_report(draft, place, document, dimensions)
    if len(dimensions) == len(document.get("dimensions", ())):  # one that is wrong was told, and is not missed again
        numbers = {each.name: _is_number(draft, each) for each in measures if each.show}
        check_shown(draft, place, document, dimensions, numbers)
    check_counts(draft, place, chart, {part: len(document.get(part, ())) for part in ("dimensions", "measures")})
    return Report(
        name=name,
        label=document["label"],
        chart=chart,
        entity=entity,
        dimensions=dimensions,
        measures=measures,
        filter=draft.condition(place.at("filter"), document.get("filter"), entity) if entity else None,
        on=document.get("on"),
        period=document.get("period"),
        compare=document.get("compare"),
        sort=tuple(document.get("sort", ())),
        limit=document.get("limit", 50),
        pipeline=document.get("pipeline"),
        options=document.get("options", {}),
        level=place.level,
        description=document.get("description"),
    )


def _sources(draft: Draft, document: Document) -> list[str]:
    """What the measures of a report count over: its entity, where one of them is a formula, and that of each metric.

    The stage of a stay is called so whatever the field of its record is called.
    """
    metrics = [part.get("metric") for part in document["measures"].values()]
    found = [source for each in metrics for source in metric_sources(draft.documents, each)]
    if document.get("entity") and (None in metrics or not found):
        found.append(document["entity"])
    return sorted(set(found))


def metric_sources(documents: Mapping[str, Document], name: str | None) -> list[str]:
    """The entities behind a metric, through ratios."""
    metric = documents.get(f"metric/{name}")
    if metric is None:
        return []
    if "entity" in metric:
        return [metric["entity"] + (STAYS if metric.get("source") == "stages" else "")]
    inner = (metric.get("numerator"), metric.get("denominator"))
    return [each for part in inner if part != name for each in metric_sources(documents, part)]


def _dimensions(draft: Draft, place: Place, document: Document) -> tuple[Dimension, ...]:
    found = []
    sources = _sources(draft, document)
    for key, part in in_order(document.get("dimensions", {})):
        here = place.at("dimensions", key, level=part.get("level"))
        steps = tuple(part.get("path", key).split("."))
        if steps != (PERIOD,) and not all(draft.walk(here, source, steps) for source in sources):
            continue
        bands, across = tuple(part.get("bands", ())), bool(part.get("across"))
        found.append(Dimension(key, steps, part.get("bucket"), part.get("label"), across, bands))
    return tuple(sorted(found, key=lambda each: each.across))


def _measures(draft: Draft, place: Place, entity: str | None, document: Document) -> tuple[Measure, ...]:
    found = []
    for key, part in in_order(document["measures"]):
        here = place.at("measures", key, level=part.get("level"))
        if ("metric" in part) == ("formula" in part):
            draft.say(here, "measure", _("A measure is a metric or a formula."))
            continue
        if "metric" in part:
            draft.named(here.at("metric"), "metric", part["metric"])
        elif entity is None:
            draft.say(here.at("formula"), "entity", _("A formula counts the records of an entity; choose one."))
            continue
        formula = draft.formula(here.at("formula"), part.get("formula"), Wish(entity or "", aggregates=True))
        found.append(Measure(key, part.get("metric"), formula, part.get("label"), part.get("format"), part.get("show")))
    return tuple(found)


def _is_number(draft: Draft, measure: Measure) -> bool:
    """Whether a measure gives numbers, not days; what is wrong already and told elsewhere counts as one."""
    metric = draft.documents.get(f"metric/{measure.metric}", {})
    if "measure" not in metric:
        return measure.formula is None or measure.formula.type.number
    try:
        source = metric_sources(draft.documents, measure.metric)[0]
        return check_expression(metric["measure"], draft.scope, source, aggregates=True).type.number
    except (IndexError, InvalidExpression, InvalidDefinition):
        return True


def compile_dashboard(draft: Draft, name: str, document: Document) -> Dashboard:
    place = Place(f"dashboard/{name}", level=level_of(document))
    cards = []
    for key, part in in_order(document["cards"]):
        if (card := _card(draft, place.at("cards", key, level=part.get("level")), key, part)) is not None:
            cards.append(card)
    filters = (*document.get("filters", ()), *_filter_fields(draft, place, document))
    return Dashboard(name, document["label"], tuple(cards), filters, place.level)


def _filter_fields(draft: Draft, place: Place, document: Document) -> Iterator[str]:
    """The fields that a dashboard is filtered by, as `entity.field`."""
    for key, part in in_order(document.get("filter_fields", {})):
        here, entity, field = place.at("filter_fields", key, level=part.get("level")), part["entity"], part["field"]
        if not draft.named(here.at("entity"), "entity", entity) or not draft.field_named(
            here.at("field"), entity, field
        ):
            continue
        if not may_narrow(draft.model.field(entity, field)):
            said = _(
                "%(entity)s.%(field)s has no choices to filter by, and names no record.", entity=entity, field=field
            )
            draft.say(here.at("field"), "choices", said)
            continue
        yield f"{entity}.{field}"


def _card(draft: Draft, place: Place, key: str, part: Document) -> Card | None:
    target, opens = part.get("target"), part.get("opens")
    if part["x"] + part["width"] > 12:
        draft.say(place.at("width"), "grid", _("The card reaches beyond the 12 columns of the grid."))
    if (target is None) == ("text" not in part):
        draft.say(place, "card", _("A card shows a report, a metric or a view, or it has a text."))
    if opens is not None:
        draft.named(place.at("opens"), *opens.split("/", 1))
    if target is not None and not draft.named(place.at("target"), *target.split("/", 1)):
        return None
    size = part["x"], part["y"], part["width"], part["height"]
    return Card(key, target, *size, part.get("label"), part.get("text"), opens)
