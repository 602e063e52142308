"""The order of a compilation, whole or of what an edit reaches.

1. every document by its schema; 2. shells, so that each name has a type; 3. what field types need of the whole;
4. expressions, pipelines, pages, numbers, roles; 5. what only the whole shows: cycles and levels.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sartor.platform.definitions.compile.again import Reach
from sartor.platform.definitions.compile.cycles import dependencies, find_cycle, told
from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.compile.entities import (
    finish,
    furnish,
    prepare,
    prepare_computed,
    shells,
    shells_again,
)
from sartor.platform.definitions.compile.lost import borne
from sartor.platform.definitions.compile.pages import compile_app, compile_form, compile_view
from sartor.platform.definitions.compile.pipelines import finish_pipeline, pipeline_shells
from sartor.platform.definitions.compile.reports import compile_dashboard, compile_metric, compile_report
from sartor.platform.definitions.compile.roles import compile_role
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.compile.templates import compile_template
from sartor.platform.definitions.documents import Document, Documents, in_order, of_kind
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Problem
from sartor.platform.model import Entity, Model
from sartor.platform.model.model import OptionSet
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class Drafting:
    """Compiles one set of documents after another; only what the last edit reached is compiled again.

    draft_type: a workbench that notes more (renaming wants every reference with its place).
    """

    def __init__(self, kinds: Kinds, draft_type: Callable[..., Draft] = Draft) -> None:
        self.kinds = kinds
        self.last: Draft | None = None
        self._type = draft_type
        self._named: dict[int, Any] = {}

    def draft(self, documents: Documents) -> Draft:
        """Documents that are valid by themselves, but for plugins that are gone, compiled as far as that goes."""
        documents, last = borne(documents, self.kinds.extensions), self.last
        made: Draft | None = None
        if last is not None:
            keys = Reach(last, documents, self._named).find()
            made = compile_again(last, documents, keys) if keys is not None else None
        if made is None:
            self._named = {}
            made = compile_draft(documents, self.kinds, 0, self._type)
        self.last = made
        return made


def compile_draft(documents: Documents, kinds: Kinds, revision: int, draft_type: Callable[..., Draft] = Draft) -> Draft:
    """Compile documents that are valid by themselves; faults are noted in the draft.

    draft_type: see `Drafting`.
    """
    with _uncollected():
        return _compiled(draft_type(borne(documents, kinds.extensions), kinds.extensions, revision))


@contextmanager
def _uncollected() -> Iterator[None]:
    """A compilation makes much and throws little away; looking through it for rubbish took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compiled(draft: Draft) -> Draft:
    draft.model = Model(revision=draft.revision, entities=shells(draft))
    draft.model = replace(draft.model, options=_option_sets(draft), pipelines=pipeline_shells(draft))
    _renew(draft, entities=prepare(draft, draft.model.entities))
    _renew(draft, entities=_finished(draft, draft.model.entities))
    _renew(draft, entities=prepare_computed(draft, draft.model.entities))
    _renew(draft, entities=furnish(draft, draft.model.entities))
    _renew(draft, pipelines=_finish_pipelines(draft))
    _renew(draft, **_pages_and_numbers(draft))
    return _judged(draft)


def _judged(draft: Draft) -> Draft:
    """What only the whole shows."""
    _refuse_cycles(draft)
    _refuse_upward_levels(draft)
    draft.model = replace(draft.model, dependents={key: frozenset(users) for key, users in draft.uses.items()})
    return draft


def compile_again(last: Draft, documents: Documents, keys: Collection[str]) -> Draft | None:
    """The same draft for other documents: `keys` are compiled anew, everything else is what it was.

    None where lines have changed their owner, which reaches further than names tell.
    """
    draft = _without(last, documents, keys)
    some = {name for name, _document in of_kind(documents, "entity") if f"entity/{name}" in keys}
    lines = {each.name: each.line_of for each in last.model.entities.values()}
    draft.model = Model(revision=0, entities=shells_again(draft, last.model.entities, some))
    if any(each.line_of != lines[each.name] for each in draft.model.entities.values() if each.name not in some):
        return None
    _renew(draft, options=_option_sets(draft), pipelines=pipeline_shells(draft))
    _renew_some(draft, some, lambda entities: prepare(draft, entities))
    _renew_some(draft, some, lambda entities: _finished(draft, entities))
    _renew_some(draft, some, lambda entities: prepare_computed(draft, entities))
    _renew_some(draft, some, lambda entities: furnish(draft, entities))
    _renew(draft, pipelines=_finish_pipelines(draft, last, keys))
    _renew(draft, **_pages_and_numbers(draft, last, keys))
    return _judged(draft)


def _without(last: Draft, documents: Documents, keys: Collection[str]) -> Draft:
    """What is known of everything else."""
    draft = type(last)(documents, last.extensions, 0)
    draft.carry(last, keys)
    return draft


def _renew_some(
    draft: Draft, names: Collection[str], renewed: Callable[[Mapping[str, Entity]], Mapping[str, Entity]]
) -> None:
    some = {name: each for name, each in draft.model.entities.items() if name in names}
    _renew(draft, entities={**draft.model.entities, **renewed(some)})


def _renew(draft: Draft, **parts: Any) -> None:
    draft.model = replace(draft.model, **parts)
    draft.scope = ModelScope(draft.model)


def _option_sets(draft: Draft) -> dict[str, OptionSet]:
    return {
        name: OptionSet(name, document["label"], dict(in_order(document["choices"])), document.get("maps", {}))
        for name, document in of_kind(draft.documents, "options")
    }


def _finished(draft: Draft, entities: Mapping[str, Entity]) -> dict[str, Entity]:
    return {name: finish(draft, entity, draft.documents[f"entity/{name}"]) for name, entity in entities.items()}


def _finish_pipelines(draft: Draft, last: Draft | None = None, keys: Collection[str] = ()) -> dict[str, Any]:
    """last: a draft whose pipelines stay, but for `keys`."""
    return {
        name: last.model.pipelines[name]
        if last and f"pipeline/{name}" not in keys
        else finish_pipeline(draft, each, draft.documents[f"pipeline/{name}"])
        for name, each in draft.model.pipelines.items()
    }


PAGES: Mapping[str, tuple[str, Callable[[Draft, str, Document], Any]]] = {
    "views": ("view", compile_view),
    "forms": ("form", compile_form),
    "templates": ("template", compile_template),
    "apps": ("app", compile_app),
    "metrics": ("metric", compile_metric),
    "reports": ("report", compile_report),
    "dashboards": ("dashboard", compile_dashboard),
    "roles": ("role", compile_role),
}
"""Parts of a model that stand on its entities, each with its kind."""


def _pages_and_numbers(
    draft: Draft, last: Draft | None = None, keys: Collection[str] = ()
) -> dict[str, dict[str, Any]]:
    """last: a draft whose parts stay, but for `keys`."""
    made: dict[str, dict[str, Any]] = {}
    for part, (kind, compile_one) in PAGES.items():
        known = getattr(last.model, part) if last else {}
        found = (
            (name, known.get(name) if last and f"{kind}/{name}" not in keys else compile_one(draft, name, document))
            for name, document in of_kind(draft.documents, kind)
        )
        made[part] = {name: each for name, each in found if each is not None}
    return made


def _refuse_cycles(draft: Draft) -> None:
    cycle = find_cycle(dependencies(draft.model.entities, draft.scope))
    if cycle:
        entity, field = cycle[0]
        said = _("This field depends on itself: %(cycle)s.", cycle=told(cycle))
        draft.say(Place(f"entity/{entity}").at("fields", field), "cycle", said)


def _refuse_upward_levels(draft: Draft) -> None:
    levels = dict(draft.levels)
    for key, document in draft.documents.items():
        levels.setdefault(key, document.get("level", "L1"))
    for place, target in _once(draft.reaches):
        level = levels.get(target, "L1")
        if level > place.level:
            said = _(
                "This is shown from level %(mine)s on and needs “%(target)s”, which is there from level %(level)s on. "
                "Give it level %(level)s, too.",
                mine=place.level,
                target=_called(draft, target),
                level=level,
            )
            draft.problems.append(Problem(place.pointer, "level", said, level, place.key))


def _called(draft: Draft, target: str) -> str:
    """What people call something that is referred to; its key where it has no label."""
    key, _hash, part = target.partition("#")
    document = draft.documents.get(key, {})
    found = document.get("fields", {}).get(part, {}) if part else document
    return pick(found.get("label")) or target


def _once(reaches: Iterable[tuple[Place, str]]) -> Iterable[tuple[Place, str]]:
    seen: Mapping[tuple[str, str, str], tuple[Place, str]] = {
        (place.key, place.pointer, target): (place, target) for place, target in reaches
    }
    return seen.values()
