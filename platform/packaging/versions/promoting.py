"""A whole design, taken from one workspace to another: from test to production, as often as one likes.

It is merged like an upgrade: what was brought over the last time, what is there, and what comes now. So production
keeps what was changed only there, and the same design a second time has nothing to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sartor.platform.access.context import Context
from sartor.platform.definitions.documents import Document, Documents, canonical, without_engine_keys
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.definitions.system import system_documents
from sartor.platform.errors import BadRequest, NotFound, Problem
from sartor.platform.packaging.files.archive import unzipped, zipped
from sartor.platform.packaging.files.folder import read_files
from sartor.platform.packaging.files.shape import FOLDERS, Blueprint
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.files.sums import CHECKSUMS, checksums, require_undamaged
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.records.base import RecordBase
from sartor.platform.packaging.records.issues import ReferenceRecords, is_record
from sartor.platform.packaging.versions.promoted import Promoted
from sartor.platform.packaging.versions.rulings import RulingBook
from sartor.platform.packaging.versions.upgrades import Undecided, lines_stay, undecided
from sartor.platform.packaging.versions.upgrading import Issue, Ruling, Upgrade, Upgrading
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice, Question, asked
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.valuing import Valuing
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

DESIGN = "design.json"
NAME = "design"
ALL = {**FOLDERS, "blueprint": "blueprints"}
_KINDS = "|".join(ALL.values())
EXPECTED = re.compile(rf"({DESIGN}|{CHECKSUMS}|({_KINDS})/[a-z0-9_.]+\.json|shipped/[a-z0-9_]+/[A-Za-z0-9_./]+)\Z")
KIND_OF = {folder: kind for kind, folder in ALL.items()}


@dataclass(frozen=True, slots=True)
class Design:
    """documents: all definitions. shipped: blueprints as they came, so that they can be upgraded there, too."""

    documents: Documents
    shipped: tuple[Blueprint, ...] = ()


def packed_design(workspace: Workspace) -> bytes:
    """What is published, as one file: the same design gives the same bytes."""
    documents, ours = workspace.serving().design.documents, system_documents()
    shelf = Shelf(workspace.database, workspace.store)
    files = {DESIGN: canonical({"sartor": NAME}).encode()}
    for key, document in documents.items():
        bare = without_engine_keys(document)
        if bare != without_engine_keys(ours.get(key)):
            kind, _slash, name = key.partition("/")
            files[f"{ALL[kind]}/{name}.json"] = canonical(bare).encode()
        if "shipped" in document and key.startswith("blueprint/"):
            name = key.partition("/")[2]
            came = shelf.find(name, document["shipped"])
            files |= {f"shipped/{name}/{path}": content for path, content in (came.files() if came else {}).items()}
    return zipped(files)


def unpacked_design(data: bytes) -> Design:
    """:raises BadRequest: for what is no such file, or a damaged one."""
    files = unzipped(data, EXPECTED, DESIGN)
    require_undamaged(files)
    documents, shipped = dict(_documents(files)), dict(_shipped(files))
    return Design({**system_documents(), **documents}, tuple(read_files(each) for each in shipped.values()))


def _documents(files: Mapping[str, bytes]) -> Iterator[tuple[str, Document]]:
    for path, content in sorted(files.items()):
        folder, slash, name = path.partition("/")
        if slash and folder in KIND_OF:
            document = strict_json(content)
            if not isinstance(document, dict):
                raise BadRequest(_("%(name)s: a definition is a JSON object.", name=path[:120]))
            yield f"{KIND_OF[folder]}/{name.removesuffix('.json')}", document


def _shipped(files: Mapping[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    names = sorted({path.split("/")[1] for path in files if path.startswith("shipped/")})
    for name in names:
        base = f"shipped/{name}/"
        yield name, {path.removeprefix(base): each for path, each in files.items() if path.startswith(base)}


def kept_design(workspace: Workspace, digest: str) -> Design:
    """A design that somebody has brought here.

    :raises NotFound: for one that nobody did.
    """
    documents = Promoted(workspace).kept(digest)
    if not documents:
        raise NotFound(_("No such design was brought here; bring its file."))
    shelf = Shelf(workspace.database, workspace.store)
    names = sorted(key.partition("/")[2] for key in documents if key.startswith("blueprint/"))
    came = (shelf.find(name, str(documents[f"blueprint/{name}"].get("shipped", ""))) for name in names)
    return Design(documents, tuple(each for each in came if each is not None))


def _shipped_as(documents: Documents, name: str) -> str:
    """Digest of a blueprint as it came into a design; blank where it is not there."""
    return str(documents.get(f"blueprint/{name}", {}).get("shipped", ""))


class Promotion:
    """A design on its way into a workspace, by a change set of its own: publishing it notes what came over.

    asker: who is asked; none: the system. Reference records are looked at for whoever may bring records.
    """

    def __init__(self, workspace: Workspace, design: Design, *, asker: Context | None = None) -> None:
        self.asker = asker
        self.workspace = workspace
        self.design = design
        self.drafts = Drafts(workspace)
        self.book = RulingBook(workspace.database, NAME)
        self.last = Promoted(workspace)

    @property
    def digest(self) -> str:
        return next(iter(checksums({"": canonical(dict(self.design.documents)).encode()}).values()))

    def look(self, rulings: Iterable[Ruling] = ()) -> Upgrade:
        """What would be there, and what has to be decided first."""
        now = self.drafts.present()
        came = self.last.documents() or self._in_common(now)
        upgrading = Upgrading(came, now, self.design.documents, self.workspace.kinds, keeps=False)
        meant = [*self.book.read(), *rulings]
        made = upgrading.merged(meant)
        more = [issue for each, book in self._records(made) for issue in each.merged([*book.read(), *meant]).issues]
        return replace(made, issues=(*made.issues, *more))

    def _in_common(self, now: Documents) -> Documents:
        """What both began with, before anything came over: what every workspace has, and blueprints in one version."""
        alike = {each.name: each for each in self.design.shipped if _shipped_as(now, each.name) == each.digest}
        while lacking := [name for name, each in alike.items() if not each.requires.keys() <= alike.keys()]:
            alike = {name: each for name, each in alike.items() if name not in lacking}
        return compose(alike.values())

    def coming(self, upgrade: Upgrade) -> tuple[Blueprint, ...]:
        """The blueprints of which that version stands in the merged design; of the others what is here stays."""
        return tuple(each for each in self.design.shipped if _shipped_as(upgrade.documents, each.name) == each.digest)

    def _records(self, upgrade: Upgrade) -> list[tuple[ReferenceRecords, RulingBook]]:
        """The reference records of the blueprints that come, with what was decided about each of these."""
        if self.asker and not self.asker.access.ability("migrate"):
            return []
        return [
            (
                ReferenceRecords(self.workspace, RecordBase(self.workspace, each.name).found(), each, self.asker),
                RulingBook(self.workspace.database, each.name),
            )
            for each in self.coming(upgrade)
        ]

    def keep(self) -> str:
        """Keep the design, so that it can be looked at and decided; its digest."""
        shelf = Shelf(self.workspace.database, self.workspace.store)
        for each in self.design.shipped:
            shelf.keep(each)
        self.last.keep(self.digest, self.design.documents)
        return self.digest

    def questions(self, upgrade: Upgrade) -> list[tuple[Issue, Question]]:
        """What is asked, in the reader's language."""
        model = self.workspace.serving().model
        calling = Calling(self.workspace.kinds, model, upgrade.documents, self.drafts.present())
        valuing, records = Valuing(calling), [each for each, _book in self._records(upgrade)]
        return [
            (each, next(one for one in records if one.has(each)).words.question(each))
            if is_record(each.key)
            else (each, asked(calling, valuing, each.key, each.clash))
            for each in upgrade.issues
        ]

    def told(self, upgrade: Upgrade) -> tuple[str, ...]:
        """The reference records that it changes, each in a sentence of the reader's language."""
        meant = self.book.read()
        found = ((each, each.merged([*book.read(), *meant]).changes) for each, book in self._records(upgrade))
        return tuple(each.said(change) for each, changes in found for change in changes)

    def stays(self, upgrade: Upgrade) -> tuple[str, ...]:
        """What is not merged although the design has it otherwise."""
        return lines_stay() if any(each.lines_stay for each, _book in self._records(upgrade)) else ()

    def draft(self, upgrade: Upgrade) -> Draft:
        return Draft("promote", _("Bring the design over"), upgrade.documents, self.coming(upgrade))

    def decided(self, rulings: Iterable[Ruling] = (), rest: Choice | None = None) -> Draft:
        """:raises Undecided: naming what is open. rest: what holds where nobody has said anything."""
        rulings = list(rulings)
        look = self.look(rulings)
        self.book.add(rulings)
        if look.open and rest is None:
            problems = [Problem(each.place, "undecided", each.key + each.place, file=each.key) for each in look.open]
            raise Undecided(undecided(len(look.open)), problems)
        for _turn in ("definitions", "records"):  # those of a blueprint are asked about once its version is taken
            self.book.add(Ruling(each.key, each.place, rest, about=each.about) for each in look.open if rest)
            look = self.look()
        about = [each for each in self.book.read() if is_record(each.key)]
        for _records, book in self._records(look):
            book.add(about)
        return self.draft(look)

    def publish(self, draft: Draft, publication: Publication) -> int:
        """Publish it, and remember in the same transaction what was brought over."""
        self.last.keep(self.digest, self.design.documents)
        if self.drafts.is_there(draft):
            self.workspace.database.run(lambda work: self.last.note(work, self.digest))

        def also(work: Work) -> None:
            publication.also(work)
            self.last.note(work, self.digest)

        return self.drafts.publish(replace(draft, promotes=self.digest), replace(publication, also=also))
