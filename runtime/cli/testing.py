"""`sartor test`: the scenarios of the installed blueprints, played against the design as it is or as it would be."""

from __future__ import annotations

from typing import NoReturn

import click

from sartor.platform.packaging.scenarios.asked import run_installed
from sartor.platform.packaging.scenarios.running import Result
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.opening import opened


@click.command()
@click.argument("names", nargs=-1, metavar="[BLUEPRINT]…")
@click.option("--set", "name", help="With the edits of this change set: what publishing it would break.")
@as_json
@command
def test(names: tuple[str, ...], name: str | None, json: bool) -> None:
    """Run scenarios in a workspace that is gone afterwards; nothing of this one is touched."""
    with opened() as workspace:
        results = run_installed(workspace, names, name)
    show(results, json)


def show(results: list[Result], json: bool) -> NoReturn:
    """Say what held, and end: with 1 where anything did not."""
    failed = sum(not each.held for each in results)
    if json:
        write_json([each.as_dict() for each in results])
    for each in results if not json else ():
        click.echo(f"{'ok  ' if each.held else 'FAIL'} {each.scenario.blueprint}/{each.scenario.name}: "
                   f"{pick(each.scenario.label)}")  # fmt: skip
        for problem in each.problems:
            click.echo(f"       {problem.field}: {problem.message}")
    if not json:
        told = ngettext("One scenario", "%(n)s scenarios", len(results))
        click.echo(_("%(scenarios)s, %(failed)s did not hold.", scenarios=told, failed=failed))
    raise SystemExit(1 if failed else 0)
