"""`sartor user …` and `sartor token …`."""

from __future__ import annotations

import sys

import click

from sartor.platform.access.assign import Assignment
from sartor.platform.access.people import Person
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.opening import opened


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command("add")
@click.argument("email")
@click.option("--name", help="Name; the part before the @ when left out.")
@click.option("--role", "roles", multiple=True, help="A role; may be given several times.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json
@command
def add(email: str, name: str | None, roles: tuple[str, ...], password_stdin: bool, json: bool) -> None:
    """Make a person, with roles; without a password they cannot sign in yet."""
    with opened() as workspace:
        password = sys.stdin.readline().rstrip("\n") if password_stdin else None
        serving, context = workspace.serving(), workspace.system("command line: user add")
        person = Person(0, name or email.split("@")[0], email)
        hashed = workspace.identity.hash_good(password, person) if password else None

        def job(work: Work) -> int:
            values = {"name": person.name, "email": email}
            made = serving.writer.create(context, "user", values, work=work).id
            for role in roles:
                Assignment(workspace.database, serving.tables).assign(work, context, made, role)
            if hashed:
                workspace.identity.set_password(work, made, hashed)
            return made

        made = workspace.database.run(job)
    _done({"user": encode_id(made), "email": email, "roles": list(roles)}, json)


@user.command("passwd")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json
@command
def passwd(email: str, password_stdin: bool, json: bool) -> None:
    """Set somebody's password; all sessions of the person end."""
    with opened() as workspace:
        person = find_person(workspace, email)
        password = sys.stdin.readline().rstrip("\n") if password_stdin else click.prompt("Password", hide_input=True)
        hashed = workspace.identity.hash_good(password, person)
        workspace.database.run(lambda work: workspace.identity.set_password(work, person.id, hashed))
    _done({"user": encode_id(person.id), "email": email}, json)


@click.group()
def token() -> None:
    """API tokens."""


@token.command("create")
@click.argument("email")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
@click.option("--read-only", is_flag=True, help="It may change nothing.")
@as_json
@command
def create(email: str, name: str, read_only: bool, json: bool) -> None:
    """Make a token for a person; its key is shown once."""
    with opened() as workspace:
        person = find_person(workspace, email)
        made, key = workspace.database.run(
            lambda work: workspace.tokens.create(work, person.id, name, read_only=read_only)
        )
    if json:
        write_json({"id": encode_id(made), "key": key})
    else:
        click.echo(key)


def find_person(workspace: Workspace, email: str) -> Person:
    """:raises NotFound: when nobody has this mail address."""
    found = workspace.directory(workspace.stamp()).by_email(email)
    if found is None:
        raise NotFound(_("Nobody has the mail address %(email)s.", email=email))
    return found


def _done(result: dict, json: bool) -> None:
    if json:
        write_json(result)
    else:
        click.echo(
            " · ".join(
                f"{key} {', '.join(value) if isinstance(value, list) else value}" for key, value in result.items()
            )
        )
