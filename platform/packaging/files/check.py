"""`sartor blueprint check`: every problem of a folder, with its file, its place, what is wrong and what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.labels import needs_no_translation, texts_of
from sartor.platform.errors import BadRequest, InvalidDefinition, Problem
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.text import gettext as _


def check_folder(folder: Path, kinds: Kinds, beside: Iterable[Path] = ()) -> list[Problem]:
    """Problems of a blueprint together with those that it requires, found in the folders `beside`."""
    try:
        blueprint = read_folder(folder)
        documents = compose(needed_by(blueprint, beside))
    except InvalidDefinition as error:
        return list(error.problems)
    except BadRequest as error:
        return [Problem("", "json", error.message)]
    problems = dict.fromkeys(Compiler(kinds).check(documents))  # what two steps noticed is told once
    return [*(_in_files(problem, blueprint) for problem in problems), *_untranslated(blueprint)]


def needed_by(blueprint: Blueprint, beside: Iterable[Path]) -> list[Blueprint]:
    """The blueprint and all that it requires, as far as they can be found."""
    known = {each.name: each for each in beside}
    found = {blueprint.name: blueprint}
    waiting = list(blueprint.requires)
    while waiting:
        name = waiting.pop()
        if name not in found and name in known:
            found[name] = read_folder(known[name])
            waiting += found[name].requires
    return list(found.values())


def _in_files(problem: Problem, blueprint: Blueprint) -> Problem:
    """A problem of a definition as a problem of the file that it was read from."""
    key = problem.file or ""
    files = blueprint.own.files
    return replace(problem, file=files.get(key) or files.get("extends:" + key) or key)


def _untranslated(blueprint: Blueprint) -> Iterator[Problem]:
    """Labels that lack one of the languages which the blueprint promises."""
    languages = set(blueprint.manifest.get("languages", ()))
    if len(languages) < 2:
        return
    for key, document in blueprint.own.documents.items():
        for place, label in texts_of(key, document):
            missing = sorted(languages - (label.keys() if isinstance(label, Mapping) else {"en"}))
            if missing and not needs_no_translation(label):
                said = _("The text in %(language)s is missing.", language=missing[0])
                yield Problem(place, "untranslated", said, file=blueprint.own.files[key])
