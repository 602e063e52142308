"""Mending what a schema refuses: a name that is not known, or a value that is not listed, becomes what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import at, parts_of, pointer_to
from sartor.platform.errors import Problem
from sartor.platform.linting.finding import GONE, Edit, Fix, both
from sartor.platform.model import Model
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import gettext as _


def spelt_right(documents: Documents, kinds: Kinds, problem: Problem) -> Fix | None:
    """None where only a person knows what was meant."""
    key, meant = problem.file or "", problem.near
    document = documents.get(key)
    if problem.code == "enum" and meant is not None:
        said = partial(_written, str(at(document, problem.field)), meant)
        return Fix(both(said), (Edit(key, problem.field, meant),))
    if problem.code != "additionalProperties":
        return None
    *way, name = parts_of(problem.field)
    around = at(document, pointer_to(*way))
    gone = Edit(key, problem.field, GONE)
    if meant is None or not isinstance(around, Mapping) or meant in around:
        return Fix(both(partial(_taken_out, documents, kinds, problem)), (gone,))
    there: Any = Edit(key, pointer_to(*way, meant), around[name])
    return Fix(both(partial(_written, name, meant)), (gone, there))


def _written(before: str, now: str) -> str:
    return _("Write “%(now)s” for “%(before)s”", now=now, before=before)


def _taken_out(documents: Documents, kinds: Kinds, problem: Problem) -> str:
    names = Calling(kinds, Model(revision=0, entities={}), documents)
    return _("Take out %(thing)s", thing=names.spot(problem.file or "", problem.field).said)
