"""Checking a whole design: faults first, since a design with faults cannot be looked at any further."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.system import system_documents
from sartor.platform.linting import lint_rules
from sartor.platform.linting.base import Rule
from sartor.platform.linting.faults import FAULT, faults, mended_faults
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.linting.mending import mended
from sartor.platform.linting.subject import Subject
from sartor.platform.publishing.uses.references import Notes
from sartor.platform.registry import Registry

RANK = {severity: place for place, severity in enumerate(Severity)}


class Linter:
    """Runs every registered rule. The rules are sealed with the first design that is looked at."""

    def __init__(self, compiler: Compiler, rules: Registry[Rule] | None = None, notes: Notes | None = None) -> None:
        self.compiler = compiler
        self.notes = notes or Notes(compiler.kinds)
        self.rules = rules or lint_rules()
        self._last: tuple[tuple[object, ...], list[Finding]] | None = None

    def lint(
        self, documents: Documents, *, dialect: str = "sqlite", held: Iterable[str] | None = None
    ) -> list[Finding]:
        """All findings, the gravest first. held: roles that somebody has, where that is known.

        A page is looked at more often than a design is changed, so the last findings are kept.
        """
        asked = (documents, dialect, None if held is None else frozenset(held))
        last = self._last
        if last is None or last[0] != asked:
            last = self._last = (asked, self._found(*asked))
        return [*last[1]]

    def _found(self, documents: Documents, dialect: str, held: frozenset[str] | None) -> list[Finding]:
        self.rules.seal()
        if self.compiler.validate(documents):
            return faults(self.compiler, documents)
        draft = self.notes.of(documents)
        if draft.problems or self.compiler.lost(documents):
            return faults(self.compiler, documents)
        subject = Subject(documents, draft, dialect, held)
        ours = Subject(system_documents(), draft)
        found = [each for rule in self.rules for each in rule.find(subject) if not _is_shipped(each, subject, ours)]
        return sorted(found, key=_order)

    def mended(self, documents: Documents, findings: Collection[Finding]) -> dict[str, Document | None]:
        """The definitions that the fixes of these findings change; None for one that goes."""
        chosen = all(each.fix and each.fix.name for each in findings)
        if any(each.code == FAULT for each in findings) and not chosen and not self.compiler.validate(documents):
            return mended_faults(documents, self.compiler, findings)
        return mended(documents, findings)


def _is_shipped(finding: Finding, subject: Subject, ours: Subject) -> bool:
    """Whether it is about what the product itself brings (people, departments), as it brings it."""
    if finding.key not in ours.documents:
        return False
    return bool(subject.part(finding.key, finding.pointer) == ours.part(finding.key, finding.pointer))


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (RANK[finding.severity], finding.key, finding.code, finding.pointer)
