"""Finding records by a piece of text: in everything, and for a field that points to records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from sartor.platform.access.policy import signed_in
from sartor.platform.errors import Invalid, NotFound, Problem
from sartor.platform.fields.base import quoted
from sartor.platform.model import Entity, Field, Operation
from sartor.platform.model.formula import Formula
from sartor.platform.query.question import Page, Question, Term
from sartor.platform.query.searching import search
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick
from sartor.runtime.answers import answer
from sartor.runtime.api import api
from sartor.runtime.api.asking import asked
from sartor.runtime.api.endpoint import Says, endpoint
from sartor.runtime.api.parameters import CURSOR, LIMIT, Parameter
from sartor.runtime.api.shapes import ID, TEXT, closed, listed, nullable
from sartor.runtime.gate import context, serving

LONGEST_QUERY = 200
Q = Parameter(
    "q", "What to look for: a piece of text, or pinyin initials.", {"type": "string", "maxLength": LONGEST_QUERY}
)
ENTITIES = Parameter("entities", "Look only in these: `account,contact`.")
HIT = closed({"entity": TEXT, "id": ID, "title": nullable(TEXT), "field": TEXT, "text": TEXT},
             "entity", "id", "title", "field", "text")  # fmt: skip


@endpoint(api, "GET", "/search", signed_in, Says(query=(Q, ENTITIES), answer=listed(HIT), confirms=True))
def search_records() -> Response:
    """Records of all entities in which a text stands, the best of each first."""
    model, args = serving().model, asked()
    wanted = [name.strip() for name in (args["entities"] or "").split(",") if name.strip()]
    names = [_searched(name) for name in dict.fromkeys(wanted)] if wanted else list(model.entities)
    hits = search(serving().reader, context(), (args["q"] or "").strip(), names)
    return answer({"data": [hit.as_dict() for hit in hits]})


def _searched(name: str) -> str:
    """:raises NotFound: for an entity that is not there. :raises Forbidden: for one that is closed."""
    return serving().names.of(context()).entity(name).name


FIELD = Parameter("field", "The field for which a value is chosen.", required=True)
TARGET = Parameter("entity", "For a field that may point to several entities: which one.")
OPTION = {
    "anyOf": [
        closed({"entity": TEXT, "id": ID, "title": nullable(TEXT)}, "entity", "id", "title"),
        closed({"value": {}, "text": TEXT, "colour": nullable(TEXT)}, "value", "text"),
    ]
}
TITLED = closed({"id": ID, "title": nullable(TEXT)}, "id", "title")
TITLES = Says(query=(Q, LIMIT, CURSOR), answer=listed(TITLED, next=nullable(TEXT)), needs=Operation.READ)
OPTIONS = Says(
    query=(FIELD, TARGET, Q, LIMIT, CURSOR),
    answer=listed(OPTION, next=nullable(TEXT)),
    needs=Operation.READ,
)


@endpoint(api, "GET", "/records/<entity>/options", signed_in, OPTIONS)
def get_options(entity: str) -> Response:
    """What a field offers: its choices, or the records that it may point to and that the reader can see."""
    args = asked()
    field = _field(entity, args["field"])
    targets = field.type.targets(field)
    if not targets:
        return answer({"data": _choices(field, args["q"]), "next": None})
    target = _target(field, targets, args["entity"])
    found = _candidates(field, target, args)
    rows = [{"entity": target.name, "id": row["id"], "title": row.get(target.title)} for row in found.rows]
    return answer({"data": rows, "next": found.next})


@endpoint(api, "GET", "/records/<entity>/titles", signed_in, TITLES)
def get_titles(entity: str) -> Response:
    """Records whose title holds a text, in the order of their titles."""
    target = serving().names.of(context()).entity(entity)
    found = _titled(target, (), asked())
    return answer({"data": [_title(row, target) for row in found.rows], "next": found.next})


def _title(row: Mapping[str, Any], target: Entity) -> dict[str, Any]:
    title = row.get(target.title)
    return {"id": row["id"], "title": None if title is None else str(title)}


def _field(entity: str, name: str) -> Field:
    names = serving().names.of(context())
    names.entity(entity)
    known = context().access.known(entity)
    if name not in known:
        guess = near(name, known)
        said = _("%(entity)s has no field %(name)s.", entity=entity, name=name)
        raise Invalid(said, [Problem("field", "unknown", said, guess)])
    return serving().model.field(entity, name)


def _choices(field: Field, text: str | None) -> list[dict[str, Any]]:
    """Choices of the field itself, those that hold the text."""
    offered = field.type.widget_options(field, context().language).get("options", ())
    wanted = (text or "").casefold()
    return [dict(each) for each in offered if wanted in str(each["text"]).casefold()]


def _target(field: Field, targets: tuple[str, ...], named: str | None) -> Entity:
    names = serving().names.of(context())
    if named is None and len(targets) > 1:
        said = _(
            "%(field)s points to several entities; say which: %(known)s.",
            field=pick(field.label),
            known=", ".join(targets),
        )
        raise Invalid(said, [Problem("entity", "required", said)])
    if named is not None and named not in targets:
        raise NotFound(_("%(field)s does not point to %(entity)s.", field=pick(field.label), entity=named))
    return names.entity(named or targets[0])


def _candidates(field: Field, target: Entity, args: Any) -> Page:
    """Records that a field may point to, within its own condition.

    A condition that reads what the reader may not is left out: who is offered would tell.
    """
    offered = getattr(field.details, "filter", None)
    names = serving().names.of(context())
    where = (offered,) if offered is not None and names.may_use(offered, target.name) else ()
    return _titled(target, where, args)


def _titled(target: Entity, where: tuple[Formula, ...], args: Any) -> Page:
    """Records whose title holds the text, in the order of their titles."""
    here, asker = serving(), context()
    names = here.names.of(asker)
    is_open = asker.access.path_is_readable(target.name, (target.title,))
    wanted = _contains(target, args["q"]) if is_open else "false" if args["q"] else None
    question = Question(
        target.name,
        ((target.title,),) if is_open else (),
        where=(*names.conditions(target.name, [wanted]), *where),
        sort=(Term(target.title),) if is_open and target.fields[target.title].type.sortable else (),
        limit=args["limit"],
        cursor=args["cursor"],
    )
    return here.reader.page(asker, question)


def _contains(target: Entity, text: str | None) -> str | None:
    return f"contains({target.title}, {quoted(text)})" if text else None
