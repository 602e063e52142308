"""A workspace with the benchmark's data and its two users: one who sees a third of the deals, one who sees his own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from columns import FILES, People, record_id, rows
from documents import DOCUMENTS
from fill import fill

from sartor.platform.access.assign import Assignment
from sartor.platform.definitions.system import system_documents
from sartor.platform.founding import found_workspace
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.publisher import Publication
from sartor.platform.settings import Settings
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

PEOPLE = 40
DEPARTMENTS = 3
ROLES = {"wide": "user01@example.test", "narrow": "user02@example.test"}


@dataclass(frozen=True)
class User:
    """A signed-in user. token: the key. deals: numbers of the deals that the user sees, in the order of the file."""

    name: str
    token: str
    deals: tuple[int, ...]


@dataclass(frozen=True)
class Filled:
    """environment: what the server of this workspace is started with. folder: of the files it was filled from."""

    environment: dict[str, str]
    users: dict[str, User]
    folder: Path


def filled(data: Path, url: str, folder: Path) -> Filled:
    """Publish the definitions in a new database, make the people, load the files."""
    environment = {"SARTOR_DATA": str(data), "SARTOR_DATABASE_URL": url, "SARTOR_SECRET_KEY": "b" * 64}
    environment |= {"SARTOR_CURRENCY": "EUR", "SARTOR_TIMEZONE": "UTC"}
    data.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.open(Settings.from_environment(environment))
    found_workspace(workspace)
    plan = workspace.publisher.plan_documents(system_documents() | DOCUMENTS)
    workspace.publisher.apply(plan, Publication("benchmark", confirm=plan.fingerprint))
    people = workspace.database.run(lambda work: _people(workspace, work))
    fill(workspace, folder, people, url)
    users = {role: _user(workspace, folder, people, role) for role in ROLES}
    workspace.close()
    return Filled(environment, users, folder)


def _people(workspace: Workspace, work: Work) -> People:
    context, writer = workspace.system("benchmark"), workspace.serving().writer
    departments = [writer.create(context, "department", {"name": f"D{n}"}, work=work).id for n in range(DEPARTMENTS)]
    people = {}
    for number in range(PEOPLE):
        name, department = f"user{number:02d}@example", departments[number % DEPARTMENTS]
        values = {"name": f"User {number}", "email": f"{name}.com", "department": encode_id(department)}
        people[f"{name}.test"] = (writer.create(context, "user", values, work=work).id, department)
    return people


def _user(workspace: Workspace, folder: Path, people: People, role: str) -> User:
    owner, department = people[ROLES[role]]
    context, tables = workspace.system("benchmark"), workspace.serving().tables

    def sign_in(work: Work) -> str:
        Assignment(workspace.database, tables).assign(work, context, owner, role)
        return workspace.tokens.create(work, owner, "benchmark")[1]

    place, whose = (1, department) if role == "wide" else (0, owner)
    deals = tuple(int(row["id"]) for row in rows(folder, "deal") if people[row["owner"]][place] == whose)
    return User(role, workspace.database.run(sign_in), deals)


def counts(folder: Path) -> dict[str, int]:
    return {entity: sum(1 for _row in rows(folder, entity)) for entity in FILES}


__all__ = ["Filled", "User", "counts", "filled", "record_id"]
