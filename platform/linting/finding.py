"""What the linter says: a finding with its place and, where it can be mended safely, the edits that mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from sartor.platform.text import LANGUAGES, language, use_language

T = TypeVar("T")


class Severity(StrEnum):
    """ERROR: somebody cannot work. WARNING: probably not meant. HINT: could be better."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Gone:
    """Stands in an edit for *nothing*: the property, entry or definition is taken away."""


GONE = Gone()


@dataclass(frozen=True, slots=True)
class Edit:
    """One value put at a JSON pointer of a definition; an empty pointer means the whole definition."""

    key: str
    pointer: str
    value: Any

    def as_dict(self) -> dict[str, Any]:
        value = {} if self.value is GONE else {"value": self.value}
        return {"key": self.key, "path": self.pointer, **value}


@dataclass(frozen=True, slots=True)
class Fix:
    """What mending does, as a sentence, and the edits. Several fixes of a definition follow one another.

    name: tells it from the others that are offered beside it.
    """

    said: Mapping[str, str]
    edits: tuple[Edit, ...]
    name: str = ""

    @property
    def text(self) -> str:
        """In the reader's language."""
        return self.said[language()]

    def as_dict(self) -> dict[str, Any]:
        told = {"text": dict(self.said), "edits": [each.as_dict() for each in self.edits]}
        return {**told, "name": self.name} if self.name else told


@dataclass(frozen=True, slots=True)
class Finding:
    """code: of the rule, stable. key: the definition. pointer: the place in it. said: the sentence by language.

    fix: what whoever designs would want. offers: where it is a choice, each by its name; a person takes one of them.
    """

    code: str
    severity: Severity
    key: str
    pointer: str
    said: Mapping[str, str]
    fix: Fix | None = None
    offers: tuple[Fix, ...] = ()

    @property
    def message(self) -> str:
        """In the reader's language."""
        return self.said[language()]

    def as_dict(self) -> dict[str, Any]:
        told = {"code": self.code, "severity": str(self.severity), "key": self.key, "path": self.pointer}
        fix = {"fix": self.fix.as_dict()} if self.fix else {}
        offers = {"offers": [each.as_dict() for each in self.offers]} if self.offers else {}
        return {**told, "message": dict(self.said), **fix, **offers}

    def taking(self, name: str) -> Finding | None:
        """The finding with one of its offers as its fix; None where nothing of that name is offered."""
        taken = next((each for each in self.offers if each.name == name), None)
        return replace(self, fix=taken) if taken else None


def fixed_by(findings: Iterable[Finding], choice: str = "") -> list[Finding]:
    """Those that have a fix; with a choice, those that offer it, with that as their fix."""
    if not choice:
        return [each for each in findings if each.fix]
    return [taken for each in findings if (taken := each.taking(choice))]


def both(say: Callable[[], str]) -> dict[str, str]:
    """A sentence in every language of the product."""
    return {code: in_language(code, say) for code in LANGUAGES}


def in_language(code: str, say: Callable[[], T]) -> T:
    """What is said in one language, whatever the reader's is."""
    before = language()
    use_language(code)
    try:
        return say()
    finally:
        use_language(before)
