"""Taking out a choice or a stage: another one takes over its records, and is named wherever the one that goes was."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.expressions import parse, print_expression
from sartor.platform.expressions.nodes import Items, Node, rebuilt, walk
from sartor.platform.publishing.names.rekeying import Rekeying, parts_of_set
from sartor.platform.publishing.names.renaming import naming_pipelines, pipelines_beside
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.uses.references import noted
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


def without_entry(documents: Documents, going: Rename) -> dict[str, Document]:
    """The document that changes when a choice or a stage goes and nothing takes its place.

    :raises NotFound: when there is no such thing.
    """
    _require(documents, going)
    copy: Any = deepcopy(dict(documents[going.key]))
    _take_out(copy, going)
    return {going.key: copy}


def succeeded(documents: Documents, kinds: Kinds, going: Rename) -> dict[str, Document]:
    """The documents that change when a choice or a stage goes and another one (`going.new`) takes over its records.

    :raises NotFound: where either is missing. :raises Conflict: where it says which pipeline its records follow.
    """
    _require(documents, going, heir=True)
    keys = {going.old: going.new}
    if any(going.old in parts_of_set(documents, each) for each in _others(documents, going)):
        keys = {}  # what names it means those of the other pipelines as well
    return Succession(documents, noted(documents, kinds), going.set, keys, going=going).changed()


def _others(documents: Documents, going: Rename) -> list[str]:
    """Pipelines beside the one that loses a stage."""
    if going.kind != "pipeline":
        return []
    found = (f"pipeline/{each}" for each in pipelines_beside(documents, going.key.partition("/")[2]))
    return [each for each in found if each != going.key]


@dataclass
class Succession(Rekeying):
    """One such change. going: what goes, `new` its heir."""

    going: Rename = field(kw_only=True)

    def _set_itself(self) -> None:
        copy = self._copy(self.going.key)
        gone = _take_out(copy, self.going)
        heir = parts_of_set({self.going.key: copy}, self.owner)[self.going.new]
        known = (*heir.get("takes", ()), *gone.get("takes", ()), *gone.get("formerly", ()), self.going.old)
        heir["takes"] = list(dict.fromkeys(known))

    def _written(self, text: str, node: Node, meant: set[int]) -> str:
        """Lists that name both name the heir once."""
        made = super()._written(text, node, meant)
        tree = parse(made) if made != text else node
        twice = any(isinstance(each, Items) and _alone(each) != each for each in walk(tree))
        return print_expression(rebuilt(tree, _alone)) if made != text and twice else made


def _alone(node: Node) -> Node:
    """A list without what it says again."""
    return Items(_once(node.items), position=node.position) if isinstance(node, Items) else node


def _once(items: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(each for n, each in enumerate(items) if each not in items[:n])


def _take_out(document: Any, going: Rename) -> Document:
    """Takes it out of a copy of its document, with the moves that start or end there; the entry itself."""
    gone: Document = parts_of_set({going.key: document}, going.set).pop(going.old)
    if going.kind == "pipeline":
        if document.get("first") == going.old:
            del document["first"]
        for name, move in list(document.get("transitions", {}).items()):
            move.update({end: [each for each in move[end] if each != going.old] for end in ("from", "to")})
            if not (move["from"] and move["to"]):
                del document["transitions"][name]
    return gone


def _require(documents: Documents, going: Rename, *, heir: bool = False) -> None:
    names = parts_of_set(documents, going.set) or {}
    for wanted in (going.old, going.new) if heir else (going.old,):
        if wanted not in names:
            hint = did_you_mean(near(wanted, names))
            raise NotFound(_("There is no %(name)s.", name=wanted) + hint)
    if heir and going.old == going.new:
        raise Conflict(_("It cannot take its own place."))
    if heir and going.set in naming_pipelines(documents, going.old):
        text = _("%(name)s is the name of a pipeline, whose records no other choice can take over.", name=going.old)
        raise Conflict(text)
