"""Two things side by side with the same label: nobody can tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sartor.platform.definitions.labels import texts_of
from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.linting.translations import known_translations
from sartor.platform.text import LANGUAGES, Label, fold, pick
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
        "en": "Only a person knows which of the two is called otherwise, and how, unless its words in the other "
        "language are translated elsewhere.",
        "zh": "哪一个改名、改成什么，只有人知道，除非它在另一种语言里的说法别处已有译文。",
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
        "options/maker": {
            "label": {"en": "Maker", "zh": "制造商"},
            "choices": {"own": {"label": {"en": "Our own", "zh": "自制"}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for group in _groups(subject):
            for language in LANGUAGES:
                yield from self._twice(subject, group, language)

    def _twice(self, subject: Subject, group: Sequence[Place], language: str) -> Iterator[Finding]:
        first: dict[str, Place] = {}
        for place in group:
            key, pointer, label = place
            text = fold(pick(label, language))
            if text in first and not _is_told(first[text], place, language):
                say = partial(_sentence, pick(label, language), first[text])
                yield self.finding(key, pointer, say, _mend(subject, group, place, language))
            first.setdefault(text, place)


def _mend(subject: Subject, group: Sequence[Place], place: Place, language: str) -> Fix | None:
    """What its words in the other language are called elsewhere, where nothing beside it is called so."""
    key, pointer, label = place
    if not isinstance(label, Mapping):
        return None
    here = (key, f"{pointer}/label")
    others = (each for name, document in subject.documents.items() for each in _elsewhere(name, document, here))
    memory = known_translations(others)
    found = {memory[text, language] for text in label.values() if (text, language) in memory}
    taken = {fold(pick(each[2], language)) for each in group}
    fresh = [text for text in found if fold(text) not in taken]
    if len(fresh) != 1:
        return None
    return fix(lambda: _("Call it “%(text)s”, as elsewhere", text=fresh[0]), Edit(*here, {**label, language: fresh[0]}))


def _elsewhere(key: str, document: Any, here: tuple[str, str]) -> Iterator[Label]:
    return (label for *_place, label in texts_of(key, document) if (key, *_place) != here)


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
