"""What does not hold together, as findings: where something can be taken out for it, with the fix that does so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.compile.drafting import compile_draft
from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.errors import Problem
from sartor.platform.linting.finding import GONE, Edit, Finding, Fix, Severity, both, in_language
from sartor.platform.linting.regrouping import lost_group, ways_on
from sartor.platform.linting.spelling import spelt_right
from sartor.platform.model import Model
from sartor.platform.publishing.diff import ABSENT, differences
from sartor.platform.publishing.uses.mending import Mending, mended, mending, problems
from sartor.platform.publishing.uses.mending_words import mending_said
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import LANGUAGES

FAULT = "L001"
"""The code of what does not hold together: it cannot be published."""
MENDED = 50
"""For so many it is worked out how they are mended; the others follow once these are."""


def faults(compiler: Compiler, documents: Documents) -> list[Finding]:
    """A compilation speaks the reader's language, so it is done once for each; it is the same faults in order."""
    told = [in_language(code, lambda: compiler.check(documents)) for code in LANGUAGES]
    found = [dict(zip(LANGUAGES, each, strict=True)) for each in zip(*told, strict=True)]
    fixes = _Fixes(compiler, documents)
    return [_fault(each, fixes if number < MENDED else None) for number, each in enumerate(found)]


class _Fixes:
    """What would mend a design. What does not even fit its schema is only spelt as was meant, or taken out."""

    def __init__(self, compiler: Compiler, documents: Documents) -> None:
        self.kinds = compiler.kinds
        self.documents = documents
        self.compiler = compiler
        self.model = None if compiler.validate(documents) else compile_draft(documents, self.kinds, 0).model

    def of(self, problem: Problem) -> Fix | None:
        if self.model is None:
            return spelt_right(self.documents, self.kinds, problem)
        found = mending(self.documents, self.kinds, problem)
        return self._fix(found) if found is not None else None

    def offers(self, problem: Problem) -> tuple[Fix, ...]:
        """Where taking out would end a whole report, the ways in which it goes on; then that."""
        gone = lost_group(self.documents, self.kinds, problem) if self.model is not None else None
        out = self.of(problem)
        if self.model is None or gone is None or out is None:
            return ()
        return (*ways_on(self.documents, self.model, problem, gone, self._holds), replace(out, name="out"))

    def _holds(self, key: str, document: Document) -> bool:
        problems = self.compiler.draft({**self.documents, key: document}).problems
        return all(each.file != key for each in problems)

    def _fix(self, found: Mending) -> Fix:
        return Fix(both(partial(self._said, found)), tuple(self._edits(found)))

    def _said(self, found: Mending) -> str:
        return mending_said(Calling(self.kinds, self.model or Model(0, {}), self.documents), found)

    def _edits(self, found: Mending) -> Iterator[Edit]:
        """Only what mending changes, so that several go together."""
        before = {key: self.documents[key] for key in found.changed}
        after = {key: each for key, each in found.changed.items() if each is not None}
        for each in differences(before, after):
            yield Edit(each.key, each.pointer, GONE if each.after is ABSENT else each.after)


def _fault(problem: Mapping[str, Problem], fixes: _Fixes | None) -> Finding:
    one = next(iter(problem.values()))
    said = {code: each.message for code, each in problem.items()}
    finding = Finding(FAULT, Severity.ERROR, one.file or "", one.field, said)
    if fixes is None:
        return finding
    offers = fixes.offers(one)
    return replace(finding, offers=offers) if offers else replace(finding, fix=fixes.of(one))


def mended_faults(
    documents: Documents, compiler: Compiler, findings: Collection[Finding]
) -> dict[str, Document | None]:
    """One after another, since what mends one may leave another that stood on it; other faults are left alone."""
    chosen = {(each.key, each.pointer) for each in findings}
    known = [each for each in problems(documents, compiler.kinds) if (each.file or "", each.field) not in chosen]
    return mended(documents, compiler.kinds, known)
