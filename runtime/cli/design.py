"""Designing on the command line: the same change sets, plans and revisions as in the builder."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import click

from sartor.platform.definitions.documents import canonical, split
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import InvalidDefinition
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.publisher import Publication
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, table, write_json
from sartor.runtime.cli.opening import opened
from sartor.runtime.cli.plans import asks_losses, show_losses, show_plan
from sartor.runtime.cli.publishing import published

in_set = click.option("--set", "name", default=MAIN, show_default=True, help="Change set.")


@click.group()
def change() -> None:
    """Edit a change set: put, delete, rename, show, discard."""


@change.command("put")
@click.argument("key", metavar="KIND/NAME")
@click.argument("file", type=click.File("rb"), default="-")
@as_json
@in_set
@command
def put(key: str, file: Any, json: bool, name: str) -> None:
    """Put a definition (a JSON file, or standard input) into a change set. It must fit the schema of its kind."""
    split(key)
    document = strict_json(file.read())
    with opened() as workspace:
        if problems := validate(workspace.kinds, key, document):
            raise InvalidDefinition(_("%(key)s was not saved.", key=key[:120]), problems)
        workspace.publisher.sets.put(key, document, name=name)
    _report(key, "put", json)


@change.command("delete")
@click.argument("key", metavar="KIND/NAME")
@as_json
@in_set
@command
def delete(key: str, json: bool, name: str) -> None:
    """Delete a definition in a change set; publishing it retires its values."""
    with opened() as workspace:
        workspace.publisher.sets.delete(key, name=name)
    _report(key, "delete", json)


@change.command("rename")
@click.argument("key", metavar="KIND/NAME[#FIELD]")
@click.argument("new")
@as_json
@in_set
@command
def rename_(key: str, new: str, json: bool, name: str) -> None:
    """Rename a definition or a field; every reference to it is rewritten."""
    with opened() as workspace:
        sets = workspace.publisher.sets
        of, _hash, field = key.partition("#")
        changed = renamed(sets.documents(name), Rename(of, new, field or None), workspace.kinds)
        sets.put_all(changed, name=name)
    if json:
        write_json({"renamed": key, "to": new, "changed": sorted(changed)})
    else:
        click.echo(ngettext("One definition was rewritten.", "%(n)s definitions were rewritten.", len(changed)))


@change.command("show")
@as_json
@in_set
@command
def show(json: bool, name: str) -> None:
    """The edits of a change set."""
    with opened() as workspace:
        found = workspace.publisher.sets.get(name)
    if json:
        write_json(
            {"set": name, "base": found.base, "edits": {key: each.document for key, each in found.edits.items()}}
        )
    for key, each in sorted(found.edits.items()) if not json else ():
        click.echo(f"{'delete' if each.document is None else 'put'} {key}")


@change.command("discard")
@click.argument("keys", nargs=-1, metavar="[KIND/NAME]…")
@as_json
@in_set
@command
def discard(keys: tuple[str, ...], json: bool, name: str) -> None:
    """Throw edits away: the named ones, or all of them."""
    with opened() as workspace:
        workspace.publisher.sets.discard(keys or None, name=name)
    _report(", ".join(keys) or name, "discard", json)


@change.command("get")
@click.argument("key", metavar="KIND/NAME")
@click.option("-o", "file", type=click.Path(dir_okay=False, path_type=Path), help="File to write to.")
@in_set
@command
def get(key: str, file: Path | None, name: str) -> None:
    """A definition as it stands in a change set, or as it is published."""
    with opened() as workspace:
        text = canonical(workspace.publisher.sets.document(key, name))
    if file:
        file.write_text(text, "utf-8")
    else:
        click.echo(text, nl=False)


@click.command()
@asks_losses
@as_json
@in_set
@command
def plan(json: bool, name: str, losses: str | None, target: IO[bytes]) -> None:
    """What publishing a change set would do, step by step."""
    with opened() as workspace:
        _shown(workspace, workspace.publisher.plan(name), losses, target, json)


@click.command()
@click.option("-m", "note", default="", help="What this publish is about.")
@click.option("--confirm", metavar="PLAN", help="Fingerprint of a plan that loses values, as `sartor plan` shows it.")
@as_json
@in_set
@command
def publish(note: str, confirm: str | None, json: bool, name: str) -> None:
    """Publish a change set; what takes long is a job, of which it tells how far it is. Ctrl-C stops it."""
    with opened() as workspace:
        revision = published(workspace, Publication(note, None, confirm), name)
    _revision(revision, json)


@click.command()
@as_json
@command
def revisions(json: bool) -> None:
    """What was published, the newest first."""
    with opened() as workspace:
        found = workspace.publisher.revisions()
    rows: list[dict[str, Any]] = [
        {"number": each.number, "at": str(each.at), "by": each.by, "note": each.note} for each in found
    ]
    if json:
        write_json(rows)
    else:
        table(["number", "at", "note"], [[row["number"], row["at"][:16], row["note"]] for row in rows])


@click.command()
@click.argument("number", type=int)
@click.option("--confirm", metavar="PLAN", help="Fingerprint of a plan that loses values.")
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@asks_losses
@as_json
@command
def rollback(
    number: int, confirm: str | None, dry_run: bool, losses: str | None, target: IO[bytes], json: bool
) -> None:  # fmt: skip
    """Publish an earlier revision again; retired fields come back with their values. With --losses nothing is."""
    with opened() as workspace:
        if dry_run or losses:
            _shown(workspace, workspace.publisher.plan_rollback(number), losses, target, json)
            return
        revision = published(workspace, Publication("", None, confirm), MAIN, number)
    _revision(revision, json)


def _shown(workspace: Workspace, plan: Plan, losses: str | None, target: IO[bytes], json: bool) -> None:
    if losses:
        show_losses(workspace.database, plan, losses, target, json)
    else:
        show_plan(plan, json)


def _revision(number: int, json: bool) -> None:
    if json:
        write_json({"revision": number})
    else:
        click.echo(_("Revision %(number)s is published.", number=number))


def _report(key: str, done: str, json: bool) -> None:
    if json:
        write_json({"key": key, "done": done})
    else:
        click.echo(f"{done} {key}")
