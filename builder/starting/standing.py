"""How the first steps stand: what was done already, whoever did it and wherever."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.builder.bench import Bench
from sartor.builder.palettes.record_lists import apps_to
from sartor.platform.definitions.documents import Documents, of_kind
from sartor.platform.definitions.system import system_documents
from sartor.platform.model import Entity, Operation
from sartor.platform.publishing.store import Revision
from sartor.platform.records.importing import ledger
from sartor.platform.storage import shipped
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext, pick

LISTS = 2
"""So many lists are offered to bring rows into: those that most others point to."""


def of_people(here: Bench) -> str:
    """Whoever came with the samples was not invited."""
    with here.workspace.database.read() as connection:
        samples = {each.record for each in shipped.every(connection) if each.entity == _table(here, "user")}
    others = here.context.directory.people.keys() - samples - {here.context.actor.id}
    return ngettext("one person besides you", "%(n)s people besides you", len(others), n=len(others)) if others else ""


def _table(here: Bench, entity: str) -> str:
    return here.context.model.entity(entity).table


def of_imports(here: Bench) -> str:
    """The applications of one's own; where there is none, how often rows were brought in."""
    ours = system_documents()
    own = [pick(each.get("label")) for name, each in of_kind(here.published, "app")
           if not each.get("origin") and f"app/{name}" not in ours]  # fmt: skip
    done = 0 if own else ledger.how_many(here.workspace.database)
    return listed(own) or (ngettext("one file is in", "%(n)s files are in", done, n=done) if done else "")


def fillable(here: Bench) -> Iterator[tuple[str, Entity]]:
    """App and entity of the lists into which a file is most likely to go."""
    model, rights, ours = here.context.model, here.context.access, system_documents()
    known = sorted(model.entities.values(), key=lambda each: (-len(model.lookups_to(each.name)), each.name))
    open_ = (each for each in known if f"entity/{each.name}" not in ours and each.line_of is None)
    found = ((app, each) for each in open_ if rights.may(Operation.IMPORT, each.name)
             for app in apps_to(model, here.context, each.name)[:1])  # fmt: skip
    yield from ((app.name, each) for _number, (app, each) in zip(range(LISTS), found, strict=False))


def of_fields(here: Bench) -> str:
    if any(key.startswith("entity/") for key in here.edited.edits):
        return _("edited, not published yet")
    publisher = here.workspace.publisher
    for each in _own_revisions(here):
        if changes_fields(publisher.documents(each.number - 1), publisher.documents(each.number)):
            return _("revision %(n)s is published", n=each.number)
    return ""


def changes_fields(before: Documents, after: Documents) -> bool:
    """Whether fields of an entity are others; those of a new one do not count, nor what a blueprint brings."""
    if dict(of_kind(before, "blueprint")) != dict(of_kind(after, "blueprint")):
        return False
    return any(before[key].get("fields") != each.get("fields") for key, each in after.items()
               if key.startswith("entity/") and key in before)  # fmt: skip


def of_publishing(here: Bench) -> str:
    mine = next(_own_revisions(here), None)
    return _("revision %(n)s is published", n=mine.number) if mine else ""


def _own_revisions(here: Bench) -> Iterator[Revision]:
    """What people have published, the latest first; the system begins every workspace."""
    return (each for each in here.workspace.publisher.revisions() if each.by is not None)
