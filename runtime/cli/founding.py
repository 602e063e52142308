"""`sartor init` and `upgrade`: a workspace is made, or brought to this version."""

from __future__ import annotations

import click

from sartor.platform.founding import found_workspace
from sartor.platform.packaging.install import apply, find_blueprint, install_plan, with_required
from sartor.platform.packaging.samples import SampleLoader
from sartor.platform.storage.system import HEAD
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
        prepare(workspace, names, sample_data, quiet=json)
        link = setup_link(workspace.settings, workspace.database)
    if json:
        write_json({"setup": link, "workspace": str(workspace.settings.data)})
    elif link:
        click.echo(f"Make the first administrator: {link}")


def begin(*, is_new: bool) -> None:
    """What a start needs: the stock blueprints with samples in a new workspace, this version's tables in an old one."""
    with opened(current=False) as workspace:
        if is_new:
            prepare(workspace, STOCK, sample_data=True)
        else:
            found_workspace(workspace)


def prepare(workspace: Workspace, names: tuple[str, ...], sample_data: bool, *, quiet: bool = False) -> None:
    """Found a workspace and install blueprints into it."""

    def say(text: str) -> None:
        if not quiet:
            click.echo(text)

    if found_workspace(workspace):
        say(f"New workspace in {workspace.settings.data}")
    wanted = with_required([find_blueprint(name) for name in names], workspace.serving().design.documents)
    if not wanted:
        return
    say("Installing " + ", ".join(each.name for each in wanted))
    plan = install_plan(workspace, wanted, "L3" if sample_data else "L1")
    apply(workspace, plan, "Installed " + ", ".join(each.name for each in wanted))
    if sample_data:
        say("Writing sample records; this takes a moment")
        made = SampleLoader(workspace).load(wanted)
        say(f"{made} sample records")


@click.command()
@command
def upgrade() -> None:
    """Bring the database to this version of the product. Make a copy of it first."""
    with opened(current=False) as workspace:
        found_workspace(workspace)
    click.echo(f"The database is at {HEAD}")
