"""`sartor init` and `upgrade`: a workspace is made, or brought to this version."""

from __future__ import annotations

import click

from sartor.platform.founding import found_workspace
from sartor.platform.packaging.installing.begin import go_on, want_more, wanted
from sartor.platform.packaging.installing.bringing import Say
from sartor.platform.storage.system import HEAD
from sartor.platform.storage.unfinished import Unfinished
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.opening import opened
from sartor.runtime.cli.preparing import setup_link

STOCK = ("base", "sales")


@click.command()
@click.option("--blueprint", "names", multiple=True, metavar="NAME", help="Install it; may be given several times.")
@click.option("--sample-data", is_flag=True, help="Fill the blueprints with sample records.")
@as_json
@command
def init(names: tuple[str, ...], sample_data: bool, json: bool) -> None:
    """Make the workspace that the settings name, and print the one-time set-up link."""
    with opened(current=False) as workspace:
        asked, say = wanted(names, sample_data), _say_nothing if json else click.echo
        _found(workspace, asked, say)
        want_more(workspace, asked)
        go_on(workspace, say)
        link = setup_link(workspace.settings, workspace.database)
    if json:
        write_json({"setup": link, "workspace": str(workspace.settings.data)})
    elif link:
        click.echo(f"Make the first administrator: {link}")


def begin() -> None:
    """What a start needs: this version's tables, and in a new workspace the stock blueprints with samples."""
    with opened(current=False) as workspace:
        _found(workspace, wanted(STOCK, samples=True), click.echo)


def _found(workspace: Workspace, begins_with: Unfinished, say: Say) -> None:
    """Found a workspace if it is new, and finish what an earlier start has left."""
    if found_workspace(workspace, begins_with):
        say(f"New workspace in {workspace.settings.data}")
    go_on(workspace, say)


def _say_nothing(text: str) -> None:
    """Who asked for JSON gets nothing else."""


@click.command()
@command
def upgrade() -> None:
    """Bring the database to this version of the product. Make a copy of it first."""
    with opened(current=False) as workspace:
        found_workspace(workspace)
    click.echo(f"The database is at {HEAD}")
