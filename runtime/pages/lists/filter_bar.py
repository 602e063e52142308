"""The filter of a list as a sentence of chips, and as text."""

from __future__ import annotations

from sartor.platform.model import Entity
from sartor.platform.query.conditions import conditions_of, joined
from sartor.platform.query.wording import Sentence, sentence
from sartor.platform.text import gettext as _
from sartor.platform.text import pick, within
from sartor.platform.ui.pages.list import Chip, FilterBar
from sartor.platform.ui.pages.widget import Option
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.lists.seeing import Seeing


def filter_bar(
    desk: Desk, seeing: Seeing, *, error: str | None = None, notes: tuple[tuple[str, str], ...] = ()
) -> FilterBar:
    """The bar of a view as it is seen now."""
    entity = seeing.entity
    label, chips = pick(entity.plural), () if error else tuple(_chips(desk, seeing))
    every = _("All %(entity)s", entity=within(label))
    return FilterBar(
        lead=_("%(entity)s where", entity=label) if chips or seeing.filter else every,
        joint=_("and"),
        chips=chips,
        fields=fields_to_ask(desk, entity),
        add_url=_editor(desk, seeing, at=None),
        text=seeing.filter,
        text_url=addresses.entity(desk.app.name, entity.name, seeing.view),
        kept=tuple(seeing.kept(filter=None).items()),
        text_error=error,
        clear_url=seeing.url(desk, filter=""),
        notes=notes,
    )


def _chips(desk: Desk, seeing: Seeing) -> list[Chip]:
    """What is more than words can say goes by the name of the view that asks for it."""
    conditions = conditions_of(seeing.filter)
    name = pick(seeing.view.label)
    own = {each.text for each in conditions_of(seeing.view.filter.text if seeing.view.filter else "")}
    chips = []
    for at, condition in enumerate(conditions):
        said = sentence(desk, seeing.entity, condition)
        if condition.operator is None and condition.text in own:
            said = Sentence(name, "", name)
        without = joined(each.text for number, each in enumerate(conditions) if number != at)
        off = seeing.url(desk, filter=without)
        edit = _editor(desk, seeing, at=at, field=".".join(condition.path) if condition.operator else None)
        chips.append(Chip(said.name, said.lead, said.value, edit, off, said.tail))
    return chips


def _editor(desk: Desk, seeing: Seeing, **more: object) -> str:
    state = seeing.kept() | {"view": addresses.short_name(seeing.view), "filter": seeing.filter, **more}
    return addresses.of_entity(desk.app.name, seeing.entity.name, "filter", **state)


def fields_to_ask(desk: Desk, entity: Entity) -> tuple[Option, ...]:
    """What a filter may be about: readable fields that have operators."""
    return tuple(
        Option(field.name, pick(field.label), hint=pick(field.face.type.label))
        for field in desk.access.readable(entity.name)
        if field.face.type.operators
    )
