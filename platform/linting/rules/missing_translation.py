"""A text that lacks one of the languages of the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from sartor.platform.definitions.labels import needs_no_translation, texts_of
from sartor.platform.definitions.system import system_documents
from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.linting.translations import known_translations, said_by_language
from sartor.platform.text import LANGUAGES, Label
from sartor.platform.text import gettext as _


class MissingTranslation(Rule):
    key = "L401"
    label = {"en": "A missing translation", "zh": "缺少翻译"}
    icon = "language"
    severity = Severity.WARNING
    unmended = {
        "en": "Only a person knows the words, unless they are said elsewhere; a copy would hide that they are missing.",
        "zh": "除非别处已有译文，否则只有人知道译法；照抄原文会掩盖缺失。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {"name": {"type": "text", "label": {"en": "Machine"}}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        found = [
            (key, *each) for key, document in sorted(subject.documents.items()) for each in texts_of(key, document)
        ]
        ours = system_documents()
        languages = _spoken(label for key, _place, label in found if key not in ours)
        if not languages:
            return
        memory = known_translations(label for _key, _place, label in found)
        for key, place, label in found:
            for language in languages if not needs_no_translation(label) else ():
                if language not in said_by_language(label):
                    yield self._told((key, place), label, language, memory)

    def _told(self, at: tuple[str, str], label: Label, language: str, memory: Mapping[tuple[str, str], str]) -> Finding:
        said = said_by_language(label)
        known = next((memory[text, language] for text in said.values() if (text, language) in memory), None)
        mend = _mend(at, {**said, language: known}) if known else None
        text = next(iter(said.values()))
        return self.finding(*at, partial(_sentence, text, language), mend)


def _spoken(found: Iterator[Label]) -> list[str]:
    """Languages that the workspace has begun to speak: one that some label gives besides another."""
    spoken = {language for label in found if isinstance(label, Mapping) and len(label) > 1 for language in label}
    return [language for language in LANGUAGES if language in spoken]


def _mend(at: tuple[str, str], label: dict[str, str | None]) -> Fix:
    said = " / ".join(str(label[language]) for language in LANGUAGES if label.get(language))
    return fix(lambda: _("Say “%(text)s”, as elsewhere", text=said), Edit(*at, label))


def _sentence(text: str, language: str) -> str:
    names = {"en": _("English"), "zh": _("Chinese")}
    return _("“%(text)s” is missing in %(language)s.", text=_short(text), language=names[language])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
