"""Files that somebody brought and the proposal for them, in the file store: from one page to the next, and from the
proposal to its imports. Each is its owner's; an administrator sees all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import IO

from sartor.platform.access.context import Context
from sartor.platform.access.roles import ADMINISTER
from sartor.platform.definitions.documents import Documents
from sartor.platform.errors import Invalid, NotFound, Problem
from sartor.platform.packaging.sheets.looking import Looked, look
from sartor.platform.packaging.sheets.proposal import Proposal, Sheet
from sartor.platform.packaging.sheets.proposing import Source, Tell, propose
from sartor.platform.packaging.sheets.sources import require_few, sources
from sartor.platform.packaging.sheets.standing import Standing
from sartor.platform.packaging.sheets.ways import Ways
from sartor.platform.records.files.reading import Table, open_table
from sartor.platform.storage.files import FileStore, StoredFile
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace

PROPOSAL = "application/vnd.sartor.proposal+json"
"""Only the server says so of a file: what somebody uploads is never taken for a proposal."""
BROUGHT = "application/octet-stream"
LARGEST = 256 * 1024 * 1024
VERSIONS = 500
"""Each look at a proposal keeps another version of it; so many of all of them are looked through."""


class Desk:
    """Whoever makes an application of files."""

    def __init__(self, workspace: Workspace, context: Context) -> None:
        self.workspace = workspace
        self.files: FileStore = workspace.files
        self.context = context
        self.ways = Ways(workspace.extensions, context)
        self.standing = Standing(workspace, context)

    def bring(self, sent: Iterable[tuple[IO[bytes], str]], there: Documents) -> Proposal:
        """Keep files and propose what they could become; the same errors as for `propose`."""
        return self.propose(self.take(sent), there)

    def take(self, sent: Iterable[tuple[IO[bytes], str]]) -> list[StoredFile]:
        """Keep files. :raises TooLarge: for one of more than 256 MiB."""
        return [self.files.put(stream, name, BROUGHT, self.context.actor.id, limit=LARGEST) for stream, name in sent]

    def propose(self, files: Iterable[StoredFile], there: Documents, tell: Tell = lambda name, rows: None) -> Proposal:
        """What kept files could become, beside the definitions that are there.

        :raises Invalid: naming every file that cannot be read. :raises TooLarge: for too many tables.
        """
        found: list[Source] = []
        problems: list[Problem] = []
        for file in files:
            try:
                found += sources(self.files.path(file), file.name, file.id)
            except Invalid as error:
                problems += [Problem("", error.code, _of(file, error.message))]
        if problems or not found:
            raise Invalid(_("Not every file could be read."), problems)
        require_few(len(found))
        return propose(found, self.ways, self.standing, there, tell)

    def look(self, sheet: Sheet) -> Looked:
        """The table of a sheet, read once more."""
        return look(self.table(sheet))

    def table(self, sheet: Sheet) -> Table:
        file = self.mine(sheet.file)
        return open_table(self.files.path(file), name=file.name, sheet=sheet.sheet, encoding=sheet.encoding)

    def proposed_again(self, sheet: Sheet) -> Sheet:
        """A table that is read in another encoding, by itself: what it names in others is asked for again."""
        file = self.mine(sheet.file)
        source = Source(self.table(sheet), file.id, file.name, sheet=sheet.sheet, encoding=sheet.encoding)
        (found,) = propose([source], self.ways, self.standing, {}).sheets
        return replace(found, id=sheet.id, entity=sheet.entity)

    # ---- proposals

    def keep(self, proposal: Proposal) -> int:
        """A proposal as it is now; the number under which it is found again."""
        file = self.files.put(BytesIO(proposal.as_json()), proposal.brought, PROPOSAL, self.context.actor.id)
        return file.id

    def latest(self) -> list[StoredFile]:
        """One's own proposals, each as it was kept last, the newest first."""
        found = self.files.newest(PROPOSAL, self.context.actor.id, VERSIONS)
        return list({each.name: each for each in reversed(found)}.values())[::-1]

    def forget(self, proposal: Proposal) -> None:
        """As it is now and as it was."""
        self.files.forget(PROPOSAL, self.context.actor.id, proposal.brought)

    def kept(self, number: int) -> Proposal:
        """:raises NotFound: for another's, in the same words as for none."""
        file = self.mine(number)
        if file.type != PROPOSAL:
            raise NotFound(_("There is no such file."))
        return Proposal.from_json(self.files.content(file))

    def mine(self, number: int) -> StoredFile:
        """:raises NotFound: for another's, in the same words as for none."""
        file, actor = self.files.get(number), self.context.actor
        own = file.by is not None and file.by == actor.id
        if not (own or actor.is_system or self.context.access.ability(ADMINISTER)):
            raise NotFound(_("There is no such file."))
        return file


def _of(file: StoredFile, said: str) -> str:
    """Why a file cannot be read, with its name."""
    return said if file.name in said else _("%(thing)s: %(said)s", thing=file.name, said=said)
