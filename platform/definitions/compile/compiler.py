"""The compiler of a workspace: documents into a model, whole for publishing, by their edits for whoever looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sartor.platform.definitions.compile.active import active
from sartor.platform.definitions.compile.draft import Draft
from sartor.platform.definitions.compile.drafting import Drafting, compile_draft
from sartor.platform.definitions.compile.lost import lost_parts
from sartor.platform.definitions.documents import Documents, digest
from sartor.platform.definitions.explaining import no_such_type
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.model import Model
from sartor.platform.text import ngettext


class Compiler:
    """Compiles for one set of extensions; remembers which documents it has found to be valid."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._valid: set[tuple[str, str]] = set()
        self._drafts = Drafting(kinds)
        self._in_effect = Drafting(kinds)

    def trust(self, manifest: Mapping[str, str]) -> None:
        """Take documents, by name and content hash, as valid: publishing found them to be so."""
        self._valid.update(manifest.items())

    def compile(self, documents: Documents, revision: int) -> Model:
        """The model of a set of documents.

        :raises InvalidDefinition: with every problem found.
        """
        self._require(self.validate(documents))
        draft = compile_draft(documents, self.kinds, revision)
        self._require(draft.causes)
        self._drafts.last = self._drafts.last or draft  # most that is drafted is what was published, edited a little
        if (taking_effect := active(documents)) is not documents:
            draft = compile_draft(taking_effect, self.kinds, revision)
            self._require(draft.causes)
            self._in_effect.last = self._in_effect.last or draft
        return draft.model

    def compile_again(self, documents: Documents, revision: int) -> Model:
        """The same, for whoever only looks at it: what the last edit did not reach is not compiled again.

        :raises InvalidDefinition: with every problem found.
        """
        self._require(self.validate(documents))
        draft = self._drafts.draft(documents)
        self._require(draft.causes)
        if (taking_effect := active(documents)) is not documents:
            draft = self._in_effect.draft(taking_effect)
            self._require(draft.causes)
        return replace(draft.model, revision=revision)

    def require_valid(self, documents: Documents) -> None:
        """:raises InvalidDefinition: where a document does not fit the schema of its kind."""
        self._require(self.validate(documents))

    def _require(self, problems: list[Problem]) -> None:
        if problems:
            count = len(problems)
            said = ngettext("One problem in the definitions.", "%(n)s problems in the definitions.", count)
            raise InvalidDefinition(said, problems)

    def check(self, documents: Documents) -> list[Problem]:
        """All problems; none means that the documents can be published."""
        return self.validate(documents) or [*self.lost(documents), *self.draft(documents).causes]

    def lost(self, documents: Documents) -> list[Problem]:
        """What was published and is of a type that there is not any more. It is served all the same."""
        return [
            Problem(pointer, "lost", no_such_type(name), file=key)
            for key, pointer, name in lost_parts(documents, self.kinds.extensions)
        ]

    def draft(self, documents: Documents) -> Draft:
        """Documents that are valid by themselves, compiled as far as that goes; only what the last edit reached is
        compiled again. Not for publishing."""
        return self._drafts.draft(documents)

    def draft_in_effect(self, documents: Documents) -> Draft:
        """The same of what takes effect at the levels that are switched on, as `compile` has it."""
        taking_effect = active(documents)
        return self.draft(documents) if taking_effect is documents else self._in_effect.draft(taking_effect)

    def validate(self, documents: Documents) -> list[Problem]:
        problems = []
        for key, document in documents.items():
            known = (key, digest(document))
            if known in self._valid:
                continue
            found = validate(self.kinds, key, document)
            problems += found
            if not found:
                self._valid.add(known)
        return problems


def compile_documents(documents: Documents, kinds: Kinds, revision: int = 0) -> Model:
    """Compile once, without remembering anything."""
    return Compiler(kinds).compile(documents, revision)


def check(documents: Documents, kinds: Kinds) -> list[Problem]:
    """All problems of a set of documents."""
    return Compiler(kinds).check(documents)
