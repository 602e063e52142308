"""What a copy needs copies of: a deal that is kept twice needs a pipeline and lines of its own, which the file need not
have. Copies of those that are here come along with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.system import system_documents
from sartor.platform.errors import Problem
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.merge import completed
from sartor.platform.packaging.selection import bare
from sartor.platform.publishing.uses.references import Noting, noted

OWN = ("entity/", "pipeline/")
"""What may belong to one entity; anything else serves as many as name it."""
OURS = system_documents().keys()


def taken_along(blueprint: Blueprint, documents: Documents, keys: Iterable[str]) -> Blueprint:
    """The blueprint with definitions that are here as if it had them, with what it adds to them."""
    own, extends = dict(blueprint.own.documents), dict(blueprint.own.extends)
    for key in keys:
        if key in documents and key not in own:
            own[key] = completed(bare(documents[key]), extends.pop(key, {}), "")
    return replace(blueprint, own=Parts(own, extends, blueprint.own.files))


class Lacking:
    """Finds what copies lack. together: what is here and what the file has, with everything under its former name."""

    def __init__(self, together: Documents, kinds: Kinds) -> None:
        self.kinds = kinds
        self.draft: Noting = noted(together, kinds)

    def beside(self, design: Documents, former: Mapping[str, str], known: Set[str]) -> set[str]:
        """Definitions that something in the copies does not fit to. former: what each copy is a copy of."""
        problems = compile_draft(design, self.kinds, 0).causes
        wrong = [each for each in problems if each.file in former]
        found = {key for each in wrong for key in self._named(former[each.file or ""], each)}
        return {key for key in found - known - OURS if key.startswith(OWN)}

    def _named(self, key: str, problem: Problem) -> set[str]:
        """What is named where something does not fit, or else nearest to it."""
        entry = "/".join(problem.field.split("/")[:3])  # a field, an effect
        for place in (problem.field, entry):
            for names in (self._by_name, self._by_path):
                if found := {each for each in names(key, place) if each != key and each.startswith(OWN)}:
                    return found
        return set()

    def _by_name(self, key: str, pointer: str) -> Iterator[str]:
        for each in self.draft.found:
            if each.key == key and f"{each.pointer}/".startswith(f"{pointer}/"):
                yield from each.targets
                yield from (f"entity/{owner[0]}" for owner in each.owners if owner)

    def _by_path(self, key: str, pointer: str) -> Iterator[str]:
        for place, target in self.draft.reaches:
            if place.key == key and f"{place.pointer}/".startswith(f"{pointer}/"):
                yield target.partition("#")[0]
