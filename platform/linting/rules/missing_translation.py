"""A text that lacks one of the languages of the workspace. Many choices of one set, such as those that came out of a
file, are one finding: they are values, which may well be said alike in every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sartor.platform.definitions.labels import needs_no_translation, texts_of
from sartor.platform.definitions.system import system_documents
from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.subject import Subject
from sartor.platform.linting.translations import known_translations, said_by_language
from sartor.platform.text import LANGUAGES, Label, listed
from sartor.platform.text import gettext as _

VALUES = ("choices", "stages")
"""Maps of what a record may be, whose words are told together."""
NAMED = 3
"""So many of them are named in the sentence."""
Memory = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A text that lacks a language. known: how it is said there elsewhere; None: nowhere."""

    pointer: str
    label: Label
    language: str
    known: str | None

    @property
    def text(self) -> str:
        return next(iter(said_by_language(self.label).values()))

    @property
    def values(self) -> str:
        """The pointer of the map of choices or stages whose own label it is; empty for any other text."""
        owner, _slash, _name = self.pointer.removesuffix("/label").rpartition("/")
        return owner if self.pointer.endswith("/label") and owner.rpartition("/")[2] in VALUES else ""

    def edit(self, key: str) -> Edit:
        """It is said alike where nobody says it otherwise."""
        return Edit(key, self.pointer, {**said_by_language(self.label), self.language: self.known or self.text})


class MissingTranslation(Rule):
    key = "L401"
    label = {"en": "A missing translation", "zh": "缺少翻译"}
    icon = "language"
    severity = Severity.WARNING
    unmended = {
        "en": "Only a person knows the words, unless they are said elsewhere; a copy would hide that they are missing. "
        "Choices and stages are values, so several of one set may be said alike.",
        "zh": "除非别处已有译文，否则只有人知道译法；照抄原文会掩盖缺失。"
        "选项和阶段是取值，同一组中的多个可以照原样显示。",
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
        together: dict[tuple[str, str], list[Lacking]] = defaultdict(list)
        for key, place, label in found:
            for each in _lacking(place, label, languages, memory):
                together[key, each.values or each.pointer].append(each)
        for (key, place), these in together.items():
            yield self._one(key, these[0]) if len(these) == 1 else self._several(key, place, these)

    def _one(self, key: str, this: Lacking) -> Finding:
        mend = _mend(this.edit(key)) if this.known else None
        return self.finding(key, this.pointer, partial(_sentence, this.text, this.language), mend)

    def _several(self, key: str, place: str, these: Sequence[Lacking]) -> Finding:
        alike = fix(partial(_alike, all(each.known for each in these)), *(each.edit(key) for each in these))
        return self.finding(key, place, partial(_sentence_of_many, place.rpartition("/")[2], these), alike)


def _lacking(place: str, label: Label, languages: Sequence[str], memory: Memory) -> Iterator[Lacking]:
    said = said_by_language(label)
    for language in languages if not needs_no_translation(label) else ():
        if language not in said:
            known = next((memory[text, language] for text in said.values() if (text, language) in memory), None)
            yield Lacking(place, label, language, known)


def _spoken(found: Iterator[Label]) -> list[str]:
    """Languages that the workspace has begun to speak: one that some label gives besides another."""
    spoken = {language for label in found if isinstance(label, Mapping) and len(label) > 1 for language in label}
    return [language for language in LANGUAGES if language in spoken]


def _mend(edit: Edit) -> Fix:
    said = " / ".join(edit.value[language] for language in LANGUAGES if edit.value.get(language))
    return fix(lambda: _("Say “%(text)s”, as elsewhere", text=said), edit)


def _alike(known: bool) -> str:
    return _("Say them as elsewhere") if known else _("Say them alike in both languages")


def _sentence(text: str, language: str) -> str:
    names = {"en": _("English"), "zh": _("Chinese")}
    return _("“%(text)s” is missing in %(language)s.", text=_short(text), language=names[language])


def _sentence_of_many(what: str, these: Sequence[Lacking]) -> str:
    some = listed(f"“{_short(each.text)}”" for each in these[:NAMED])
    some += " …" if len(these) > NAMED else ""
    if what == "stages":
        return _("%(n)s stages are said in one language only: %(some)s", n=len(these), some=some)
    return _("%(n)s choices are said in one language only: %(some)s", n=len(these), some=some)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
