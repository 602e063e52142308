"""Two things side by side with the same label: nobody can tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from sartor.platform.linting.base import Rule
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.text import LANGUAGES, fold, pick
from sartor.platform.text import gettext as _

INSIDE = {"entity": ("fields",), "options": ("choices",), "pipeline": ("stages",), "form": ("sections", "tabs")}
"""Maps of a definition whose entries stand side by side."""
BESIDE = ("entity", "options", "role", "app", "dashboard", "metric")
PER_ENTITY = ("view", "form", "template")

Place = tuple[str, str, Any]
"""Definition, pointer, label."""


class SameLabel(Rule):
    key = "L402"
    label = {"en": "Two things with the same label", "zh": "重复的名称"}
    icon = "copy"
    severity = Severity.WARNING
    unmended = {
        "en": "Only a person knows which of the two is called otherwise, and how.",
        "zh": "哪一个改名、改成什么，只有人知道。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}, "order": 1},
                "maker": {"type": "text", "label": {"en": "Name", "zh": "制造商"}, "order": 2},
            },
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for group in _groups(subject):
            for language in LANGUAGES:
                yield from self._twice(group, language)

    def _twice(self, group: Iterable[Place], language: str) -> Iterator[Finding]:
        first: dict[str, Place] = {}
        for place in group:
            key, pointer, label = place
            text = fold(pick(label, language))
            if text in first and not _is_told(first[text], place, language):
                yield self.finding(key, pointer, partial(_sentence, pick(label, language), first[text]))
            first.setdefault(text, place)


def _is_told(one: Place, other: Place, language: str) -> bool:
    """Whether the same pair was found in an earlier language already."""
    earlier = LANGUAGES[: LANGUAGES.index(language)]
    return any(fold(pick(one[2], each)) == fold(pick(other[2], each)) for each in earlier)


def _groups(subject: Subject) -> Iterator[list[Place]]:
    """What stands side by side: entries of a definition, definitions of a kind, pages of an entity."""
    beside: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for key, document in sorted(subject.documents.items()):
        kind = key.partition("/")[0]
        for name in INSIDE.get(kind, ()):
            yield [(key, f"/{name}/{entry}", part["label"]) for entry, part in _labelled(document.get(name, {}))]
        if kind in BESIDE:
            beside[(kind,)].append((key, "", document["label"]))
        elif kind in PER_ENTITY:
            purpose = document.get("purpose", "main")
            beside[(kind, document["entity"], purpose)].append((key, "", document["label"]))
    yield from beside.values()


def _labelled(parts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, part) for name, part in parts.items() if part.get("label") and not part.get("retired"))


def _sentence(text: str, first: Place) -> str:
    """Both have this label, so the other one goes by its name."""
    other = first[1].rpartition("/")[2] or first[0]
    return _("“%(text)s” is also what %(other)s is called.", text=text, other=other)
