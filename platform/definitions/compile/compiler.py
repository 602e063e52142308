"""The order of a compilation.

1. every document by its schema; 2. shells, so that each name has a type; 3. what field types need of the whole;
4. expressions, pipelines, pages, numbers, roles; 5. what only the whole shows: cycles and levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.definitions.compile.active import active
from sartor.platform.definitions.compile.cycles import dependencies, find_cycle, told
from sartor.platform.definitions.compile.draft import Draft, Place
from sartor.platform.definitions.compile.entities import finish, furnish, prepare, prepare_computed, shells
from sartor.platform.definitions.compile.pages import compile_app, compile_form, compile_view
from sartor.platform.definitions.compile.pipelines import finish_pipeline, pipeline_shells
from sartor.platform.definitions.compile.reports import compile_dashboard, compile_metric, compile_report
from sartor.platform.definitions.compile.roles import compile_role
from sartor.platform.definitions.compile.scope import ModelScope
from sartor.platform.definitions.compile.templates import compile_template
from sartor.platform.definitions.documents import Document, Documents, digest, in_order, of_kind
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.model import Model
from sartor.platform.model.model import OptionSet
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext


class Compiler:
    """Compiles for one set of extensions; remembers which documents it has found to be valid."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._valid: set[tuple[str, str]] = set()

    def trust(self, manifest: Mapping[str, str]) -> None:
        """Take documents, by name and content hash, as valid: publishing found them to be so."""
        self._valid.update(manifest.items())

    def compile(self, documents: Documents, revision: int) -> Model:
        """The model of a set of documents.

        :raises InvalidDefinition: with every problem found.
        """
        problems = self.validate(documents)
        if not problems:
            draft = compile_draft(documents, self.kinds, revision)
            problems = draft.problems
        if not problems and (taking_effect := active(documents)) is not documents:
            draft = compile_draft(taking_effect, self.kinds, revision)
            problems = draft.problems
        if problems:
            count = len(problems)
            said = ngettext("One problem in the definitions.", "%(n)s problems in the definitions.", count)
            raise InvalidDefinition(said, problems)
        return draft.model

    def check(self, documents: Documents) -> list[Problem]:
        """All problems; none means that the documents can be published."""
        return self.validate(documents) or compile_draft(documents, self.kinds, 0).problems

    def validate(self, documents: Documents) -> list[Problem]:
        problems = []
        for key, document in documents.items():
            known = (key, digest(document))
            if known in self._valid:
                continue
            found = validate(self.kinds, key, document)
            problems += found
            if not found:
                self._valid.add(known)
        return problems


def compile_documents(documents: Documents, kinds: Kinds, revision: int = 0) -> Model:
    """Compile once, without remembering anything."""
    return Compiler(kinds).compile(documents, revision)


def check(documents: Documents, kinds: Kinds) -> list[Problem]:
    """All problems of a set of documents."""
    return Compiler(kinds).check(documents)


def compile_draft(documents: Documents, kinds: Kinds, revision: int, draft_type: Callable[..., Draft] = Draft) -> Draft:
    """Compile documents that are valid by themselves; faults are noted in the draft.

    draft_type: a workbench that notes more (renaming wants every reference with its place).
    """
    draft = draft_type(documents, kinds.extensions, revision)
    draft.model = Model(revision=revision, entities=shells(draft))
    draft.model = replace(draft.model, options=_option_sets(draft), pipelines=pipeline_shells(draft))
    _renew(draft, entities=prepare(draft, draft.model.entities))
    _finish_entities(draft)
    _renew(draft, entities=prepare_computed(draft, draft.model.entities))
    _renew(draft, entities=furnish(draft, draft.model.entities))
    _renew(draft, pipelines=_finish_pipelines(draft))
    _renew(draft, **_pages_and_numbers(draft))
    _refuse_cycles(draft)
    _refuse_upward_levels(draft)
    draft.model = replace(draft.model, dependents={key: frozenset(users) for key, users in draft.uses.items()})
    return draft


def _renew(draft: Draft, **parts: Any) -> None:
    draft.model = replace(draft.model, **parts)
    draft.scope = ModelScope(draft.model)


def _option_sets(draft: Draft) -> dict[str, OptionSet]:
    return {
        name: OptionSet(name, document["label"], dict(in_order(document["choices"])), document.get("maps", {}))
        for name, document in of_kind(draft.documents, "options")
    }


def _finish_entities(draft: Draft) -> None:
    finished = {
        name: finish(draft, entity, draft.documents[f"entity/{name}"]) for name, entity in draft.model.entities.items()
    }
    _renew(draft, entities=finished)


def _finish_pipelines(draft: Draft) -> dict[str, Any]:
    return {
        name: finish_pipeline(draft, each, draft.documents[f"pipeline/{name}"])
        for name, each in draft.model.pipelines.items()
    }


def _pages_and_numbers(draft: Draft) -> dict[str, dict[str, Any]]:
    return {
        "views": _each(draft, "view", compile_view),
        "forms": _each(draft, "form", compile_form),
        "templates": _each(draft, "template", compile_template),
        "apps": _each(draft, "app", compile_app),
        "metrics": _each(draft, "metric", compile_metric),
        "reports": _each(draft, "report", compile_report),
        "dashboards": _each(draft, "dashboard", compile_dashboard),
        "roles": _each(draft, "role", compile_role),
    }


def _each(draft: Draft, kind: str, compile_one: Callable[[Draft, str, Document], Any]) -> dict[str, Any]:
    found = {name: compile_one(draft, name, document) for name, document in of_kind(draft.documents, kind)}
    return {name: each for name, each in found.items() if each is not None}


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
                "This is %(mine)s and refers to %(target)s, which is %(level)s.",
                mine=place.level,
                target=target,
                level=level,
            )
            draft.say(place, "level", said)


def _once(reaches: Iterable[tuple[Place, str]]) -> Iterable[tuple[Place, str]]:
    seen: Mapping[tuple[str, str, str], tuple[Place, str]] = {
        (place.key, place.pointer, target): (place, target) for place, target in reaches
    }
    return seen.values()
