"""A workspace, open in this process: everything that one company's installation consists of, wired together once.

Nothing in the platform is global: whoever needs a collaborator gets it from here, and two workspaces can be open in
one process.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sartor.platform.access.authority import Authority
from sartor.platform.access.context import Context, person_context, system_context
from sartor.platform.access.directory import Directories
from sartor.platform.access.identity import Identity
from sartor.platform.access.people import Directory
from sartor.platform.access.preferences import Preferences
from sartor.platform.access.sessions import Sessions
from sartor.platform.access.stamp import Assumed, Stamp
from sartor.platform.access.tokens import Tokens
from sartor.platform.access.workspace_name import WorkspaceName
from sartor.platform.automation.timed import TimedPublications
from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import Unauthenticated
from sartor.platform.expressions import Env
from sartor.platform.linting.finding import Finding
from sartor.platform.linting.linter import Linter
from sartor.platform.model import Model
from sartor.platform.publishing.change_sets.timing import Timing
from sartor.platform.publishing.models import Design, ModelCache
from sartor.platform.publishing.publisher import Publisher
from sartor.platform.publishing.store import DocumentStore
from sartor.platform.publishing.trials.written import Places
from sartor.platform.publishing.uses.references import Notes
from sartor.platform.publishing.values.background import BackgroundSteps
from sartor.platform.publishing.values.left_alone import LeftAlones
from sartor.platform.query.asking import NamesKept
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.writer import Writer
from sartor.platform.settings import Settings
from sartor.platform.storage.driver import DriverOptions
from sartor.platform.storage.engine import Database
from sartor.platform.storage.files import FileStore
from sartor.platform.storage.kept_columns import KeptColumns
from sartor.platform.storage.rates import Rates
from sartor.platform.storage.tables import Tables
from sartor.platform.text import gettext as _
from sartor.platform.text import use_language

CONTEXTS = 4096
"""How many people's contexts are kept until the stamp moves."""
AHEADS = 4
"""How many change sets that somebody looks at are kept compiled."""


@dataclass(frozen=True, slots=True, eq=False)
class Serving:
    """One published design with its two doors, the reader and the writer."""

    design: Design
    reader: Reader
    writer: Writer
    names: NamesKept

    @property
    def model(self) -> Model:
        return self.design.model

    @property
    def tables(self) -> Tables:
        return self.design.tables


class Workspace:
    """One company's installation."""

    def __init__(self, settings: Settings, database: Database, extensions: Extensions | None = None) -> None:
        self.settings = settings
        self.database = database
        types = extensions or Extensions.installed(settings.plugins_off).seal()
        self.extensions = replace(types, kept=KeptColumns(database))
        self.kinds = Kinds(self.extensions)
        self.compiler = Compiler(self.kinds)
        self.store = DocumentStore()
        self.models = ModelCache(database, self.compiler, self.store)
        self.authority = Authority()
        self.directories = Directories(database)
        self.sessions = Sessions(database)
        self.tokens = Tokens(database)
        self.rates = Rates(database)
        self.name = WorkspaceName(database, settings.name)
        self._servings: dict[int, Serving] = {}
        self._aheads: dict[str, tuple[tuple[Any, ...], Serving]] = {}
        self._contexts: tuple[Any, dict[tuple[Any, ...], Context]] = (None, {})
        self._lock = threading.Lock()

    @classmethod
    def open(cls, settings: Settings, extensions: Extensions | None = None) -> Workspace:
        """Open the workspace that the settings name.

        :raises BadSetting: for what cannot work.
        """
        options = DriverOptions(prepare=settings.prepare)
        database = Database.open(settings.database_url, statement_timeout_ms=settings.query_budget_ms, options=options)
        return cls(settings, database, extensions)

    def close(self) -> None:
        self.database.close()

    @cached_property
    def identity(self) -> Identity:
        return Identity(self.database)

    @cached_property
    def cursors(self) -> Cursors:
        return Cursors(self.settings.secret_key.encode())

    @cached_property
    def files(self) -> FileStore:
        return FileStore(self.settings.data / "files", self.database)

    @cached_property
    def publisher(self) -> Publisher:
        return Publisher(self.models, self._publishing_env)

    @cached_property
    def timing(self) -> Timing:
        """Change sets that are published at a time."""
        return Timing(self.publisher)

    @cached_property
    def timed(self) -> TimedPublications:
        """Keeps those appointments."""
        return TimedPublications(self.timing, self._acting_then)

    def _acting_then(self, user: int) -> Context:
        """A person who is not here, with today's rights, told things in his own language."""
        said = Preferences(self.database).of(user).get("language")
        use_language(said or self.settings.language)
        return self.person(self.stamp(), user, language=said)

    @cached_property
    def places(self) -> Places:
        """Where expressions of change sets are being written."""
        return Places(self.publisher.sets, self.kinds)

    @cached_property
    def background(self) -> BackgroundSteps:
        """What publishes left to do on big tables."""
        return BackgroundSteps(self.models, self._publishing_env)

    @cached_property
    def left_alone(self) -> LeftAlones:
        """Records that publishing could not put into a stage."""
        return LeftAlones(self.models, self._publishing_env)

    def _publishing_env(self, model: Model) -> Env:
        return system_context(model, "publishing", self.authority, **self._defaults(self.stamp(), {})).env()

    @cached_property
    def linter(self) -> Linter:
        return Linter(self.compiler, notes=self.notes)

    @cached_property
    def notes(self) -> Notes:
        """What names what in a design that somebody looks at."""
        return Notes(self.kinds)

    def findings(self, documents: Documents) -> list[Finding]:
        """What the linter finds in definitions, seen with the people that this workspace has."""
        people = self.directory(self.stamp()).people.values()
        held = {role for each in people if each.active for role in each.roles}
        return self.linter.lint(documents, dialect=self.database.dialect, held=held)

    # ---- the design being served

    def stamp(self) -> Stamp:
        return self.models.stamp()

    def serving(self, revision: int | None = None) -> Serving:
        """What serves a revision; the published one unless another is named."""
        number = self.stamp().revision if revision is None else revision
        found = self._servings.get(number)
        if found is None:
            design = self.models.get(number)
            with self._lock:
                found = self._servings.get(number) or self._made(design)
                newest = sorted({*self._servings, number})[-2:]
                self._servings = {each: self._servings.get(each, found) for each in newest}
        return found

    def ahead(self, change_set: str) -> Serving:
        """The design that a change set would make, on the tables that are there: only for reading.

        :raises InvalidDefinition: where the edits do not hold together yet.
        """
        now = self.serving()
        documents = self.publisher.sets.documents(change_set)
        key = (now.design.revision, *sorted(self.store.manifest_of(documents).items()))
        found = self._aheads.get(change_set)
        if found is None or found[0] != key:
            found = (key, self._made(self.publisher.planner.look_ahead(documents)))
            with self._lock:
                others = {name: each for name, each in self._aheads.items() if name != change_set}
                self._aheads = dict([*others.items(), (change_set, found)][-AHEADS:])
        return found[1]

    def _made(self, design: Design) -> Serving:
        tools = Tools(self.database, design.tables)
        reader = Reader(self.database, design.tables, self.cursors)
        return Serving(design, reader, Writer(tools), NamesKept(design.model))

    # ---- who acts

    def directory(self, stamp: Stamp) -> Directory:
        return self.directories.current(stamp.authz, self.serving(stamp.revision).tables)

    def person(
        self,
        stamp: Stamp,
        user: int,
        *,
        token: int | None = None,
        read_only: bool = False,
        assumes: Assumed | None = None,
        **more: Any,
    ) -> Context:
        """The context of a person, or of a person's token, with today's rights.

        :raises Unauthenticated: when the person may not act any more.
        """
        moment, (since, known) = (stamp, self.database.clock), self._contexts
        if since != moment or len(known) >= CONTEXTS:
            known = {}
            self._contexts = (moment, known)
        key = (user, token, read_only, *more.items())
        found = known.get(key)
        if found is None:
            found = known[key] = self._person(stamp, user, token, read_only, more)
        return found if assumes is None else found.assuming(assumes)

    def _person(self, stamp: Stamp, user: int, token: int | None, read_only: bool, more: dict[str, Any]) -> Context:
        directory = self.directory(stamp)
        actor = directory.actor(user, token, read_only=read_only)
        if actor is None:
            raise Unauthenticated(_("Please sign in."))
        more = {"directory": directory, **more}
        return person_context(self.serving(stamp.revision).model, actor, self.authority, **self._defaults(stamp, more))

    def system(self, reason: str, **more: Any) -> Context:
        """The system's own context; the reason is kept in logs and history."""
        stamp = self.stamp()
        model = self.serving(stamp.revision).model
        return system_context(model, reason, self.authority, **self._defaults(stamp, more))

    def _defaults(self, stamp: Stamp, more: dict[str, Any]) -> dict[str, Any]:
        settings, rates = self.settings, self.rates.current(stamp.number)
        own = {"language": settings.language, "zone": settings.timezone, "currency": settings.currency}
        known = {"clock": self.database.clock, "rates": rates.worth, "currencies": rates.currencies}
        return own | known | {name: value for name, value in more.items() if value is not None}
